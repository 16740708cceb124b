package io.github.batchq.file.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.file.data.ConfusionFile;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.data.EmpiricalSpec;
import io.github.batchq.file.data.ServiceTableSpec;
import io.github.batchq.file.data.UnitOfTime;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRowException;
import io.github.batchq.model.BadRows;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.workload.Trace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Data files that are not what they seem: each is read to the value that it says, or refused in one
 * sentence with file, line and what was found.
 */
class HostileFilesTest {
  @TempDir Path folder;

  /** The reader by the name's ending: traces, a law, a table of service times, a matrix. */
  private Object read(String name) {
    DataFile file = DataFile.of(name, folder);
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "jsonl" -> TraceFiles.jsonl(file, "t", null, null, "n", null).read();
      case "deep" -> TraceFiles.jsonl(file, "/at/0/s", null, null, "/use/out", null).read();
      case "azure" -> TraceFiles.of("azure", file).read();
      case "prompts" -> TraceFiles.csv(file, "t", null, null, "n", "p").read();
      case "ns" -> TraceFiles.timed("csv", file, "t", null, null, "n", null, UnitOfTime.NS).read();
      case "gaps" -> TraceFiles.csv(file, null, "t", null, "n", null).read();
      case "law" -> new EmpiricalSpec(file, "n", null).create();
      case "counts" -> new EmpiricalSpec(file, "n", "c").create();
      case "service" -> new ServiceTableSpec(file).create();
      case "matrix" -> ConfusionFile.read(file);
      default -> TraceFiles.csv(file, "t", null, null, "n", null).read();
    };
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }

  private static byte[] bytes(Object content) {
    return content instanceof byte[] given ? given : content.toString().getBytes(UTF_8);
  }

  private static byte[] joined(Object... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Object part : parts) {
      all.writeBytes(bytes(part));
    }
    return all.toByteArray();
  }

  private static byte[] hex(String digits) {
    return java.util.HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  private static byte[] gz(Object content) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }

  private static byte[] in(Charset charset, String text) {
    return text.getBytes(charset);
  }

  private static Arguments of(String name, Object content, String expected) {
    return Arguments.of(name, bytes(content), expected);
  }

  /** Whole files of the columns t and n, but for the line 3. */
  private static Arguments csv(String third, String expected) {
    return of("a.csv", "t,n\n1,2\n" + third + "\n9,2\n", "a.csv, line 3: " + expected);
  }

  private static Arguments json(String second, String expected) {
    return of(
        "a.jsonl",
        "{\"t\": 1, \"n\": 2}\n" + second + "\n{\"t\": 9, \"n\": 2}\n",
        "a.jsonl, line 2: " + expected);
  }

  private static Arguments time(String time, String expected) {
    return of(
        "a.azure",
        "TIMESTAMP,ContextTokens,GeneratedTokens\n2020-01-01 00:00:00,1,1\n" + time + ",1,1\n",
        "a.azure, line 3: TIMESTAMP is '" + time + "', " + expected);
  }

  static Stream<Arguments> refused() {
    String calendar = "which is no time of the calendar";
    String number = "a number was expected";
    String separator = "a number with a decimal point and no other separator was expected";
    String inexact = "a whole number beyond 2^53 = 9007199254740992 that is not held exactly";
    String twice = "' is there twice, as number ";
    String many = IntStream.range(0, 40).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    return Stream.of(
        // Numbers that only Java takes for numbers, or that a double cannot say.
        csv("2,0x1p3", "n is '0x1p3', " + number),
        csv("2,1d", "n is '1d', " + number),
        csv("2,1f", "n is '1f', " + number),
        csv("2,NaN", "n is 'NaN', a finite number was expected"),
        csv("2,-Infinity", "n is '-Infinity', a finite number was expected"),
        csv("2,inf", "n is 'inf', a finite number was expected"),
        csv("2,1e999", "n is '1e999', beyond the largest number, 1.7976931348623157E308"),
        csv("2,1e-999", "n is '1e-999', nearer to 0 than the least number, 4.9E-324"),
        csv("2,9007199254740993", "n is '9007199254740993', " + inexact),
        csv("1700000000000000001,2", "t is '1700000000000000001', " + inexact),
        csv("2,\"1,000\"", "n is '1,000', " + separator),
        csv("2,1'000", "n is '1'000', " + separator),
        csv("2,1_000", "n is '1_000', " + separator),
        csv("2,1 000", "n is '1 000', " + separator),
        csv("2,1.2.3", "n is '1.2.3', " + number),
        csv("2,--1", "n is '--1', " + number),
        csv("2,1e", "n is '1e', " + number),
        csv("2,.", "n is '.', " + number),
        csv("2,\u0663", "n is '\u0663', " + number),
        csv("2,\uff11", "n is '\uff11', " + number),
        csv("2,7\u00a0", "n is '7\u00a0', " + number),
        csv("2,7\u200b", "n is '7\\u200b', " + number),
        csv("2,", "n is empty, " + number),
        csv("2,\"  \"", "n is empty, " + number),
        csv("2,\u00017", "n is '\\u00017', " + number),
        csv("2," + "7x".repeat(50), "n is '" + "7x".repeat(28) + "7...', " + number),
        csv("2,-1e-300", "the length must be positive, found -1.0E-300"),
        of(
            "a.prompts",
            "t,n,p\n1,2,3e9\n",
            "a.prompts, line 2: prompt tokens must be at most 2147"),
        of("a.counts", "n,c\n1,1.5\n", "a.counts, line 2: c is '1.5', a whole number from 0"),
        of("a.gaps", "t,n\n1,2\n-1,2\n", "a.gaps, line 3: the gap must be at least 0, found -1"),
        // Days and times that no calendar has, and those that cannot be set beside others.
        time("2023-02-30 10:00:00", calendar),
        time("2023-04-31 10:00:00", calendar),
        time("2023-02-29 10:00:00", calendar),
        time("1900-02-29 10:00:00", calendar),
        time("2023-13-01 10:00:00", calendar),
        time("2023-01-00 10:00:00", calendar),
        time("2023-01-01 24:00:00", calendar),
        time("2023-01-01 10:60:00", calendar),
        time("2016-12-31 23:59:60", calendar),
        time("2023-01-01 10:00:00+25:00", calendar),
        time("2023-01-01 10:00:00+01:00", "with an offset from UTC, where times above have none"),
        time("2023-01-01 10:00:00.1234567890", "a time such as"),
        csv("2023-01-01 10:00:00,2", "t is '2023-01-01 10:00:00', " + number),
        of(
            "a.csv",
            "t,n\n2023-01-01 10:00:00,2\n7,2\n",
            "a.csv, line 3: t is '7', a time such as 2023-11-16"),
        // Keys, columns and values that are there more than once, or are something else.
        json("{\"t\": 2, \"n\": 3, \"n\": 4}", "the key 'n' is there twice"),
        json("{\"t\": 2, \"n\": 3, \"x\": {\"y\": 1, \"y\": 1}}", "the key 'y' is there twice"),
        json("{\"t\": 2, \"n\": 3} x", "no JSON near character 19, in '{\"t\": 2, \"n\": 3} x'"),
        json("{\"t\": 2, \"n\": 3} {\"t\": 3, \"n\": 3}", "something stands behind the object"),
        json("{\"t\": 2, \"n\": 3},", "no JSON near character 17, in '{\"t\": 2, \"n\": 3},'"),
        json("{\"t\": 2, \"n\": true}", "n is 'true', " + number),
        json("{\"t\": 2, \"n\": [3]}", "n is a list, a number or a text was expected"),
        json("{\"t\": 2, \"n\": {}}", "n is an object, a number or a text was expected"),
        json("{\"t\": 2, \"n\": null}", "there is no value of 'n', it is null"),
        json(
            "{\"t\": 2, \"N\": 3}",
            "there is no value of 'n' (did you mean 'N'?); the line has t, N"),
        json("{\"t\": 2, \"n\": NaN}", "no JSON near character "),
        json("{\"t\": 2, \"n\": 03}", "no JSON near character "),
        json("{\"t\": 2, \"n\": 1e400}", "n is '1e400', beyond the largest number"),
        json("{'t': 2, 'n': 3}", "no JSON near character 2, in '{'t': 2, 'n': 3}'"),
        json("{\"t\": 2,", "no JSON: the object does not end in this line"),
        json("[1, 2]", "an object such as {\"tokens\": 5} was expected, found '[1, 2]'"),
        json("t: 2", "an object such as {\"tokens\": 5} was expected, found 't: 2'"),
        json("{\"t\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}", "values nested more"),
        json("{\"t\":2,\"n\":1" + "0".repeat(2000) + "}", "values nested more than 100 deep, or a"),
        of(
            "a.deep",
            "{\"at\": [{\"s\": 1}], \"use\": {\"in\": 1, \"ouT\": 2}}",
            "a.deep, line 1: there is no value of '/use/out' (did you mean 'ouT'?); /use has in, ouT"),
        of("a.csv", "n,t,n\n1,2,3\n", "a.csv, line 1: the column 'n" + twice + "1 and number 3"),
        of("a.csv", "t,n1\n1,2\n", "a.csv, line 1: there is no column 'n'; the header has t, n1"),
        of("a.csv", "t,N,N\n1,2,3\n", "a.csv, line 1: the column 'N" + twice + "2 and number 3"),
        of(
            "a.csv",
            many + "\n",
            "a.csv, line 1: there is no column 't'; the header has c0, c1, c2"),
        of("a.csv", "t,n\n1,2,3\n", "a.csv, line 2: found 3 cells where the header has 2"),
        of("a.csv", "t,n\n1,\"2\" x\n", "a.csv, line 2: a quoted cell goes on after its closing"),
        of("a.csv", "t,n\n1,2\n2,\"3\n", "a.csv, line 3: a quote that nothing closes"),
        of("a.csv", "t,\"n\" x\n1,2\n", "a.csv, line 1: a quoted cell goes on after its closing"),
        of(
            "a.law",
            "{\"n\":5,\"x\":\"y\"}\n",
            "a.law, line 1: JSON, where a CSV file with a header"),
        of("b.law", "[{\"n\":5}]\n", "b.law, line 1: JSON, where a CSV file with a header"),
        of("a.law", "n\n-1\n", "a.law, line 2: n is '-1', a number of at least 0 was expected"),
        of(
            "a.service",
            "batchSize,length,seconds\n1,1,0x1\n",
            "a.service, line 2: seconds is '0x1'"),
        of(
            "a.service",
            "batchSize,length,seconds\n1e99,1,1\n",
            "a.service, line 2: batchSize must"),
        of("a.matrix", "p,q\n1,2\n3,4\n5,6\n", "a.matrix, line 4: a confusion matrix has as many"),
        of("a.matrix", "p,q\n1,2\n3,1f\n", "a.matrix, line 3: q is '1f', " + number),
        // Files that are not what they seem.
        of("a.csv", "", "a.csv is empty"),
        of("a.csv", "\n\n\n", "a.csv is empty"),
        of("a.csv", hex("efbbbf"), "a.csv is empty"),
        of("a.csv", gz(""), "a.csv is empty"),
        of("a.csv", in(ISO_8859_1, "t,n,\u00e9\n"), "a.csv, line 1: no UTF-8 text (byte 0xE9)"),
        of("a.csv", joined("t,n\n1,2\n2,", hex("c3"), "\n"), "a.csv, line 3: no UTF-8 text"),
        of("a.csv", joined("t,n\n1,2\n2,", hex("eda080"), "\n"), "a.csv, line 3: no UTF-8 text"),
        of("a.jsonl", joined("{\"t\":1,\"n\":2}\n", hex("ff")), "a.jsonl, line 2: no UTF-8 text"),
        of("a.csv", gz(joined("t,n\n", hex("ff"), ",2\n")), "a.csv, line 2: no UTF-8 text"),
        of("a.csv", in(UTF_16LE, "t,n\n1,2\n"), "a.csv, line 1: a NUL character"),
        of("a.csv", "t,n\n1,2\n2,3\u0000\n", "a.csv, line 3: a NUL character"),
        of("a.csv", joined("PAR1", hex("1504"), "PAR1"), "a.csv is a Parquet file"),
        of("a.csv", gz("PAR1...PAR1"), "a.csv is a Parquet file"),
        of("a.csv", gz(gz("t,n\n1,2\n")), "a.csv is gzip data within gzip data"),
        of("a.csv", joined("PK\3\4", new byte[26], "[Content_Types].xml"), "a.csv is an Excel or"),
        of("a.csv", joined("PK\3\4", new byte[26], "trace.csv"), "a.csv is a zip archive"),
        of("a.csv", hex("28b52ffd 0458"), "a.csv is packed by zstd"),
        of("a.csv", "BZh91AY&SY..", "a.csv is packed by bzip2"),
        of("a.csv", hex("fd377a585a00"), "a.csv is packed by xz"),
        of("a.csv", hex("89504e470d0a1a0a"), "a.csv is a PNG picture"),
        of("a.jsonl", "SQLite format 3\u0000....", "a.jsonl is an SQLite database"),
        of("a.csv", joined(hex("8004 95"), "x"), "a.csv is a Python pickle"),
        of("a.csv", "\n\n<!DOCTYPE html>\n<html>", "a.csv is a web page (HTML)"),
        of(
            "a.csv",
            "version https://git-lfs.github.com/spec/v1\n",
            "a.csv is a pointer of Git LFS"),
        of("a.matrix", "%PDF-1.7\n", "a.matrix is a PDF document"),
        of("a.service", "<?xml version=\"1.0\"?>", "a.service is an XML document"),
        of("a.csv.gz", cut(gz(rows(5000)), 100), "a.csv.gz, line "),
        of(
            "b.csv.gz",
            cut(gz("t,n\n1,2\n"), 15),
            "b.csv.gz cannot be read: its gzip data is cut short"),
        of(
            "a.csv",
            joined(gz("t,n\n1,2\n2,2\n"), "3,2\n"),
            "a.csv cannot be read: its gzip data is corrupt (bytes"),
        of("a.csv", hex("1f8b08"), "a.csv cannot be read: its gzip data is cut short"));
  }

  private static byte[] cut(byte[] whole, int end) {
    return Arrays.copyOf(whole, whole.length - end);
  }

  private static String rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> i + "," + (1 + i * 7919 % 1013) + "\n")
        .collect(Collectors.joining("", "t,n\n", ""));
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("refused")
  void refusesInOneSentence(String name, byte[] content, String expected) throws IOException {
    write(name, content);
    String message = assertThrows(BadInputException.class, () -> read(name)).getMessage();
    String shown = message.replace("file " + folder + "/", "");
    assertTrue(shown.startsWith(expected), message);
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.length() < 500, message);
    assertFalse(
        message.matches("(?s).*(Exception|java\\.|Feature|Input length|null\\b(?<!is null)).*"),
        message);
  }

  private static Arguments rate(String name, Object content, double rate) {
    return Arguments.of(name, bytes(content), rate);
  }

  /** Requests per second that the file says, by hand. */
  static Stream<Arguments> read() {
    String csv = "t,n\n1,2\n2,3\n5,4\n";
    String jsonl = "{\"t\":1,\"n\":2}\n{\"t\":2,\"n\":\"3\"}\n{\"t\":5.0e0,\"n\":4}";
    byte[] mark = hex("efbbbf");
    return Stream.of(
        rate("a.csv", csv, 0.5),
        rate("a.csv", joined(mark, csv), 0.5),
        rate("a.csv", joined(mark, csv.replace("t,n", "\"t\",\"n\"")), 0.5),
        rate("a.csv", joined(hex("fffe"), in(UTF_16LE, csv)), 0.5),
        rate("a.csv", joined(hex("feff"), in(UTF_16BE, csv)), 0.5),
        rate("a.csv", joined(hex("fffe0000"), in(Charset.forName("UTF-32LE"), csv)), 0.5),
        rate("a.csv", gz(csv), 0.5),
        rate("a.csv.gz", csv, 0.5),
        rate("a.csv", gz(joined(mark, csv)), 0.5),
        rate("a.csv", joined(gz("t,n\n1,2\n"), gz("2,3\n5,4\n")), 0.5),
        rate("a.csv", csv.replace("\n", "\r\n"), 0.5),
        rate("a.csv", csv.replace("\n", "\r"), 0.5),
        rate("a.csv", csv.replace("\n", "\n\n"), 0.5),
        rate("a.csv", csv.replace("t,n", " t , n "), 0.5),
        rate("a.csv", csv.replace("1,2", "+1.0E0,002."), 0.5),
        rate("a.csv", csv.replace("1,2", "-0,2").replace("5,", "4.00,"), 0.5),
        rate("a.csv", "x,t,n,x\n1,1,2,9\n1,5,2,9\n", 0.25),
        rate("a.csv", "t,n\n1.2e-5,2\n4.000012,2\n", 0.25),
        rate("a.jsonl", jsonl, 0.5),
        rate("a.jsonl", joined(mark, jsonl), 0.5),
        rate("a.jsonl", joined(hex("fffe"), in(UTF_16LE, jsonl)), 0.5),
        rate("a.jsonl", "\n \n" + jsonl + "\n\n", 0.5),
        rate("a.jsonl", jsonl.replace("{\"t\"", "  {\"x\":{\"t\":9,\"n\":[1,{}]},\"t\""), 0.5),
        rate(
            "a.deep",
            "{\"at\":[{\"s\":1}],\"use\":{\"out\":2}}\n".repeat(2).replaceFirst("1", "0"),
            1),
        rate("a.csv", csv.replace("t,n", "T,N"), 0.5),
        // A double has no room for these nanoseconds; their differences are exact.
        rate("a.ns", "t,n\n1759813207532900363,1\n1759813207532900364,1\n", 1 / 1e-9),
        rate("a.csv", "t,n\n1715299200.123456789,1\n1715299200.123456791,1\n", 1 / 2e-9),
        rate("a.azure", azure("2024-02-29T23:59:58", "2024-03-01T00:00:00"), 0.5),
        rate(
            "a.azure",
            azure("2024-05-12 00:00:00+05:30", "2024-05-12 00:00:00-06:30"),
            1 / 43200.0),
        rate("a.azure", azure("2024-05-12 00:00:00Z", "2024-05-12 00:00:02"), 0.5),
        rate(
            "a.azure",
            azure("0001-01-01 00:00:00", "9999-12-31 00:00:00"),
            1 / (3652058 * 86400.0)));
  }

  private static String azure(String first, String second) {
    return "TIMESTAMP,ContextTokens,GeneratedTokens\n" + first + ",1,1\n" + second + ",1,1\n";
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("read")
  void readsWhatTheFileSays(String name, byte[] content, double rate) throws IOException {
    write(name, content);
    assertEquals(rate, ((Trace) read(name)).rate());
  }

  /** 9 million characters without an end of line, and cells, keys and names without end. */
  @ParameterizedTest(name = "{0} {3}")
  @org.junit.jupiter.params.provider.CsvSource(
      delimiter = '|',
      value = {
        "a.csv   | t,n#1,2#3,         | 7      | a.csv, line 3: a row of more than 8388608 char",
        "a.csv   | t,n#1,2#3,~        | 7,3#   | a.csv, line 3: a row with more than 250000 commas, or a quote",
        "a.csv   | t,n#1,2#3,         | ,      | a.csv, line 3: a row with more than 250000 commas",
        "a.csv   | t,n                | ,x     | a.csv, line 1: a header of more than 262144 char",
        "a.jsonl | {'t':1,'n':2}#{'t':| 7      | a.jsonl, line 2: a row of more than 8388608 char",
        "a.jsonl | {'t':1,'n':2}#{'t':1| ,'@':1 | a.jsonl, line 2: more than 250000 keys",
      })
  void endsWhereALineHasNoEnd(String name, String start, String more, String expected)
      throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      out.write(start.replace('#', '\n').replace('\'', '"').replace('~', '"').getBytes(UTF_8));
      String piece = more.replace('#', '\n').replace('\'', '"');
      boolean numbered = piece.contains("@");
      int pieces = numbered ? 260_000 : 9_000_000 / piece.length();
      byte[] plain = piece.repeat(1000).getBytes(UTF_8);
      for (int i = 0; i < pieces; i += numbered ? 1 : 1000) {
        out.write(numbered ? piece.replace("@", "k" + i).getBytes(UTF_8) : plain);
      }
      out.write((numbered ? "}" : "").getBytes(UTF_8));
    }
    String message = assertThrows(BadInputException.class, () -> read(name)).getMessage();
    assertTrue(message.startsWith(expected), message);
  }

  @Test
  void refusesMoreColumnsThanAnyTableHas() throws IOException {
    write("a.csv", bytes("t,n" + ",x".repeat(10_000) + "\n"));
    assertEquals(
        "a.csv, line 1: 10002 columns, at most 10000 are read",
        assertThrows(BadInputException.class, () -> read("a.csv")).getMessage());
  }

  /** Columns of one name are columns all the same where all are read in their order. */
  @Test
  void readsAMatrixWithoutNames() throws IOException {
    write("a.matrix", bytes("p,p\n1,3\n2,2\n"));
    ConfusionMatrix matrix = (ConfusionMatrix) read("a.matrix");
    assertEquals(0.75, matrix.probability(0, 1));
    assertEquals(0.5, matrix.probability(1, 0));
  }

  /** A malformed line is one line, whatever is wrong with it. */
  @Test
  void leavesMalformedLinesOut() throws IOException {
    write(
        "a.jsonl",
        bytes(
            """
            {"t": 1, "n": 2}
            {"t": 2, "n": 2, "n": 3}
            {"t": 3, "n": 0x10}
            {"t": 4, "n": 2} {"t": 5, "n": 2}
            {"t": 9, "n": 2}
            """));
    BadRows bad = new BadRows(3);
    Trace trace =
        TraceFiles.jsonl(DataFile.of("a.jsonl", folder), "t", null, null, "n", null).read(bad);
    assertEquals(3, bad.skipped());
    assertEquals(8, trace.duration());
    write(
        "a.csv",
        bytes("t,n\n2023-01-01 00:00:00,1\n2023-01-01 00:00:01+01:00,1\n2023-01-01 00:00:04,1\n"));
    BadRows one = new BadRows(1);
    assertEquals(
        4,
        TraceFiles.csv(DataFile.of("a.csv", folder), "t", null, null, "n", null)
            .read(one)
            .duration());
    assertEquals(1, one.skipped());
  }

  @Test
  void saysWhatIsWrongWithANameOfAFile() throws IOException {
    Files.createSymbolicLink(folder.resolve("link.csv"), Path.of("gone.csv"));
    assertTrue(refusal("link.csv").endsWith("link.csv is a link to a file that does not exist"));
    assertTrue(refusal("none.csv").endsWith("none.csv does not exist"));
    Files.createDirectory(folder.resolve("folder"));
    assertEquals("folder is a folder, a file was expected", refusal("folder"));
    assertEquals("the name of a file is empty; standard input is called -", refusal(""));
    assertTrue(refusal("a\0b").startsWith("no file can be called 'a"));
  }

  private String refusal(String name) {
    BadInputException e = assertThrows(BadInputException.class, () -> read(name));
    assertFalse(e instanceof BadRowException, e.getMessage());
    return e.getMessage();
  }
}

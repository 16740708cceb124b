package io.github.batchq.file.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.data.UnitOfTime;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRows;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.TraceSpec;
import io.github.batchq.workload.Traces;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Formats beside those of 2023, malformed lines that are left out, and parts of traces. */
class TraceFormatsTest {
  private static final String LINES =
      """
      {"at": 10.5, "usage": {"in": 30, "out": 7}, "note": "x"}

      {"at": 12, "usage": {"in": 20, "out": 9}}
      """;

  @TempDir Path folder;

  private DataFile file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
    return DataFile.of(name, folder);
  }

  private static String refusal(TraceSpec spec) {
    return assertThrows(BadInputException.class, spec::read).getMessage();
  }

  /** An offset from UTC counts: two seconds lie between the lines, though their clocks say 3602. */
  @Test
  void readsTheAzureFormatOf2024() throws IOException {
    DataFile file =
        file(
            "2024.csv",
            """
            TIMESTAMP,ContextTokens,GeneratedTokens
            2024-05-12 00:00:00.003114+00:00,2452,61
            2024-05-12 00:00:01+00:00,84,5
            2024-05-12T01:00:02.003114+01:00,1000,9
            """);
    Trace trace = TraceFiles.of("azure", file).read();
    assertEquals(0.996886, trace.arrivalTime(1));
    assertEquals(2, trace.arrivalTime(2));
    assertEquals(2452, trace.promptTokens(0));
    assertEquals(9, trace.length(2));
  }

  @Test
  void readsJsonLinesByKeysAndPointers() throws IOException {
    DataFile file = file("trace.jsonl", LINES);
    Trace trace = TraceFiles.jsonl(file, "at", null, null, "/usage/out", "/usage/in").read();
    assertEquals(2, trace.size());
    assertEquals(1.5, trace.arrivalTime(1));
    assertEquals(9, trace.length(1));
    assertEquals(30, trace.promptTokens(0));
    assertEquals(Trace.LengthUnit.TOKENS, trace.unit());
    assertThrows(
        IllegalArgumentException.class,
        () -> TraceFiles.jsonl(file, "at", "gap", null, "tokens", null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"out\": 9 | \"out\": \"many\" | trace.jsonl, line 3: /usage/out is 'many', a number was expected",
        "\"out\": 9 | \"over\": 9 | trace.jsonl, line 3: there is no value of '/usage/out'",
        "\"out\": 9 | \"out\": null | trace.jsonl, line 3: there is no value of '/usage/out'",
        "\"out\": 9} | \"out\": 9 | trace.jsonl, line 3: no JSON",
        "\"at\": 12 | \"at\": [12] | trace.jsonl, line 3: at is a list, a number or a text was expected",
      })
  void refusesABadJsonLine(String right, String wrong, String message) throws IOException {
    assertTrue(LINES.contains(right), right);
    TraceSpec spec =
        TraceFiles.jsonl(
            file("trace.jsonl", LINES.replace(right, wrong)),
            "at",
            null,
            null,
            "/usage/out",
            "/usage/in");
    String found = refusal(spec);
    assertTrue(found.startsWith(message), found);
  }

  @Test
  void refusesALineThatIsNoObject() throws IOException {
    DataFile file = file("trace.jsonl", "[1, 2]\n");
    assertTrue(
        refusal(TraceFiles.jsonl(file, "at", null, null, "tokens", null))
            .startsWith("trace.jsonl, line 1: an object such as"));
  }

  @Test
  void readsDatesInAnyColumnOfTimes() throws IOException {
    DataFile file = file("t.csv", "when,n\n2026-01-31T23:59:59.5Z,4\n2026-02-01 00:00:01,5\n");
    Trace trace = TraceFiles.csv(file, "when", null, null, "n", null).read();
    assertEquals(1.5, trace.arrivalTime(1));
  }

  @Test
  void readsZippedFiles() throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("trace.csv.gz")))) {
      out.write("t,n\n1,4\n3,5\n".getBytes(StandardCharsets.UTF_8));
    }
    Trace trace =
        TraceFiles.csv(DataFile.of("trace.csv.gz", folder), "t", null, null, "n", null).read();
    assertEquals(2, trace.arrivalTime(1));
    DataFile unzipped = file("plain.csv.gz", "t,n\n1,4\n3,5\n");
    assertEquals(2, TraceFiles.csv(unzipped, "t", null, null, "n", null).read().arrivalTime(1));
  }

  /** Lines 3, 4 and 6 are malformed, each in its own way; the others make the trace. */
  @Test
  void leavesAStatedNumberOfBadLinesOut() throws IOException {
    DataFile file = file("t.csv", "t,n\n1,4\n2,x\n3\n4,7\n5,-1\n5,8\n");
    TraceFile spec = TraceFiles.csv(file, "t", null, null, "n", null);
    BadRows bad = new BadRows(3);
    Trace trace = spec.read(bad);
    assertEquals(3, trace.size());
    assertEquals(4, trace.arrivalTime(2));
    assertEquals(7, trace.length(1));
    assertEquals(3, bad.skipped());
    assertEquals(
        List.of(
            "t.csv, line 3: n is 'x', a number was expected",
            "t.csv, line 4: found 1 cells where the header has 2",
            "t.csv, line 6: the length must be positive, found -1.0"),
        bad.reasons());
    String found =
        assertThrows(BadInputException.class, () -> spec.read(new BadRows(2))).getMessage();
    assertEquals(
        "t.csv, line 6: the length must be positive, found -1.0 (the first bad line after"
            + " the 2 that may be skipped)",
        found);
    assertEquals("t.csv, line 3: n is 'x', a number was expected", refusal(spec));
    assertThrows(BadInputException.class, () -> new BadRows(-1));
  }

  @Test
  void cutsATraceInTime() throws IOException {
    DataFile file = file("t.csv", "t,n,p\n10,4,1\n12,5,2\n13,6,3\n15,7,4\n");
    TraceFile spec = TraceFiles.csv(file, "t", null, null, "n", "p");
    Traces traces = new Traces();
    Trace cut = traces.get(spec, 2.0, 5.0);
    assertEquals(2, cut.size());
    assertEquals(1, cut.arrivalTime(1));
    assertEquals(6, cut.length(1));
    assertEquals(2, cut.promptTokens(0));
    assertEquals("t.csv from 2.0 to 5.0 s", cut.name());
    assertEquals(3, traces.get(spec, 2.0, null).size());
    assertEquals(2, traces.get(spec, null, 3.0).size());
    assertThrows(IllegalArgumentException.class, () -> traces.get(spec, -1.0, null));
    assertThrows(IllegalArgumentException.class, () -> traces.get(spec, 3.0, 3.0));
    String none =
        assertThrows(BadInputException.class, () -> traces.get(spec, 2.0, 2.5)).getMessage();
    assertTrue(none.startsWith("t.csv from 2.0 to 2.5 s: a trace needs at least two"), none);
  }

  private static List<String> notes(TraceSpec spec) {
    BadRows told = BadRows.none();
    spec.read(told);
    return told.notes();
  }

  /** What is left out is counted and told, whatever it is called. */
  @Test
  void leavesFailedRequestsOut() throws IOException {
    String line =
        "{\"metadata\": {\"request_start_ns\": %d, \"was_cancelled\": %s}, \"metrics\": {%s},"
            + " \"error\": %s}%n";
    String metrics =
        "\"output_sequence_length\": {\"value\": 7}, \"input_sequence_length\": {\"value\": 5}";
    DataFile file =
        file(
            "export.jsonl",
            line.formatted(1767603600000000000L, false, metrics, "null")
                + line.formatted(1767603600500000000L, true, "", "null")
                + line.formatted(1767603600700000000L, false, "", "{\"code\": 500}")
                + line.formatted(1767603602000000000L, false, metrics, "null"));
    TraceSpec spec = TraceFiles.of("aiperf", file);
    assertEquals(0.5, spec.read().rate());
    assertEquals(List.of("export.jsonl: 2 of 4 requests are failed and left out"), notes(spec));
  }

  @Test
  void asksForTheUnitOfTimesThatAreHardlySeconds() throws IOException {
    DataFile file = file("t.csv", "t,n\n0,5\n9999999,5\n1,5\n2,5\n3,5\n");
    TraceSpec spec = TraceFiles.csv(file, "t", null, null, "n", null);
    assertEquals(
        "t.csv: are the times of 't' seconds? Their mean gap is 28.94 days, and the largest gap,"
            + " 115.7 days, is before line 3: say --time-unit s (timeUnit in an experiment file),"
            + " or whichever of s, ms, us and ns they are in",
        refusal(spec));
    TraceSpec said = TraceFiles.timed("csv", file, "t", null, null, "n", null, UnitOfTime.MS);
    assertEquals(9999.999, said.read().duration());
    TraceSpec seconds = TraceFiles.timed("csv", file, "t", null, null, "n", null, UnitOfTime.S);
    assertEquals(9999999, seconds.read().duration());
    assertEquals(
        List.of(
            "t.csv: the largest gap, 115.7 days before line 3, is longer than all others together",
            "t.csv: 3 rows are earlier than one above; sorted by arrival"),
        notes(seconds));
    DataFile gaps = file("g.csv", "g,n\n0,5\n46926808,5\n301012144,5\n");
    assertTrue(
        refusal(TraceFiles.csv(gaps, null, "g", null, "n", null))
            .startsWith("g.csv: are the times of 'g' seconds? Their mean gap is 2014 days"));
    DataFile epoch = file("e.csv", "t,n\n1715299200250,5\n1715299201750,5\n");
    assertTrue(
        refusal(TraceFiles.csv(epoch, "t", null, null, "n", null))
            .startsWith(
                "e.csv: are the times of 't' seconds? The one in line 2, '1715299200250', looks"
                    + " like milliseconds since 1970, and the largest gap, 1500 s, is before line"
                    + " 3: say --time-unit ms (timeUnit"));
  }

  /** 1.000 is asked about, and what was said is kept to. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '&',
      value = {
        "0,5;10#1;1.000 & n is '1.000', which is one number with a decimal point and another with a decimal comma, and '0,5' in line 2 has a decimal comma: say decimal: comma or decimal: point, by --decimal on the command line",
        "0;10#1;1.000 & n is '1.000', which is one number with a decimal point and another with a decimal comma, and no number above tells which: say",
        "0.5;10#1;2,5 & n is '2,5', which is one number with a decimal point and another with a decimal comma, and '0.5' in line 2 has a decimal point: say",
        "0,5;10#1;1.2.3 & n is '1.2.3', which is",
        "0,5;10#1;1,2,3 & n is '1,2,3', a number with a decimal comma and nothing but points between thousands was expected",
      })
  void asksAboutPointsAmongCommas(String rows, String expected) throws IOException {
    DataFile file = file("t.csv", "t;n\n" + rows.replace('#', '\n') + "\n");
    String found = refusal(TraceFiles.csv(file, "t", null, null, "n", null));
    assertTrue(found.startsWith("t.csv, line 3: " + expected), found);
  }

  /** Versions of a format call a column differently; what is named by hand comes first. */
  @Test
  void columnsThatAreNamedOverrideTheFormat() throws IOException {
    DataFile file =
        file(
            "m.jsonl",
            """
            {"timestamp": 0, "ts": 5, "input_length": 1, "output_length": 2, "hash_ids": []}
            {"timestamp": 4000, "ts": 7, "input_length": 1, "output_length": 2, "hash_ids": []}
            """);
    assertEquals(0.25, TraceFiles.of("mooncake", file).read().rate());
    TraceSpec named = TraceFiles.columns("mooncake", file, "ts", null, null, null, null);
    assertEquals(0.5, named.read().rate());
    TraceSpec unit = TraceFiles.timed("mooncake", file, null, null, null, null, null, UnitOfTime.S);
    assertEquals(1 / 4000.0, unit.read().rate());
  }
}

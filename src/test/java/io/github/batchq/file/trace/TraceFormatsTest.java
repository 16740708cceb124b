package io.github.batchq.file.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.file.data.DataFile;
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
}

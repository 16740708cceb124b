package io.github.batchq.file.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.file.data.DataFile;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRows;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.TraceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every trace format owes: the same three requests are read from its sample to the digit, and
 * a malformed line is refused with file, line and reason, or left out where that is allowed. A test
 * of the catalogue fails for a format that is not among {@link #cases()}.
 */
public class TraceFormatBatteryTest {
  private static final String FILE = "trace";

  @TempDir Path folder;

  /**
   * A format and a sample of it: arrivals at 0, 1.5 and 4 s, lengths 20, 7 and 9, prompts 100, 30
   * and 40.
   *
   * @param name how the catalogue names it
   * @param spec the description of a file
   * @param text the sample, one request a line
   * @param middle what of the text is malformed when it is changed: each stands in the line of the
   *     second request, and what it becomes after the arrow
   * @param line number of that line
   */
  public record Case(
      String name, Function<DataFile, TraceSpec> spec, String text, List<String> middle, int line) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Formats with every kind of the catalogue among them. */
  public static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "azure",
            file -> TraceFiles.of("azure", file),
            """
            TIMESTAMP,ContextTokens,GeneratedTokens
            2023-11-16 18:15:46.5000000,100,20
            2023-11-16 18:15:48.0000000,30,7
            2023-11-16 18:15:50.5000000,40,9
            """,
            List.of(",30,7 -> ,30,seven", ",30,7 -> ,30", ",30,7 -> ,-30,7"),
            3),
        new Case(
            "burstgpt",
            file -> TraceFiles.burstGpt(file, null, null),
            """
            Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
            5,ChatGPT,100,20,120,Conversation log
            6.5,GPT-4,30,7,37,API log
            9,ChatGPT,40,9,49,Conversation log
            """,
            List.of("30,7, -> 30,seven,", ",API log -> ", "30,7, -> 2.5,7,"),
            3),
        new Case(
            "vidur",
            file -> TraceFiles.of("vidur", file),
            """
            arrived_at,num_prefill_tokens,num_decode_tokens
            0.5,100,20
            2,30,7
            4.5,40,9
            """,
            List.of("2,30,7 -> 2,30,seven", "2,30,7 -> 2,30"),
            3),
        new Case(
            "csv",
            file -> TraceFiles.csv(file, "when", null, null, "answer", "question"),
            """
            question,when,answer
            100,10,20
            30,11.5,7
            40,14,9
            """,
            List.of("30,11.5,7 -> 30,11.5,seven", "30,11.5,7 -> 30,11.5", ",7 -> ,-7"),
            3),
        new Case(
            "jsonl",
            file -> TraceFiles.jsonl(file, "at", null, null, "/usage/out", "/usage/in"),
            """
            {"at": 10, "usage": {"in": 100, "out": 20}}
            {"at": 11.5, "usage": {"in": 30, "out": 7}}
            {"at": 14, "usage": {"in": 40, "out": 9}}
            """,
            List.of("7}} -> \"seven\"}}", "7}} -> 7", "\"out\": 7 -> \"over\": 7"),
            2));
  }

  private TraceSpec spec(Case tested, String text) throws IOException {
    Files.writeString(folder.resolve(FILE), text);
    return tested.spec().apply(DataFile.of(FILE, folder));
  }

  private static String refusal(TraceSpec spec) {
    return assertThrows(BadInputException.class, spec::read).getMessage();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsItsSample(Case tested) throws IOException {
    Trace trace = spec(tested, tested.text()).read();
    double[] times = {0, 1.5, 4};
    double[] lengths = {20, 7, 9};
    int[] prompts = {100, 30, 40};
    assertEquals(3, trace.size());
    for (int i = 0; i < 3; i++) {
      assertEquals(times[i], trace.arrivalTime(i));
      assertEquals(lengths[i], trace.length(i));
      assertEquals(prompts[i], trace.promptTokens(i));
    }
    assertEquals(Trace.LengthUnit.TOKENS, trace.unit());
    assertEquals(2 / 4.0, trace.rate());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void refusesAMalformedLineOrLeavesItOut(Case tested) throws IOException {
    for (String change : tested.middle()) {
      String[] parts = change.split(" -> ", -1);
      assertTrue(tested.text().contains(parts[0]), parts[0]);
      TraceSpec spec = spec(tested, tested.text().replace(parts[0], parts[1]));
      String message = refusal(spec);
      assertTrue(message.startsWith(FILE + ", line " + tested.line() + ": "), message);
      BadRows bad = new BadRows(1);
      Trace rest = spec.read(bad);
      assertEquals(1, bad.skipped());
      assertEquals(2, rest.size());
      assertEquals(9, rest.length(1));
      assertEquals(4, rest.arrivalTime(1));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void refusesAFileThatIsNoneOrHoldsTooLittle(Case tested) throws IOException {
    assertTrue(refusal(spec(tested, "")).contains(FILE));
    String first =
        tested.text().lines().limit(tested.line() - 1).reduce("", (a, b) -> a + b + "\n");
    assertTrue(refusal(spec(tested, first)).contains("at least two requests"));
    String elsewhere = refusal(tested.spec().apply(DataFile.of("none", folder)));
    assertTrue(elsewhere.contains("none"), elsewhere);
  }

  /** Without the column or the key of the answers. */
  @ParameterizedTest
  @MethodSource("cases")
  void refusesAFileWithoutTheLengths(Case tested) throws IOException {
    String text =
        tested
            .text()
            .replace("GeneratedTokens", "Other")
            .replace("Response tokens", "Other")
            .replace("num_decode_tokens", "other")
            .replace("answer", "other")
            .replace("\"out\"", "\"other\"");
    String message = refusal(spec(tested, text));
    assertTrue(message.startsWith(FILE + ", line 1: "), message);
  }
}

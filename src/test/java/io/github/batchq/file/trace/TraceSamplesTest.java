package io.github.batchq.file.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.data.FileHead;
import io.github.batchq.model.BadRows;
import io.github.batchq.workload.Trace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every format that is told by its files has a sample, which is told and read without a word: the
 * same requests in each, in the shape that is public.
 */
public class TraceSamplesTest {
  private static final double[] ARRIVALS = {0, 0.5, 1.25, 3.75};
  private static final double[] FIRST_TOKENS = {0.25, 0.75, 1.5, 4};
  private static final double[] ENDS = {1, 2, 3.5, 6.5};

  /** Formats whose samples have the requests of sample-trace.csv. */
  private static final Set<String> LONG = Set.of("azure", "burstgpt", "vidur");

  /** Its clock ticks in seconds. */
  private static final double[] WHOLE_SECONDS = {0, 2, 5, 15};

  /** Formats that are tested here. */
  public static Stream<String> names() {
    return Stream.concat(formats().map(TraceFormat::name), Stream.of("json"));
  }

  /** Formats that are told by their files. */
  public static Stream<TraceFormat> formats() {
    return TraceFormats.all().stream().filter(format -> !format.byColumn());
  }

  private static DataFile sample(TraceFormat format) {
    String name = String.valueOf(format.example().get("file")).replace("'", "");
    return DataFile.of(name, Path.of(""));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void tellsAndReadsItsSample(TraceFormat format) {
    DataFile file = sample(format);
    assertEquals(format.name(), TraceFormats.of(FileHead.of(file)).orElseThrow().name());
    BadRows told = new BadRows(0);
    Trace trace = TraceFile.of(format, file).read(told);
    List<String> notes = new ArrayList<>();
    if (format.name().equals("burstgpt")) {
      notes.add("1 of 160 requests is without an answer, of length 0, and left out");
    } else if (!format.remark().isEmpty()) {
      notes.add(format.remark());
    }
    assertEquals(notes.size(), told.notes().size());
    for (int i = 0; i < notes.size(); i++) {
      assertTrue(told.notes().get(i).startsWith(file + ": " + notes.get(i)), told.notes().get(i));
    }
    assertEquals(Trace.LengthUnit.TOKENS, trace.unit());
    assertEquals(format.hasArrivalTimes(), trace.hasArrivalTimes());
    if (LONG.contains(format.name())) {
      Trace other =
          TraceFiles.csv(
                  DataFile.resource("sample-trace.csv"),
                  "arrival",
                  null,
                  null,
                  "generated",
                  "prompt")
              .read();
      assertEquals(160 - notes.size(), trace.size());
      assertSame(other, trace);
      return;
    }
    double[] arrivals = format.name().equals("openai") ? WHOLE_SECONDS : ARRIVALS;
    boolean prompts = format.column(TraceColumn.Role.PROMPT_TOKENS).isPresent();
    assertEquals(4, trace.size());
    for (int i = 0; i < 4; i++) {
      assertEquals(trace.hasArrivalTimes() ? arrivals[i] : i, trace.arrivalTime(i), 1e-6);
      assertEquals(10 * (i + 1), trace.length(i));
      assertEquals(prompts ? 100 * (i + 1) : 0, trace.promptTokens(i));
    }
  }

  /** The requests that both have, from the first on. */
  private static void assertSame(Trace expected, Trace found) {
    int left = 0;
    for (int i = 0; i < found.size(); i++) {
      left += expected.promptTokens(i + left) == found.promptTokens(i) ? 0 : 1;
      assertEquals(expected.arrivalTime(i + left), found.arrivalTime(i), 1e-9);
      assertEquals(expected.length(i + left), found.length(i));
      assertEquals(expected.promptTokens(i + left), found.promptTokens(i));
    }
  }

  /** A JSON list is read as the same objects in lines are. */
  @Test
  void readsAListAsLines() {
    String[] columns = {"time", "/usage/completion_tokens", "/usage/prompt_tokens"};
    Trace lines =
        TraceFiles.jsonl(
                DataFile.resource("sample-trace.jsonl"),
                columns[0],
                null,
                null,
                columns[1],
                columns[2])
            .read();
    Trace list =
        TraceFiles.columns(
                "json",
                DataFile.resource("sample-trace.json"),
                columns[0],
                null,
                null,
                columns[1],
                columns[2])
            .read();
    assertEquals(160, list.size());
    assertSame(lines, list);
  }

  /** The times of first and last tokens, on the clock of the arrivals. */
  @ParameterizedTest
  @MethodSource("formats")
  void tellsWhenRequestsHadTheirTokens(TraceFormat format) {
    Trace trace = TraceFile.of(format, sample(format)).read();
    boolean told =
        format.column(TraceColumn.Role.FIRST_TOKEN).isPresent() && trace.hasArrivalTimes();
    for (int i = 0; i < trace.size(); i++) {
      assertEquals(told ? FIRST_TOKENS[i] : Double.NaN, firstToken(trace, i), 1e-6);
      assertEquals(
          told ? ENDS[i] : Double.NaN, trace.hasArrivalTimes() ? trace.end(i) : Double.NaN, 1e-6);
    }
  }

  /** Without arrival times there is no clock. */
  private static double firstToken(Trace trace, int i) {
    return trace.hasArrivalTimes() ? trace.firstToken(i) : Double.NaN;
  }

  /** What distinguishes formats comes first in the list of all. */
  @ParameterizedTest
  @MethodSource("formats")
  void saysWhereItComesFrom(TraceFormat format) {
    assertTrue(format.reference().length() > 8, format.reference());
    assertTrue(format.signs().size() > 0, format.name());
  }
}

package io.github.batchq.file.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.batchq.file.data.DataFile;
import io.github.batchq.model.BadInputException;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.TraceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The formats of published traces, and CSV files by their columns. */
class PublishedTracesTest {
  private static final String AZURE =
      """
      TIMESTAMP,ContextTokens,GeneratedTokens
      2023-11-16 18:15:46.6805900,374,44
      2023-11-16 18:15:50.9951690,396,109
      2023-11-16 18:15:51.2224670,879,55
      """;

  @TempDir Path folder;

  private DataFile file(String text) throws IOException {
    Files.writeString(folder.resolve("trace.csv"), text);
    return DataFile.of("trace.csv", folder);
  }

  private static final String BURST_GPT =
      """
      Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
      5,ChatGPT,472,18,490,Conversation log
      45,ChatGPT,1087,230,1317,API log
      118,GPT-4,417,276,693,Conversation log
      120,ChatGPT,0,0,0,Conversation log
      185,ChatGPT,1360,647,2007,API log
      """;

  /** All answered requests, those of a model, and those of a log. */
  @Test
  void readsBurstGptWithoutItsFailures() throws IOException {
    Trace trace = TraceFiles.burstGpt(file(BURST_GPT), null, null).read();
    assertEquals(4, trace.size());
    assertEquals(180, trace.arrivalTime(3));
    assertEquals(647, trace.length(3));
    assertEquals(1360, trace.promptTokens(3));
    assertEquals(Trace.LengthUnit.TOKENS, trace.unit());
    assertEquals(3, TraceFiles.burstGpt(file(BURST_GPT), "ChatGPT", null).read().size());
    Trace one = TraceFiles.burstGpt(file(BURST_GPT), "ChatGPT", "API log").read();
    assertArrayEquals(new double[] {230, 647}, one.lengths(2));
  }

  @Test
  void refusesWhatIsNoBurstGpt() throws IOException {
    assertTrue(
        refusal(TraceFiles.burstGpt(file(BURST_GPT), "GPT-5", null))
            .contains("has no answered request to model 'GPT-5'"));
    String words =
        refusal(TraceFiles.burstGpt(file(BURST_GPT.replace(",230,", ",many,")), null, null));
    assertTrue(words.contains("line 3") && words.contains("many"), words);
    words = refusal(TraceFiles.burstGpt(file(BURST_GPT.replace("Model", "Modell")), null, null));
    assertTrue(words.contains("'Model'") || words.contains("Model"), words);
    assertTrue(
        refusal(TraceFiles.burstGpt(DataFile.of("none.csv", folder), null, null))
            .contains("BurstGPT is public"));
  }

  @Test
  void readsVidur() throws IOException {
    Trace trace =
        TraceFiles.of(
                "vidur",
                file("arrived_at,num_prefill_tokens,num_decode_tokens\n0.5,100,20\n1.75,30,7\n"))
            .read();
    assertEquals(2, trace.size());
    assertEquals(1.25, trace.arrivalTime(1));
    assertEquals(7, trace.length(1));
    assertEquals(30, trace.promptTokens(1));
    String words =
        refusal(TraceFiles.of("vidur", file("arrived_at,num_prefill_tokens\n0.5,100\n")));
    assertTrue(words.contains("num_decode_tokens"), words);
  }

  private static String refusal(TraceSpec spec) {
    return assertThrows(BadInputException.class, spec::read).getMessage();
  }

  @Test
  void readsTheAzureFormatToTheDigit() throws IOException {
    Trace trace = TraceFiles.of("azure", file(AZURE)).read();
    assertEquals(3, trace.size());
    assertEquals(0, trace.arrivalTime(0));
    assertEquals(4.314579, trace.arrivalTime(1));
    assertEquals(4.541877, trace.arrivalTime(2));
    assertEquals(109, trace.length(1));
    assertEquals(879, trace.promptTokens(2));
    assertEquals(Trace.LengthUnit.TOKENS, trace.unit());
    assertEquals(2 / 4.541877, trace.rate());
    assertArrayEquals(new double[] {44, 109}, trace.lengths(2));
    assertEquals("trace.csv", trace.name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "396,109 | 396,1o9 | trace.csv, line 3: GeneratedTokens is '1o9', a number was expected",
        "396,109 | -396,109 | trace.csv, line 3: prompt tokens must be a whole number of at least 0, found -396.0",
        "396,109 | 396,-1 | trace.csv, line 3: the length must be positive, found -1.0",
        "18:15:50.9951690 | 18:15:60 | trace.csv, line 3: TIMESTAMP is '2023-11-16 18:15:60', which is no time of the calendar",
        "18:15:50.9951690 | yesterday | trace.csv, line 3: TIMESTAMP is '2023-11-16 yesterday', a time such as",
        "ContextTokens | Context | trace.csv, line 1: there is no column 'ContextTokens'"
      })
  void refusesABadLineWithFileLineAndReason(String right, String wrong, String message)
      throws IOException {
    assertTrue(AZURE.contains(right));
    String found = refusal(TraceFiles.of("azure", file(AZURE.replace(right, wrong))));
    assertTrue(found.startsWith(message), found);
  }

  @Test
  void refusesATraceThatIsTooShort() throws IOException {
    assertTrue(
        refusal(
                TraceFiles.of(
                    "azure",
                    file("TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46,1,1\n")))
            .contains("at least two requests"));
  }

  @Test
  void readsAnyCsvByItsColumns() throws IOException {
    DataFile file = file("t,g,s,n,p\n10,1,0.5,7,3\n12,2,1.5,8,4\n");
    Trace byTime = TraceFiles.csv(file, "t", null, "s", null, null).read();
    assertEquals(2, byTime.arrivalTime(1));
    assertEquals(1.5, byTime.length(1));
    assertEquals(0, byTime.promptTokens(1));
    assertEquals(Trace.LengthUnit.SECONDS, byTime.unit());
    Trace byGap = TraceFiles.csv(file, null, "g", null, "n", "p").read();
    assertEquals(2, byGap.arrivalTime(1));
    assertEquals(8, byGap.length(1));
    assertEquals(4, byGap.promptTokens(1));
    assertEquals(Trace.LengthUnit.TOKENS, byGap.unit());
    assertThrows(
        IllegalArgumentException.class, () -> TraceFiles.csv(file, "t", "g", "s", null, null));
    assertThrows(
        IllegalArgumentException.class, () -> TraceFiles.csv(file, "t", null, null, null, null));
    DataFile negative = file("g,s\n1,1\n-1,1\n");
    assertTrue(
        refusal(TraceFiles.csv(negative, null, "g", "s", null, null))
            .startsWith("trace.csv, line 3: the gap must be"));
  }

  /** The real trace, where it is at hand. */
  @Test
  void readsTheAzureConversationTrace() {
    Path path = Path.of("../shared/data/AzureLLMInferenceTrace_conv.csv");
    assumeTrue(Files.exists(path), "the Azure conversation trace is not at " + path);
    Trace trace = TraceFiles.of("azure", DataFile.of(path.toString(), Path.of(""))).read();
    assertEquals(19_366, trace.size());
    double total = 0;
    for (double length : trace.lengths(trace.size())) {
      total += length;
    }
    // awk -F, 'NR > 1 {n++; s += $3} END {printf "%.6f", s / n}'
    assertEquals(211.125942, total / trace.size(), 5e-7);
  }
}

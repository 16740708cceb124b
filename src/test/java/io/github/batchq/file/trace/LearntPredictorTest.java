package io.github.batchq.file.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.Runner;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Predictors that have learnt, from the file to the results. */
class LearntPredictorTest {
  private static final String EXPERIMENT =
      """
      name: learnt
      scenario:
        arrivals: {process: all-at-zero}
        service: {tokens: {sample: TRACE}, secondsPerToken: 0.1}
        predictor: %s
        policy: {type: multi-bin, bins: 4, boundaries: equal-mass, batchSize: 8}
        requests: 40000
      replications: 4
      metrics: [throughput]
      """;

  @TempDir Path folder;

  @BeforeEach
  void writeTraces() throws IOException {
    ExperimentFiles.writeTracesWithPrompts(folder);
  }

  private double throughput(String predictor, String file) throws InterruptedException {
    String trace = "{format: csv, file: " + file + ", gap: gap, tokens: n, promptTokens: p}";
    Experiment experiment =
        ExperimentFiles.read(folder, EXPERIMENT.formatted(predictor).replace("TRACE", trace));
    return Runner.run(experiment, 2, (runs, all, requests) -> {})
        .estimate(0, Metric.named("throughput"))
        .mean();
  }

  /** Where prompts tell all, what was learnt is as good as the truth; where nothing, as one bin. */
  @ParameterizedTest
  @ValueSource(strings = {"tree", "neighbours"})
  void isWorthWhatPromptsTell(String method) throws InterruptedException {
    String learnt = "{type: learnt, method: " + method + ", requests: 40, trace: TRACE}";
    double oracle = throughput("{type: oracle}", "told.csv");
    assertEquals(oracle, throughput(learnt, "told.csv"), 0.01 * oracle);
    double untold = throughput(learnt, "untold.csv");
    // One bin: the mean of the largest of 8 lengths of about U(10,1000) is 890 tokens.
    assertEquals(8 / 89.0, untold, 0.02 * 8 / 89);
    assertTrue(oracle > 1.45 * untold);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: learnt, trace: TRACE, method: forest} | expected one of tree, neighbours, found 'forest'",
        "{type: learnt, trace: TRACE, requests: 9000} | averages over 9000 requests needs at least as many",
        "{type: learnt, trace: TRACE, requests: 0} | requests must be at least 1, found 0",
        "{type: learnt} | the key 'trace' is missing",
        "{type: learnt, trace: TRACE, from: 5, to: 2} | to must be more than from, 5.0, found 2.0"
      })
  void refusesInOneSentence(String predictor, String sentence) {
    BadInputException refused =
        assertThrows(BadInputException.class, () -> throughput(predictor, "told.csv"));
    assertTrue(refused.getMessage().contains(sentence), refused.getMessage());
  }

  @Test
  void needsRequestsWithPrompts() {
    String text =
        EXPERIMENT
            .formatted(
                "{type: learnt, trace: {format: csv, file: told.csv, gap: gap, tokens: n,"
                    + " promptTokens: p}}")
            .replace("{sample: TRACE}", "{law: uniform, min: 1, max: 20}");
    BadInputException refused =
        assertThrows(BadInputException.class, () -> ExperimentFiles.read(folder, text));
    assertTrue(refused.getMessage().contains("goes by prompts, and requests have none"));
  }
}

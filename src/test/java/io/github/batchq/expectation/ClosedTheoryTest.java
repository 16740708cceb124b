package io.github.batchq.expectation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Metric;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.theory.TheoryResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What theory says of requests that wait for answers, and where it is silent. */
class ClosedTheoryTest {
  @TempDir Path folder;

  private PreparedScenario scenario(String arrivals, String policy, String servers, String more) {
    String text =
        """
        name: closed
        scenario:
          arrivals: %s
          service: {tokens: {law: uniform, min: 1, max: 20}, secondsPerToken: 1}
          policy: {type: %s}
          servers: %s
          requests: 2000
        %s
        """
            .formatted(arrivals, policy, servers, more.indent(2));
    return ExperimentFiles.read(folder, text).points().get(0).scenario();
  }

  private static final String THINKING =
      "{process: closed, clients: 8, think: {law: exponential, rate: 0.05}}";

  private static final String BUSY = "{process: closed, clients: 8}";

  private static final String SLOW =
      "{process: closed, clients: 8, think: {law: uniform, min: 5, max: 35}}";

  /** 8 / 30.5 s, or one over the mean time of a full batch for each of its requests. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        THINKING + " | dynamic, batchSize: 4 | 1 | exact | 0.182151",
        THINKING + " | standard, batchSize: 4 | 1 | exact | 0.176630",
        THINKING + " | elastic, batchSize: 1 | 1 | exact | 0.0952343",
        THINKING + " | dynamic, batchSize: 4 | 2 | upper-bound | 0.262295",
        THINKING + " | elastic, batchSize: 4 | 1 | upper-bound | 0.246914",
        THINKING + " | standard, batchSize: 16 | 1 | upper-bound | 0.262295",
        THINKING + " | shortest-first, batchSize: 1 | 1 | upper-bound | 0.262295",
        THINKING
            + " | multi-bin, bins: 2, boundaries: equal-mass, batchSize: 2, order: shortest | 1"
            + " | upper-bound | 0.262295",
        THINKING + " | max-wait, bins: 1, batchSize: 4, maxWait: 2 | 1 | upper-bound | 0.262295",
        THINKING + " | sorted-window, batchSize: 2, window: 2 | 1 | upper-bound | 0.161290",
        // Whole tokens are half a token longer, which the bound does not count.
        THINKING + " | continuous, batchSize: 1 | 1 | upper-bound | 0.0909091",
        SLOW + " | dynamic, batchSize: 4 | 1 | upper-bound | 0.246914",
        BUSY + " | dynamic, batchSize: 4 | 1 | exact | 0.246914",
        BUSY + " | dynamic, batchSize: 4 | 2 | exact | 0.493827",
        BUSY + " | dynamic, batchSize: 4 | 3 | upper-bound | 0.740741",
        BUSY + " | dynamic, batchSize: 16 | 1 | exact | 0.447205",
        BUSY + " | standard, batchSize: 4 | 2 | upper-bound | 0.493827",
        BUSY + " | standard, batchSize: 4 | 1 | exact | 0.246914",
      })
  void throughput(String arrivals, String policy, String servers, String kind, double value) {
    PreparedScenario scenario = scenario(arrivals, policy, servers, "");
    TheoryResult result = TheoryOverlay.of(scenario).get(Metric.THROUGHPUT);
    assertEquals(kind, result.kind());
    assertEquals(value, result.value(), 1e-6);
    TheoryResult latency = TheoryOverlay.of(scenario).get(Metric.LATENCY_MEAN);
    assertEquals(kind.equals("exact") ? "exact" : "lower-bound", latency.kind());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Two batches of 8 take 17.8889 s each on average, one of 4 takes 16.2 s.
        "20 | standard, batchSize: 8 | 1 | exact | 51.977778",
        "20 | dynamic, batchSize: 8 | 1 | exact | 51.977778",
        "20 | standard, batchSize: 8 | 2 | lower-bound | 25.988889",
        "20 | standard, batchSize: 8 | 16 | lower-bound | 19.095238",
        "16 | sorted-window, batchSize: 8, window: 2 | 1 | exact | 28.823529",
        "16 | shortest-first, batchSize: 8 | 1 | exact | 28.823529",
        "20 | continuous, batchSize: 8 | 1 | undefined | NaN",
        "20 | sorted-window, batchSize: 8, window: 4 | 1 | undefined | NaN",
        "20 | sorted-window, batchSize: 2, window: 4 | 1 | undefined | NaN",
      })
  void timeOfARound(int size, String policy, String servers, String kind, double value) {
    PreparedScenario scenario =
        scenario("{process: rounds, size: " + size + "}", policy, servers, "");
    TheoryResult result = TheoryOverlay.of(scenario).get(Metric.named("round.mean"));
    assertEquals(kind, result.kind());
    assertEquals(value, result.value(), 1e-6);
  }

  /** A limit of what is in flight is beyond theory, and so are finite runs. */
  @Test
  void silence() {
    for (PreparedScenario scenario :
        new PreparedScenario[] {
          scenario(THINKING, "dynamic, batchSize: 4", "1", "concurrency: 4"),
          scenario(THINKING, "dynamic, batchSize: 4", "1", "horizon: finite"),
          scenario("{process: poisson, rate: 0.1}", "standard, batchSize: 4", "1", "concurrency: 4")
        }) {
      TheoryOverlay overlay = TheoryOverlay.of(scenario);
      assertEquals("undefined", overlay.get(Metric.THROUGHPUT).kind());
      assertEquals("undefined", overlay.get(Metric.LATENCY_MEAN).kind());
      assertEquals(Double.NaN, overlay.load());
    }
  }
}

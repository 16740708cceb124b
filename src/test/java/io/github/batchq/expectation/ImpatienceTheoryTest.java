package io.github.batchq.expectation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Metric;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.theory.TheoryResult;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What theory says of clients who give up, and where it is silent. */
class ImpatienceTheoryTest {
  @TempDir Path folder;

  private TheoryOverlay overlay(
      String arrivals, String law, String policy, String servers, String patience) {
    String text =
        """
        name: impatient
        scenario:
          arrivals: %s
          service: {tokens: {law: %s}, secondsPerToken: 1}
          policy: {type: %s}
          servers: %s
          requests: 2000
          %s
        """
            .formatted(arrivals, law, policy, servers, patience);
    PreparedScenario scenario = ExperimentFiles.read(folder, text).points().get(0).scenario();
    return TheoryOverlay.of(scenario);
  }

  private static final String EXPONENTIAL = "exponential, rate: 0.1";

  private static final String UNIFORM = "uniform, min: 1, max: 20";

  private static final String POISSON = "{process: poisson, rate: 0.5}";

  private static final String LIMITED = "patience: {law: {law: exponential, rate: 0.05}}";

  private static final String UNTIL_ANSWER =
      "patience: {law: {law: exponential, rate: 0.05}, in: all}";

  /** M/M/1+M whose load and patience make all death rates 0.1 + 0.05 (n - 1): by hand. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        EXPONENTIAL + " | standard, batchSize: 1 | 1 | " + LIMITED,
        EXPONENTIAL + " | dynamic, batchSize: 1 | 2 | " + LIMITED,
        EXPONENTIAL + " | elastic, batchSize: 1 | 3 | " + UNTIL_ANSWER,
      })
  void oneByOne(String law, String policy, int servers, String patience) {
    double weight = 1;
    double total = 0;
    double busy = 0;
    for (int n = 0; n < 500; n++) {
      total += weight;
      busy += weight * Math.min(n, servers);
      int next = Math.min(n + 1, servers);
      weight *= 0.5 / (0.1 * next + 0.05 * (n + 1 - next));
    }
    boolean answered = patience.equals(UNTIL_ANSWER);
    double throughput = busy / total * 0.1 * (answered ? 0.1 / 0.15 : 1);
    TheoryOverlay overlay = overlay(POISSON, law, policy, "" + servers, patience);
    exact(throughput, overlay.get(Metric.THROUGHPUT));
    exact(1 - throughput / 0.5, overlay.get(Metric.named("abandoned.share")));
    exact(busy / total / servers, overlay.get(Metric.UTILIZATION));
    double latency = overlay.get(Metric.LATENCY_MEAN).value();
    exact(latency - (answered ? 1 / 0.15 : 10), overlay.get(Metric.named("wait.mean")));
    assertEquals(Double.NaN, overlay.load());
  }

  private static void exact(double expected, TheoryResult found) {
    assertEquals("exact", found.kind());
    assertEquals(expected, found.value(), 1e-9 * Math.abs(expected));
  }

  /** Where the answers per second are known, where they are bounded, and where neither. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        POISSON + " | " + UNIFORM + " | dynamic, batchSize: 1 | 1 | " + LIMITED + " | exact",
        POISSON + " | " + UNIFORM + " | dynamic, batchSize: 1 | 1 | " + UNTIL_ANSWER + " | exact",
        POISSON + " | " + UNIFORM + " | dynamic, batchSize: 4 | 1 | " + LIMITED + " | exact",
        POISSON + " | " + UNIFORM + " | elastic, batchSize: 4 | 1 | " + UNTIL_ANSWER + " | exact",
        POISSON + " | " + UNIFORM + " | dynamic, batchSize: 4 | 2 | " + LIMITED + " | upper-bound",
        POISSON + " | " + UNIFORM + " | standard, batchSize: 4 | 1 | " + LIMITED + " | upper-bound",
        "{process: gamma, rate: 0.5, cv: 2} | "
            + EXPONENTIAL
            + " | dynamic, batchSize: 1 | 1 | "
            + LIMITED
            + " | upper-bound",
        POISSON
            + " | "
            + UNIFORM
            + " | multi-bin, bins: 2, boundaries: equal-mass, batchSize: 4 | 1 | "
            + LIMITED
            + " | undefined",
        POISSON + " | " + UNIFORM + " | continuous, batchSize: 4 | 1 | " + LIMITED + " | undefined",
        "{process: closed, clients: 4} | "
            + UNIFORM
            + " | dynamic, batchSize: 4 | 1 | "
            + LIMITED
            + " | undefined",
      })
  void kinds(
      String arrivals, String law, String policy, String servers, String patience, String kind) {
    TheoryOverlay overlay = overlay(arrivals, law, policy, servers, patience);
    assertEquals(kind, overlay.get(Metric.THROUGHPUT).kind());
    String share = overlay.get(Metric.named("abandoned.share")).kind();
    assertEquals(kind.equals("upper-bound") ? "lower-bound" : kind, share);
  }

  /** Full batches of 4 take 16.2 s, so that at most half of 0.5 requests a second are answered. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"standard, batchSize: 4", "dynamic, batchSize: 4"})
  void bounds(String policy) {
    TheoryOverlay overlay =
        overlay(POISSON, UNIFORM, policy, "1", "patience: {law: {law: uniform, min: 5, max: 25}}");
    assertEquals(4 / 16.2, overlay.get(Metric.THROUGHPUT).value(), 1e-9);
    assertEquals(1 - 8 / 16.2, overlay.get(Metric.named("abandoned.share")).value(), 1e-9);
  }

  /** Who asks again is more than one arrival. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {EXPONENTIAL, UNIFORM})
  void retriesAreBeyondTheory(String law) {
    TheoryOverlay overlay =
        overlay(
            POISSON,
            law,
            "dynamic, batchSize: 1",
            "1",
            LIMITED + "\n  retry: {after: {law: deterministic, value: 5}, most: 2}");
    assertEquals("undefined", overlay.get(Metric.THROUGHPUT).kind());
  }
}

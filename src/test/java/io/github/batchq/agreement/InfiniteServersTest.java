package io.github.batchq.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.Runner;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.model.ResultTable;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * With infinitely many servers formation and latency are k (B-1) / (2 lambda) and E_k + k (B-1) /
 * (2 lambda) exactly, for any law and any boundaries (Lemma 5.1 of arXiv:2412.04504; our T11).
 * Simulated means lie within their intervals; the ends of a run, where batches form from nothing
 * and are flushed, are left out or made small.
 */
class InfiniteServersTest {
  @TempDir Path folder;

  static Stream<Arguments> systems() {
    return Stream.of(
        Arguments.of("{law: uniform, min: 1, max: 20}", "equal-mass", 4, 8, 2.0),
        Arguments.of("{law: uniform, min: 1, max: 20}", "[2, 5, 18]", 4, 8, 2.0),
        Arguments.of("{law: uniform, min: 1, max: 20}", "equal-mass", 1, 16, 0.5),
        Arguments.of("{law: exponential, rate: 0.1}", "exponential", 3, 8, 5.0),
        Arguments.of("{law: exponential, rate: 0.1}", "[1, 30]", 3, 8, 5.0),
        Arguments.of("{law: lognormal, mu: 1, sigma: 1}", "equal-mass", 5, 4, 1.0),
        Arguments.of(
            "{tokens: {law: empirical, file: 'resource:phi35-gsm8k-lengths.csv', column: tokens, counts: count},"
                + " secondsPerToken: 0.0366, offset: 0.5}",
            "equal-mass",
            4,
            8,
            3.0));
  }

  @ParameterizedTest
  @MethodSource("systems")
  void simulationMeetsTheFormula(
      String service, String boundaries, int bins, int batchSize, double rate)
      throws InterruptedException {
    Experiment experiment =
        ExperimentFiles.read(
            folder,
            """
            name: infinite
            scenario:
              arrivals: {process: poisson, rate: %s}
              service: %s
              policy: {type: multi-bin, bins: %s, boundaries: %s, batchSize: %s}
              servers: infinite
              requests: 100000
              warmUp: {requests: 1000}
            replications: 20
            seed: 51
            metrics: [formation.mean, latency.mean, service.mean, queueing.mean, padding]
            """
                .formatted(rate, service, bins, boundaries, batchSize));
    ResultTable summary = Runner.run(experiment, 2, (runs, allRuns, requests) -> {}).summary();
    assertEquals(
        bins * (batchSize - 1) / (2 * rate), summary.number(0, "formation.mean.theory"), 1e-12);
    assertEquals("exact", summary.text(0, "latency.mean.theory.kind"));
    assertEquals(0, summary.number(0, "queueing.mean"));
    for (String metric :
        new String[] {"formation.mean", "latency.mean", "service.mean", "padding"}) {
      double halfWidth = summary.number(0, metric + ".ci95");
      double theory = summary.number(0, metric + ".theory");
      // 99.9 % instead of 95 %: t(19) quantiles 3.883 and 2.093.
      assertEquals(theory, summary.number(0, metric), halfWidth * 3.883 / 2.093, metric);
      assertTrue(halfWidth < 0.01 * theory, metric + " has too wide an interval: " + halfWidth);
    }
  }
}

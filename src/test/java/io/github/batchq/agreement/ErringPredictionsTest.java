package io.github.batchq.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.Runner;
import io.github.batchq.expectation.TheoryOverlay;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.ResultTable;
import io.github.batchq.scenario.PreparedScenario;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Simulated prediction errors lie within their intervals around theory. */
@Tag("long")
class ErringPredictionsTest {
  /** 99.9 % instead of 95 %: t(19) quantiles 3.883 and 2.093. */
  private static final double WIDER = 3.883 / 2.093;

  @TempDir Path folder;

  static Stream<Arguments> systems() {
    String uniform = "{law: uniform, min: 1, max: 20}";
    String gsm8k =
        "{tokens: {law: empirical, file: 'resource:phi35-gsm8k-lengths.csv', column: tokens, counts: count},"
            + " secondsPerToken: 0.0366, offset: 0.5}";
    String measured = "{type: confusion, matrix: 'resource:confusion-lmsys-k4.csv'}";
    return Stream.of(
        Arguments.of(uniform, "equal-mass", 4, 8, 2.0, "{type: symmetric-error, errorRate: 0.1}"),
        Arguments.of(uniform, "[2, 5, 18]", 4, 8, 2.0, measured),
        Arguments.of(gsm8k, "equal-mass", 4, 8, 3.0, measured),
        Arguments.of(
            "{law: exponential, rate: 0.1}",
            "[1, 30]",
            3,
            8,
            5.0,
            "{type: symmetric-error, errorRate: 0.5}"),
        Arguments.of(
            "{law: lognormal, mu: 1, sigma: 1}",
            "equal-mass",
            2,
            4,
            1.0,
            "{type: confusion, matrix: [[9, 1], [2, 1]]}"),
        Arguments.of(
            "{law: gamma, shape: 2, scale: 3}",
            "[4, 9]",
            3,
            16,
            4.0,
            "{type: confusion, matrix: [[1, 0, 0], [1, 0, 1], [0, 0, 5]]}"));
  }

  @ParameterizedTest
  @MethodSource("systems")
  void steadyState(
      String service, String boundaries, int bins, int batchSize, double rate, String predictor)
      throws InterruptedException {
    ResultTable summary =
        run(
            """
            name: errors
            scenario:
              arrivals: {process: poisson, rate: %s}
              service: %s
              predictor: %s
              policy: {type: multi-bin, bins: %s, boundaries: %s, batchSize: %s}
              servers: infinite
              requests: 100000
              warmUp: {requests: 1000}
            replications: 20
            seed: 77
            metrics: [formation.mean, latency.mean, service.mean, padding]
            """
                .formatted(rate, service, predictor, bins, boundaries, batchSize));
    for (String metric :
        new String[] {"formation.mean", "latency.mean", "service.mean", "padding"}) {
      assertEquals("exact", summary.text(0, metric + ".theory.kind"));
      double halfWidth = summary.number(0, metric + ".ci95");
      double theory = summary.number(0, metric + ".theory");
      assertEquals(theory, summary.number(0, metric), halfWidth * WIDER, metric);
      assertTrue(halfWidth < 0.01 * theory, metric + " has too wide an interval: " + halfWidth);
    }
  }

  /** Utilization of one server, far from both ends of a long run. */
  @Test
  void utilization() throws InterruptedException {
    ResultTable summary =
        run(
            """
            name: errors
            scenario:
              arrivals: {process: poisson, rate: 0.3}
              service: {law: uniform, min: 1, max: 20}
              predictor: {type: symmetric-error, errorRate: 0.2}
              policy: {type: multi-bin, bins: 4, boundaries: equal-mass, batchSize: 8}
              servers: 1
              requests: 200000
              warmUp: {requests: 1000}
            replications: 20
            seed: 77
            metrics: [throughput, utilization]
            """);
    for (String metric : new String[] {"throughput", "utilization"}) {
      assertEquals("exact", summary.text(0, metric + ".theory.kind"));
      assertEquals(
          summary.number(0, metric + ".theory"),
          summary.number(0, metric),
          summary.number(0, metric + ".ci95") * WIDER,
          metric);
    }
  }

  /**
   * Saturated runs beside T29: N = 128000, all present, flushed, printed to 0.001 with an error of
   * 0.002 to 0.005, and N / E[T] of the finite run within the interval.
   */
  @ParameterizedTest
  @CsvSource({
    "2, 8.425, 6.651, 6.527, 6.451, 6.440",
    "4, 9.950, 8.049, 7.911, 7.821, 7.807",
    "8, 10.924, 9.484, 9.374, 9.304, 9.284"
  })
  void saturatedRuns(int bins, double p0, double p5, double p10, double p30, double p50)
      throws InterruptedException {
    ResultTable summary =
        run(
            """
            name: errors
            scenario:
              arrivals: {process: all-at-zero}
              service: {law: uniform, min: 1, max: 20}
              predictor: {type: symmetric-error, errorRate: 0}
              policy: {type: multi-bin, bins: %s, boundaries: equal-mass, batchSize: 128}
              servers: 1
              requests: 128000
            sweep:
              predictor.errorRate: [0, 0.05, 0.1, 0.3, 0.5]
            replications: 20
            seed: 8
            metrics: [throughput]
            """
                .formatted(bins));
    double[] printed = {p0, p5, p10, p30, p50};
    for (int row = 0; row < printed.length; row++) {
      double simulated = summary.number(row, "throughput");
      assertEquals(printed[row], simulated, 0.0055);
      assertEquals("lower-bound", summary.text(row, "throughput.theory.kind"));
      assertEquals(
          summary.number(row, "throughput.theory"),
          simulated,
          summary.number(row, "throughput.ci95") * WIDER);
    }
  }

  /** Errors change what is predicted and nothing else: the same arrivals and lengths. */
  @Test
  void theTrafficIsTheSame() throws InterruptedException {
    ResultTable summary =
        run(
            """
            name: errors
            scenario:
              arrivals: {process: poisson, rate: 3}
              service: {law: uniform, min: 1, max: 20}
              policy: {type: standard, batchSize: 8}
              servers: infinite
              requests: 2000
            sweep:
              predictor:
                - {type: oracle}
                - {type: symmetric-error, errorRate: 0.3}
                - {type: lognormal-noise, sigma: 1}
            metrics: [latency.mean, service.mean]
            """);
    for (int row = 1; row < 3; row++) {
      assertEquals(summary.text(0, "latency.mean"), summary.text(row, "latency.mean"));
      // and with one bin theory covers every predictor
      assertEquals(
          summary.text(0, "service.mean.theory"), summary.text(row, "service.mean.theory"));
    }
  }

  @Test
  void theorySaysNothingOfNoisyLengths() throws InterruptedException {
    Experiment experiment =
        ExperimentFiles.read(
            folder,
            ExperimentFiles.SMALL.replace("{type: oracle}", "{type: lognormal-noise, sigma: 0.2}"));
    PreparedScenario two = experiment.points().get(3).scenario();
    assertEquals(2, two.boundaries().bins());
    assertFalse(TheoryOverlay.of(two).has(Metric.named("throughput")));
    assertTrue(
        TheoryOverlay.of(experiment.points().get(0).scenario()).has(Metric.named("throughput")));
    Runner.run(experiment, 1, (runs, allRuns, requests) -> {});
  }

  private ResultTable run(String text) throws InterruptedException {
    Experiment experiment = ExperimentFiles.read(folder, text);
    return Runner.run(experiment, 2, (runs, allRuns, requests) -> {}).summary();
  }
}

package io.github.batchq.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.Runner;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variance reduction as experiment files switch it on. */
@Tag("long")
class VarianceReductionTest {
  private static final String PLAIN =
      """
      name: reduction
      scenario:
        arrivals: {process: poisson-at-load, load: 0.5}
        service: {law: uniform, min: 1, max: 20}
        policy: {type: multi-bin, bins: 2, boundaries: equal-mass, batchSize: 8}
        requests: 1000
      sweep:
        policy.bins: [1, 2]
      replications: 40
      metrics: [latency.mean, throughput, latency.p99]
      """;

  private static final Metric LATENCY = Metric.named("latency.mean");

  @TempDir Path folder;

  private RunResults run(String reduction) {
    return run(PLAIN, reduction);
  }

  private RunResults run(String text, String reduction) {
    try {
      return Runner.run(
          ExperimentFiles.read(folder, text + reduction)
              .measuring(List.of(Metric.GAP_MEAN, Metric.LENGTH_MEAN)),
          2,
          (runs, allRuns, requests) -> {});
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As the gain says, intervals become narrower by its root, up to what chance does to both. */
  @ParameterizedTest
  @CsvSource({
    "'{controls: [gap]}', 1.2",
    "'{controls: [gap, length, infinite-servers]}', 2",
    "'{antithetic: true, controls: [infinite-servers]}', 1.5"
  })
  void intervalsBecomeNarrower(String reduction, double least) {
    Estimate plain = run("").estimate(1, LATENCY);
    RunResults results = run("varianceReduction: " + reduction + "\n");
    Estimate reduced = results.estimate(1, LATENCY);
    double gain = results.summary().number(1, "latency.mean.gain");
    assertTrue(gain > least, "gain: " + gain);
    double seen = Math.pow(plain.halfWidth() / reduced.halfWidth(), 2);
    assertEquals(1, seen / gain, 0.7);
    assertEquals(plain.mean(), reduced.mean(), 1.5 * plain.halfWidth());
  }

  /**
   * 600 experiments of 20 replications: the controlled intervals, left out where they do not help,
   * cover the truth (the mean of all plain runs, 12,000 of them) in 95 % within 2.5 points.
   */
  @Test
  void controlledIntervalsKeepTheirCoverage() {
    int experiments = 600;
    Estimate[] controlled = new Estimate[experiments];
    double truth = 0;
    Experiment plain =
        ExperimentFiles.read(folder, PLAIN.replace("replications: 40", "replications: 20"));
    Experiment with =
        ExperimentFiles.read(
            folder,
            PLAIN.replace("replications: 40", "replications: 20")
                + "varianceReduction: {controls: [gap, infinite-servers]}\n");
    int used = 0;
    for (int i = 0; i < experiments; i++) {
      try {
        RunResults results = Runner.run(with.withSeed(i), 2, (runs, allRuns, requests) -> {});
        ReducedEstimate reduced = results.reduced(1, LATENCY);
        controlled[i] = reduced.estimate();
        used += reduced.controlled() ? 1 : 0;
        for (int r = 0; r < 20; r++) {
          truth += results.value(1, r, LATENCY) / (20.0 * experiments);
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    int covered = 0;
    for (Estimate estimate : controlled) {
      covered += Math.abs(estimate.mean() - truth) <= estimate.halfWidth() ? 1 : 0;
    }
    assertEquals(20, plain.replications());
    assertTrue(used > 0.9 * experiments, "used: " + used);
    assertEquals(0.95, (double) covered / experiments, 0.025);
  }

  /** In the first replication of a pair nothing changes, and the second is its mirror. */
  @Test
  void antitheticReplicationsArePairs() {
    RunResults plain = run("");
    RunResults pairs = run("varianceReduction: {antithetic: true}\n");
    for (int pair = 0; pair < 20; pair++) {
      assertEquals(plain.value(0, pair, LATENCY), pairs.value(0, 2 * pair, LATENCY));
      double gaps =
          pairs.value(0, 2 * pair, Metric.named("gap.mean"))
              + pairs.value(0, 2 * pair + 1, Metric.named("gap.mean"));
      double plainGap = plain.value(0, pair, Metric.named("gap.mean"));
      assertNotEquals(plainGap, gaps - plainGap);
    }
    assertEquals(19, pairs.estimate(0, LATENCY).degreesOfFreedom());
    // Exponential gaps of u and 1 - u have correlation 1 - pi^2 / 6, lengths -1.
    double gain = pairs.reduced(0, Metric.named("length.mean")).gain();
    assertTrue(gain > 1e6, "gain: " + gain);
  }

  @Test
  void withoutCommonRandomNumbersPointsMeetOtherTraffic() {
    RunResults common = run("");
    RunResults independent = run("varianceReduction: {commonRandomNumbers: false}\n");
    Metric length = Metric.named("length.mean");
    assertEquals(common.value(0, 3, length), common.value(1, 3, length), 1e-10);
    assertEquals(common.value(0, 3, length), independent.value(0, 3, length));
    assertNotEquals(independent.value(0, 3, length), independent.value(1, 3, length), 1e-6);
    assertFalse(independent.summary().has("latency.mean.gain"));
  }

  /** Runs of 64 requests, 64 of them for each replication: a mean that varies less. */
  @Test
  void sobolPointsMakeShortRunsVaryLess() {
    String brief = PLAIN.replace("requests: 1000", "requests: 64");
    RunResults plain = run(brief, "");
    RunResults points = run(brief, "varianceReduction: {sobolPoints: 64}\n");
    double gain = points.summary().number(0, "latency.mean.gain");
    assertTrue(gain > 1.3, "gain: " + gain);
    Estimate estimate = plain.estimate(0, LATENCY);
    assertEquals(estimate.mean(), points.estimate(0, LATENCY).mean(), 1.5 * estimate.halfWidth());
    assertTrue(points.estimate(0, LATENCY).halfWidth() < estimate.halfWidth() / 8);
    assertEquals(2L * 40 * 64 * 64, points.requests());
  }

  @Test
  void isTheSameOnAnyNumberOfThreads() throws InterruptedException {
    for (String reduction :
        new String[] {
          "{antithetic: true, controls: [gap, length]}", "{commonRandomNumbers: false}"
        }) {
      Experiment experiment =
          ExperimentFiles.read(folder, PLAIN + "varianceReduction: " + reduction + "\n");
      assertEquals(
          Runner.run(experiment, 1, (runs, allRuns, requests) -> {}).summary().toCsv(),
          Runner.run(experiment, 3, (runs, allRuns, requests) -> {}).summary().toCsv());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{controls: [gaps]}",
        "{sobolPoints: 64}",
        "{sobolPoints: 63}",
        "{antithetic: true, sobolPoints: 64}",
        "{antithetic: often}",
        "{antithetical: true}"
      })
  void refusesWhatCannotBe(String reduction) {
    String message =
        String.valueOf(
            assertThrows(
                    BadInputException.class, () -> run("varianceReduction: " + reduction + "\n"))
                .getMessage());
    assertTrue(message.contains("varianceReduction"), message);
  }

  @Test
  void refusesWhatTheScenarioDoesNotAllow() {
    String odd = PLAIN.replace("replications: 40", "replications: 41");
    assertThrows(
        BadInputException.class, () -> run(odd, "varianceReduction: {antithetic: true}\n"));
    String warm = PLAIN.replace("requests: 1000", "requests: 1000\n  warmUp: {requests: 100}");
    assertThrows(
        BadInputException.class,
        () -> run(warm, "varianceReduction: {controls: [infinite-servers]}\n"));
    String discard = PLAIN.replace("batchSize: 8", "batchSize: 8, drain: discard");
    assertThrows(
        BadInputException.class, () -> run(discard, "varianceReduction: {controls: [length]}\n"));
    String noisy =
        PLAIN
            .replace(
                "  requests: 1000",
                "  predictor: {type: lognormal-noise, sigma: 0.5}\n  requests: 1000")
            .replace("poisson-at-load, load: 0.5", "poisson, rate: 0.2");
    assertThrows(
        BadInputException.class,
        () -> run(noisy, "varianceReduction: {controls: [infinite-servers]}\n"));
    String one = PLAIN.replace("replications: 40", "replications: 1");
    assertThrows(BadInputException.class, () -> run(one, "varianceReduction: {controls: [gap]}\n"));
  }
}

package io.github.batchq.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.Runner;
import io.github.batchq.expectation.Stability.Regime;
import io.github.batchq.expectation.TheoryOverlay;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.theory.TheoryResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers of different speeds that fail and are drained, from the file to the results. */
class ServersTest {
  /** Quantile of Student's t with 3 degrees of freedom for 99.9 %, over that for 95 %. */
  private static final double WIDER = 12.924 / 3.182;

  @TempDir Path folder;

  private Experiment experiment(String servers, String policy, double rate) {
    return ExperimentFiles.read(folder, ExperimentFiles.withServers(servers, policy, rate))
        .measuring(Metric.ALL);
  }

  private static RunResults run(Experiment experiment) throws InterruptedException {
    return Runner.run(experiment, 2, (runs, all, requests) -> {});
  }

  private static TheoryOverlay overlay(RunResults results) {
    return TheoryOverlay.of(results.experiment().points().get(0).scenario());
  }

  private static void assertCovers(double expected, Estimate estimate) {
    assertEquals(expected, estimate.mean(), WIDER * estimate.halfWidth());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: standard, batchSize: 8}",
        "{type: multi-bin, bins: 3, boundaries: equal-mass, batchSize: 8}",
        "{type: dynamic, batchSize: 8}",
        "{type: continuous, batchSize: 8}",
      })
  void speedsAddUp(String policy) throws InterruptedException {
    String servers = "{speeds: [1, 0.5, 2]}";
    PreparedScenario alone = experiment("1", policy, 1).points().get(0).scenario();
    double one = TheoryOverlay.of(alone).capacity().value();
    RunResults results = run(experiment(servers, policy, 2 * 3.5 * one));
    TheoryResult capacity = overlay(results).capacity();
    assertInstanceOf(TheoryResult.Exact.class, capacity);
    assertEquals(3.5 * one, capacity.value(), 1e-12 * capacity.value());
    assertEquals(Regime.OVERLOADED, results.stability(0).regime());
    Estimate delivered = results.estimate(0, Metric.named("throughput"));
    // Up to a tenth of a per cent is the end of the run, when not all servers are busy.
    assertEquals(
        capacity.value(),
        delivered.mean(),
        WIDER * delivered.halfWidth() + 0.001 * capacity.value());
    RunResults below = run(experiment(servers, policy, 0.8 * 3.5 * one));
    assertEquals(Regime.STABLE, below.stability(0).regime());
  }

  @Test
  void serversAreUpForTheirShareOfTheTime() throws InterruptedException {
    String failures =
        "{count: 2, failures: {up: {law: gamma, shape: 2, scale: 150}, down: {law: uniform, min: 20,"
            + " max: 80}, batch: %s}}";
    String policy = "{type: standard, batchSize: 8}";
    double two =
        TheoryOverlay.of(experiment("2", policy, 1).points().get(0).scenario()).capacity().value();
    double share = 300.0 / 350;
    for (String batch : new String[] {"retry", "lose"}) {
      RunResults results = run(experiment(failures.formatted(batch), policy, 2 * two));
      assertEquals(share, overlay(results).get(Metric.named("availability")).value(), 1e-12);
      assertCovers(share, results.estimate(0, Metric.named("availability")));
      assertEquals(Regime.OVERLOADED, results.stability(0).regime());
      double bound = overlay(results).capacity().value();
      assertEquals(share * two, bound, 1e-12);
      Estimate seen = results.estimate(0, Metric.named("throughput"));
      Estimate lost = results.estimate(0, Metric.named("lost.share"));
      if (batch.equals("retry")) {
        assertInstanceOf(TheoryResult.UpperBound.class, overlay(results).capacity());
        assertTrue(seen.mean() + seen.halfWidth() < bound, seen + " beside " + bound);
        assertEquals(0, lost.mean());
      } else {
        assertInstanceOf(TheoryResult.LowerBound.class, overlay(results).capacity());
        double rid = seen.mean() / (1 - lost.mean());
        assertTrue(rid > bound, rid + " beside " + bound);
        assertTrue(lost.mean() > 0.01, lost.toString());
      }
    }
  }

  /** Full batches on servers that fail after exponential times: nothing is left to a bound. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: standard, batchSize: 8} | 1 | retry",
        "{type: multi-bin, bins: 3, boundaries: equal-mass, batchSize: 8} | 2 | retry",
        "{type: standard, batchSize: 8} | 2 | lose",
        "{type: multi-bin, bins: 3, boundaries: equal-mass, batchSize: 8} | 1 | lose",
      })
  void exponentialTimesUpAreExact(String policy, double speed, String batch)
      throws InterruptedException {
    String servers =
        "{count: 2, speeds: [%s, %s], failures: {up: {law: exponential, rate: 0.02}, down: {law: uniform, min: 5, max: 25}, batch: %s}}"
            .formatted(speed, speed, batch);
    PreparedScenario alone = experiment("2", policy, 1).points().get(0).scenario();
    double always = speed * TheoryOverlay.of(alone).capacity().value();
    for (double load : new double[] {2, 0.4}) {
      RunResults results = run(experiment(servers, policy, load * always));
      TheoryResult capacity = overlay(results).capacity();
      assertInstanceOf(TheoryResult.Exact.class, capacity);
      assertEquals(load > 1 ? Regime.OVERLOADED : Regime.STABLE, results.stability(0).regime());
      Estimate throughput = results.estimate(0, Metric.named("throughput"));
      TheoryResult expected = overlay(results).get(Metric.named("throughput"));
      assertInstanceOf(TheoryResult.Exact.class, expected);
      // The end of the run, when not all servers are busy, and the forming of its first batch.
      assertEquals(
          expected.value(),
          throughput.mean(),
          WIDER * throughput.halfWidth() + 0.001 * expected.value());
      for (String metric : new String[] {"interruptions", "lost.share"}) {
        Estimate seen = results.estimate(0, Metric.named(metric));
        TheoryResult theory = overlay(results).get(Metric.named(metric));
        if (theory instanceof TheoryResult.Exact) {
          assertCovers(theory.value(), seen);
          assertTrue(theory.value() > 0.1, metric);
        } else {
          assertEquals("retry lost.share", batch + " " + metric);
        }
      }
    }
  }

  @Test
  void slotsBeyondAllRequestsTakeNoMemory() throws InterruptedException {
    Estimate most =
        run(experiment("1", "{type: continuous, batchSize: 2147483647}", 1))
            .estimate(0, Metric.named("throughput"));
    Estimate enough =
        run(experiment("1", "{type: continuous, batchSize: 40000}", 1))
            .estimate(0, Metric.named("throughput"));
    assertEquals(enough, most);
  }

  @Test
  void aServerThatIsDrainedForGoodDoesNotCount() {
    String policy = "{type: standard, batchSize: 8}";
    double one =
        TheoryOverlay.of(experiment("1", policy, 1).points().get(0).scenario()).capacity().value();
    PreparedScenario drained =
        experiment(
                "{count: 3, drains: [{server: 1, from: 100}, {server: 2, from: 5, until: 9}]}",
                policy,
                1)
            .points()
            .get(0)
            .scenario();
    assertEquals(2 * one, TheoryOverlay.of(drained).capacity().value(), 1e-12);
  }
}

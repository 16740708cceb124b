package io.github.batchq.expectation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.Runner;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.ExperimentFile;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.theory.TheoryResult;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Theory of runs from empty to flush, against such runs. */
class FiniteRunTheoryTest {
  private static final String FOUR_BINS =
      """
      name: short
      scenario:
        arrivals: {process: poisson, rate: 20}
        service: {law: uniform, min: 1, max: 20}
        policy: {type: multi-bin, bins: 4, boundaries: equal-mass, batchSize: 8}
        servers: 1
        requests: 800
      replications: 200
      """;

  @TempDir Path folder;

  private Experiment experiment(String... settings) {
    Map<String, String> values = new java.util.HashMap<>();
    for (String setting : settings) {
      values.put(
          setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
    }
    return ExperimentFile.read(ExperimentFiles.write(folder, FOUR_BINS), values);
  }

  /** Theory's finite run lies in the interval of the simulated ones, its steady state does not. */
  private void holds(Experiment experiment, String metric) throws InterruptedException {
    PreparedScenario scenario = experiment.points().get(0).scenario();
    Estimate simulated =
        Runner.run(experiment, 2, (runs, all, requests) -> {}).estimate(0, Metric.named(metric));
    double finite = FiniteRunTheory.of(scenario, Metric.named(metric)).value();
    double steady = TheoryOverlay.of(scenario).get(Metric.named(metric)).value();
    assertEquals(finite, simulated.mean(), 1.5 * simulated.halfWidth(), metric);
    assertTrue(
        Math.abs(steady - simulated.mean()) > 2 * simulated.halfWidth(),
        metric + ": " + steady + " " + simulated);
  }

  @Test
  void anOverloadedServerCompletesLessThanItsCapacity() throws InterruptedException {
    holds(experiment(), "throughput");
  }

  @Test
  void batchesFormSoonerInAShortRun() throws InterruptedException {
    // Gaps take most of the variance of forming; the finite run is 4 percent of it away.
    holds(experiment("scenario.requests=100", "replications=2000"), "formation.mean");
    holds(
        experiment("scenario.requests=100", "replications=2000", "scenario.servers=infinite"),
        "latency.mean");
    holds(experiment("scenario.requests=100", "replications=2000"), "service.mean");
  }

  @Test
  void nothingIsSaidOfOtherRuns() {
    for (String setting :
        new String[] {
          "scenario.warmUp={requests: 100}",
          "scenario.policy={type: multi-bin, bins: 4, boundaries: equal-mass, batchSize: 8, drain: discard}",
          "scenario.policy={type: dynamic, batchSize: 8}",
          "scenario.servers={count: 2, speeds: [1, 2]}",
          "scenario.servers=4"
        }) {
      PreparedScenario scenario = experiment(setting).points().get(0).scenario();
      assertEquals(
          "undefined", FiniteRunTheory.of(scenario, Metric.named("throughput")).kind(), setting);
    }
    PreparedScenario stable = experiment("scenario.arrivals.rate=0.1").points().get(0).scenario();
    assertEquals("undefined", FiniteRunTheory.of(stable, Metric.named("throughput")).kind());
    assertEquals("undefined", FiniteRunTheory.of(stable, Metric.named("latency.mean")).kind());
    assertTrue(
        FiniteRunTheory.of(stable, Metric.named("formation.mean")) instanceof TheoryResult.Exact);
    assertFalse(
        FiniteRunTheory.startsEmpty(
            experiment("scenario.warmUp={requests: 100}").points().get(0).scenario()));
    assertFalse(
        FiniteRunTheory.flushes(
            experiment("scenario.policy={type: dynamic, batchSize: 8}")
                .points()
                .get(0)
                .scenario()));
  }
}

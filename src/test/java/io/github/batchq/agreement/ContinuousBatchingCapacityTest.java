package io.github.batchq.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.expectation.Stability.Regime;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import io.github.batchq.policy.BoundaryChoice;
import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.policy.MultiBinBatching;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.WaitThreshold;
import io.github.batchq.random.Uniform;
import io.github.batchq.sim.Kernel;
import io.github.batchq.study.Capacity;
import io.github.batchq.study.Simulation;
import io.github.batchq.study.SimulationResults;
import io.github.batchq.workload.PoissonArrivals;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Continuous batching in experiments: runs, their verdicts, one long run, the capacity search. */
@Tag("long")
class ContinuousBatchingCapacityTest {
  /** 8 slots, U(1,20) tokens of a second: 11 steps on average. */
  private static final double CAPACITY = 8 / 11.0;

  private static final String FILE =
      """
      name: continuous
      scenario:
        arrivals: {process: poisson, rate: 0.5}
        service: {tokens: {law: uniform, min: 1, max: 20}, secondsPerToken: 1}
        policy: {type: continuous, batchSize: 8}
        requests: 20000
      metrics: [latency.mean, latency.p99, ttft.mean, ttft.p99]
      """;

  @TempDir Path folder;

  private static Simulation simulation(double rate, PolicySpec policy) {
    return Simulation.of(new PoissonArrivals(rate), new Uniform(1, 20), policy)
        .requests(20_000)
        .warmUp(new WarmUp(2_000L, null))
        .replications(8);
  }

  @Test
  void isStableBelowItsCapacityAndOverloadedAboveIt() {
    PolicySpec policy = new ContinuousBatching(8);
    SimulationResults below = simulation(0.95 * CAPACITY, policy).run();
    assertEquals(Regime.STABLE, below.stability().regime());
    assertEquals("theory", below.stability().source());
    SimulationResults above = simulation(1.05 * CAPACITY, policy).run();
    assertEquals(Regime.OVERLOADED, above.stability().regime());
    assertEquals(CAPACITY, above.estimate("throughput").mean(), 0.01 * CAPACITY);
  }

  @Test
  void binsAndThresholdsRunToo() {
    BoundaryChoice choice = BoundaryChoice.rule("equal-mass");
    SimulationResults bins =
        simulation(1, new ContinuousBatching(8, 500L, 32, 2, choice)).servers(2).run();
    assertEquals(Regime.STABLE, bins.stability().regime());
    SimulationResults threshold =
        simulation(0.5, new WaitThreshold(8, 2, choice, 4, 500L, null)).run();
    assertEquals(Regime.STABLE, threshold.stability().regime());
    // Three others of the bin, at a rate of 0.25: 6 s on average.
    assertTrue(threshold.estimate("queueing.mean").mean() > 6);
    assertTrue(Double.isNaN(plain(0.3).estimate("ttft.mean").mean()));
  }

  private static SimulationResults plain(double rate) {
    return simulation(rate, new MultiBinBatching(2, "equal-mass", 8)).run();
  }

  @Test
  void oneLongRunHasIntervals() {
    SimulationResults alone = simulation(0.5, new ContinuousBatching(8)).replications(1).run();
    for (String metric : List.of("latency.mean", "latency.p99", "ttft.mean", "utilization")) {
      Estimate estimate = alone.estimate(metric);
      assertTrue(estimate.halfWidth() < 0.1 * estimate.mean(), metric + " " + estimate);
    }
  }

  @Test
  void theCapacitySearchFindsFullBatches() throws InterruptedException {
    ResultTable found =
        new Capacity(null, 0, 0.02, 0.95, 64)
            .search(ExperimentFiles.read(folder, FILE), 2, runs -> {});
    assertTrue(found.number(0, "rate.within") < CAPACITY);
    assertTrue(found.number(0, "rate.beyond") > CAPACITY);
    assertTrue(found.number(0, "rate.beyond") < 1.05 * CAPACITY);
  }

  @Test
  void refusesInfinitelyManyServers() {
    assertTrue(
        assertThrows(
                BadInputException.class,
                () ->
                    simulation(0.5, new ContinuousBatching(8))
                        .servers(Kernel.INFINITE_SERVERS)
                        .run())
            .getMessage()
            .contains("needs a number of servers, found 'infinite'"));
  }
}

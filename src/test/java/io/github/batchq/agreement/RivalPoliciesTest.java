package io.github.batchq.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.expectation.Stability.Regime;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.policy.BoundaryChoice;
import io.github.batchq.policy.DynamicBatching;
import io.github.batchq.policy.MaxWaitBatching;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.LawSpec;
import io.github.batchq.random.Uniform;
import io.github.batchq.study.Simulation;
import io.github.batchq.study.SimulationResults;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.workload.PoissonArrivals;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Simulated rivals of full batches beside their theory. */
@Tag("long")
class RivalPoliciesTest {
  /** Half-widths of 95 % intervals with 19 degrees of freedom that make one of 99.9 %. */
  private static final double WIDER = 3.883 / 2.093;

  private static SimulationResults run(
      double rate, LawSpec lengths, PolicySpec policy, int servers) {
    return Simulation.of(new PoissonArrivals(rate), lengths, policy)
        .servers(servers)
        .requests(60_000)
        .warmUp(new WarmUp(3_000L, null))
        .replications(20)
        .run();
  }

  private static void agree(SimulationResults results, String metric) {
    TheoryResult theory = results.theory(metric);
    assertEquals("exact", theory.kind(), metric);
    Estimate estimate = results.estimate(metric);
    assertEquals(theory.value(), estimate.mean(), WIDER * estimate.halfWidth() + 1e-9, metric);
    assertTrue(estimate.halfWidth() < 0.05 * theory.value(), metric + " is not known: " + estimate);
  }

  @ParameterizedTest
  @CsvSource({"0.2, 8, 1", "0.35, 8, 1", "0.35, 8, 4", "0.35, 8, 8", "0.05, 1, 1"})
  void dynamicBatchingIsTheBulkQueue(double rate, int batchSize, int least) {
    SimulationResults results =
        run(rate, new Uniform(1, 20), new DynamicBatching(batchSize, least, null), 1);
    for (String metric :
        List.of(
            "latency.mean", "formation.mean", "service.mean", "batch.size.mean", "utilization")) {
      agree(results, metric);
    }
    assertEquals(Regime.STABLE, results.stability().regime());
    assertEquals("theory", results.stability().source());
  }

  @Test
  void anOverloadedBulkQueueServesFullBatches() {
    SimulationResults results = run(1, new Uniform(1, 20), new DynamicBatching(8, null, null), 2);
    assertEquals(Regime.OVERLOADED, results.stability().regime());
    // Two servers of 8 over the mean of the longest of 8.
    assertEquals(16 / (1 + 19 * 8 / 9.0), results.theory("throughput").value(), 1e-9);
    Estimate throughput = results.estimate("throughput");
    assertEquals(16 / (1 + 19 * 8 / 9.0), throughput.mean(), 0.01);
    assertEquals(Double.POSITIVE_INFINITY, results.theory("latency.mean").value());
  }

  @ParameterizedTest
  @CsvSource({"0.5, 1, 10, 30", "0.5, 2, 10, 30", "2, 4, 3, 100", "0.3, 2, 0, 30"})
  void limitedWaitsAreSectionB8(double rate, int bins, double maxWait, int servers) {
    MaxWaitBatching policy =
        new MaxWaitBatching(bins, BoundaryChoice.rule("equal-mass"), 8, maxWait, null);
    SimulationResults results = run(rate, new Exponential(0.1), policy, servers);
    for (String metric : List.of("service.mean", "batch.size.mean", "utilization")) {
      agree(results, metric);
    }
    if (maxWait > 0) {
      agree(results, "formation.mean");
    }
    TheoryResult latency = results.theory("latency.mean");
    assertEquals("lower-bound", latency.kind());
    Estimate estimate = results.estimate("latency.mean");
    assertTrue(latency.value() < estimate.mean() + WIDER * estimate.halfWidth());
    SimulationResults unlimited =
        run(rate, new Exponential(0.1), policy, io.github.batchq.sim.Kernel.INFINITE_SERVERS);
    agree(unlimited, "latency.mean");
  }

  /** A limit makes batches smaller, and what carried the load with full ones does not any more. */
  @Test
  void aLimitCanOverload() {
    Uniform lengths = new Uniform(1, 20);
    MaxWaitBatching patient = new MaxWaitBatching(1, null, 8, 1000, null);
    MaxWaitBatching hasty = new MaxWaitBatching(1, null, 8, 2, null);
    assertEquals(Regime.STABLE, run(0.3, lengths, patient, 1).stability().regime());
    SimulationResults results = run(0.3, lengths, hasty, 1);
    assertEquals(Regime.OVERLOADED, results.stability().regime());
    Estimate throughput = results.estimate("throughput");
    assertEquals(results.theory("throughput").value(), throughput.mean(), 0.01 * throughput.mean());
  }
}

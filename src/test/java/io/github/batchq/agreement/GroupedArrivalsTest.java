package io.github.batchq.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.policy.DynamicBatching;
import io.github.batchq.policy.ElasticBatching;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.LawSpec;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Uniform;
import io.github.batchq.study.Simulation;
import io.github.batchq.study.SimulationResults;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.workload.BulkArrivals;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Simulated servers that see the requests of a group together, beside statement T18. */
class GroupedArrivalsTest {
  /** Half-widths of 95 % intervals with 19 degrees of freedom that make one of 99.9 %. */
  private static final double WIDER = 3.883 / 2.093;

  private static SimulationResults run(
      double rate, LawSpec sizes, PolicySpec policy, int servers, long requests) {
    return Simulation.of(new BulkArrivals(rate, sizes), new Uniform(1, 3), policy)
        .servers(servers)
        .requests(requests)
        .warmUp(new WarmUp(2_000L, null))
        .replications(20)
        .run();
  }

  private static void agree(SimulationResults results) {
    for (String metric :
        List.of(
            "latency.mean", "formation.mean", "service.mean", "batch.size.mean", "utilization")) {
      TheoryResult theory = results.theory(metric);
      assertEquals("exact", theory.kind(), metric);
      Estimate estimate = results.estimate(metric);
      assertEquals(theory.value(), estimate.mean(), WIDER * estimate.halfWidth() + 1e-9, metric);
      assertTrue(estimate.halfWidth() < 0.05 * theory.value(), metric + " is unknown: " + estimate);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.04, 2.6345, 4.0013",
    "0.4, 2.9526, 4.1183",
    "1, 3.5162, 4.6333",
    "2, 5.0569, 6.1362"
  })
  void groupsOfFour(double rate, double latency, double size) {
    SimulationResults results =
        run(rate, new Deterministic(4), new DynamicBatching(8, null, null), 1, 40_000);
    assertEquals(latency, results.theory("latency.mean").value(), 5e-5);
    assertEquals(size, results.theory("batch.size.mean").value(), 5e-5);
    agree(results);
  }

  @Test
  void groupsThatAreCutAndServersThatWait() {
    LawSpec sizes = new Uniform(0.5, 6.5);
    agree(run(1, sizes, new DynamicBatching(4, 3, null), 1, 20_000));
    agree(run(1.2, sizes, new DynamicBatching(5, 5, null), 1, 20_000));
    agree(run(1, new Deterministic(16), new ElasticBatching(8, null, null), 1, 20_000));
    agree(run(1.8, sizes, new ElasticBatching(8, 5, null), 1, 20_000));
  }

  @Test
  void theoryIsSilentWhereItKnowsNothing() {
    PolicySpec dynamic = new DynamicBatching(8, null, null);
    SimulationResults two = run(1, new Deterministic(4), dynamic, 2, 4_000);
    assertEquals("undefined", two.theory("latency.mean").kind());
    assertEquals(1, two.theory("throughput").value());
    SimulationResults wild = run(1, new Pareto(3.5, 1), dynamic, 1, 4_000);
    assertEquals("undefined", wild.theory("latency.mean").kind());
    SimulationResults overloaded = run(4, new Deterministic(4), dynamic, 1, 4_000);
    assertEquals(Double.POSITIVE_INFINITY, overloaded.theory("latency.mean").value());
    // 8 / (1 + 2 * 8 / 9)
    assertEquals(2.88, overloaded.theory("throughput").value(), 1e-12);
  }
}

package io.github.batchq.theory;

import static java.lang.Double.POSITIVE_INFINITY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.Mixture;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Truncated;
import io.github.batchq.random.Uniform;
import io.github.batchq.random.Weibull;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Laws without a mean, and laws whose mean is beyond the range of a double. */
class InfiniteMeanTest {
  @Test
  void nothingGetsThrough() {
    BatchSystem system = BatchSystem.of(new Pareto(1, 1), BinBoundaries.of(5), 8);
    assertEquals(0, Throughput.capacity(system).value());
    assertEquals(0, Throughput.delivered(system, 3).value());
    assertEquals(1, Throughput.utilization(system, 0.001).value());
    assertEquals(POSITIVE_INFINITY, Latency.mean(system, 3).value());
    assertEquals("undefined", Throughput.padding(system).kind());
    assertEquals(POSITIVE_INFINITY, FiniteRun.makespan(system, 10).value());
    assertEquals(0, FiniteRun.throughput(system, 10).value());
  }

  /** Their means are e^1251 and 1000!. */
  @Test
  void whatIsBeyondTheRangeOfADoubleIsUndefined() {
    for (Law law : new Law[] {new Lognormal(1, 50), new Weibull(0.001, 1)}) {
      BatchSystem system = BatchSystem.of(law, BinBoundaries.none(), 8);
      for (TheoryResult result :
          new TheoryResult[] {
            Throughput.capacity(system),
            Throughput.delivered(system, 3),
            Throughput.maximum(system),
            Throughput.utilization(system, 3),
            Throughput.padding(system),
            Latency.mean(system, 3),
            Latency.infiniteServers(system, 3),
            FiniteRun.makespan(system, 10),
            FiniteRun.throughput(system, 10),
            FiniteRunLatency.infiniteServers(system, 3, 10),
            SojournTime.of(system, 3).quantile(0.9999),
            BatchWait.of(system, 1e-9).mean(),
            BulkQueue.of(law, BatchTime.LONGEST, 1, 8, 1).meanLatency(),
            BulkQueue.of(law, BatchTime.LONGEST, 1, 8, 1).capacity(),
            LossBounds.ofEqualMass(law, 2, 8),
            new TimeoutBatching(system, 3, 1).infiniteServers()
          }) {
        boolean finite =
            Double.isFinite(result.value()) && result.source().contains("law of the wait");
        assertTrue(
            finite
                || (result instanceof TheoryResult.Undefined undefined
                    && undefined.reason().contains("outside the range of numbers")),
            result.toString());
      }
    }
  }

  @Test
  void onlyWhatDivergesIsInfinite() {
    assertTrue(new Pareto(1, 1).momentDiverges(1));
    assertFalse(new Pareto(1.5, 1).momentDiverges(1));
    assertTrue(new Pareto(1.5, 1).momentDiverges(2));
    assertTrue(new Truncated(new Pareto(1, 1), 5, POSITIVE_INFINITY).momentDiverges(1));
    assertFalse(new Truncated(new Pareto(1, 1), 5, 10).momentDiverges(1));
    assertTrue(
        new Mixture(List.of(0.5, 0.5), List.of(new Uniform(1, 2), new Pareto(1, 1)))
            .momentDiverges(1));
    assertFalse(new Lognormal(1, 50).momentDiverges(1));
  }
}

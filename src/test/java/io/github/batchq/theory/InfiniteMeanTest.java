package io.github.batchq.theory;

import static java.lang.Double.POSITIVE_INFINITY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Pareto;
import org.junit.jupiter.api.Test;

/** A law without a mean: batches last forever on average, so nothing gets through. */
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
}

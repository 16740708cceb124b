package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Uniform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Closed loops against each other, and against what is known by hand. */
class ClosedBatchesTest {
  private static ClosedBatches chain(Law law, int batchSize, int least, int clients, double think) {
    return new ClosedBatches(
        BatchSystem.of(law, BinBoundaries.none(), batchSize), least, clients, think);
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "2, 2", "10, 100", "40, 3", "256, 2000", "256, 0.01"})
  void oneByOneItIsTheMachineRepairman(int clients, double think) {
    FiniteSourceQueue queue = new FiniteSourceQueue(clients, think, 1, 4);
    ClosedBatches chain = chain(new Exponential(0.25), 1, 1, clients, think);
    assertEquals(queue.throughput().value(), chain.throughput().value(), 1e-11);
    assertEquals(queue.utilization().value(), chain.utilization().value(), 1e-10);
    double latency = queue.meanLatency().value();
    assertEquals(latency, chain.meanLatency().value(), 1e-9 * (latency + think));
    assertEquals(latency - 4, chain.meanWait().value(), 1e-9 * (latency + think));
  }

  /** Alone, a client is served at once, whatever the law. */
  @Test
  void oneClientNeverWaits() {
    ClosedBatches chain = chain(new Uniform(1, 3), 8, 1, 1, 10);
    assertEquals(1 / 12.0, chain.throughput().value(), 1e-12);
    assertEquals(2, chain.meanLatency().value(), 1e-11);
    assertEquals(1, chain.meanBatchSize().value(), 1e-12);
  }

  /** Two clients in batches of two: both think anew when both have come. */
  @Test
  void batchesOfAllClientsAreRounds() {
    ClosedBatches chain = chain(new Deterministic(3), 2, 2, 2, 10);
    // The later of two exponential times comes after 15 s on average.
    assertEquals(2 / 18.0, chain.throughput().value(), 1e-12);
    assertEquals(3 / 18.0, chain.utilization().value(), 1e-12);
    assertEquals(8, chain.meanLatency().value(), 1e-10);
  }

  @Test
  void fewMachinesAreKnownByHand() {
    FiniteSourceQueue queue = new FiniteSourceQueue(2, 2, 1, 1);
    assertEquals(0.6, queue.throughput().value(), 1e-15);
    FiniteSourceQueue enough = new FiniteSourceQueue(7, 2, 7, 1);
    assertEquals(7 / 3.0, enough.throughput().value(), 1e-14);
    assertEquals(1, enough.meanLatency().value(), 1e-14);
    assertEquals(0.5, new FiniteSourceQueue(1_000_000, 10, 2, 4).throughput().value(), 1e-12);
  }

  @Test
  void boundsMeetAtTheSaturationPoint() {
    ClosedLoop few = new ClosedLoop(4, 16);
    assertEquals(0.2, few.mostThroughput(4, 0.5).value(), 1e-15);
    assertEquals(4, few.leastLatency(4, 0.5).value());
    ClosedLoop many = new ClosedLoop(40, 16);
    assertEquals(0.5, many.mostThroughput(4, 0.5).value());
    assertEquals(64, many.leastLatency(4, 0.5).value());
    assertEquals(64, many.latency(0.5));
  }

  @Test
  void outOfRangeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> chain(new Uniform(1, 3), 8, 1, 257, 10));
    assertThrows(IllegalArgumentException.class, () -> chain(new Uniform(1, 3), 8, 5, 4, 10));
    assertThrows(IllegalArgumentException.class, () -> chain(new Uniform(1, 3), 8, 1, 4, 0));
    assertThrows(IllegalArgumentException.class, () -> new FiniteSourceQueue(0, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new ClosedLoop(1, -1));
  }

  @Test
  void whatASortedRoundCannotTell() {
    BatchSystem heavy = BatchSystem.of(new Pareto(0.9, 1), BinBoundaries.none(), 8);
    assertInstanceOf(TheoryResult.Undefined.class, new RoundTime(heavy, 48).sorted());
    assertInstanceOf(TheoryResult.Undefined.class, new RoundTime(heavy, 48).leastOfAll());
    assertEquals(Double.POSITIVE_INFINITY, new RoundTime(heavy, 48).inBins().value());
  }
}

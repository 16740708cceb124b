package io.github.batchq.theory;

import static io.github.batchq.theory.Reference.assertRefused;
import static io.github.batchq.theory.Reference.assertRelative;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Law;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Uniform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchTimeTest {
  private static final Uniform UNIFORM = new Uniform(1, 20);
  private static final BatchTime FULL = new BatchTime(2, 0.1, 0.5, 0.05);

  /** The same seconds in batches of 8, without a word about their size. */
  private static final BatchTime FOLDED = new BatchTime(2.8, 0, 0.9);

  @Test
  void allFourCount() {
    assertEquals(2 + 0.8 + (0.5 + 0.4) * 10, FULL.seconds(8, 10), 1e-14);
    assertEquals(new BatchTime(1, 2, 3, 0), new BatchTime(1, 2, 3));
    assertEquals(2.1, FULL.offset(1), 1e-15);
    assertEquals(0.55, FULL.secondsPerUnit(1), 1e-15);
    assertEquals(3, new BatchTime(1, 1, 0, 0).seconds(2, Double.POSITIVE_INFINITY));
    assertRefused("delta", () -> new BatchTime(1, 0, 0, -1));
    assertRefused("must be positive", () -> new BatchTime(0, 0, 0, 0));
  }

  /**
   * Figure 1(a)'s step time and figure 5's lengths, requests per second: values that come from
   * coefficients that are printed with three and four digits.
   */
  @ParameterizedTest
  @CsvSource({
    "8, 0.5307, 0.7726, 0.8730",
    "32, 1.2294, 2.1104, 2.4557",
    "128, 2.0503, 3.8584, 4.5348"
  })
  void stepTimeThatGrowsWithTheBatch(int batchSize, double one, double four, double sixteen) {
    Law lengths = Reference.gsm8k();
    BatchTime time = new BatchTime(0, 0, 0.03243, 0.000641);
    double[] expected = {one, four, sixteen};
    int[] bins = {1, 4, 16};
    for (int i = 0; i < bins.length; i++) {
      BinBoundaries boundaries = new OptimalBoundaries().boundaries(lengths, bins[i], batchSize);
      BatchSystem system = new BatchSystem(lengths, boundaries, batchSize, time, 1);
      double capacity = Throughput.capacity(system).value();
      double rounding = (5e-6 + 5e-7 * batchSize) / time.secondsPerUnit(batchSize);
      assertEquals(expected[i], capacity, 5e-5 + rounding * capacity);
    }
  }

  @Test
  void fullBatchesSeeTheirOwnSizeOnly() {
    BatchSystem full = four(FULL);
    BatchSystem folded = four(FOLDED);
    double rate = 0.8 * Throughput.capacity(folded).value();
    assertSame(Throughput.capacity(folded), Throughput.capacity(full));
    assertSame(Throughput.maximum(folded), Throughput.maximum(full));
    assertSame(Throughput.padding(folded), Throughput.padding(full));
    assertSame(Latency.infiniteServers(folded, rate), Latency.infiniteServers(full, rate));
    assertSame(BatchWait.of(folded, rate).mean(), BatchWait.of(full, rate).mean());
    assertSame(
        SojournTime.of(folded, rate).quantile(0.9), SojournTime.of(full, rate).quantile(0.9));
    assertSame(CapacityBounds.atMost(folded), CapacityBounds.atMost(full));
    // Runs without a partial batch.
    BatchSystem one = new BatchSystem(UNIFORM, BinBoundaries.none(), 8, FULL, 1);
    assertRelative(3 * one.meanBatchSeconds(), FiniteRun.makespan(one, 24).value(), 1e-12);
    BoundaryRule rule = new EqualMass();
    assertSame(
        BestBins.exact(rule, UNIFORM, 8, 2, FOLDED, 50, k -> {}),
        BestBins.exact(rule, UNIFORM, 8, 2, FULL, 50, k -> {}));
    assertSame(
        BestBins.approximate(rule, UNIFORM, 8, 2, FOLDED),
        BestBins.approximate(rule, UNIFORM, 8, 2, FULL));
    assertSame(
        EnoughBins.sufficient(UNIFORM, 8, 0.05, FOLDED, 2),
        EnoughBins.sufficient(UNIFORM, 8, 0.05, FULL, 2));
    assertSame(
        EnoughBins.smallest(rule, UNIFORM, 8, 0.05, FOLDED, 2, 99, k -> {}),
        EnoughBins.smallest(rule, UNIFORM, 8, 0.05, FULL, 2, 99, k -> {}));
    assertSame(
        UniformBins.smallestBins(UNIFORM, 8, 0.05, FOLDED, 2),
        UniformBins.smallestBins(UNIFORM, 8, 0.05, FULL, 2));
  }

  /** Lengths of 10 turn gamma into alpha and delta into beta, for batches of every size. */
  @Test
  void batchesOfEverySizeTakeTheirOwnTime() {
    Law ten = new Deterministic(10);
    BatchTime without = new BatchTime(7, 0.6, 0);
    for (int least : new int[] {1, 3, 8}) {
      BulkQueue queue = BulkQueue.of(ten, FULL, least, 8, 0.4);
      BulkQueue same = BulkQueue.of(ten, without, least, 8, 0.4);
      assertSame(same.meanWait(), queue.meanWait());
      assertSame(same.meanLatency(), queue.meanLatency());
      assertSame(same.capacity(), queue.capacity());
      // All leave with their batch, for they are equally long.
      assertRelative(queue.meanLatency().value(), queue.meanElasticLatency().value(), 1e-12);
    }
    BatchSystem system = new BatchSystem(ten, BinBoundaries.none(), 8, FULL, 1);
    BatchSystem same = new BatchSystem(ten, BinBoundaries.none(), 8, without, 1);
    assertSame(
        new TimeoutBatching(same, 5, 0.4).requestSeconds(),
        new TimeoutBatching(system, 5, 0.4).requestSeconds());
    assertSame(
        new TimeoutBatching(same, 5, 0.4).load(), new TimeoutBatching(system, 5, 0.4).load());
    assertSame(FiniteRun.makespan(same, 21), FiniteRun.makespan(system, 21));
    assertRelative(2 * 11.8 + 7 + 5 * 0.6, FiniteRun.makespan(system, 21).value(), 1e-12);
    assertSame(SojournTime.of(same, 0.4).quantile(0.3), SojournTime.of(system, 0.4).quantile(0.3));
    assertSame(BatchWait.of(same, 0.4).mean(), BatchWait.of(system, 0.4).mean());
  }

  /** In a batch of b a request's own tokens take (gamma + delta b) times its mean length. */
  @Test
  void elasticBatchesAreNotCorrelatedWithTheirLengths() {
    BulkQueue queue = BulkQueue.of(UNIFORM, FULL, 1, 8, 0.4);
    double size = queue.requestBatchSize().value();
    assertRelative(
        queue.meanWait().value() + 2 + 0.1 * size + (0.5 + 0.05 * size) * 10.5,
        queue.meanElasticLatency().value(),
        1e-12);
  }

  /** Where a token takes no time, even infinite mean lengths do no harm. */
  @Test
  void noTimeForLengths() {
    BatchTime time = new BatchTime(2, 0.5, 0);
    BatchSystem system = new BatchSystem(new Pareto(1, 1), BinBoundaries.none(), 4, time, 1);
    assertEquals(1, Throughput.capacity(system).value(), 1e-15);
    assertEquals(4, system.meanOwnSeconds(), 1e-15);
    assertEquals(0.5, SojournTime.of(system, 1e9).survival(4 - 1e-12) / 2, 1e-12);
  }

  private static BatchSystem four(BatchTime time) {
    return new BatchSystem(UNIFORM, new EqualMass().boundaries(UNIFORM, 4, 8), 8, time, 1);
  }

  private static void assertSame(TheoryResult expected, TheoryResult actual) {
    assertEquals(expected.kind(), actual.kind());
    assertRelative(expected.value(), actual.value(), 1e-10);
  }
}

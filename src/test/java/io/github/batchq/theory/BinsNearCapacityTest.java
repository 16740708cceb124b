package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Uniform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule near the capacity against a search of the latency that it is an approximation of. */
class BinsNearCapacityTest {
  private static final BoundaryRule OPTIMAL = new OptimalBoundaries();

  private static TheoryResult of(Law law, int batchSize, double slack, BatchTime service, int c) {
    double rate = (1 - slack) * c * batchSize / service.seconds(batchSize, law.mean());
    return BinsNearCapacity.of(OPTIMAL, law, batchSize, rate, service, c);
  }

  /** c_8 = 7/18; S = 19 and v = 19^2/12 / 10.5^2 for U(1,20), S = 4 m and v = 1 if exponential. */
  @Test
  void byHand() {
    double a = 7.0 / 18 * 19 / 10.5;
    double v = 19.0 * 19 / 12 / (10.5 * 10.5);
    assertEquals(
        20 * (a + Math.sqrt(a * (1 + v) / 7)),
        of(new Uniform(1, 20), 8, 0.05, BatchTime.LONGEST, 1).value(),
        1e-9);
    assertEquals(
        20 * (14.0 / 9 + 2.0 / 3),
        of(new Exponential(0.1), 8, 0.05, BatchTime.LONGEST, 1).value(),
        1e-6);
    assertEquals(20 * a, new BinsNearCapacity(0.05, a, v, 8).least(), 1e-9);
  }

  /**
   * The units of length and the number of servers do not matter; a constant time of batches does.
   */
  @Test
  void scales() {
    Law law = new Lognormal(2, 0.8);
    double alone = of(law, 32, 0.02, BatchTime.LONGEST, 1).value();
    assertEquals(alone, of(law, 32, 0.02, new BatchTime(0, 0, 0.01), 1).value(), 1e-6 * alone);
    assertEquals(alone, of(law, 32, 0.02, BatchTime.LONGEST, 7).value(), 1e-6 * alone);
    assertTrue(of(law, 32, 0.02, new BatchTime(5, 0, 1), 1).value() < alone);
  }

  /** The more exact the nearer to the capacity, and always on the side of more bins. */
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.02, 0.01})
  void aLittleAboveTheBestBySearch(double slack) {
    double rate = (1 - slack) * 8 / 10.5;
    double best =
        BestBins.onServers(
                new EqualMass(), new Uniform(1, 20), 8, rate, BatchTime.LONGEST, 1, 300, k -> {})
            .value();
    double rule =
        BinsNearCapacity.of(new EqualMass(), new Uniform(1, 20), 8, rate, BatchTime.LONGEST, 1)
            .value();
    assertTrue(rule > best && rule < best * (1 + 0.6 * Math.sqrt(slack)), rule + " v " + best);
  }

  @Test
  void whereThereIsNoNumber() {
    Law law = new Uniform(1, 20);
    assertReason("a batch of one", of(law, 1, 0.1, BatchTime.LONGEST, 1));
    assertReason("infinite mean", of(new Pareto(1, 1), 8, 0.1, new BatchTime(1, 0, 0), 1));
    assertReason("infinite variance", of(new Pareto(1.5, 1), 8, 0.1, BatchTime.LONGEST, 1));
    assertReason("no number of bins carries more than", of(law, 8, 0, BatchTime.LONGEST, 1));
    assertReason("no number of bins carries more than", of(law, 8, -1, BatchTime.LONGEST, 1));
    assertEquals(
        "undefined",
        BinsNearCapacity.of(new EqualMass(), new Exponential(1), 8, 1, BatchTime.LONGEST, 1)
            .kind());
    TheoryResult equal = of(new Deterministic(3), 8, 0.1, BatchTime.LONGEST, 1);
    assertTrue(Double.isNaN(equal.value()) || equal.value() == 0, equal.toString());
    assertThrows(IllegalArgumentException.class, () -> new BinsNearCapacity(0, 1, 1, 8));
    assertThrows(IllegalArgumentException.class, () -> new BinsNearCapacity(0.1, -1, 1, 8));
    assertThrows(IllegalArgumentException.class, () -> new BinsNearCapacity(0.1, 1, -1, 8));
    assertThrows(IllegalArgumentException.class, () -> new BinsNearCapacity(0.1, 1, 1, 1));
  }

  private static void assertReason(String words, TheoryResult result) {
    assertTrue(
        result instanceof TheoryResult.Undefined undefined && undefined.reason().contains(words),
        result.toString());
  }
}

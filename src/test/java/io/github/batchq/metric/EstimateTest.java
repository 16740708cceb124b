package io.github.batchq.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EstimateTest {
  @Test
  void isTheTInterval() {
    // t(4) at 97.5 % is 2.776445105 (any table of Student's t); s = sqrt(2.5).
    Estimate estimate = Estimate.of(new double[] {1, 2, 3, 4, 5});
    assertEquals(3, estimate.mean());
    assertEquals(2.776445105 * Math.sqrt(2.5) / Math.sqrt(5), estimate.halfWidth(), 1e-8);
    assertEquals(4, estimate.degreesOfFreedom());
  }

  @Test
  void oneReplicationHasNoInterval() {
    assertTrue(Double.isNaN(Estimate.of(new double[] {7}).halfWidth()));
    assertEquals(7, Estimate.of(new double[] {7}).mean());
  }

  @Test
  void isUndefinedWhereARunIs() {
    assertTrue(Double.isNaN(Estimate.of(new double[] {7, Double.NaN}).mean()));
  }
}

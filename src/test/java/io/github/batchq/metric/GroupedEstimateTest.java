package io.github.batchq.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupedEstimateTest {
  @Test
  void isTheEstimateOfTheGroupMeans() {
    GroupedEstimate grouped = GroupedEstimate.of(new double[] {1, 5, 2, 6, 4, 3}, 2);
    assertEquals(Estimate.of(new double[] {3, 4, 3.5}), grouped.estimate());
    // Squares about 3.5 sum to 17.5, and w^2 = 1/4: (17.5/6 + 1/12) / (2/4).
    assertEquals(6, grouped.gain(), 1e-12);
  }

  /** Pairs (a + b, a - b) of normal a, b have the variance s^2 = a^2 + b^2 and the mean a. */
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "1, 2, 2.5", "2, 1, 0.625", "1, 5, 13"})
  void theGainIsThatOverIndependentRuns(double a, double b, double expected) {
    Random random = new Random(5);
    int pairs = 20_000;
    double[] values = new double[2 * pairs];
    for (int pair = 0; pair < pairs; pair++) {
      double common = a * random.nextGaussian();
      double opposite = b * random.nextGaussian();
      values[2 * pair] = 30 + common + opposite;
      values[2 * pair + 1] = 30 + common - opposite;
    }
    GroupedEstimate grouped = GroupedEstimate.of(values, 2);
    assertEquals(pairs, grouped.estimate().degreesOfFreedom() + 1);
    assertEquals(30, grouped.estimate().mean(), 2 * grouped.estimate().halfWidth());
    // Four standard errors of the quotient of two variances of 20,000 values.
    assertEquals(1, grouped.gain() / expected, 4 * Math.sqrt(4.0 / pairs));
  }

  @Test
  void groupsOfOneAreIndependentRuns() {
    double[] values = {1, 5, 2, 6};
    GroupedEstimate grouped = GroupedEstimate.of(values, 1);
    assertEquals(Estimate.of(values), grouped.estimate());
    assertEquals(1, grouped.gain(), 1e-12);
  }

  @Test
  void oneGroupHasNoInterval() {
    GroupedEstimate grouped = GroupedEstimate.of(new double[] {1, 5}, 2);
    assertEquals(3, grouped.estimate().mean());
    assertTrue(Double.isNaN(grouped.estimate().halfWidth()));
    assertTrue(Double.isNaN(grouped.gain()));
  }

  @Test
  void incompleteGroupsAreRefused() {
    for (int runs : new int[] {0, 3}) {
      assertThrows(IllegalArgumentException.class, () -> GroupedEstimate.of(new double[runs], 2));
    }
    assertThrows(IllegalArgumentException.class, () -> GroupedEstimate.of(new double[2], 0));
  }
}

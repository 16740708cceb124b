package io.github.batchq.random;

import java.util.function.DoublePredicate;

/**
 * The smallest number that passes a test, for a test that every larger number passes too. It halves
 * the set of doubles rather than the interval: the bit patterns of nonnegative doubles are ordered
 * as their values are, so at most 63 tests give full relative precision whatever the magnitudes,
 * and a jump of a distribution function is found exactly.
 */
final class Bisection {
  private Bisection() {}

  /**
   * The smallest double in [low, high] that passes; {@code high} if none below it does.
   *
   * @param low at least 0
   * @param high at least {@code low}; may be infinite
   * @param passes false up to some number, true from there on
   */
  static double smallest(double low, double high, DoublePredicate passes) {
    long below = Double.doubleToLongBits(low + 0.0) - 1;
    long above = Double.doubleToLongBits(high + 0.0);
    while (above - below > 1) {
      long middle = below + ((above - below) >> 1);
      if (passes.test(Double.longBitsToDouble(middle))) {
        above = middle;
      } else {
        below = middle;
      }
    }
    return Double.longBitsToDouble(above);
  }
}

package io.github.batchq.theory;

import java.util.function.IntPredicate;

/**
 * Searches for the first number from 1 on that passes a test; the test is asked for ever larger
 * numbers or by halving.
 */
final class FirstNumber {
  private FirstNumber() {}

  /** The first number that passes; {@code most} + 1 if none up to {@code most} does. */
  static int inTurn(IntPredicate test, int most) {
    int number = 1;
    while (number <= most && !test.test(number)) {
      number++;
    }
    return number;
  }

  /** The same where every larger number passes too. */
  static int byHalving(IntPredicate test, int most) {
    int high = 1;
    while (high < most && !test.test(high)) {
      high = (int) Math.min(2L * high, most);
    }
    int low = high / 2;
    if (high == most && !test.test(most)) {
      return most + 1;
    }
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (test.test(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }
}

package io.github.batchq.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SortedNumbersTest {
  /** Against counting, with numbers that are there several times and such as are not there. */
  @Test
  void countsWhatIsBelowAndAtMost() {
    Random random = new Random(3);
    for (int size = 0; size < 40; size++) {
      double[] sorted = random.ints(size, 0, 10).asDoubleStream().sorted().toArray();
      for (double x = -1; x <= 11; x += 0.5) {
        double of = x;
        assertEquals(
            Arrays.stream(sorted).filter(y -> y < of).count(), SortedNumbers.below(sorted, x));
        assertEquals(
            Arrays.stream(sorted).filter(y -> y <= of).count(), SortedNumbers.atMost(sorted, x));
      }
    }
  }
}

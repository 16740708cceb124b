package io.github.batchq.model;

/** Looks numbers up in an array that is in increasing order and has no NaN. */
public final class SortedNumbers {
  private SortedNumbers() {}

  /** How many of the numbers are at most x. */
  public static int atMost(double[] sorted, double x) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= x) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How many of the numbers are below x. */
  public static int below(double[] sorted, double x) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < x) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

package io.github.batchq.metric;

import java.util.Arrays;

/**
 * The sums of one subject of a run, as they are now and as they were at the end of every section.
 * All of them lie in one array, row by row, so that the end of a section makes no object.
 */
final class RunningSums {
  private static final int ROWS_AT_FIRST = 32;

  private static final double[] NONE = {};

  private final double[] now;
  private double[] ends = NONE;

  /** Sums that begin at 0, told apart by the numbers 0 to {@code number - 1}. */
  RunningSums(int number) {
    now = new double[number];
  }

  void add(int sum, double amount) {
    now[sum] += amount;
  }

  /** Gives a sum a value, which before the first request is its value at the start of the run. */
  void set(int sum, double value) {
    now[sum] = value;
  }

  double now(int sum) {
    return now[sum];
  }

  /**
   * Keeps the sums as they are now.
   *
   * @param moment 0 for the start of the run, i for the end of its i-th section
   */
  void keep(int moment) {
    int row = moment * now.length;
    if (row == ends.length) {
      ends = Arrays.copyOf(ends, row == 0 ? ROWS_AT_FIRST * now.length : 2 * row);
    }
    System.arraycopy(now, 0, ends, row, now.length);
  }

  /** Joins sections two by two: every second one of the moments 0 to {@code last} stays. */
  void keepEverySecond(int last) {
    for (int moment = 1; 2 * moment <= last; moment++) {
      System.arraycopy(ends, 2 * moment * now.length, ends, moment * now.length, now.length);
    }
  }

  /** A sum when a part of the run began. */
  double before(RunPart part, int sum) {
    return part.isWhole() ? 0 : ends[part.section() * now.length + sum];
  }

  /** A sum when a part of the run ended. */
  double after(RunPart part, int sum) {
    return part.isWhole() ? now[sum] : ends[(part.section() + 1) * now.length + sum];
  }

  /** What a part of the run added to a sum. */
  double in(RunPart part, int sum) {
    return part.isWhole() ? now[sum] : after(part, sum) - before(part, sum);
  }
}

package io.github.batchq.theory;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The dynamic programme of {@link OptimalPartition} for one number of bins k whose boundaries lie
 * in windows: boundary t, the first atom of bin t (bins counted from 0), between {@code low[t]} and
 * {@code high[t]}, both included. Boundaries 0 and k are the ends of the law. Each boundary but
 * these two takes the slack of its position off the cost. A bin may be empty, which costs nothing.
 */
final class WindowedPartition {
  /** Rows and columns up to which all costs are faster than halving the rows. */
  private static final int NARROW = 128;

  private final BatchCosts costs;
  private final double[][] slack;
  private final int[] low;
  private final int[] high;

  /** The least cost of bins t, t+1, ..., for each position of boundary t in its window. */
  private final double[][] rest;

  /** Where boundary t+1 then is. */
  private final int[][] next;

  /** Between narrow windows all costs, for boundaries t and t+1. */
  private final double[] @Nullable [][] tables;

  /**
   * @param slack for each boundary and each position in its window
   * @param low for each boundary, not decreasing
   * @param high likewise, none below {@code low}
   * @param solved is told the number of bins that are placed, from the last one on
   */
  WindowedPartition(BatchCosts costs, double[][] slack, int[] low, int[] high, IntConsumer solved) {
    this.costs = costs;
    this.slack = slack;
    this.low = low;
    this.high = high;
    int bins = low.length - 1;
    this.rest = new double[bins + 1][];
    this.next = new int[bins][];
    this.tables = new double[bins][][];
    rest[bins] = new double[1];
    for (int t = bins - 1; t >= 0; t--) {
      rest[t] = new double[high[t] - low[t] + 1];
      next[t] = new int[high[t] - low[t] + 1];
      if (Math.max(high[t] - low[t], high[t + 1] - low[t + 1]) < NARROW) {
        double[][] table = costs.table(low[t], high[t], low[t + 1], high[t + 1]);
        tables[t] = table;
        solveTable(table, rest[t + 1], rest[t], next[t], low[t + 1]);
      } else {
        solveRows(t, low[t], high[t], low[t + 1], high[t + 1]);
      }
      for (int i = 0; i < rest[t].length; i++) {
        rest[t][i] -= slack[t][i];
      }
      solved.accept(bins - t);
    }
  }

  /** The least cost, slack taken off. */
  double least() {
    return rest[0][0];
  }

  /** Boundaries 0 to k of a division of least cost. */
  int[] boundaries() {
    int[] found = new int[low.length];
    for (int t = 0; t + 1 < low.length; t++) {
      found[t + 1] = next[t][found[t] - low[t]];
    }
    return found;
  }

  /** Whether every other division in the windows costs more than the least by this margin. */
  boolean isUnique(double margin) {
    int[] found = boundaries();
    for (int t = 0; t + 1 < found.length; t++) {
      int i = found[t];
      double most = rest[t][i - low[t]] + slack[t][i - low[t]] + margin;
      double[][] table = tables[t];
      double[] row =
          table == null ? costs.table(i, i, low[t + 1], high[t + 1])[0] : table[i - low[t]];
      for (int j = low[t + 1]; j <= high[t + 1]; j++) {
        int p = j - low[t + 1];
        if (j != found[t + 1] && row[p] + rest[t + 1][p] <= most) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Narrows the windows to the positions of boundaries in divisions that cost at most a bound.
   *
   * @return the first positions of all boundaries, and the last ones
   */
  int[][] within(double bound) {
    int bins = low.length - 1;
    int[] first = low.clone();
    int[] last = high.clone();
    double[] before = new double[1];
    for (int t = 1; t < bins; t++) {
      double[] after = new double[high[t] - low[t] + 1];
      Arrays.fill(after, Double.POSITIVE_INFINITY);
      double[][] table = tables[t - 1];
      if (table == null) {
        solveColumns(t, before, after, low[t], high[t], low[t - 1], high[t - 1]);
      } else {
        for (int i = 0; i < before.length; i++) {
          double[] row = table[i];
          for (int j = 0; j < after.length; j++) {
            after[j] = Math.min(after[j], before[i] + row[j]);
          }
        }
      }
      int p = 0;
      while (after[p] + rest[t][p] > bound) {
        p++;
      }
      first[t] = low[t] + p;
      p = after.length - 1;
      while (after[p] + rest[t][p] > bound) {
        p--;
      }
      last[t] = low[t] + p;
      for (p = 0; p < after.length; p++) {
        after[p] -= slack[t][p];
      }
      before = after;
    }
    return new int[][] {first, last};
  }

  /** Halves the rows from {@code top} to {@code bottom} of boundary t. */
  private void solveRows(int t, int top, int bottom, int from, int to) {
    if (top > bottom) {
      return;
    }
    int i = (top + bottom) >>> 1;
    double[] after = rest[t + 1];
    int offset = low[t + 1];
    int j = Math.max(i, from);
    double shortfall = costs.shortfall(i, j);
    double value = costs.cost(i, j, shortfall) + after[j - offset];
    int best = j;
    while (j < to) {
      shortfall = costs.next(i, j, shortfall);
      j++;
      double candidate = costs.cost(i, j, shortfall) + after[j - offset];
      if (candidate < value) {
        value = candidate;
        best = j;
      }
    }
    rest[t][i - low[t]] = value;
    next[t][i - low[t]] = best;
    solveRows(t, top, i - 1, from, best);
    solveRows(t, i + 1, bottom, best, to);
  }

  /** All rows of a table of costs. */
  private static void solveTable(
      double[][] table, double[] after, double[] least, int[] next, int offset) {
    for (int i = 0; i < least.length; i++) {
      double[] row = table[i];
      int best = 0;
      double value = Double.POSITIVE_INFINITY;
      for (int j = 0; j < after.length; j++) {
        if (row[j] + after[j] < value) {
          value = row[j] + after[j];
          best = j;
        }
      }
      least[i] = value;
      next[i] = offset + best;
    }
  }

  /** The least cost of the bins before boundary t, for its positions from left to right. */
  private void solveColumns(
      int t, double[] before, double[] after, int left, int right, int from, int to) {
    if (left > right) {
      return;
    }
    int j = (left + right) >>> 1;
    double value = Double.POSITIVE_INFINITY;
    int best = from;
    for (int i = from; i <= Math.min(j, to); i++) {
      double candidate = before[i - low[t - 1]] + costs.cost(i, j, costs.shortfall(i, j));
      if (candidate < value) {
        value = candidate;
        best = i;
      }
    }
    after[j - low[t]] = value;
    solveColumns(t, before, after, left, j - 1, from, best);
    solveColumns(t, before, after, j + 1, right, best, to);
  }
}

package io.github.batchq.model;

import java.util.Arrays;

/**
 * How a predictor confuses k bins: row i, column j is the probability that a request of true bin i
 * is predicted to be of bin j, whatever its length within bin i. Bins are counted from 0, rows sum
 * to 1. Immutable.
 */
public final class ConfusionMatrix {
  /** First column of each row that is not zero. */
  private final int[] first;

  /** The columns of each row from there to its last that is not zero. */
  private final double[][] rows;

  private final double[][] sums;
  private final boolean identity;

  private ConfusionMatrix(int[] first, double[][] rows) {
    this.first = first;
    this.rows = rows;
    this.sums = new double[rows.length][];
    boolean diagonal = true;
    for (int i = 0; i < rows.length; i++) {
      sums[i] = runningSums(rows[i]);
      diagonal &= first[i] == i && rows[i].length == 1;
    }
    this.identity = diagonal;
  }

  private static double[] runningSums(double[] row) {
    double[] sums = row.clone();
    for (int j = 1; j < sums.length; j++) {
      sums[j] += sums[j - 1];
    }
    return sums;
  }

  /**
   * The matrix of a predictor that always names the true bin.
   *
   * @param bins number of bins k, at least 1
   */
  public static ConfusionMatrix identity(int bins) {
    return symmetric(bins, 0);
  }

  /**
   * The symmetric error of arXiv:2412.04504, section 6.2: an inner bin is taken for either
   * neighbour with probability {@code errorRate} each, a bin at the edge for its one neighbour with
   * probability {@code errorRate}. One bin has no neighbour and is never wrong.
   *
   * @param bins number of bins k, at least 1
   * @param errorRate in [0,1], and at most 0.5 for three or more bins
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static ConfusionMatrix symmetric(int bins, double errorRate) {
    Require.ARGUMENT.atLeast("the number of bins", bins, 1);
    if (!(errorRate >= 0 && errorRate <= 1)) {
      throw new IllegalArgumentException("errorRate must be in [0, 1], found " + errorRate);
    }
    if (bins > 2 && errorRate > 0.5) {
      throw new IllegalArgumentException(
          "errorRate must be in [0, 0.5] where a bin has two neighbours ("
              + bins
              + " bins), found "
              + errorRate);
    }
    int[] first = new int[bins];
    double[][] rows = new double[bins][];
    for (int i = 0; i < bins; i++) {
      double below = i > 0 ? errorRate : 0;
      double above = i < bins - 1 ? errorRate : 0;
      trim(first, rows, i, i - 1, new double[] {below, 1 - below - above, above});
    }
    return new ConfusionMatrix(first, rows);
  }

  /**
   * A matrix from counts or probabilities, each row divided by its sum.
   *
   * @param weights rows of true bins, columns of predicted bins; as many rows as columns
   * @throws IllegalArgumentException if there is no row, a row has another number of columns than
   *     there are rows, an entry is negative or not finite, or a row is all zeros
   */
  public static ConfusionMatrix of(double[][] weights) {
    int bins = weights.length;
    if (bins == 0) {
      throw new IllegalArgumentException("a confusion matrix needs at least one row, found none");
    }
    int[] first = new int[bins];
    double[][] rows = new double[bins][];
    for (int i = 0; i < bins; i++) {
      trim(first, rows, i, 0, normalised(weights[i], i, bins));
    }
    return new ConfusionMatrix(first, rows);
  }

  private static double[] normalised(double[] row, int number, int bins) {
    if (row.length != bins) {
      throw new IllegalArgumentException(
          "a confusion matrix has as many columns as rows, found "
              + bins
              + (bins == 1 ? " row" : " rows")
              + " and "
              + row.length
              + " columns in row "
              + (number + 1));
    }
    double largest = 0;
    for (double entry : row) {
      if (!(entry >= 0) || Double.isInfinite(entry)) {
        throw new IllegalArgumentException(
            "entries of a confusion matrix must be finite and at least 0, found "
                + entry
                + " in row "
                + (number + 1));
      }
      largest = Math.max(largest, entry);
    }
    if (largest == 0) {
      throw new IllegalArgumentException(
          "row "
              + (number + 1)
              + " of the confusion matrix is all zeros; say 1 on its diagonal if no request is of"
              + " that bin");
    }
    // Division by the largest first, so that no sum overflows.
    double scale = largest;
    double sum = Arrays.stream(row).map(entry -> entry / scale).sum();
    return Arrays.stream(row).map(entry -> entry / scale / sum).toArray();
  }

  /** Keeps a row without the zeros at its ends. */
  private static void trim(int[] first, double[][] rows, int row, int column, double[] values) {
    int from = 0;
    while (values[from] == 0) {
      from++;
    }
    int to = values.length;
    while (values[to - 1] == 0) {
      to--;
    }
    first[row] = column + from;
    rows[row] = Arrays.copyOfRange(values, from, to);
  }

  /** Number of bins k. */
  public int bins() {
    return rows.length;
  }

  /** Whether every bin is predicted without error. */
  public boolean isIdentity() {
    return identity;
  }

  /** Probability that a request of one bin is predicted to be of another, bins from 0 to k-1. */
  public double probability(int trueBin, int predictedBin) {
    int place = predictedBin - first[trueBin];
    return place >= 0 && place < rows[trueBin].length ? rows[trueBin][place] : 0;
  }

  /**
   * The predicted bin of a request by inversion: it does not decrease with u, and bin j comes up
   * for a share {@code probability(trueBin, j)} of the u.
   *
   * @param trueBin bin of its true length, 0 to k-1
   * @param u a uniform number in [0,1)
   */
  public int predict(int trueBin, double u) {
    double[] sum = sums[trueBin];
    int place = 0;
    while (place < sum.length - 1 && u >= sum[place]) {
      place++;
    }
    return first[trueBin] + place;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionMatrix that
        && Arrays.equals(first, that.first)
        && Arrays.deepEquals(rows, that.rows);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(first) + Arrays.deepHashCode(rows);
  }

  @Override
  public String toString() {
    return "confusion of " + rows.length + (rows.length == 1 ? " bin" : " bins");
  }
}

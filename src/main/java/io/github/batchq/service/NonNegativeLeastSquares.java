package io.github.batchq.service;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.jspecify.annotations.Nullable;

/**
 * Least squares with coefficients of at least 0. The solution is the ordinary least squares of the
 * columns whose coefficients are positive, so it is the best among the ordinary solutions of all
 * sets of columns that are positive; with at most five columns, 31 sets are tried.
 *
 * @param coefficients one for each column
 * @param standardErrors of the positive coefficients, the others being held at 0; NaN for these
 * @param squares sum of squared residuals
 */
record NonNegativeLeastSquares(
    List<Double> coefficients, List<Double> standardErrors, double squares) {
  /** Columns of unit length that are dependent to this precision cannot be told apart. */
  private static final double RANK = 1e-8;

  /**
   * Solves.
   *
   * @param rows for each observation the values of the columns; more rows than columns
   * @param observed the observations
   * @return null where the columns are dependent, so that coefficients are not determined
   */
  static @Nullable NonNegativeLeastSquares solve(double[][] rows, double[] observed) {
    int columns = rows[0].length;
    double[] lengths = new double[columns];
    for (int j = 0; j < columns; j++) {
      for (double[] row : rows) {
        lengths[j] = Math.hypot(lengths[j], row[j]);
      }
    }
    int all = 0;
    for (int j = 0; j < columns; j++) {
      all |= lengths[j] > 0 ? 1 << j : 0;
    }
    if (all == 0 || on(all, rows, lengths, observed) == null) {
      return null;
    }
    NonNegativeLeastSquares best = null;
    for (int set = all; set > 0; set = (set - 1) & all) {
      NonNegativeLeastSquares found = on(set, rows, lengths, observed);
      if (found != null
          && found.coefficients.stream().allMatch(x -> x >= 0)
          && (best == null || found.squares < best.squares)) {
        best = found;
      }
    }
    return best;
  }

  /** Ordinary least squares on a set of columns; null if they are dependent. */
  private static @Nullable NonNegativeLeastSquares on(
      int set, double[][] rows, double[] lengths, double[] observed) {
    int[] chosen = IntStream.range(0, lengths.length).filter(j -> (set >> j & 1) == 1).toArray();
    double[][] scaled = new double[rows.length][chosen.length];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < chosen.length; c++) {
        scaled[i][c] = rows[i][chosen[c]] / lengths[chosen[c]];
      }
    }
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression(RANK);
    regression.setNoIntercept(true);
    regression.newSampleData(observed, scaled);
    try {
      double[] values = regression.estimateRegressionParameters();
      double[] errors = regression.estimateRegressionParametersStandardErrors();
      double[] coefficients = new double[lengths.length];
      double[] standardErrors = new double[lengths.length];
      Arrays.fill(standardErrors, Double.NaN);
      for (int c = 0; c < chosen.length; c++) {
        coefficients[chosen[c]] = values[c] / lengths[chosen[c]];
        standardErrors[chosen[c]] = errors[c] / lengths[chosen[c]];
      }
      return new NonNegativeLeastSquares(
          Arrays.stream(coefficients).boxed().toList(),
          Arrays.stream(standardErrors).boxed().toList(),
          regression.calculateResidualSumOfSquares());
    } catch (SingularMatrixException e) {
      return null;
    }
  }
}

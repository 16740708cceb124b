package io.github.batchq.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.FDistribution;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/**
 * The mean of a quantity over independent replications, corrected for what controls of known mean
 * say about the luck of the replications: the intercept of the least-squares regression of the
 * quantity on the controls less their means (Lavenberg and Welch 1981). The interval has Student's
 * law with n - q - 1 degrees of freedom for n replications and q controls; both are exact for joint
 * normal data and approximate for others.
 *
 * <p>The gain is the variance of the plain mean over that of the corrected one. Coefficients that
 * are estimated cost a factor (n - 2) / (n - q - 2) (Lavenberg, Moeller and Welch 1982), so
 *
 * <pre>gain = (n - q - 2) / ((n - 2) (1 - R^2)),</pre>
 *
 * R^2 the share of the quantity's variance that the controls explain, estimated without bias for 1
 * - R^2. Controls help if the gain is above 1 and the F-test of no relation rejects at level 1 %;
 * the second keeps useless controls from looking useful by chance.
 *
 * @param plain mean and interval without controls
 * @param controlled mean and interval with controls; as plain where none is left
 * @param gain estimated variance of the plain mean over that of the controlled one; 1 where no
 *     control is left, as large as rounding makes it where controls explain all, NaN where the
 *     quantity is undefined
 * @param helps whether the controlled estimate is to be preferred
 * @param used names of the controls that were used
 * @param dropped for every control that was not used, a sentence that says why
 */
public record ControlVariates(
    Estimate plain,
    Estimate controlled,
    double gain,
    boolean helps,
    List<String> used,
    List<String> dropped) {
  /** Level of the test that controls and quantity are related at all. */
  private static final double SIGNIFICANCE = 0.01;

  /** Share of a control's deviation that must be left when the others have explained theirs. */
  private static final double LEAST_OWN_SHARE = 1e-6;

  /** Relative deviation below which a control is constant but for rounding. */
  private static final double CONSTANT = 1e-12;

  /** Makes the lists unmodifiable. */
  public ControlVariates {
    used = List.copyOf(used);
    dropped = List.copyOf(dropped);
  }

  /**
   * The estimates of 95 % confidence. A control that is constant, or a linear function of those
   * before it, is dropped; so are those at the end of the list for which there are too few
   * replications, which must be at least q + 3.
   *
   * @param values the quantity, one value for each replication, at least one
   * @param controls as many values each, in the order of their importance
   * @throws IllegalArgumentException if a control has another number of values
   */
  public static ControlVariates of(double[] values, List<Control> controls) {
    int n = values.length;
    Estimate plain = Estimate.of(values);
    List<String> used = new ArrayList<>();
    List<String> dropped = new ArrayList<>();
    List<double[]> centred = new ArrayList<>();
    List<double[]> directions = new ArrayList<>();
    for (Control control : controls) {
      double[] observed = control.toArray();
      if (observed.length != n) {
        throw new IllegalArgumentException(
            "the control "
                + control.name()
                + " must have "
                + n
                + " values, one for each replication, found "
                + observed.length);
      }
      double[] deviations = minus(observed, mean(observed));
      double norm = Math.sqrt(dot(deviations, deviations));
      if (!(norm > CONSTANT * Math.sqrt(dot(observed, observed)))) {
        dropped.add(control.name() + " is the same in all replications");
        continue;
      }
      double[] direction = perpendicular(deviations, norm, directions);
      double rest = Math.sqrt(dot(direction, direction));
      if (rest < LEAST_OWN_SHARE) {
        dropped.add(control.name() + " is a linear function of the controls before it");
      } else if (n < used.size() + 4) {
        dropped.add(
            control.name()
                + " would need at least "
                + (used.size() + 4)
                + " replications, found "
                + n);
      } else {
        used.add(control.name());
        centred.add(times(minus(observed, control.mean()), 1 / norm));
        directions.add(times(direction, 1 / rest));
      }
    }
    if (Double.isNaN(plain.mean())) {
      return new ControlVariates(plain, plain, Double.NaN, false, used, dropped);
    }
    if (used.isEmpty() || plain.halfWidth() == 0) {
      return new ControlVariates(plain, plain, 1, false, used, dropped);
    }
    return regress(values, plain, centred, used, dropped);
  }

  private static ControlVariates regress(
      double[] values,
      Estimate plain,
      List<double[]> centred,
      List<String> used,
      List<String> dropped) {
    int n = values.length;
    int q = centred.size();
    double[][] rows = new double[n][q];
    for (int r = 0; r < n; r++) {
      for (int j = 0; j < q; j++) {
        rows[r][j] = centred.get(j)[r];
      }
    }
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.newSampleData(values, rows);
    double t = StudentT.quantile(n - q - 1, Estimate.CONFIDENCE);
    Estimate controlled =
        new Estimate(
            regression.estimateRegressionParameters()[0],
            t * regression.estimateRegressionParametersStandardErrors()[0],
            n - q - 1);
    double unexplained = regression.calculateResidualSumOfSquares();
    double total = regression.calculateTotalSumOfSquares();
    double share = (unexplained / (n - q - 1)) / (total / (n - 1));
    double gain = (n - q - 2.0) / (n - 2.0) / share;
    double statistic = (total - unexplained) / q / (unexplained / (n - q - 1));
    boolean related =
        unexplained == 0
            || 1 - new FDistribution(q, n - q - 1).cumulativeProbability(statistic) < SIGNIFICANCE;
    return new ControlVariates(plain, controlled, gain, gain > 1 && related, used, dropped);
  }

  /**
   * What the directions, which are perpendicular to each other, leave of a vector over its norm.
   */
  private static double[] perpendicular(double[] vector, double norm, List<double[]> directions) {
    double[] rest = times(vector, 1 / norm);
    for (double[] direction : directions) {
      rest = plus(rest, direction, -dot(rest, direction));
    }
    return rest;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] minus(double[] values, double shift) {
    return Arrays.stream(values).map(value -> value - shift).toArray();
  }

  private static double[] times(double[] values, double factor) {
    return Arrays.stream(values).map(value -> value * factor).toArray();
  }

  private static double[] plus(double[] a, double[] b, double factor) {
    double[] sum = a.clone();
    for (int i = 0; i < a.length; i++) {
      sum[i] += factor * b[i];
    }
    return sum;
  }
}

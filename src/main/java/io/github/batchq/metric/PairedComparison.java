package io.github.batchq.metric;

import java.util.Locale;

/**
 * A system beside a baseline, from replications in which both met the same traffic (common random
 * numbers): replication i gives the pair x_i (baseline) and y_i, and the pairs are independent.
 *
 * <p>The difference has the paired t-interval, mean(y - x) ± t(n-1) s_d / sqrt(n) with s_d the
 * standard deviation of y_i - x_i (A. M. Law, Simulation Modeling and Analysis, section 10.2.1).
 * The ratio has Fieller's interval (E. C. Fieller, "Some problems in interval estimation", Journal
 * of the Royal Statistical Society B 16, 1954): all r at which the mean of y - r x is within its
 * t-interval of 0. Both have the same level, so the ratio's interval leaves out 1 exactly where the
 * difference's leaves out 0. They are exact for normal pairs, and good for the means of long runs.
 *
 * @param baseline mean of the baseline; NaN if it is undefined in any replication
 * @param mean mean of the other system; NaN likewise
 * @param difference mean - baseline
 * @param halfWidth half-width of the interval for the difference
 * @param level of this interval and the ratio's, each alone
 * @param degreesOfFreedom n - 1
 * @param ratio mean / baseline; NaN where the baseline is 0
 * @param ratioLow lower end of the ratio's interval; NaN where the baseline's mean is not
 *     significantly different from 0, since the interval is unbounded then
 * @param ratioHigh upper end; NaN likewise
 * @param varianceRatio (s_x² + s_y²) / s_d²: how many times as many replications independent
 *     traffic would have needed for an interval of the same width; below 1 where common random
 *     numbers did harm, NaN where all differences are the same
 * @param verdict what the interval for the difference says
 */
public record PairedComparison(
    double baseline,
    double mean,
    double difference,
    double halfWidth,
    double level,
    int degreesOfFreedom,
    double ratio,
    double ratioLow,
    double ratioHigh,
    double varianceRatio,
    Ranking verdict) {
  /** Differences that are smaller than this share of the values are rounding. */
  private static final double ROUNDING = 1e-12;

  /** What a comparison says of the other system. */
  public enum Ranking {
    /** Better than the baseline. */
    BETTER,
    /** Worse than the baseline. */
    WORSE,
    /** Above the baseline, in a metric that has no good direction. */
    HIGHER,
    /** Below the baseline, in a metric that has no good direction. */
    LOWER,
    /** The interval holds 0, or there is none. */
    CANNOT_TELL;

    /** The verdict as tables show it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * Compares two samples.
   *
   * @param baseline one value for each replication, at least two
   * @param other as many values, of the same replications
   * @param confidence with which all comparisons of a family hold together, in (0,1)
   * @param family number of comparisons that are made together, at least 1: each interval has the
   *     level 1 - (1 - confidence) / family (Bonferroni)
   * @param direction which values are good
   * @throws IllegalArgumentException if there are fewer than two pairs
   */
  public static PairedComparison of(
      double[] baseline, double[] other, double confidence, int family, Direction direction) {
    int n = baseline.length;
    if (n < 2 || other.length != n) {
      throw new IllegalArgumentException(
          "a paired comparison takes two pairs or more, found "
              + n
              + " values of the baseline and "
              + other.length);
    }
    double level = 1 - (1 - confidence) / family;
    double t = StudentT.quantile(n - 1, level);
    double[] differences = new double[n];
    for (int i = 0; i < n; i++) {
      double difference = other[i] - baseline[i];
      boolean rounding =
          Math.abs(difference) <= ROUNDING * Math.max(Math.abs(baseline[i]), Math.abs(other[i]));
      differences[i] = rounding ? 0 : difference;
    }
    double baselineMean = mean(baseline);
    double mean = mean(other);
    double difference = mean(differences);
    double variance = covariance(differences, differences);
    double halfWidth = t * Math.sqrt(variance / n);
    double independent = covariance(baseline, baseline) + covariance(other, other);
    double[] ends = fieller(baseline, other, t * t / n);
    return new PairedComparison(
        baselineMean,
        mean,
        difference,
        halfWidth,
        level,
        n - 1,
        baselineMean == 0 ? Double.NaN : mean / baselineMean,
        ends[0],
        ends[1],
        variance == 0 ? Double.NaN : independent / variance,
        direction.verdict(difference - halfWidth, difference + halfWidth));
  }

  /**
   * The two ratios r with (mean(y) - r mean(x))² = q var(y - r x), where q = t² / n: roots of a r²
   * - 2 b r + c with a = mean(x)² - q var(x), b = mean(x) mean(y) - q cov(x,y), c = mean(y)² - q
   * var(y). Its discriminant is written with the variance of mean(x) y - mean(y) x, which loses no
   * digits where x and y move together.
   */
  private static double[] fieller(double[] x, double[] y, double q) {
    double meanX = mean(x);
    double meanY = mean(y);
    double varX = covariance(x, x);
    double varY = covariance(y, y);
    double covariance = covariance(x, y);
    double a = meanX * meanX - q * varX;
    if (!(a > 0)) {
      return new double[] {Double.NaN, Double.NaN};
    }
    double b = meanX * meanY - q * covariance;
    double[] contrast = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      contrast[i] = meanX * y[i] - meanY * x[i];
    }
    double discriminant =
        q * (covariance(contrast, contrast) - q * (varX * varY - covariance * covariance));
    double root = Math.sqrt(Math.max(0, discriminant));
    return new double[] {(b - root) / a, (b + root) / a};
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double covariance(double[] x, double[] y) {
    double meanX = mean(x);
    double meanY = mean(y);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - meanX) * (y[i] - meanY);
    }
    return sum / (x.length - 1);
  }
}

package io.github.batchq.metric;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * Mean of a quantity over independent replications, with its confidence interval.
 *
 * @param mean sample mean; NaN if the quantity is undefined in any replication
 * @param halfWidth half-width of the t-interval, t(n-1) s / sqrt(n), of 95 % where no other level
 *     is asked for; NaN for fewer than two replications
 * @param replications n
 */
public record Estimate(double mean, double halfWidth, int replications) {
  /** Two-sided confidence level of {@link #halfWidth} where no other is asked for. */
  public static final double CONFIDENCE = 0.95;

  /**
   * The estimate from one value for each replication.
   *
   * @param values at least one
   */
  public static Estimate of(double[] values) {
    return of(values, CONFIDENCE);
  }

  /**
   * The estimate with an interval of the given level.
   *
   * @param values at least one
   * @param confidence two-sided confidence level, in (0,1)
   */
  public static Estimate of(double[] values, double confidence) {
    int n = values.length;
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / n;
    if (n < 2) {
      return new Estimate(mean, Double.NaN, n);
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = Math.sqrt(squares / (n - 1));
    double t = new TDistribution(n - 1).inverseCumulativeProbability((1 + confidence) / 2);
    return new Estimate(mean, t * deviation / Math.sqrt(n), n);
  }
}

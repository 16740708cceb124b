package io.github.batchq.metric;

/**
 * A mean with its confidence interval: over independent replications, or over the batches of one
 * long run.
 *
 * @param mean sample mean; NaN if the quantity is undefined in any replication
 * @param halfWidth half-width of the t-interval, t(n-1) s / sqrt(n) for n replications or batches,
 *     of 95 % where no other level is asked for; NaN where there is no interval
 * @param degreesOfFreedom of the t-interval, n - 1 for n replications; 0 where there is no interval
 */
public record Estimate(double mean, double halfWidth, int degreesOfFreedom) {
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
      return new Estimate(mean, Double.NaN, 0);
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = Math.sqrt(squares / (n - 1));
    double t = StudentT.quantile(n - 1, confidence);
    return new Estimate(mean, t * deviation / Math.sqrt(n), n - 1);
  }

  /**
   * The half-width at another level, of an estimate whose interval has the level {@link
   * #CONFIDENCE}.
   *
   * @param confidence two-sided confidence level, in (0,1)
   */
  public double halfWidthAt(double confidence) {
    if (degreesOfFreedom == 0 || confidence == CONFIDENCE) {
      return halfWidth;
    }
    return halfWidth
        * StudentT.quantile(degreesOfFreedom, confidence)
        / StudentT.quantile(degreesOfFreedom, CONFIDENCE);
  }
}

package io.github.batchq.metric;

import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;

/** The quantile of Student's t-distribution that every confidence interval of a mean takes. */
final class StudentT {
  /** Experiments have up to so many replications by far the most often. */
  private static final int TABULATED = 32;

  /** The quantiles of {@link Estimate#CONFIDENCE} for 1, 2, ... degrees of freedom. */
  private static final double[] QUANTILES =
      IntStream.rangeClosed(1, TABULATED)
          .mapToDouble(df -> search(df, Estimate.CONFIDENCE))
          .toArray();

  private StudentT() {}

  /**
   * The value that |T| exceeds with probability 1 - confidence: the number of standard errors from
   * the middle of a two-sided interval to its end, to within 1e-9.
   *
   * @param degreesOfFreedom at least 1
   * @param confidence two-sided confidence level, in (0,1)
   */
  static double quantile(int degreesOfFreedom, double confidence) {
    return confidence == Estimate.CONFIDENCE && degreesOfFreedom <= TABULATED
        ? QUANTILES[degreesOfFreedom - 1]
        : search(degreesOfFreedom, confidence);
  }

  /** A root search of about 10 microseconds. */
  private static double search(int degreesOfFreedom, double confidence) {
    // A law that is given no generator makes one of its own, which costs twice the search.
    return new TDistribution(null, degreesOfFreedom)
        .inverseCumulativeProbability((1 + confidence) / 2);
  }
}

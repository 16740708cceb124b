package io.github.batchq.metric;

import java.util.Arrays;

/**
 * The mean of a quantity over groups of runs that depend on each other within a group and not
 * across groups: antithetic pairs, or the points of one randomisation of a quasi-Monte Carlo net.
 *
 * @param estimate mean of the group means, with the t-interval of (number of groups - 1) degrees of
 *     freedom; its number of replications is that of the groups
 * @param gain estimated variance of the mean of as many independent runs over that of this mean;
 *     above 1 where the dependence helps, NaN for fewer than two groups
 */
public record GroupedEstimate(Estimate estimate, double gain) {
  /**
   * The estimate from all runs, group after group. With n runs in m groups of g, s^2 the variance
   * of all n values and w^2 that of the m group means, a single run has the variance s^2 (n - 1) /
   * n + w^2 / m, without bias, and the gain is that over g w^2.
   *
   * @param values one for each run
   * @param size number of runs in a group g, at least 1
   * @throws IllegalArgumentException unless the values make whole groups, at least one
   */
  public static GroupedEstimate of(double[] values, int size) {
    double[] means = means(values, size);
    Estimate estimate = Estimate.of(means);
    double ofMeans = squares(means, estimate.mean()) / (means.length - 1);
    double ofRuns = squares(values, estimate.mean()) / values.length + ofMeans / means.length;
    return new GroupedEstimate(estimate, ofRuns / (size * ofMeans));
  }

  /**
   * The means of the groups.
   *
   * @param values one for each run, group after group
   * @param size number of runs in a group, at least 1
   * @throws IllegalArgumentException unless the values make whole groups, at least one
   */
  public static double[] means(double[] values, int size) {
    if (size < 1 || values.length == 0 || values.length % size != 0) {
      throw new IllegalArgumentException(
          "runs must come in whole groups of " + size + ", found " + values.length + " runs");
    }
    double[] means = new double[values.length / size];
    for (int group = 0; group < means.length; group++) {
      means[group] =
          Arrays.stream(values, group * size, (group + 1) * size).average().orElseThrow();
    }
    return means;
  }

  private static double squares(double[] values, double mean) {
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
  }
}

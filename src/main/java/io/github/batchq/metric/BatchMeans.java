package io.github.batchq.metric;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * An interval for the steady-state mean from one long run: the means of few long batches of
 * observations are nearly independent. How long is tested: neighbouring batches are joined two by
 * two until the test of von Neumann finds no correlation between neighbours any more, as in the
 * batch-size selection of G. S. Fishman and L. S. Yarberry, "An implementation of the batch means
 * method", INFORMS Journal on Computing 9(3), 1997. Then neighbours are joined twice more, since
 * correlation that the test cannot see still makes intervals too narrow.
 */
final class BatchMeans {
  /** Fewest batches, below which a run is too short for an interval. */
  static final int FEWEST = 8;

  /**
   * Fewest where two runs are compared, whose degrees of freedom add up: fewer batches refuse fewer
   * runs, and it is refusing that chooses those whose correlation looks small by chance.
   */
  static final int FEWEST_OF_REQUESTS = 4;

  /** Level at which the test finds correlation. */
  private static final double LEVEL = 0.1;

  private static final double CRITICAL =
      new NormalDistribution(null, 0, 1).inverseCumulativeProbability(1 - LEVEL);

  private BatchMeans() {}

  /**
   * The estimate from the means of many short batches of equal length.
   *
   * @param means in the order of the run
   * @param confidence two-sided confidence level, in (0,1)
   * @return its degrees of freedom are the number of batches less one; without an interval where
   *     the run is too short
   */
  static Estimate estimate(double[] means, double confidence) {
    double[] batches = batches(means, FEWEST);
    if (batches.length > 0) {
      return Estimate.of(batches, confidence);
    }
    double sum = 0;
    for (double mean : means) {
      sum += mean;
    }
    return new Estimate(sum / means.length, Double.NaN, 0);
  }

  /**
   * The means of batches that are long enough.
   *
   * @param means of many short batches of equal length, in the order of the run
   * @param fewest fewest batches
   * @return none where the run is too short
   */
  static double[] batches(double[] means, int fewest) {
    double[] joined = means;
    while (joined.length >= 4 * fewest) {
      if (!isCorrelated(joined)) {
        return join(join(joined));
      }
      joined = join(joined);
    }
    return new double[0];
  }

  /**
   * Whether the test of von Neumann finds positive correlation: 1 - (sum of squared differences of
   * neighbours) / (2 sum of squared differences from the mean) is normal with variance (n-2) / (n^2
   * - 1) for independent normal values.
   */
  static boolean isCorrelated(double[] values) {
    int n = values.length;
    double mean = 0;
    for (double value : values) {
      mean += value / n;
    }
    double squares = 0;
    double steps = 0;
    for (int i = 0; i < n; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
      if (i > 0) {
        steps += (values[i] - values[i - 1]) * (values[i] - values[i - 1]);
      }
    }
    double correlation = 1 - steps / (2 * squares);
    return correlation > CRITICAL * Math.sqrt((n - 2) / ((double) n * n - 1));
  }

  private static double[] join(double[] values) {
    double[] joined = new double[values.length / 2];
    for (int i = 0; i < joined.length; i++) {
      joined[i] = (values[2 * i] + values[2 * i + 1]) / 2;
    }
    return joined;
  }
}

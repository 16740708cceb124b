package io.github.batchq.metric;

/**
 * The rule MSER-5 for the beginning of a run that should not be measured (K. P. White, "An
 * effective truncation heuristic for bias reduction in simulation output", Simulation 69(6), 1997;
 * K. P. White, M. J. Cobb, S. C. Spratt, "A comparison of five steady-state truncation heuristics
 * for simulation", WSC 2000): of the means of m batches of observations delete the first d that
 * minimise
 *
 * <pre>sum over i &gt; d of (x_i - mean of x_{d+1}, ..., x_m)^2 / (m - d)^2</pre>
 *
 * <p>with d at most m/2: a minimum in the second half says that the run is too short, or has no
 * steady state.
 */
final class Mser {
  private Mser() {}

  /**
   * The number d of first batch means to delete.
   *
   * @param means of batches in the order of the run
   * @return 0 to m/2; -1 if the minimum lies in the second half or there are fewer than 10 means
   */
  static int truncation(double[] means) {
    int m = means.length;
    if (m < 10) {
      return -1;
    }
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    // Differences from a value among them, or their squares would cancel where they vary little.
    double origin = means[m - 1];
    // Backwards the sums of what is left grow; a few last means alone would say nothing.
    for (int d = m - 1; d >= 0; d--) {
      double difference = means[d] - origin;
      sum += difference;
      squares += difference * difference;
      int left = m - d;
      double statistic = (squares - sum * sum / left) / ((double) left * left);
      if (left >= 5 && statistic <= least) {
        least = statistic;
        best = d;
      }
    }
    return best <= m / 2 ? best : -1;
  }
}

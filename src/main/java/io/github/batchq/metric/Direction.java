package io.github.batchq.metric;

import io.github.batchq.metric.PairedComparison.Ranking;

/** Which values of a metric are good, and so what a larger or smaller value than another's is. */
public enum Direction {
  /** Such as a latency. */
  LOWER_IS_BETTER(Ranking.WORSE, Ranking.BETTER),
  /** Such as a throughput. */
  HIGHER_IS_BETTER(Ranking.BETTER, Ranking.WORSE),
  /** Such as a utilization: a server that is less busy may be a faster one, or an idle one. */
  NEITHER(Ranking.HIGHER, Ranking.LOWER);

  private final Ranking larger;
  private final Ranking smaller;

  Direction(Ranking larger, Ranking smaller) {
    this.larger = larger;
    this.smaller = smaller;
  }

  /**
   * What an interval for a difference to a baseline says.
   *
   * @param low lower end; NaN where there is no interval
   * @param high upper end
   */
  Ranking verdict(double low, double high) {
    if (low > 0) {
      return larger;
    }
    return high < 0 ? smaller : Ranking.CANNOT_TELL;
  }
}

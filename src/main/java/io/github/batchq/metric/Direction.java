package io.github.batchq.metric;

import io.github.batchq.metric.PairedComparison.Verdict;

/** Which values of a metric are good, and so what a larger or smaller value than another's is. */
public enum Direction {
  /** Such as a latency. */
  LOWER_IS_BETTER(Verdict.WORSE, Verdict.BETTER),
  /** Such as a throughput. */
  HIGHER_IS_BETTER(Verdict.BETTER, Verdict.WORSE),
  /** Such as a utilization: a server that is less busy may be a faster one, or an idle one. */
  NEITHER(Verdict.HIGHER, Verdict.LOWER);

  private final Verdict larger;
  private final Verdict smaller;

  Direction(Verdict larger, Verdict smaller) {
    this.larger = larger;
    this.smaller = smaller;
  }

  /**
   * What an interval for a difference to a baseline says.
   *
   * @param low lower end; NaN where there is no interval
   * @param high upper end
   */
  Verdict verdict(double low, double high) {
    if (low > 0) {
      return larger;
    }
    return high < 0 ? smaller : Verdict.CANNOT_TELL;
  }
}

package io.github.batchq.metric;

/**
 * What is known of how well single requests were served in a run, or in a part of it.
 *
 * @param within measured requests that were served within their limits; NaN without limits
 * @param lost measured requests that were lost
 * @param slowed measured requests whose slowdown is known
 * @param slowdown sum of their slowdowns
 * @param squaredSlowdown sum of the squares of these
 */
record ServiceLevelSums(
    double within, double lost, double slowed, double slowdown, double squaredSlowdown) {
  /** The part between an earlier moment and this one. */
  ServiceLevelSums since(ServiceLevelSums earlier) {
    return new ServiceLevelSums(
        within - earlier.within,
        lost - earlier.lost,
        slowed - earlier.slowed,
        slowdown - earlier.slowdown,
        squaredSlowdown - earlier.squaredSlowdown);
  }

  double meanSlowdown() {
    return slowdown / slowed;
  }

  /** Jain's index of the slowdowns: 1 where all are equal, 1/n where one of n bears all. */
  double jainsIndex() {
    return slowdown * slowdown / (slowed * squaredSlowdown);
  }
}

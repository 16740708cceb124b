package io.github.batchq.policy;

import io.github.batchq.model.BinBoundaries;

/** Evaluates a boundary rule for lengths that were observed. */
public interface BoundaryEstimator {
  /**
   * Boundaries for lengths that were seen.
   *
   * @param rule name of the rule, such as {@code equal-mass} or {@code optimal}
   * @param lengths the lengths, at least one, in any order
   * @param bins number of bins, at least 1
   * @param batchSize requests in a batch, at least 1
   * @return at most that many bins: fewer where the lengths have too few different values
   */
  BinBoundaries boundaries(String rule, double[] lengths, int bins, int batchSize);
}

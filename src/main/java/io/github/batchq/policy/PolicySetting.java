package io.github.batchq.policy;

import io.github.batchq.model.BinBoundaries;

/**
 * What a policy finds where it is to run.
 *
 * @param boundaries the bins, evaluated from the spec's boundaries; {@link BinBoundaries#none()}
 *     where there are none
 * @param servers number of servers, at least 1; {@link Integer#MAX_VALUE} for infinitely many
 * @param estimator evaluates boundary rules for lengths that the policy has observed
 */
public record PolicySetting(BinBoundaries boundaries, int servers, BoundaryEstimator estimator) {
  /** The setting of a policy on one server, which has these boundaries and knows no other rule. */
  public static PolicySetting of(BinBoundaries boundaries) {
    return new PolicySetting(
        boundaries,
        1,
        (rule, lengths, bins, batchSize) -> {
          throw new IllegalStateException("nothing here evaluates the rule " + rule);
        });
  }
}

package io.github.batchq.policy;

import io.github.batchq.model.BinBoundaries;
import org.jspecify.annotations.Nullable;

/** The description of a policy as a user writes it: an immutable record. */
public interface PolicySpec {
  /** Largest number of requests in a batch, at least 1. */
  int batchSize();

  /** Number of bins; 1 where the policy has none. */
  int bins();

  /** How the bins are bounded; null where the policy has none. */
  @Nullable BoundaryChoice boundaries();

  /**
   * A new policy object for one run.
   *
   * @param boundaries the bins, evaluated from {@link #boundaries()}; {@link BinBoundaries#none()}
   *     where there are none
   */
  BatchingPolicy create(BinBoundaries boundaries);
}

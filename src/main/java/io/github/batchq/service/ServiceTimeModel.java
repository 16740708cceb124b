package io.github.batchq.service;

import io.github.batchq.model.BatchShape;
import org.jspecify.annotations.Nullable;

/** How long a server holds a batch. */
public interface ServiceTimeModel {
  /** Service time of the batch in seconds: finite, at least 0. */
  double seconds(BatchShape batch);

  /**
   * Sum over the batch's members of the seconds that the batch would take if that member were its
   * longest, its size being the same. What the members' slots are busy beyond that is padding: the
   * wait for the longest request.
   */
  double ownSeconds(BatchShape batch);

  /**
   * What tokens cost where requests join and leave a running batch; null if this model only knows
   * whole batches.
   */
  default @Nullable TokenCosts tokenCosts() {
    return null;
  }
}

package io.github.batchq.service;

import io.github.batchq.model.BatchShape;
import org.jspecify.annotations.Nullable;

/** How long a server holds a batch. Immutable; a model without a data file describes itself. */
public interface ServiceTimeModel extends ServiceModelSpec {
  /**
   * Service time of the batch in seconds: finite, at least 0.
   *
   * @throws io.github.batchq.model.BadInputException if the model is not valid for such a batch
   */
  double seconds(BatchShape batch);

  /**
   * Sum over the batch's members of the seconds that the batch would take if that member were its
   * longest, its size being the same. What the members' slots are busy beyond that is padding: the
   * wait for the longest request.
   *
   * @param lengths the true lengths of its members, in the first {@code batch.size()} places, if
   *     the model {@linkplain #readsMembers reads} them
   */
  double ownSeconds(BatchShape batch, double[] lengths);

  /**
   * Whether this model reads the prompts of a batch or the lengths of its members; else a kernel
   * may spare itself their collection.
   */
  default boolean readsMembers() {
    return true;
  }

  /**
   * This model as one that is affine in the longest length, for every batch for which it is valid;
   * null if it is not affine, and where that is not known. Theory speaks of affine models alone.
   */
  default @Nullable AffineBatch affine() {
    return null;
  }

  /**
   * What tokens cost where requests join and leave a running batch; null if this model only knows
   * whole batches.
   */
  default @Nullable TokenCosts tokenCosts() {
    return null;
  }

  /**
   * Refuses batches for which this model is not valid, as far as they are known before a run.
   *
   * @param batchSize the most requests that a batch may have
   * @param shortest least length of a request
   * @param longest largest length of a request, perhaps infinite
   * @throws io.github.batchq.model.BadInputException if the model does not cover them
   */
  default void check(int batchSize, double shortest, double longest) {}

  @Override
  default ServiceTimeModel create() {
    return this;
  }
}

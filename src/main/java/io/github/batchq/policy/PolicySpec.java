package io.github.batchq.policy;

import io.github.batchq.model.BinBoundaries;
import org.jspecify.annotations.Nullable;

/**
 * The description of a policy as a user writes it: an immutable record. A policy without bins is a
 * batch size and the object of one run:
 *
 * <pre>{@code
 * record Dynamic(int batchSize) implements PolicySpec {
 *   public BatchingPolicy create(PolicySetting setting) {
 *     return new DynamicBatching(batchSize);
 *   }
 * }
 * }</pre>
 */
public interface PolicySpec {
  /** Largest number of requests in a batch, at least 1. */
  int batchSize();

  /** Number of bins; 1 where the policy has none. */
  default int bins() {
    return 1;
  }

  /** How the bins are bounded; null where the policy has none. */
  default @Nullable BoundaryChoice boundaries() {
    return null;
  }

  /** How servers serve its batches of up to {@link #batchSize()} requests. */
  default Serving serving() {
    return new Serving.InBatches(false);
  }

  /**
   * Whether the policy needs predicted lengths themselves, so that a predictor that says no more
   * than a bin tells it nothing. False where it looks at nothing but the bins of {@link
   * #boundaries()}.
   */
  default boolean readsLengths() {
    return false;
  }

  /**
   * Name of the rule by which the policy bounds its bins itself, from lengths that it observes;
   * null where it does not.
   */
  default @Nullable String learnsBy() {
    return null;
  }

  /**
   * Whether its policies choose the servers of their batches ({@link
   * BatchingPolicy#choosesServers()}), so that there must be a number of them.
   */
  default boolean bindsServers() {
    return false;
  }

  /** Most requests that wait for company, however long nobody else comes. */
  default long mostForming() {
    return bins() * (batchSize() - 1L);
  }

  /**
   * Fewest waiting requests that start a batch as long as others may arrive: as many as a batch has
   * where batches leave full, 1 where a free server takes what there is.
   */
  default long leastCompany() {
    return 1;
  }

  /** Whether fewer are served when arrivals have ended; else they are discarded. */
  default boolean flushes() {
    return true;
  }

  /**
   * A new policy object for one run.
   *
   * @param setting what it finds there
   */
  BatchingPolicy create(PolicySetting setting);

  /**
   * A new policy object for one run on one server.
   *
   * @param boundaries the bins, evaluated from {@link #boundaries()}; {@link BinBoundaries#none()}
   *     where there are none
   */
  default BatchingPolicy create(BinBoundaries boundaries) {
    return create(PolicySetting.of(boundaries));
  }
}

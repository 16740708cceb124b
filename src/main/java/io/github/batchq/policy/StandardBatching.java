package io.github.batchq.policy;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.Key;
import io.github.batchq.policy.Serving.InFullBatches;
import org.jspecify.annotations.Nullable;

/**
 * Standard batching: full batches of B requests in the order of arrival, served first come first
 * served. It is multi-bin batching with one bin (k = 1 in arXiv:2412.04504).
 *
 * @param batchSize B, at least 1
 * @param drain what happens to the last partial batch; {@link Drain#FLUSH} when absent
 */
public record StandardBatching(
    @Key(about = "requests in a batch B", unit = "requests", range = "at least 1", example = "8")
        int batchSize,
    @Key(
            about =
                "what becomes of the last partial batch when arrivals have ended: they are served, or discarded",
            absent = "flush",
            example = "discard")
        @Nullable Drain drain)
    implements PolicySpec {
  public StandardBatching {
    FullBatches.checkBatchSize(batchSize);
  }

  /**
   * Standard batching whose last partial batch is flushed.
   *
   * @param batchSize B, at least 1
   */
  public StandardBatching(int batchSize) {
    this(batchSize, null);
  }

  @Override
  public InFullBatches serving() {
    return new InFullBatches(drain == null ? Drain.FLUSH : drain);
  }

  @Override
  public long leastCompany() {
    return batchSize;
  }

  @Override
  public boolean flushes() {
    return drain != Drain.DISCARD;
  }

  @Override
  public BatchingPolicy create(PolicySetting setting) {
    return new FullBatches(BinBoundaries.none(), batchSize, serving().rest());
  }
}

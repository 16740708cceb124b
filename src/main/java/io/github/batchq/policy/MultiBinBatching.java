package io.github.batchq.policy;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Multi-bin batching (Algorithm 1 of Guldogan, Kunde, Lee, Pedarsani, "Multi-Bin Batching for
 * Increasing LLM Inference Throughput", arXiv:2412.04504): a request goes to the bin of its
 * predicted length; B requests of one bin form a batch; the batch that was formed first is served
 * first, unless another order is chosen. With the predictor {@code oracle} it is the oracle-bins
 * policy.
 *
 * @param bins k, at least 1
 * @param boundaries a rule or a list of k-1 values
 * @param batchSize B, at least 1
 * @param drain what happens to partial batches when arrivals have ended; {@link Drain#FLUSH} when
 *     absent
 * @param order which bin's batch is served when a server is free; {@link ServingOrder#FORMED} when
 *     absent
 * @param partial whether a batch that is not full goes when a server is free and no batch is full;
 *     false when absent. Where it does, {@link Drain#DISCARD} leaves no requests unserved
 */
public record MultiBinBatching(
    @Key(about = "number of bins k", unit = "bins", range = "at least 1", example = "4") int bins,
    @Key(
            about = "rule that bounds the bins, or their k - 1 inner boundaries",
            unit = "that of the lengths",
            range = "increasing",
            example = "equal-mass")
        BoundaryChoice boundaries,
    @Key(about = "requests in a batch B", unit = "requests", range = "at least 1", example = "8")
        int batchSize,
    @Key(
            about =
                "what becomes of partial batches when arrivals have ended: they are served, or discarded",
            absent = "flush",
            example = "discard")
        @Nullable Drain drain,
    @Key(
            about =
                "which batch a free server takes: the one formed first; the one of the shortest predicted lengths; one of the bin in which most requests wait; the one with the oldest request; bins in turn",
            absent = "formed",
            example = "oldest")
        @Nullable ServingOrder order,
    @Key(
            about =
                "whether a batch that is not full goes when a server is free and no batch is full",
            absent = "false",
            example = "true",
            tried = {"false", "true"})
        @Nullable Boolean partial)
    implements PolicySpec {
  public MultiBinBatching {
    FullBatches.checkBatchSize(batchSize);
    List<Double> values = boundaries.values();
    BinBoundaries.requireBins(bins);
    if (values != null && values.size() != bins - 1) {
      throw new IllegalArgumentException(
          bins + " bins need " + (bins - 1) + " boundaries, found " + values.size());
    }
  }

  /**
   * Multi-bin batching of full batches; the batch that was formed first is served first.
   *
   * @param bins k, at least 1
   * @param boundaries a rule or a list of k-1 values
   * @param batchSize B, at least 1
   * @param drain what happens to partial batches when arrivals have ended; {@link Drain#FLUSH} when
   *     null
   */
  public MultiBinBatching(
      int bins, BoundaryChoice boundaries, int batchSize, @Nullable Drain drain) {
    this(bins, boundaries, batchSize, drain, null, null);
  }

  /**
   * Multi-bin batching with boundaries by a rule, whose partial batches are flushed.
   *
   * @param bins k, at least 1
   * @param rule name of the rule, such as {@code equal-mass} or {@code optimal}
   * @param batchSize B, at least 1
   */
  public MultiBinBatching(int bins, String rule, int batchSize) {
    this(bins, BoundaryChoice.rule(rule), batchSize, null);
  }

  @Override
  public Serving serving() {
    return servingOrder() == ServingOrder.FORMED && !servesPartial()
        ? new Serving.InFullBatches(drainOrFlush())
        : new Serving.InBatches(false);
  }

  @Override
  public long leastCompany() {
    return servesPartial() ? 1 : batchSize;
  }

  @Override
  public boolean flushes() {
    return drain != Drain.DISCARD;
  }

  @Override
  public BatchingPolicy create(PolicySetting setting) {
    return serving().inFullBatches()
        ? new FullBatches(setting.boundaries(), batchSize, drainOrFlush())
        : new OrderedBins(
            setting.boundaries(), batchSize, drainOrFlush(), servingOrder(), servesPartial());
  }

  private Drain drainOrFlush() {
    return drain == null ? Drain.FLUSH : drain;
  }

  private ServingOrder servingOrder() {
    return order == null ? ServingOrder.FORMED : order;
  }

  /** Whether a batch that is not full goes when a server would otherwise be idle. */
  public boolean servesPartial() {
    return partial != null && partial;
  }
}

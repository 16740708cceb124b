package io.github.batchq.policy;

import io.github.batchq.model.Batch;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.Key;
import io.github.batchq.model.QueuedRequest;
import io.github.batchq.policy.Serving.InSteps;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Threshold admission for continuous batching, after WAIT (waiting for accumulated inference
 * threshold) of Ao, Luo, Simchi-Levi, Wang, "Optimizing LLM Inference: Fluid-Guided Online
 * Scheduling with Memory Constraints", arXiv:2504.11320: requests wait by bin of their predicted
 * length until a number of one bin wait; then these join running batches in the order of arrival,
 * as slots and memory allow, and those that find no room join at later steps, before groups that
 * were complete later.
 *
 * <p>The paper derives a threshold for each type of request from a fluid model; in the authors'
 * simulator (github.com/Luoxiaogan/vidur_or, {@code BookingLimitReplicaScheduler}) thresholds are
 * proportional to arrival rates, and an iteration, which takes a threshold of new requests of each
 * type and gives all running ones their next token, begins only once so many wait. So there running
 * requests wait for arrivals, too, and every stage of decoding holds a threshold of requests. Here
 * all bins share one threshold, which the user gives, a bin does not wait for another, and running
 * requests never pause; memory that is full nevertheless preempts.
 *
 * @param batchSize slots B of a server, at least 1
 * @param bins k, at least 1
 * @param boundaries a rule or a list of k-1 values; may be absent for one bin
 * @param threshold requests of a bin that join together, from 1 to B
 * @param memory tokens for which a server has memory; without a limit when absent
 * @param prefixCache what a server keeps of earlier prompts and answers; nothing when absent
 * @param drain what happens to fewer requests of a bin when arrivals have ended; {@link
 *     Drain#FLUSH}, by which they may join, when absent
 */
public record WaitThreshold(
    @Key(
            about = "slots of a server B: most requests that run at once",
            unit = "requests",
            range = "at least 1",
            example = "32")
        int batchSize,
    @Key(about = "number of bins k", unit = "bins", range = "at least 1", example = "4") int bins,
    @Key(
            about = "rule that bounds the bins, or their k - 1 inner boundaries",
            unit = "that of the lengths",
            range = "increasing",
            absent = "with one bin, no boundaries",
            example = "equal-mass")
        @Nullable BoundaryChoice boundaries,
    @Key(
            about = "requests of a bin that join together",
            unit = "requests",
            range = "1 to batchSize",
            example = "8")
        int threshold,
    @Key(
            about = "tokens for which a server has memory",
            unit = "tokens",
            range = "at least 1",
            absent = "no limit",
            example = "60000")
        @Nullable Long memory,
    @Key(
            about = "what a server keeps of earlier prompts and answers",
            absent = "nothing",
            example = "{tokens: 200000}")
        @Nullable PrefixCache prefixCache,
    @Key(
            about =
                "what becomes of fewer requests of a bin when arrivals have ended: they are served, or discarded",
            absent = "flush",
            example = "discard")
        @Nullable Drain drain)
    implements PolicySpec {
  /** On servers that keep nothing of earlier prompts. */
  public WaitThreshold(
      int batchSize,
      int bins,
      @Nullable BoundaryChoice boundaries,
      int threshold,
      @Nullable Long memory,
      @Nullable Drain drain) {
    this(batchSize, bins, boundaries, threshold, memory, null, drain);
  }

  public WaitThreshold {
    FullBatches.checkBatchSize(batchSize);
    new StepRules(memory, null);
    WaitingLines.checkBins(bins, boundaries);
    if (threshold < 1 || threshold > batchSize) {
      throw new IllegalArgumentException(
          "threshold must be from 1 to the batch size " + batchSize + ", found " + threshold);
    }
  }

  @Override
  public InSteps serving() {
    return new InSteps(new StepRules(memory, null, prefixCache));
  }

  @Override
  public long leastCompany() {
    return threshold;
  }

  @Override
  public boolean flushes() {
    return drain != Drain.DISCARD;
  }

  @Override
  public BatchingPolicy create(PolicySetting setting) {
    return new Groups(setting.boundaries(), threshold, drain == null ? Drain.FLUSH : drain);
  }

  /** The requests of one run that wait: in their bins for company, then for a place. */
  private static final class Groups implements BatchingPolicy {
    private final BinBoundaries boundaries;
    private final int threshold;
    private final Drain drain;
    private final List<ArrayDeque<QueuedRequest>> bins;
    private final ArrayDeque<QueuedRequest> complete = new ArrayDeque<>();
    private final WaitingLines line = new WaitingLines(List.of(complete));
    private int waiting;

    Groups(BinBoundaries boundaries, int threshold, Drain drain) {
      this.boundaries = boundaries;
      this.threshold = threshold;
      this.drain = drain;
      this.bins =
          Stream.generate(() -> new ArrayDeque<QueuedRequest>()).limit(boundaries.bins()).toList();
    }

    @Override
    public void enqueue(QueuedRequest request) {
      ArrayDeque<QueuedRequest> bin = bins.get(request.predictedBin(boundaries));
      bin.add(request);
      waiting++;
      if (bin.size() == threshold) {
        release(bin);
      }
    }

    @Override
    public void preempted(QueuedRequest request) {
      complete.addFirst(request);
      waiting++;
    }

    @Override
    public Decision decide(double now, FreeServers free) {
      Batch batch = line.take(now, free);
      if (batch == null) {
        return Decision.WAIT;
      }
      waiting -= batch.size();
      return new Decision.Dispatch(batch);
    }

    @Override
    public void arrivalsEnded(double now) {
      if (drain == Drain.FLUSH) {
        bins.stream()
            .filter(bin -> !bin.isEmpty())
            .sorted(Comparator.comparingLong(bin -> bin.element().id()))
            .forEach(this::release);
      }
    }

    @Override
    public void companyEnded(double now) {
      arrivalsEnded(now);
    }

    @Override
    public void withdraw(QueuedRequest request, double now) {
      if (!bins.get(request.predictedBin(boundaries)).remove(request)) {
        complete.remove(request);
      }
      waiting--;
    }

    @Override
    public int waiting() {
      return waiting;
    }

    private void release(ArrayDeque<QueuedRequest> bin) {
      complete.addAll(bin);
      bin.clear();
    }
  }
}

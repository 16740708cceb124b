package io.github.batchq.policy;

import io.github.batchq.model.Batch;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.Key;
import io.github.batchq.model.QueuedRequest;
import io.github.batchq.model.Require;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Batches that wait for a limited time: in each bin a batch closes when it holds B requests, or a
 * given time after its first request came, and the batch that closed first is served first. The
 * batching window of inference servers (the queue delay of NVIDIA Triton's dynamic batcher) in
 * front of multi-bin batching; without a limit it is multi-bin batching itself. T25 of
 * docs/theory.md has its theory.
 *
 * @param bins k, at least 1
 * @param boundaries a rule or a list of k-1 values; may be absent for one bin
 * @param batchSize B, at least 1
 * @param maxWait longest time in seconds that a batch waits for more requests, at least 0
 * @param drain what happens to open batches when arrivals have ended; {@link Drain#FLUSH} when
 *     absent
 */
public record MaxWaitBatching(
    @Key(about = "number of bins k", unit = "bins", range = "at least 1", example = "4") int bins,
    @Key(
            about = "rule that bounds the bins, or their k - 1 inner boundaries",
            unit = "that of the lengths",
            range = "increasing",
            absent = "with one bin, no boundaries",
            example = "equal-mass")
        @Nullable BoundaryChoice boundaries,
    @Key(about = "requests in a batch B", unit = "requests", range = "at least 1", example = "8")
        int batchSize,
    @Key(
            about = "longest time that a batch waits for more requests, from its first one on",
            unit = "s",
            range = "at least 0, finite",
            example = "10",
            tried = {"1", "10"})
        double maxWait,
    @Key(
            about =
                "what becomes of open batches when arrivals have ended: they are served, or discarded",
            absent = "flush",
            example = "discard")
        @Nullable Drain drain)
    implements PolicySpec {
  public MaxWaitBatching {
    if (bins > 1 && boundaries == null) {
      throw new IllegalArgumentException(bins + " bins need boundaries");
    }
    if (boundaries != null) {
      // The same numbers are right or wrong as without a limit.
      new MultiBinBatching(bins, boundaries, batchSize, drain);
    } else {
      BinBoundaries.requireBins(bins);
    }
    FullBatches.checkBatchSize(batchSize);
    Require.ARGUMENT.notNegativeFinite("maxWait", maxWait);
  }

  @Override
  public BatchingPolicy create(PolicySetting setting) {
    return new OpenBatches(
        setting.boundaries(), batchSize, maxWait, drain == null ? Drain.FLUSH : drain);
  }

  /**
   * The batches of one run. A batch closes at its deadline whether or not somebody looks: when the
   * policy is asked again, it closes what is due, in the order of the deadlines.
   */
  private static final class OpenBatches implements BatchingPolicy {
    private final BinBoundaries boundaries;
    private final double maxWait;
    private final Drain drain;
    private final OpenBatch[] open;
    private final Queue<Batch> closed = new ArrayDeque<>();
    private double nextDeadline = Double.POSITIVE_INFINITY;
    private int waiting;

    OpenBatches(BinBoundaries boundaries, int batchSize, double maxWait, Drain drain) {
      this.boundaries = boundaries;
      this.maxWait = maxWait;
      this.drain = drain;
      this.open = new OpenBatch[boundaries.bins()];
      Arrays.setAll(open, bin -> new OpenBatch(bin, batchSize));
    }

    @Override
    public void enqueue(QueuedRequest request) {
      double now = request.arrivalTime();
      // A request that comes at the deadline still joins: arrivals precede what else happens then.
      while (nextDeadline < now) {
        closeFirst();
      }
      OpenBatch batch = open[request.predictedBin(boundaries)];
      waiting++;
      if (batch.members.size() == 0) {
        batch.deadline = now + maxWait;
        nextDeadline = Math.min(nextDeadline, batch.deadline);
      }
      if (batch.members.add(request)) {
        close(batch, now, false);
      }
    }

    @Override
    public Decision decide(double now, FreeServers free) {
      while (nextDeadline <= now) {
        closeFirst();
      }
      Batch batch = closed.poll();
      if (batch != null) {
        waiting -= batch.size();
        return new Decision.Dispatch(batch);
      }
      return nextDeadline < Double.POSITIVE_INFINITY
          ? new Decision.WakeAt(nextDeadline)
          : Decision.WAIT;
    }

    @Override
    public void arrivalsEnded(double now) {
      while (nextDeadline < now) {
        closeFirst();
      }
      if (drain == Drain.FLUSH) {
        Arrays.stream(open)
            .filter(batch -> batch.members.size() > 0)
            .sorted(Comparator.comparingLong(batch -> batch.members.oldest()))
            .forEach(batch -> close(batch, now, true));
      }
    }

    /** A batch whose first request goes closes by the time of the next one. */
    @Override
    public void withdraw(QueuedRequest request, double now) {
      while (nextDeadline < now) {
        closeFirst();
      }
      waiting--;
      OpenBatch batch = open[request.predictedBin(boundaries)];
      if (batch.members.remove(request)) {
        batch.deadline =
            batch.members.size() == 0
                ? Double.POSITIVE_INFINITY
                : batch.members.first().arrivalTime() + maxWait;
        findNextDeadline();
      } else {
        FormedBatches.remove(request, closed);
      }
    }

    @Override
    public int waiting() {
      return waiting;
    }

    private void closeFirst() {
      OpenBatch first = open[0];
      for (OpenBatch batch : open) {
        first = batch.deadline < first.deadline ? batch : first;
      }
      close(first, first.deadline, false);
    }

    private void close(OpenBatch batch, double now, boolean flushed) {
      closed.add(batch.close(now, flushed));
      findNextDeadline();
    }

    private void findNextDeadline() {
      nextDeadline = Double.POSITIVE_INFINITY;
      for (OpenBatch other : open) {
        nextDeadline = Math.min(nextDeadline, other.deadline);
      }
    }
  }

  /** The batch of a bin that is not closed; its deadline is infinite while it is empty. */
  private static final class OpenBatch {
    private final FormingBatch members;
    private double deadline = Double.POSITIVE_INFINITY;

    OpenBatch(int bin, int batchSize) {
      this.members = new FormingBatch(bin, batchSize);
    }

    Batch close(double now, boolean flushed) {
      deadline = Double.POSITIVE_INFINITY;
      return members.close(now, flushed);
    }
  }
}

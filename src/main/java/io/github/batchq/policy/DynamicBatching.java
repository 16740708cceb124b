package io.github.batchq.policy;

import io.github.batchq.model.Batch;
import io.github.batchq.model.Key;
import io.github.batchq.model.QueuedRequest;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Dynamic batching: when a server is free it takes up to B waiting requests in the order of
 * arrival, as soon as there are at least a of them. With a = 1 it never waits for a batch to fill
 * (the scheduler of most inference servers); with a = B it is standard batching. The bulk service
 * rule (a, B) of M. F. Neuts, "A general class of bulk queues with Poisson input", Annals of
 * Mathematical Statistics 38, 1967. A batch is formed when its service starts.
 *
 * @param batchSize B, at least 1
 * @param least a, from 1 to B; 1 when absent
 * @param drain what happens to fewer than a requests when arrivals have ended; {@link Drain#FLUSH}
 *     when absent
 */
public record DynamicBatching(
    @Key(
            about = "most requests in a batch B",
            unit = "requests",
            range = "at least 1",
            example = "8")
        int batchSize,
    @Key(
            about = "fewest waiting requests that start a batch a",
            unit = "requests",
            range = "1 to batchSize",
            absent = "1",
            example = "2")
        @Nullable Integer least,
    @Key(
            about =
                "what becomes of fewer requests than least when arrivals have ended: they are served, or discarded",
            absent = "flush",
            example = "discard")
        @Nullable Drain drain)
    implements PolicySpec {
  public DynamicBatching {
    FullBatches.checkBatchSize(batchSize);
    if (least != null && (least < 1 || least > batchSize)) {
      throw new IllegalArgumentException(
          "least must be from 1 to the batch size " + batchSize + ", found " + least);
    }
  }

  /** Fewest requests with which a batch starts. */
  public int fewest() {
    return least == null ? 1 : least;
  }

  @Override
  public long leastCompany() {
    return fewest();
  }

  @Override
  public boolean flushes() {
    return drain != Drain.DISCARD;
  }

  @Override
  public BatchingPolicy create(PolicySetting setting) {
    return new WaitingRequests(batchSize, fewest(), drain == null ? Drain.FLUSH : drain);
  }

  /** The requests of one run that wait. */
  private static final class WaitingRequests implements BatchingPolicy {
    private final ArrayDeque<QueuedRequest> queue = new ArrayDeque<>();
    private final int most;
    private final int fewest;
    private final Drain drain;
    private boolean ended;

    WaitingRequests(int most, int fewest, Drain drain) {
      this.most = most;
      this.fewest = fewest;
      this.drain = drain;
    }

    @Override
    public void enqueue(QueuedRequest request) {
      ended = false;
      queue.add(request);
    }

    @Override
    public Decision decide(double now, FreeServers free) {
      int size = Math.min(most, queue.size());
      boolean leftover = size < fewest;
      if (size == 0 || (leftover && !(ended && drain == Drain.FLUSH))) {
        return Decision.WAIT;
      }
      QueuedRequest[] members = new QueuedRequest[size];
      Arrays.setAll(members, i -> queue.remove());
      return new Decision.Dispatch(new Batch(members, 0, now, leftover));
    }

    @Override
    public void arrivalsEnded(double now) {
      ended = true;
    }

    @Override
    public void companyEnded(double now) {
      ended = true;
    }

    @Override
    public void withdraw(QueuedRequest request, double now) {
      queue.remove(request);
    }

    @Override
    public int waiting() {
      return queue.size();
    }
  }
}

package io.github.batchq.policy;

import io.github.batchq.model.Batch;
import io.github.batchq.model.Key;
import io.github.batchq.model.QueuedRequest;
import io.github.batchq.model.Require;
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
 * <p>With a delay a batch starts with fewer as soon as the first of those who wait has waited that
 * long and a server is free: the delayed batching of NVIDIA Triton (max_queue_delay_microseconds),
 * TensorFlow Serving (batch_timeout_micros) and Ray Serve (batch_wait_timeout_s). While all servers
 * are busy the queue goes on filling, which {@link MaxWaitBatching} does not let it.
 *
 * @param batchSize B, at least 1
 * @param least a, from 1 to B; 1 when absent, B where there is a delay
 * @param delay longest time in seconds that the first of fewer than a requests waits for others
 *     beside a free server, at least 0; without end when absent
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
            absent = "1; batchSize where there is a delay",
            example = "2")
        @Nullable Integer least,
    @Key(
            about =
                "longest time that the first of fewer requests than least waits for others while a server is free",
            unit = "s",
            range = "at least 0, finite",
            absent = "until there are least",
            example = "0.01")
        @Nullable Double delay,
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
    if (delay != null) {
      Require.ARGUMENT.notNegativeFinite("delay", delay);
    }
  }

  /**
   * Without a delay.
   *
   * @param batchSize B, at least 1
   * @param least a, from 1 to B; 1 when absent
   * @param drain what happens to fewer than a requests when arrivals have ended
   */
  public DynamicBatching(int batchSize, @Nullable Integer least, @Nullable Drain drain) {
    this(batchSize, least, null, drain);
  }

  /** Fewest requests with which a batch starts at once. */
  public int fewest() {
    if (delay != null && delay == 0) {
      return 1;
    }
    return least != null ? least : waits() ? batchSize : 1;
  }

  /** Whether time alone may start a batch of fewer. */
  public boolean waits() {
    return delay != null && delay > 0;
  }

  @Override
  public long leastCompany() {
    return delay == null ? fewest() : 1;
  }

  @Override
  public boolean flushes() {
    return drain != Drain.DISCARD;
  }

  @Override
  public BatchingPolicy create(PolicySetting setting) {
    double longest = delay == null ? Double.POSITIVE_INFINITY : delay;
    return new WaitingRequests(batchSize, fewest(), longest, drain == null ? Drain.FLUSH : drain);
  }

  /** The requests of one run that wait. */
  private static final class WaitingRequests implements BatchingPolicy {
    private final ArrayDeque<QueuedRequest> queue = new ArrayDeque<>();
    private final int most;
    private final int fewest;
    private final double delay;
    private final Drain drain;
    private boolean ended;

    WaitingRequests(int most, int fewest, double delay, Drain drain) {
      this.most = most;
      this.fewest = fewest;
      this.delay = delay;
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
      if (size == 0) {
        return Decision.WAIT;
      }
      double latest = queue.element().arrivalTime() + delay;
      boolean leftover = size < fewest && now < latest;
      if (leftover && !(ended && drain == Drain.FLUSH)) {
        return latest < Double.POSITIVE_INFINITY ? new Decision.WakeAt(latest) : Decision.WAIT;
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
      // With a delay nobody waits for ever.
      ended = delay == Double.POSITIVE_INFINITY;
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

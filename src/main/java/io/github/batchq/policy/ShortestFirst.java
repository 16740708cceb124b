package io.github.batchq.policy;

import io.github.batchq.model.Batch;
import io.github.batchq.model.Key;
import io.github.batchq.model.QueuedRequest;
import io.github.batchq.model.Require;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Shortest predicted first, with ageing: when a server is free and at least a requests wait, those
 * B go that have the least predicted length minus ageing times the time that they have waited, of
 * equals the one that came first. Without ageing these are the B shortest, and in overload the long
 * ones starve.
 *
 * <p>All waiting requests age at the same pace, so at any time t the order of predicted - ageing (t
 * - arrival) is that of predicted + ageing * arrival, which does not change with t: one heap keeps
 * it. This is the dynamic priority of J. R. Jackson, "Some problems in queueing with dynamic
 * priorities", Naval Research Logistics Quarterly 7, 1960, with urgency numbers predicted / ageing.
 * So a request is never overtaken by one that came more than (longest - shortest predicted length)
 * / ageing later, and with much ageing this is dynamic batching. A batch is formed when its service
 * starts.
 *
 * @param batchSize B, at least 1
 * @param least a, from 1 to B; 1 when absent
 * @param ageing predicted length that a second of waiting outweighs, at least 0 and finite
 * @param drain what happens to fewer than a requests when arrivals have ended; {@link Drain#FLUSH}
 *     when absent
 */
public record ShortestFirst(
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
            about = "predicted length that a second of waiting outweighs",
            unit = "unit of the lengths per s",
            range = "finite, at least 0",
            example = "20")
        double ageing,
    @Key(
            about =
                "what becomes of fewer requests than least when arrivals have ended: they are served, or discarded",
            absent = "flush",
            example = "discard")
        @Nullable Drain drain)
    implements PolicySpec {
  public ShortestFirst {
    // The same numbers are right or wrong as in the order of arrival.
    new DynamicBatching(batchSize, least, drain);
    Require.ARGUMENT.notNegativeFinite("ageing", ageing);
  }

  @Override
  public boolean readsLengths() {
    return true;
  }

  @Override
  public long leastCompany() {
    return least == null ? 1 : least;
  }

  @Override
  public boolean flushes() {
    return drain != Drain.DISCARD;
  }

  @Override
  public BatchingPolicy create(PolicySetting setting) {
    return new WaitingRequests(
        batchSize, least == null ? 1 : least, ageing, drain == null ? Drain.FLUSH : drain);
  }

  /**
   * A waiting request.
   *
   * @param rank predicted length + ageing * arrival: the order of service, which does not change
   */
  private record Ranked(double rank, QueuedRequest request) implements Comparable<Ranked> {
    @Override
    public int compareTo(Ranked other) {
      int order = Double.compare(rank, other.rank);
      return order != 0 ? order : Long.compare(request.id(), other.request.id());
    }
  }

  /** The requests of one run that wait. */
  private static final class WaitingRequests implements BatchingPolicy {
    private final PriorityQueue<Ranked> queue = new PriorityQueue<>();
    private final double ageing;
    private final RequestOrder order = new RequestOrder();
    private final int most;
    private final int fewest;
    private final Drain drain;
    private boolean ended;

    WaitingRequests(int most, int fewest, double ageing, Drain drain) {
      this.most = most;
      this.fewest = fewest;
      this.ageing = ageing;
      this.drain = drain;
    }

    @Override
    public void enqueue(QueuedRequest request) {
      ended = false;
      queue.add(ranked(request));
    }

    private Ranked ranked(QueuedRequest request) {
      return new Ranked(request.predictedLength() + ageing * request.arrivalTime(), request);
    }

    @Override
    public Decision decide(double now, FreeServers free) {
      int size = Math.min(most, queue.size());
      boolean leftover = size < fewest;
      if (size == 0 || (leftover && !(ended && drain == Drain.FLUSH))) {
        return Decision.WAIT;
      }
      QueuedRequest[] members = new QueuedRequest[size];
      for (int i = 0; i < size; i++) {
        members[i] = queue.remove().request;
      }
      order.byArrival(members, size);
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
      queue.remove(ranked(request));
    }

    @Override
    public int waiting() {
      return queue.size();
    }
  }
}

package io.github.batchq.policy;

import io.github.batchq.model.QueuedRequest;

/**
 * A batching policy in one run. The kernel calls {@link #enqueue} for every arrival in the order of
 * time and {@link #decide} after every event as long as a server is free and the answer is a
 * dispatch. Dynamic batching, which serves whatever waits, up to 16 requests at once, is
 *
 * <pre>{@code
 * class DynamicBatching implements BatchingPolicy {
 *   private final Queue<QueuedRequest> queue = new ArrayDeque<>();
 *
 *   public void enqueue(QueuedRequest request) {
 *     queue.add(request);
 *   }
 *
 *   public Decision decide(double now, FreeServers free) {
 *     if (queue.isEmpty()) {
 *       return Decision.WAIT;
 *     }
 *     var batch = new QueuedRequest[Math.min(16, queue.size())];
 *     Arrays.setAll(batch, i -> queue.remove());
 *     return new Decision.Dispatch(new Batch(batch, 0, now, false));
 *   }
 *
 *   public void arrivalsEnded(double now) {}
 *
 *   public int waiting() {
 *     return queue.size();
 *   }
 * }
 * }</pre>
 */
public interface BatchingPolicy {
  /**
   * A request has arrived.
   *
   * @param request the request; now is its arrival time
   */
  void enqueue(QueuedRequest request);

  /**
   * What to do with a free server. A dispatched batch leaves the policy with this call. Where
   * requests join and leave running batches, the question is about one server that has free slots,
   * at the end of a step, and the batch is of those who join.
   *
   * @param now seconds since the start of the run
   * @param free the servers that can take a batch, at least one
   */
  Decision decide(double now, FreeServers free);

  /**
   * No request will arrive any more. Called once, after the last {@link #enqueue}.
   *
   * @param now time of the last arrival, in seconds
   */
  void arrivalsEnded(double now);

  /**
   * No request comes before one of those leaves that are there, and no server has one: who waits
   * for company waits for ever. Others may come afterwards. A policy that never leaves everybody
   * waiting need not hear of it; one that serves smaller batches when arrivals have ended serves
   * them now.
   *
   * @param now seconds since the start of the run
   */
  default void companyEnded(double now) {}

  /** Number of requests that were enqueued and neither dispatched nor withdrawn. */
  int waiting();

  /** Whether this policy says which server takes a batch. */
  default boolean choosesServers() {
    return false;
  }

  /** Whether this policy wants to hear of the lengths of completed requests. */
  default boolean observesLengths() {
    return false;
  }

  /**
   * A request was completed, so its true length is known to everybody. Called only where {@link
   * #observesLengths()}, before the next decision.
   *
   * @param request the request
   * @param length its true length, in the workload's unit
   */
  default void completed(QueuedRequest request, double length) {}

  /**
   * A request has lost its place on a server for want of memory: it waits again, before all who
   * have not been served yet. Called only where requests join and leave running batches.
   *
   * @param request the request; its prompt includes the tokens that it has generated, which have to
   *     be processed again but not generated again
   */
  default void preempted(QueuedRequest request) {
    throw new UnsupportedOperationException("this policy takes no preempted request back");
  }

  /**
   * The client of a waiting request does not wait any more: it leaves the policy. In a batch that
   * was formed its place stays empty, and a batch that nobody is left of is gone; in one that is
   * forming another request may take the place. Called only where clients give up or call requests
   * back. A policy without it cannot serve them: whatever it did with the places of those who have
   * gone, it would be another policy than its author meant.
   *
   * @param request a request that was enqueued, or {@linkplain #preempted returned}, and not
   *     dispatched since; the same object
   * @param now seconds since the start of the run
   */
  default void withdraw(QueuedRequest request, double now) {
    throw new UnsupportedOperationException(
        "this policy lets no waiting request go, and clients give up or call requests back:"
            + " it needs the method withdraw");
  }
}

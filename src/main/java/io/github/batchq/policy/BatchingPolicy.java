package io.github.batchq.policy;

import io.github.batchq.model.QueuedRequest;

/**
 * A batching policy in one run. The kernel calls {@link #enqueue} for every arrival in the order of
 * time and {@link #decide} after every event as long as a server is free and the answer is a
 * dispatch.
 */
public interface BatchingPolicy {
  /**
   * A request has arrived.
   *
   * @param request the request; now is its arrival time
   */
  void enqueue(QueuedRequest request);

  /**
   * What to do with a free server. A dispatched batch leaves the policy with this call.
   *
   * @param now seconds since the start of the run
   * @param freeServers number of idle servers, at least 1
   */
  Decision decide(double now, int freeServers);

  /**
   * No request will arrive any more. Called once, after the last {@link #enqueue}.
   *
   * @param now time of the last arrival, in seconds
   */
  void arrivalsEnded(double now);

  /** Number of requests that were enqueued and not dispatched. */
  int waiting();
}

package io.github.batchq.metric;

import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.ServedRequest;

/**
 * Times of requests from when their clients sent them, where clients wait for answers: what a
 * benchmark sees that does not count how long its clients held requests back.
 */
final class SentStatistics {
  /** Requests that were served. */
  private static final int SERVED = 0;

  /** Sum of their times from when they were sent until they left. */
  private static final int LATENCY = 1;

  /** Those of them that had a first token of their own. */
  private static final int BEGUN = 2;

  /** Sum of their times from when they were sent to the first token. */
  private static final int FIRST_TOKEN = 3;

  private final RunningSums sums = new RunningSums(4);

  /** A batch has ended, whose members from the given one on are measured. */
  void completed(ServedBatch batch, int first) {
    if (batch.tellsSentTimes()) {
      for (int i = first; i < batch.size(); i++) {
        departed(batch, i);
      }
    }
  }

  /** A measured member of a batch has left. */
  void departed(ServedBatch batch, int member) {
    if (batch.tellsSentTimes()) {
      sums.add(SERVED, 1);
      sums.add(LATENCY, batch.departureTime(member) - batch.sentTime(member));
    }
  }

  /** A measured request has left a running batch. */
  void left(ServedRequest request, double now) {
    double sent = request.sentTime();
    if (!Double.isNaN(sent)) {
      sums.add(SERVED, 1);
      sums.add(LATENCY, now - sent);
      sums.add(BEGUN, 1);
      sums.add(FIRST_TOKEN, request.firstTokenTime() - sent);
    }
  }

  RunningSums sums() {
    return sums;
  }

  double meanLatency(RunPart part) {
    return sums.in(part, LATENCY) / sums.in(part, SERVED);
  }

  double meanFirstToken(RunPart part) {
    return sums.in(part, FIRST_TOKEN) / sums.in(part, BEGUN);
  }
}

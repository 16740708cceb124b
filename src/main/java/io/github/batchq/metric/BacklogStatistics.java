package io.github.batchq.metric;

import io.github.batchq.sim.RequestCounts;
import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.ServedRequest;

/**
 * All requests of a run, those of the warm-up among them: how many are in the system, how fast they
 * come and how long they are. Times are seconds.
 *
 * <p>Requests in the system are counted when the one in the middle and the last one arrive, which
 * count too. At the same time, arrivals come before departures.
 */
final class BacklogStatistics {
  private final long requests;
  private final long middle;
  private long gone;
  private long served;
  private double length;
  private double atMiddle = Double.NaN;
  private double atEnd = Double.NaN;
  private double middleArrival = Double.NaN;
  private double lastArrival = Double.NaN;
  private long discarded;

  /**
   * @param requests number of requests that arrive; 0 if it is not known
   */
  BacklogStatistics(long requests) {
    this.requests = requests;
    this.middle = (requests + 1) / 2 - 1;
  }

  /** The next request whose arrival counts, from a given one on. */
  long nextArrival(long from) {
    if (from > requests - 1) {
      return Long.MAX_VALUE;
    }
    return from <= middle ? middle : requests - 1;
  }

  void arrived(long id, double now) {
    if (id == middle) {
      atMiddle = id + 1 - gone;
      middleArrival = now;
    }
    if (id == requests - 1) {
      atEnd = requests - gone;
      lastArrival = now;
    }
  }

  void completed(ServedBatch batch) {
    served(batch.size(), batch.totalLength());
    if (batch.leavesEarly()) {
      for (int i = 0; i < batch.size(); i++) {
        leftAt(batch.departureTime(i));
      }
    }
  }

  /** A member had left before the server of its batch failed. */
  void departed(ServedBatch batch, int member) {
    served(1, batch.length(member));
    leftAt(batch.departureTime(member));
  }

  /** A request has left a running batch. */
  void left(ServedRequest request) {
    served(1, request.length());
  }

  private void served(int number, double totalLength) {
    gone += number;
    served += number;
    length += totalLength;
  }

  /** A request may have left when others were counted, while its batch was still in service. */
  private void leftAt(double time) {
    atMiddle -= time < middleArrival ? 1 : 0;
    atEnd -= time < lastArrival ? 1 : 0;
  }

  /** A request has left without an answer. */
  void unanswered() {
    gone++;
  }

  void ended(RequestCounts counts) {
    discarded = counts.waiting();
  }

  /** When the last request arrived; NaN where the number of requests is not known. */
  double lastArrival() {
    return lastArrival;
  }

  /** Requests in the system when the last one has arrived. */
  double atEnd() {
    return atEnd;
  }

  /**
   * Requests by which the backlog grows for each request that arrives, in the second half of the
   * run: near 0 in steady state, and 1 - capacity / rate where queues grow without bound.
   */
  double growth() {
    return (atEnd - atMiddle) / (requests - 1 - middle);
  }

  /** Mean gap between arrivals, the one before the first request among them. */
  double meanGap() {
    return lastArrival / requests;
  }

  /** Mean true length of the requests that were served, in the workload's unit. */
  double meanLength() {
    return length / served;
  }

  /** Number of requests that were never served. */
  double discarded() {
    return discarded;
  }
}

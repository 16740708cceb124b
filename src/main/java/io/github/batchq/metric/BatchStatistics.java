package io.github.batchq.metric;

import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.ServedRequest;
import io.github.batchq.sim.ServedSteps;

/**
 * How large batches were and how well they used their slots. A token step counts as a batch of the
 * requests that get a token in it, none of which waits. Times are seconds.
 */
final class BatchStatistics {
  /** Batches that were served whole, or token steps. */
  private static final int BATCHES = 0;

  /** Requests in them. */
  private static final int MEMBERS = 1;

  /** Sum of size times service time. */
  private static final int SLOT_SECONDS = 2;

  /** Sum over their requests of what the batch would take if that one were its longest. */
  private static final int OWN_SECONDS = 3;

  /** Batches whose service times are summed, or requests whose times alone are. */
  private static final int TIMES = 4;

  /** Sum of these times. */
  private static final int SECONDS = 5;

  /** Sum of their squares. */
  private static final int SQUARED_SECONDS = 6;

  private final RunningSums sums = new RunningSums(7);
  private long flushed;

  /** A batch has ended that had started in the measured period. */
  void completed(ServedBatch batch) {
    double seconds = batch.seconds();
    sums.add(BATCHES, 1);
    sums.add(MEMBERS, batch.places());
    sums.add(SLOT_SECONDS, batch.places() * seconds);
    sums.add(OWN_SECONDS, batch.ownSeconds());
    took(seconds);
    if (batch.flushed()) {
      flushed++;
    }
  }

  /** A server has taken steps that had started in the measured period. */
  void stepped(ServedSteps steps) {
    double taken = steps.running() * steps.seconds();
    sums.add(BATCHES, (double) steps.steps());
    sums.add(MEMBERS, (double) (steps.steps() * steps.decoding()));
    sums.add(SLOT_SECONDS, taken);
    sums.add(OWN_SECONDS, taken);
  }

  /** A measured request has left a running batch. */
  void left(ServedRequest request) {
    took(request.secondsAlone());
  }

  private void took(double seconds) {
    sums.add(TIMES, 1);
    sums.add(SECONDS, seconds);
    sums.add(SQUARED_SECONDS, seconds * seconds);
  }

  RunningSums sums() {
    return sums;
  }

  double meanSize(RunPart part) {
    return sums.in(part, MEMBERS) / sums.in(part, BATCHES);
  }

  /**
   * Share of slot time after the slot's request is done, until its batch is: the wait for the
   * longest request, or where requests leave early, the time in which their slots are empty.
   */
  double padding(RunPart part) {
    return 1 - sums.in(part, OWN_SECONDS) / sums.in(part, SLOT_SECONDS);
  }

  /**
   * Squared coefficient of variation of the service times of batches, or where requests join and
   * leave batches, of the times that they would take alone.
   */
  double timeVariation(RunPart part) {
    double times = sums.in(part, TIMES);
    double mean = sums.in(part, SECONDS) / times;
    return Math.max(0, sums.in(part, SQUARED_SECONDS) / times / (mean * mean) - 1);
  }

  /** Partial batches of the run that were served because arrivals had ended. */
  double flushed() {
    return flushed;
  }
}

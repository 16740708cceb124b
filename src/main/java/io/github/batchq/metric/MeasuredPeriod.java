package io.github.batchq.metric;

import io.github.batchq.sim.ServedBatch;

/** From when on a run is measured, and which of its requests: those that arrive from then on. */
public final class MeasuredPeriod {
  private final long firstRequest;
  private final boolean fromFirstArrival;
  private double start;

  /**
   * @param warmUp what is not measured; not a rule
   * @param fromFirstArrival whether time before the first arrival is not measured either
   * @throws IllegalArgumentException if the warm-up is a rule
   */
  public MeasuredPeriod(WarmUp warmUp, boolean fromFirstArrival) {
    if (warmUp.detect() != null) {
      throw new IllegalArgumentException("the warm-up must be found before it can be left out");
    }
    Long requests = warmUp.requests();
    Double time = warmUp.time();
    boolean fromArrival = fromFirstArrival || (requests != null && requests > 0);
    this.firstRequest = requests == null ? 0 : requests;
    this.fromFirstArrival = fromFirstArrival;
    this.start = time != null ? time : fromArrival ? Double.POSITIVE_INFINITY : 0;
  }

  /** Sequence number of the first request that may be measured. */
  long firstRequest() {
    return firstRequest;
  }

  /**
   * A request has arrived.
   *
   * @param id sequence number of the arrival, from 0
   * @param now seconds since the start of the run
   */
  public void arrived(long id, double now) {
    if (id == firstRequest && start == Double.POSITIVE_INFINITY) {
      start = now;
    } else if (id == 0 && fromFirstArrival) {
      start = Math.max(start, now);
    }
  }

  /** When it begins, in seconds since the start of the run; infinite until that is known. */
  double start() {
    return start;
  }

  /**
   * Whether a request is measured, once it has {@link #arrived}.
   *
   * @param id sequence number of its arrival, from 0
   * @param arrivalTime seconds since the start of the run
   */
  public boolean includes(long id, double arrivalTime) {
    return id >= firstRequest && arrivalTime >= start;
  }

  /** The first member that is measured; those after it, which arrived later, are measured too. */
  int firstMember(ServedBatch batch) {
    int first = 0;
    while (first < batch.size() && !includes(batch.id(first), batch.arrivalTime(first))) {
      first++;
    }
    return first;
  }
}

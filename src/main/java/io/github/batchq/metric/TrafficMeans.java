package io.github.batchq.metric;

import io.github.batchq.sim.BatchService;
import io.github.batchq.sim.SimulationListener;
import io.github.batchq.workload.Request;

/**
 * What the requests of a whole run were on average, warm-up included: control variates whose means
 * are those of the laws of gaps and lengths.
 */
public final class TrafficMeans implements SimulationListener {
  private long requests;
  private double lastArrival;
  private double lengths;

  /** A listener of a run that has not begun. */
  public TrafficMeans() {}

  @Override
  public void arrived(Request request) {
    requests++;
    lastArrival = request.arrivalTime();
    lengths += request.length();
  }

  @Override
  public void dispatched(BatchService service) {}

  @Override
  public void completed(BatchService service, double now) {}

  /**
   * Mean gap between arrivals in seconds, the one before the first request among them; its mean is
   * that of the law of the gaps. NaN before the first arrival.
   */
  public double meanGap() {
    return lastArrival / requests;
  }

  /** Mean true length in the workload's unit; its mean is that of the law of the lengths. */
  public double meanLength() {
    return lengths / requests;
  }
}

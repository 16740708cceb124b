package io.github.batchq.sim;

import io.github.batchq.workload.Request;

/** Is told what happens in a run, in the order of time. Metrics are listeners. */
public interface SimulationListener {
  /** A request has arrived and is about to be given to the policy; now is its arrival time. */
  void arrived(Request request);

  /** A server starts with a batch; now is its start time. */
  void dispatched(BatchService service);

  /**
   * A server is done with a batch.
   *
   * @param now seconds since the start of the run
   */
  void completed(BatchService service, double now);
}

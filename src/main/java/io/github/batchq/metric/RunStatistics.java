package io.github.batchq.metric;

import io.github.batchq.sim.Books;
import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.SimulationListener;

/**
 * Everything that is measured in one run, in memory that does not grow with the number of requests.
 * Times are seconds.
 *
 * <p>Latencies go into a histogram: a quantile read from it is within 0.05 % of the exact sample
 * quantile (half a cell), or within 0.5 ns. Means are exact sums.
 */
public final class RunStatistics implements SimulationListener {
  private final int servers;
  private final long firstMeasured;
  private double measuredFrom;

  private final LatencyHistogram latencies = new LatencyHistogram();
  private long requests;
  private double latency;
  private double formation;
  private double queueing;
  private double service;

  private long completedSince;
  private double lastCompletion;
  private double busySeconds;

  private long batches;
  private long batchedRequests;
  private long flushedBatches;
  private double slotSeconds;
  private double secondsAlone;

  private long discarded;

  /**
   * @param servers number of servers, for the utilization
   * @param warmUp what is not measured
   */
  public RunStatistics(int servers, WarmUp warmUp) {
    this.servers = servers;
    Long warmUpRequests = warmUp.requests();
    Double warmUpTime = warmUp.time();
    this.firstMeasured = warmUpRequests == null ? 0 : warmUpRequests;
    this.measuredFrom =
        warmUpTime != null ? warmUpTime : firstMeasured == 0 ? 0 : Double.POSITIVE_INFINITY;
  }

  @Override
  public long nextArrival(long from) {
    return from <= firstMeasured ? firstMeasured : Long.MAX_VALUE;
  }

  @Override
  public void arrived(long id, double now) {
    if (id == firstMeasured && measuredFrom == Double.POSITIVE_INFINITY) {
      measuredFrom = now;
    }
  }

  @Override
  public void dispatched(ServedBatch batch) {}

  @Override
  public void completed(ServedBatch batch, double now) {
    int size = batch.size();
    lastCompletion = now;
    if (now < measuredFrom) {
      return;
    }
    completedSince += size;
    busySeconds += now - Math.max(batch.startTime(), measuredFrom);
    recordRequests(batch, now);
    if (batch.startTime() >= measuredFrom) {
      batches++;
      batchedRequests += size;
      slotSeconds += size * batch.seconds();
      secondsAlone += batch.secondsAlone();
      if (batch.flushed()) {
        flushedBatches++;
      }
    }
  }

  /** The first member that counts; those after it, which arrived later, count too. */
  private int firstMeasured(ServedBatch batch) {
    int first = 0;
    while (first < batch.size()
        && !(batch.id(first) >= firstMeasured && batch.arrivalTime(first) >= measuredFrom)) {
      first++;
    }
    return first;
  }

  private void recordRequests(ServedBatch batch, double now) {
    int size = batch.size();
    int first = firstMeasured(batch);
    double arrivalTimes = 0;
    double inSystem = 0;
    for (int i = first; i < size; i++) {
      double arrivalTime = batch.arrivalTime(i);
      arrivalTimes += arrivalTime;
      inSystem += now - arrivalTime;
      latencies.record(now - arrivalTime);
    }
    int measured = size - first;
    requests += measured;
    latency += inSystem;
    formation += measured * batch.formedTime() - arrivalTimes;
    queueing += measured * (batch.startTime() - batch.formedTime());
    service += measured * (now - batch.startTime());
  }

  @Override
  public void ended(Books books) {
    discarded = books.waiting();
  }

  /** Number of measured requests that were served. */
  public long requests() {
    return requests;
  }

  /**
   * Requests completed after the warm-up over the time from its end to the last completion, in
   * requests per second; as arXiv:2412.04504 measures it where there is no warm-up.
   */
  public double throughput() {
    return completedSince / (lastCompletion - measuredFrom);
  }

  /** Mean time in system. */
  public double meanLatency() {
    return latency / requests;
  }

  /**
   * Quantile of the time in system, within 0.05 %.
   *
   * @param share in (0,1]
   */
  public double latencyQuantile(double share) {
    if (requests == 0) {
      return Double.NaN;
    }
    return latencies.quantile(share);
  }

  /** Mean time from a request's arrival until its batch is formed. */
  public double meanFormation() {
    return formation / requests;
  }

  /** Mean time from the forming of a request's batch until its service starts. */
  public double meanQueueing() {
    return queueing / requests;
  }

  /** Mean service time of a request's batch. */
  public double meanService() {
    return service / requests;
  }

  /** Busy share of the servers' time after the warm-up; NaN where servers are infinitely many. */
  public double utilization() {
    return servers == Integer.MAX_VALUE
        ? Double.NaN
        : busySeconds / (servers * (lastCompletion - measuredFrom));
  }

  /**
   * Share of the members' time on the server that they spend waiting for the longest of their
   * batch.
   */
  public double padding() {
    return 1 - secondsAlone / slotSeconds;
  }

  /** Mean number of requests in a batch. */
  public double meanBatchSize() {
    return (double) batchedRequests / batches;
  }

  /** Number of partial batches that were flushed when arrivals had ended. */
  public double flushedBatches() {
    return flushedBatches;
  }

  /** Number of requests of the whole run that were never served. */
  public double discardedRequests() {
    return discarded;
  }
}

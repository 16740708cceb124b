package io.github.batchq.metric;

import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.ServedRequest;

/** How long measured requests took that were answered, and how many were not. Times are seconds. */
final class RequestStatistics {
  /** Requests that were served. */
  private static final int SERVED = 0;

  /** Sum of their times in system. */
  private static final int LATENCY = 1;

  /** Sum of their times from arrival until their batch was formed. */
  private static final int FORMATION = 2;

  /** Sum of their times from the forming of their batch until its service. */
  private static final int QUEUEING = 3;

  /** Sum of their times from the start of service until they left. */
  private static final int SERVICE = 4;

  /** Requests that were lost because their server failed. */
  private static final int LOST = 5;

  /** How often requests lost their server. */
  private static final int INTERRUPTIONS = 6;

  /** Requests that were given up. */
  private static final int ABANDONED = 7;

  /** How often requests that were given up were to be sent again. */
  private static final int SENT_AGAIN = 8;

  private final RunningSums sums = new RunningSums(9);
  private final LatencyHistogram latencies;
  private double largestWait;

  RequestStatistics(LatencyHistogram latencies) {
    this.latencies = latencies;
  }

  /** A batch has ended, whose members from the given one on are measured. */
  void completed(ServedBatch batch, int first, double now) {
    int measured = batch.size() - first;
    double arrivalTimes = 0;
    double latency = 0;
    for (int i = first; i < batch.size(); i++) {
      double arrivalTime = batch.arrivalTime(i);
      arrivalTimes += arrivalTime;
      latency += now - arrivalTime;
      latencies.record(now - arrivalTime);
    }
    waited(batch, first, arrivalTimes);
    sums.add(LATENCY, latency);
    sums.add(SERVICE, measured * (now - batch.startTime()));
  }

  /**
   * The same, of members that left one by one: a loop of its own, since few policies pay for it.
   */
  void completedOneByOne(ServedBatch batch, int first) {
    double arrivalTimes = 0;
    double latency = 0;
    for (int i = first; i < batch.size(); i++) {
      double arrivalTime = batch.arrivalTime(i);
      double departureTime = batch.departureTime(i);
      arrivalTimes += arrivalTime;
      latency += departureTime - arrivalTime;
      latencies.record(departureTime - arrivalTime);
      sums.add(SERVICE, departureTime - batch.startTime());
    }
    waited(batch, first, arrivalTimes);
    sums.add(LATENCY, latency);
  }

  private void waited(ServedBatch batch, int first, double arrivalTimes) {
    int measured = batch.size() - first;
    if (measured > 0) {
      largestWait = Math.max(largestWait, batch.startTime() - batch.arrivalTime(first));
    }
    sums.add(SERVED, measured);
    sums.add(FORMATION, measured * batch.formedTime() - arrivalTimes);
    sums.add(QUEUEING, measured * (batch.startTime() - batch.formedTime()));
  }

  /** A measured member had left before the server of its batch failed. */
  void departed(ServedBatch batch, int member) {
    double arrivalTime = batch.arrivalTime(member);
    double departureTime = batch.departureTime(member);
    sums.add(SERVED, 1);
    sums.add(FORMATION, batch.formedTime() - arrivalTime);
    sums.add(QUEUEING, batch.startTime() - batch.formedTime());
    sums.add(SERVICE, departureTime - batch.startTime());
    sums.add(LATENCY, departureTime - arrivalTime);
    latencies.record(departureTime - arrivalTime);
    largestWait = Math.max(largestWait, batch.startTime() - arrivalTime);
  }

  /** A measured request has left a running batch. */
  void left(ServedRequest request, double now) {
    double arrivalTime = request.arrivalTime();
    sums.add(SERVED, 1);
    sums.add(LATENCY, now - arrivalTime);
    latencies.record(now - arrivalTime);
    sums.add(QUEUEING, request.joinTime() - arrivalTime);
    sums.add(SERVICE, now - request.joinTime());
    largestWait = Math.max(largestWait, request.joinTime() - arrivalTime);
  }

  /** A measured request has lost its server. */
  void interrupted(boolean retry) {
    sums.add(LOST, retry ? 0 : 1);
    sums.add(INTERRUPTIONS, 1);
  }

  /** The client of a measured request has given up. */
  void abandoned(boolean again) {
    sums.add(again ? SENT_AGAIN : ABANDONED, 1);
  }

  RunningSums sums() {
    return sums;
  }

  /** Requests that were served until now. */
  double served() {
    return sums.now(SERVED);
  }

  /** Requests that were served. */
  double served(RunPart part) {
    return sums.in(part, SERVED);
  }

  /** Requests that were served or should have been: they were lost or given up. */
  double wanted(RunPart part) {
    return sums.in(part, SERVED) + sums.in(part, LOST) + sums.in(part, ABANDONED);
  }

  double meanLatency(RunPart part) {
    return sums.in(part, LATENCY) / served(part);
  }

  double meanFormation(RunPart part) {
    return sums.in(part, FORMATION) / served(part);
  }

  double meanQueueing(RunPart part) {
    return sums.in(part, QUEUEING) / served(part);
  }

  double meanService(RunPart part) {
    return sums.in(part, SERVICE) / served(part);
  }

  /** Share of the requests of the run that were lost because their server failed. */
  double lostShare() {
    return sums.now(LOST) / wanted(RunPart.WHOLE);
  }

  /** Share of the requests that left without an answer since their clients gave up. */
  double abandonedShare(RunPart part) {
    return sums.in(part, ABANDONED) / wanted(part);
  }

  /** How often a request was sent, on average. */
  double meanTries(RunPart part) {
    return 1 + sums.in(part, SENT_AGAIN) / wanted(part);
  }

  /** How often a request lost its server, on average. */
  double meanInterruptions() {
    return sums.now(INTERRUPTIONS) / wanted(RunPart.WHOLE);
  }

  /** Longest time from the arrival of a request until its service started. */
  double largestWait() {
    return served() == 0 ? Double.NaN : largestWait;
  }

  /**
   * Quantile of the time in system, within 0.05 %.
   *
   * @param level in (0,1]
   */
  double latencyQuantile(double level) {
    return latencies.quantile(level);
  }
}

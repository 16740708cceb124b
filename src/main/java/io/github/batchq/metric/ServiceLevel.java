package io.github.batchq.metric;

import io.github.batchq.model.BatchShape;
import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.ServedRequest;
import org.jspecify.annotations.Nullable;

/** How well single requests were served: within their limits, and slowed down by how much. */
final class ServiceLevel {
  /** Measured requests that were served within their limits; NaN without limits. */
  private static final int WITHIN = 0;

  /** Measured requests whose slowdown is known: those that take any time. */
  private static final int SLOWED = 1;

  /** Sum of their slowdowns: the time in system over the time that a request takes alone. */
  private static final int SLOWDOWN = 2;

  /** Sum of the squares of these. */
  private static final int SQUARED_SLOWDOWN = 3;

  private final RunningSums sums = new RunningSums(4);
  private final LatencyHistogram slowdowns;
  private final RequestStatistics requests;
  private final ServerStatistics servers;
  private final @Nullable Limits limits;
  private final double wholeLatency;
  private final @Nullable ServiceTimeModel alone;

  ServiceLevel(
      MeasurementTerms terms,
      RequestStatistics requests,
      ServerStatistics servers,
      LatencyHistogram slowdowns) {
    this.slowdowns = slowdowns;
    this.requests = requests;
    this.servers = servers;
    this.limits = terms.limits();
    this.wholeLatency = limits == null ? Double.NaN : limits.wholeLatency();
    this.alone = terms.alone();
    sums.set(WITHIN, limits == null ? Double.NaN : 0);
  }

  /** Whether the length and the prompt of members are read. */
  boolean readsMembers() {
    return alone != null;
  }

  /** A batch has ended, whose members from the given one on are measured. */
  void completed(ServedBatch batch, int first) {
    if (limits != null || alone != null) {
      for (int i = first; i < batch.size(); i++) {
        departed(batch, i);
      }
    }
  }

  /** A measured member of a batch has left. */
  void departed(ServedBatch batch, int member) {
    double inSystem = batch.departureTime(member) - batch.arrivalTime(member);
    sums.add(WITHIN, inSystem <= wholeLatency ? 1 : 0);
    if (alone != null) {
      double length = batch.length(member);
      slowed(
          inSystem, alone.seconds(new BatchShape(1, length, length, batch.promptTokens(member))));
    }
  }

  /** A measured request has left a running batch. */
  void left(ServedRequest request, double now) {
    double inSystem = now - request.arrivalTime();
    if (limits != null) {
      double decoding = now - request.firstTokenTime();
      boolean kept =
          limits.kept(
              request.firstTokenTime() - request.arrivalTime(),
              request.tokens() > 1 ? decoding / (request.tokens() - 1) : 0,
              inSystem);
      sums.add(WITHIN, kept ? 1 : 0);
    }
    slowed(inSystem, request.secondsAlone());
  }

  /** A request that takes no time has no slowdown. */
  private void slowed(double inSystem, double secondsAlone) {
    if (secondsAlone > 0) {
      double ratio = inSystem / secondsAlone;
      sums.add(SLOWED, 1);
      sums.add(SLOWDOWN, ratio);
      sums.add(SQUARED_SLOWDOWN, ratio * ratio);
      slowdowns.record(ratio);
    }
  }

  RunningSums sums() {
    return sums;
  }

  /** Share of the requests, those that were lost or given up among them, that kept all limits. */
  double attainment(RunPart part) {
    return sums.in(part, WITHIN) / requests.wanted(part);
  }

  /** Completed requests that kept all limits, per second. */
  double goodput(RunPart part) {
    return sums.in(part, WITHIN) / requests.served(part) * servers.throughput(part);
  }

  double meanSlowdown(RunPart part) {
    return sums.in(part, SLOWDOWN) / sums.in(part, SLOWED);
  }

  /** Jain's index of the slowdowns: 1 where all are equal, 1/n where one of n bears all. */
  double jainsIndex(RunPart part) {
    double slowdown = sums.in(part, SLOWDOWN);
    return slowdown * slowdown / (sums.in(part, SLOWED) * sums.in(part, SQUARED_SLOWDOWN));
  }

  /**
   * Quantile of the slowdown, within 0.05 %; NaN where that is not measured.
   *
   * @param level in (0,1]
   */
  double slowdownQuantile(double level) {
    return slowdowns.quantile(level);
  }
}

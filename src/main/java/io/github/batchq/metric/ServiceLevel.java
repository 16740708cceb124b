package io.github.batchq.metric;

import io.github.batchq.model.BatchShape;
import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.ServedRequest;
import org.jspecify.annotations.Nullable;

/** How well single requests were served: within their limits, and slowed down by how much. */
final class ServiceLevel {
  private final @Nullable Limits limits;
  private final double wholeLatency;
  private final @Nullable ServiceTimeModel alone;
  private final LatencyHistogram slowdowns = new LatencyHistogram();
  private long within;
  private long slowed;
  private double slowdown;
  private double squaredSlowdown;

  ServiceLevel(MeasurementTerms measurands) {
    limits = measurands.limits();
    wholeLatency = limits == null ? Double.NaN : limits.wholeLatency();
    alone = measurands.alone();
  }

  /** Whether members of batches are looked at one by one. */
  boolean readsRequests() {
    return limits != null || alone != null;
  }

  boolean readsMembers() {
    return alone != null;
  }

  /** A measured member of a batch has left. */
  void record(ServedBatch batch, int member, double inSystem) {
    within += inSystem <= wholeLatency ? 1 : 0;
    if (alone != null) {
      double length = batch.length(member);
      slowed(
          inSystem, alone.seconds(new BatchShape(1, length, length, batch.promptTokens(member))));
    }
  }

  /** A measured request has left a running batch. */
  void record(ServedRequest request, double now) {
    double inSystem = now - request.arrivalTime();
    if (limits != null) {
      double decoding = now - request.firstTokenTime();
      boolean kept =
          limits.kept(
              request.firstTokenTime() - request.arrivalTime(),
              request.tokens() > 1 ? decoding / (request.tokens() - 1) : 0,
              inSystem);
      within += kept ? 1 : 0;
    }
    slowed(inSystem, request.secondsAlone());
  }

  /** A request that takes no time has no slowdown. */
  private void slowed(double inSystem, double seconds) {
    if (seconds > 0) {
      double ratio = inSystem / seconds;
      slowed++;
      slowdown += ratio;
      squaredSlowdown += ratio * ratio;
      slowdowns.record(ratio);
    }
  }

  double slowdownQuantile(double share) {
    return slowed == 0 ? Double.NaN : slowdowns.quantile(share);
  }

  /**
   * What is known so far.
   *
   * @param lost measured requests that were lost
   */
  ServiceLevelSums sums(long lost) {
    return new ServiceLevelSums(
        limits == null ? Double.NaN : within, lost, slowed, slowdown, squaredSlowdown);
  }
}

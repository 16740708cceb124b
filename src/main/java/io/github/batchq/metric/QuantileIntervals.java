package io.github.batchq.metric;

import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.ServedRequest;
import io.github.batchq.sim.SimulationListener;
import java.util.List;

/**
 * Intervals for quantiles of the time in system from one long run that is made twice. The first
 * time gives the quantiles q; the second time, by this listener, the share of requests at or below
 * q in every section of the run. Batch means of these shares give a half-width h for the share p,
 * and the quantiles at p - h and p + h are the ends of the interval: no density has to be
 * estimated, and memory does not grow with the run.
 */
public final class QuantileIntervals implements SimulationListener {
  private final RunStatistics firstRun;
  private final List<Double> shares;
  private final double[] quantiles;
  private final long firstMeasured;
  private final double measuredFrom;
  private final long[] below;
  private final RunSections<long[]> sections;
  private long requests;

  /**
   * @param firstRun what the same run measured before
   * @param warmUp what is not measured; the same as then
   * @param batchSize most requests in a batch
   * @param shares the quantiles' shares, in (0,1)
   */
  public QuantileIntervals(
      RunStatistics firstRun, WarmUp warmUp, int batchSize, List<Double> shares) {
    Long warmUpRequests = warmUp.requests();
    Double warmUpTime = warmUp.time();
    this.firstRun = firstRun;
    this.shares = List.copyOf(shares);
    this.firstMeasured = warmUpRequests == null ? 0 : warmUpRequests;
    this.measuredFrom = warmUpTime == null ? 0 : warmUpTime;
    this.below = new long[shares.size()];
    this.quantiles = new double[shares.size()];
    for (int i = 0; i < shares.size(); i++) {
      quantiles[i] = firstRun.latencyQuantile(shares.get(i));
    }
    this.sections = new RunSections<>(below.clone(), batchSize);
  }

  @Override
  public long nextArrival(long from) {
    return Long.MAX_VALUE;
  }

  @Override
  public void arrived(long id, double now) {}

  @Override
  public void dispatched(ServedBatch batch) {}

  @Override
  public void completed(ServedBatch batch, double now) {
    for (int i = 0; i < batch.size(); i++) {
      count(batch.id(i), batch.arrivalTime(i), batch.departureTime(i));
    }
    endSection();
  }

  /** Members that had left before their server failed; the others come again, or are lost. */
  @Override
  public void interrupted(ServedBatch batch, boolean retry, double now) {
    for (int i = 0; batch.leavesEarly() && i < batch.size(); i++) {
      if (batch.departureTime(i) <= now) {
        count(batch.id(i), batch.arrivalTime(i), batch.departureTime(i));
      }
    }
    endSection();
  }

  @Override
  public void left(ServedRequest request, double now) {
    count(request.id(), request.arrivalTime(), now);
    endSection();
  }

  /** Number of requests that were counted: as many as the first run measured. */
  long requests() {
    return requests;
  }

  private void count(long id, double arrivalTime, double now) {
    if (id >= firstMeasured && arrivalTime >= measuredFrom) {
      requests++;
      double latency = now - arrivalTime;
      for (int q = 0; q < quantiles.length; q++) {
        below[q] += latency <= quantiles[q] ? 1 : 0;
      }
    }
  }

  private void endSection() {
    if (requests >= sections.nextEnd()) {
      sections.end(below.clone());
    }
  }

  /**
   * A quantile with its interval, whose half-width is the longer of its two sides; without one
   * where the run is too short.
   *
   * @param index which of the shares
   * @param confidence two-sided confidence level, in (0,1)
   */
  public Estimate estimate(int index, double confidence) {
    List<long[]> ends = sections.ends();
    double[] means = new double[ends.size() - 1];
    for (int i = 0; i < means.length; i++) {
      means[i] = (double) (ends.get(i + 1)[index] - ends.get(i)[index]) / sections.length();
    }
    Estimate share = BatchMeans.estimate(means, confidence);
    double quantile = quantiles[index];
    double lower = shares.get(index) - share.halfWidth();
    double upper = shares.get(index) + share.halfWidth();
    if (!(lower > 0 && upper < 1)) {
      return new Estimate(quantile, Double.NaN, 0);
    }
    double halfWidth =
        Math.max(
            firstRun.latencyQuantile(upper) - quantile, quantile - firstRun.latencyQuantile(lower));
    return new Estimate(quantile, halfWidth, share.degreesOfFreedom());
  }
}

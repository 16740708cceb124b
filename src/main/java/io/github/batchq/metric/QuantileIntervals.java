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
  private final List<Double> levels;
  private final double[] quantiles;
  private final RunningSums below;
  private final RunSections sections;
  private long requests;

  /**
   * @param firstRun what the same run measured before
   * @param batchSize most requests in a batch
   * @param levels the quantiles' levels, in (0,1)
   */
  public QuantileIntervals(RunStatistics firstRun, int batchSize, List<Double> levels) {
    this.firstRun = firstRun;
    this.levels = List.copyOf(levels);
    this.below = new RunningSums(levels.size());
    this.quantiles = new double[levels.size()];
    for (int i = 0; i < levels.size(); i++) {
      quantiles[i] = firstRun.requests.latencyQuantile(levels.get(i));
    }
    this.sections = new RunSections(batchSize, List.of(below));
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
    sections.advance((double) requests);
  }

  /** Members that had left before their server failed; the others come again, or are lost. */
  @Override
  public void interrupted(ServedBatch batch, boolean retry, double now) {
    for (int i = 0; batch.leavesEarly() && i < batch.size(); i++) {
      if (batch.departureTime(i) <= now) {
        count(batch.id(i), batch.arrivalTime(i), batch.departureTime(i));
      }
    }
    sections.advance((double) requests);
  }

  @Override
  public void left(ServedRequest request, double now) {
    count(request.id(), request.arrivalTime(), now);
    sections.advance((double) requests);
  }

  /** Number of requests that were counted: as many as the first run measured. */
  long requests() {
    return requests;
  }

  private void count(long id, double arrivalTime, double now) {
    if (firstRun.period.includes(id, arrivalTime)) {
      requests++;
      double latency = now - arrivalTime;
      for (int q = 0; q < quantiles.length; q++) {
        below.add(q, latency <= quantiles[q] ? 1 : 0);
      }
    }
  }

  /**
   * A quantile with its interval, whose half-width is the longer of its two sides; without one
   * where the run is too short.
   *
   * @param level of the quantile, one of those that were named before
   * @param confidence two-sided confidence level, in (0,1)
   */
  public Estimate estimate(double level, double confidence) {
    int index = levels.indexOf(level);
    double[] means = sections.means(part -> below.in(part, index) / sections.length());
    Estimate share = BatchMeans.estimate(means, confidence);
    double quantile = quantiles[index];
    double lower = level - share.halfWidth();
    double upper = level + share.halfWidth();
    if (!(lower > 0 && upper < 1)) {
      return new Estimate(quantile, Double.NaN, 0);
    }
    double halfWidth =
        Math.max(
            firstRun.requests.latencyQuantile(upper) - quantile,
            quantile - firstRun.requests.latencyQuantile(lower));
    return new Estimate(quantile, halfWidth, share.degreesOfFreedom());
  }
}

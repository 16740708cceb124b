package io.github.batchq.metric;

import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.ServedRequest;
import io.github.batchq.sim.SimulationListener;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Intervals of quantiles and standard deviations of the times of requests from one long run that is
 * made twice. The first time gives the quantiles q; the second time, by this listener, the share of
 * requests at or below q in every section of the run. Batch means of these shares give a half-width
 * h for the share p, and the quantiles at p - h and p + h are the ends of the interval: no density
 * has to be estimated, and memory does not grow with the run. A standard deviation s is given in
 * the same way by batch means of the squared deviations over s<sup>2</sup>. A request that has no
 * such time, as one with a single token has none between tokens, adds to its section what it would
 * have on average.
 */
public final class QuantileIntervals implements SimulationListener {
  private final RunStatistics firstRun;
  private final @Nullable ServiceTimeModel alone;
  private final List<Metric> metrics = new ArrayList<>();
  private final List<TimeStatistic> statistics = new ArrayList<>();
  private final double[] values;
  private final double[] centres;
  private final long[] counted;
  private final RunningSums sums;
  private final RunSections sections;
  private long requests;

  /**
   * @param firstRun what the same run measured before
   * @param batchSize most requests in a batch
   * @param alone how long a request takes alone; null where slowdowns are not measured
   * @param asked what is measured, of which some have such an interval
   */
  public QuantileIntervals(
      RunStatistics firstRun, int batchSize, @Nullable ServiceTimeModel alone, List<Metric> asked) {
    this.firstRun = firstRun;
    this.alone = alone;
    for (Metric metric : asked) {
      TimeStatistic statistic = metric.timeStatistic();
      if (statistic != null && statistic.hasInterval() && !Double.isNaN(metric.of(firstRun))) {
        metrics.add(metric);
        statistics.add(statistic);
      }
    }
    int n = metrics.size();
    this.values = metrics.stream().mapToDouble(metric -> metric.of(firstRun)).toArray();
    this.centres = statistics.stream().mapToDouble(firstRun::centre).toArray();
    this.counted = new long[n];
    this.sums = new RunningSums(n);
    this.sections = new RunSections(batchSize, List.of(sums));
  }

  /** Whether nothing that is measured needs a second run. */
  public boolean isEmpty() {
    return metrics.isEmpty();
  }

  /** Whether a metric has its interval from here. */
  public boolean has(Metric metric) {
    return metrics.contains(metric);
  }

  @Override
  public boolean readsMembers() {
    return alone != null;
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
      count(batch, i);
    }
    sections.advance((double) requests);
  }

  /** Members that had left before their server failed; the others come again, or are lost. */
  @Override
  public void interrupted(ServedBatch batch, boolean retry, double now) {
    for (int i = 0; batch.leavesEarly() && i < batch.size(); i++) {
      if (batch.departureTime(i) <= now) {
        count(batch, i);
      }
    }
    sections.advance((double) requests);
  }

  @Override
  public void left(ServedRequest request, double now) {
    if (counts(request.id(), request.arrivalTime())) {
      for (int i = 0; i < values.length; i++) {
        count(i, statistics.get(i).time().of(request, now));
      }
    }
    sections.advance((double) requests);
  }

  /** Number of requests that were counted: as many as the first run measured. */
  long requests() {
    return requests;
  }

  private void count(ServedBatch batch, int member) {
    if (counts(batch.id(member), batch.arrivalTime(member))) {
      for (int i = 0; i < values.length; i++) {
        count(i, statistics.get(i).time().of(batch, member, alone));
      }
    }
  }

  private boolean counts(long id, double arrivalTime) {
    boolean counts = firstRun.period.includes(id, arrivalTime);
    requests += counts ? 1 : 0;
    return counts;
  }

  private void count(int index, double time) {
    double level = statistics.get(index).level();
    boolean isQuantile = !Double.isNaN(level);
    if (Double.isNaN(time)) {
      sums.add(index, isQuantile ? level : 1);
      return;
    }
    counted[index]++;
    if (isQuantile) {
      sums.add(index, time <= values[index] ? 1 : 0);
    } else {
      double deviation = (time - centres[index]) / values[index];
      sums.add(index, deviation * deviation);
    }
  }

  /**
   * A metric with its interval, whose half-width is the longer of its two sides; without one where
   * the run is too short.
   *
   * @param metric one that {@linkplain #has has} its interval from here
   * @param confidence two-sided confidence level, in (0,1)
   */
  public Estimate estimate(Metric metric, double confidence) {
    int index = metrics.indexOf(metric);
    double[] means = sections.means(part -> sums.in(part, index) / sections.length());
    Estimate mean = BatchMeans.estimate(means, confidence);
    double halfWidth = mean.halfWidth() * requests / counted[index];
    double sides = sides(index, halfWidth);
    return Double.isNaN(sides)
        ? new Estimate(values[index], Double.NaN, 0)
        : new Estimate(values[index], sides, mean.degreesOfFreedom());
  }

  /** The longer side; NaN where an end is beyond all numbers. */
  private double sides(int index, double halfWidth) {
    TimeStatistic statistic = statistics.get(index);
    double value = values[index];
    if (statistic.kind() == TimeStatistic.Kind.STD) {
      // Of s times the root of 1 - h and of 1 + h, the lower one is farther away.
      return halfWidth < 1 ? value * (1 - Math.sqrt(1 - halfWidth)) : Double.NaN;
    }
    double lower = statistic.level() - halfWidth;
    double upper = statistic.level() + halfWidth;
    if (!(lower > 0 && upper < 1)) {
      return Double.NaN;
    }
    RequestTime time = statistic.time();
    return Math.max(
        firstRun.of(TimeStatistic.quantile(time, upper)) - value,
        value - firstRun.of(TimeStatistic.quantile(time, lower)));
  }
}

package io.github.batchq.metric;

import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.apache.commons.math3.stat.descriptive.rank.Max;
import org.apache.commons.math3.stat.descriptive.rank.Min;

/** How a time is spread over the requests of a run, in memory that does not grow with them. */
final class TimeSpread {
  private final Mean mean = new Mean();
  private final StandardDeviation deviation = new StandardDeviation();
  private final Min least = new Min();
  private final Max largest = new Max();
  private final LatencyHistogram histogram = new LatencyHistogram();
  private long zeros;

  /** Counts the time of a request; NaN is none. */
  void record(double time) {
    if (Double.isNaN(time)) {
      return;
    }
    mean.increment(time);
    deviation.increment(time);
    least.increment(time);
    largest.increment(time);
    histogram.record(time);
    zeros += time == 0 ? 1 : 0;
  }

  /** The mean of what was counted; NaN where nothing was. */
  double mean() {
    return mean.getResult();
  }

  /** A statistic of what was counted; NaN where too little was. */
  double of(TimeStatistic statistic) {
    return switch (statistic.kind()) {
      case MIN -> least.getResult();
      case MAX -> largest.getResult();
      case STD -> deviation.getN() < 2 ? Double.NaN : deviation.getResult();
      case QUANTILE -> quantile(statistic.level());
    };
  }

  /** Requests that do not wait at all share no cell with those that wait a little. */
  private double quantile(double level) {
    return zeros > 0 && zeros >= level * deviation.getN() ? 0 : histogram.quantile(level);
  }
}

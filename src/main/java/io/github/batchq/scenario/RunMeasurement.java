package io.github.batchq.scenario;

import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What one replication measured.
 *
 * @param estimates every metric in the order of {@code Metric.ALL}; without intervals, unless the
 *     run stands alone and has them by batch means
 * @param variances for every metric the variance over the runs that the replication is the mean of;
 *     NaN where it is one run
 */
public record RunMeasurement(List<Estimate> estimates, List<Double> variances) {
  public RunMeasurement {
    estimates = List.copyOf(estimates);
    variances = List.copyOf(variances);
  }

  /** One run. */
  public RunMeasurement(List<Estimate> estimates) {
    this(estimates, Collections.nCopies(estimates.size(), Double.NaN));
  }

  /** The mean of several runs. */
  public static RunMeasurement mean(List<RunMeasurement> runs) {
    List<Estimate> means = new ArrayList<>();
    List<Double> variances = new ArrayList<>();
    for (Metric metric : Metric.ALL) {
      double sum = 0;
      for (RunMeasurement run : runs) {
        sum += run.of(metric).mean();
      }
      double mean = sum / runs.size();
      double squares = 0;
      for (RunMeasurement run : runs) {
        squares += (run.of(metric).mean() - mean) * (run.of(metric).mean() - mean);
      }
      means.add(new Estimate(mean, Double.NaN, 0));
      variances.add(squares / runs.size());
    }
    return new RunMeasurement(means, variances);
  }

  /** The estimate of a metric from this run alone. */
  public Estimate of(Metric metric) {
    return estimates.get(Metric.ALL.indexOf(metric));
  }

  /** The variance of a metric over the runs that this is the mean of. */
  public double variance(Metric metric) {
    return variances.get(Metric.ALL.indexOf(metric));
  }
}

package io.github.batchq.experiment;

import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import java.util.List;

/**
 * What one run measured.
 *
 * @param estimates every metric in the order of {@code Metric.ALL}; without intervals, unless the
 *     run stands alone and has them by batch means
 */
record RunMeasurement(List<Estimate> estimates) {
  /** Copies the list. */
  RunMeasurement {
    estimates = List.copyOf(estimates);
  }

  /** The estimate of a metric from this run alone. */
  Estimate of(Metric metric) {
    return estimates.get(Metric.ALL.indexOf(metric));
  }
}

package io.github.batchq.experiment;

import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import org.jspecify.annotations.Nullable;

/**
 * Says how precise a metric must be: replications are added to each point of a sweep until the
 * half-width of its interval is small enough (Y. S. Chow and H. Robbins, "On the asymptotic theory
 * of fixed-width sequential confidence intervals for the mean", Annals of Mathematical Statistics
 * 36, 1965). Intervals of runs that stop when the interval looks narrow cover a little less often,
 * so an experiment starts with its own number of replications, at least five.
 *
 * @param metric the metric
 * @param relative largest half-width as a share of the mean, in (0,1)
 * @param confidence confidence level of that interval, in (0,1); 0.95 when absent
 * @param maxReplications most replications of a point, at least 5; 1,000 when absent
 */
public record Precision(
    @Key(about = "metric whose interval must be narrow enough", example = "latency.mean")
        String metric,
    @Key(
            about = "largest half-width of the interval, as a share of the mean",
            unit = "1",
            range = "between 0 and 1",
            example = "0.05")
        double relative,
    @Key(
            about = "confidence level of the interval",
            unit = "1",
            range = "between 0 and 1",
            absent = "0.95",
            example = "0.9")
        @Nullable Double confidence,
    @Key(
            about = "most replications of a point",
            unit = "replications",
            range = "5 to 10 million",
            absent = "1000",
            example = "40")
        @Nullable Integer maxReplications) {
  /** Fewest replications of a point. */
  static final int FEWEST = 5;

  private static final int MOST = 1_000;

  public Precision {
    Require.ARGUMENT.share("relative", relative);
    if (confidence != null) {
      Require.ARGUMENT.share("confidence", confidence);
    }
    if (maxReplications != null) {
      Require.ARGUMENT.atLeast("maxReplications", maxReplications, FEWEST);
    }
  }

  /** Most replications of a point. */
  public int most() {
    return maxReplications == null ? MOST : maxReplications;
  }

  /** Whether an estimate is precise enough. */
  public boolean isReachedBy(Estimate estimate) {
    double halfWidth = estimate.halfWidthAt(confidence == null ? Estimate.CONFIDENCE : confidence);
    return halfWidth / (relative * Math.abs(estimate.mean())) <= 1;
  }

  /**
   * How many replications a point should have next: twice as many as it has, or the most. So a
   * point is looked at a fixed, small number of times, whatever its runs say.
   *
   * @param replications their number so far
   */
  public int next(int replications) {
    return (int) Math.min(most(), 2L * replications);
  }

  /** The metric itself. */
  public Metric of() {
    return Metric.named(metric);
  }
}

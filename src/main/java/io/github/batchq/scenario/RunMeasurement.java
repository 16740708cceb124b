package io.github.batchq.scenario;

import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one replication measured: numbers without gaps, since a large sweep keeps millions of them.
 * There is one for each metric, its mean; where the run stands alone or is the mean of several, the
 * half-widths of all metrics follow, their degrees of freedom, and their variances over the runs
 * that this is the mean of.
 */
public final class RunMeasurement {
  /** Numbers of a metric where there is more than its mean. */
  private static final int KINDS = 4;

  private final List<Metric> metrics;
  private final double[] numbers;

  /**
   * Takes over numbers.
   *
   * @param metrics what was measured, shared by the runs of an experiment and never changed
   * @param numbers as {@link #numbers} has them
   * @throws IllegalArgumentException if they are not as many as these metrics have
   */
  public RunMeasurement(List<Metric> metrics, double[] numbers) {
    if (!fits(metrics, numbers.length)) {
      throw new IllegalArgumentException(
          metrics.size() + " metrics do not have " + numbers.length + " numbers");
    }
    this.metrics = metrics;
    this.numbers = numbers;
  }

  /** A run that stands alone. */
  static RunMeasurement alone(List<Metric> metrics, List<Estimate> estimates) {
    int n = metrics.size();
    double[] numbers = new double[KINDS * n];
    for (int m = 0; m < n; m++) {
      numbers[m] = estimates.get(m).mean();
      numbers[n + m] = estimates.get(m).halfWidth();
      numbers[2 * n + m] = estimates.get(m).degreesOfFreedom();
      numbers[3 * n + m] = Double.NaN;
    }
    return new RunMeasurement(metrics, numbers);
  }

  /** The mean of several runs. */
  public static RunMeasurement mean(List<RunMeasurement> runs) {
    List<Metric> metrics = runs.get(0).metrics;
    int n = metrics.size();
    double[] numbers = new double[KINDS * n];
    for (int m = 0; m < n; m++) {
      double sum = 0;
      for (RunMeasurement run : runs) {
        sum += run.numbers[m];
      }
      double mean = sum / runs.size();
      double squares = 0;
      for (RunMeasurement run : runs) {
        squares += (run.numbers[m] - mean) * (run.numbers[m] - mean);
      }
      numbers[m] = mean;
      numbers[n + m] = Double.NaN;
      numbers[3 * n + m] = squares / runs.size();
    }
    return new RunMeasurement(metrics, numbers);
  }

  /** Whether so many metrics can have so many numbers. */
  public static boolean fits(List<Metric> metrics, int numbers) {
    return numbers == metrics.size() || numbers == KINDS * metrics.size();
  }

  /** What was measured. */
  public List<Metric> metrics() {
    return metrics;
  }

  /**
   * All numbers, for those that carry them elsewhere, as a copy: the means, then perhaps
   * half-widths, degrees of freedom and variances.
   */
  public double[] numbers() {
    return numbers.clone();
  }

  /** The value of a metric in this run. */
  public double mean(Metric metric) {
    return numbers[index(metric)];
  }

  /**
   * The estimate of a metric from this run alone; without an interval, unless the run stands alone
   * and has one by batch means.
   */
  public Estimate of(Metric metric) {
    int m = index(metric);
    int n = metrics.size();
    return numbers.length == n
        ? new Estimate(numbers[m], Double.NaN, 0)
        : new Estimate(numbers[m], numbers[n + m], (int) numbers[2 * n + m]);
  }

  /** The variance of a metric over the runs that this is the mean of; NaN where it is one run. */
  public double variance(Metric metric) {
    int n = metrics.size();
    return numbers.length == n ? Double.NaN : numbers[3 * n + index(metric)];
  }

  private int index(Metric metric) {
    int index = metrics.indexOf(metric);
    if (index < 0) {
      throw new IllegalArgumentException("the runs were not asked for the metric " + metric);
    }
    return index;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RunMeasurement run
        && metrics.equals(run.metrics)
        && Arrays.equals(numbers, run.numbers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers);
  }

  @Override
  public String toString() {
    return metrics + " " + Arrays.toString(numbers);
  }
}

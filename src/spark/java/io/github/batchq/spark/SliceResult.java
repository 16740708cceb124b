package io.github.batchq.spark;

import io.github.batchq.metric.Metric;
import io.github.batchq.scenario.RunMeasurement;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task sends back: the measurements of the first runs of its slice as numbers, and why the
 * next one was refused or failed, if it was.
 */
final class SliceResult implements Serializable {
  private static final long serialVersionUID = 1;

  private final double[][] numbers;
  private final @Nullable String refused;
  private final @Nullable String failed;

  /**
   * @param runs what was measured
   * @param refused the sentence about a mistake of the user in the next run, or null
   * @param failed what went wrong otherwise, or null
   */
  SliceResult(List<RunMeasurement> runs, @Nullable String refused, @Nullable String failed) {
    this.numbers = runs.stream().map(RunMeasurement::numbers).toArray(double[][]::new);
    this.refused = refused;
    this.failed = failed;
  }

  /**
   * What was measured, in the order of the slice.
   *
   * @param metrics what the runs were asked for
   */
  List<RunMeasurement> runs(List<Metric> metrics) {
    return Arrays.stream(numbers).map(run -> new RunMeasurement(metrics, run)).toList();
  }

  /** The sentence about a mistake of the user in the run after those, or null. */
  @Nullable String refused() {
    return refused;
  }

  /** What went wrong otherwise in the run after those, or null. */
  @Nullable String failed() {
    return failed;
  }
}

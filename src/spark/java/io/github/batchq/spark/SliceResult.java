package io.github.batchq.spark;

import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.scenario.RunMeasurement;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task sends back: the measurements of the first runs of its slice as one array of numbers,
 * and why the next one was refused or failed, if it was.
 */
final class SliceResult implements Serializable {
  private static final long serialVersionUID = 1;

  /** Mean, half-width, degrees of freedom and variance of each metric. */
  private static final int NUMBERS = 4;

  private final double[] values;
  private final @Nullable String refused;
  private final @Nullable String failed;

  /**
   * @param runs what was measured
   * @param refused the sentence about a mistake of the user in the next run, or null
   * @param failed what went wrong otherwise, or null
   */
  SliceResult(List<RunMeasurement> runs, @Nullable String refused, @Nullable String failed) {
    this.values = new double[runs.size() * NUMBERS * Metric.ALL.size()];
    this.refused = refused;
    this.failed = failed;
    int at = 0;
    for (RunMeasurement run : runs) {
      for (int m = 0; m < Metric.ALL.size(); m++) {
        Estimate estimate = run.estimates().get(m);
        values[at++] = estimate.mean();
        values[at++] = estimate.halfWidth();
        values[at++] = estimate.degreesOfFreedom();
        values[at++] = run.variances().get(m);
      }
    }
  }

  /** What was measured, in the order of the slice. */
  List<RunMeasurement> runs() {
    List<RunMeasurement> runs = new ArrayList<>();
    for (int at = 0; at < values.length; ) {
      List<Estimate> estimates = new ArrayList<>();
      List<Double> variances = new ArrayList<>();
      for (int m = 0; m < Metric.ALL.size(); m++, at += NUMBERS) {
        estimates.add(new Estimate(values[at], values[at + 1], (int) values[at + 2]));
        variances.add(values[at + 3]);
      }
      runs.add(new RunMeasurement(estimates, variances));
    }
    return runs;
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

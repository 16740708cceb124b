package io.github.batchq.study.plan;

import io.github.batchq.expectation.Stability;
import io.github.batchq.expectation.Stability.Regime;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.scenario.PreparedScenario;
import org.jspecify.annotations.Nullable;

/** The runs of a candidate in one stage. */
final class Sample {
  private final RunResults results;
  private final int point;
  private @Nullable Stability stability;

  /**
   * @param results those of all that ran in the stage
   * @param point its place among them
   */
  Sample(RunResults results, int point) {
    this.results = results;
    this.point = point;
  }

  PreparedScenario scenario() {
    return results.experiment().points().get(point).scenario();
  }

  int replications() {
    return results.replications(point);
  }

  double[] values(Metric metric) {
    double[] values = new double[replications()];
    for (int r = 0; r < values.length; r++) {
      values[r] = results.value(point, r, metric);
    }
    return values;
  }

  /** The mean with its interval; one of width 0 where nothing in the runs is drawn. */
  Estimate estimate(Metric metric, double confidence) {
    double[] values = values(metric);
    return scenario().isRandom()
        ? Estimate.of(values, confidence)
        : new Estimate(values[0], 0, Integer.MAX_VALUE);
  }

  double mean(Metric metric) {
    return estimate(metric, Estimate.CONFIDENCE).mean();
  }

  /** Whether its queue grows, so that its times have no steady state. */
  boolean isOverloaded() {
    return stability().regime() == Regime.OVERLOADED;
  }

  /** Whether the candidate has a steady state, and its runs are long enough for it. */
  Stability stability() {
    Stability known = stability;
    if (known == null) {
      known = results.stability(point);
      stability = known;
    }
    return known;
  }
}

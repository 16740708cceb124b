package io.github.batchq.study.plan;

import io.github.batchq.expectation.Stability;
import io.github.batchq.expectation.Stability.Regime;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.Requirement;
import io.github.batchq.scenario.PreparedScenario;
import java.util.Comparator;
import java.util.List;
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

  /**
   * The one-sided confidence limit of a metric, on the side where a requirement is harder to keep.
   *
   * @param confidence one-sided
   */
  double worse(Requirement requirement, double confidence) {
    return end(requirement, confidence, requirement.isUpper());
  }

  /** The same on the side where it is easier to keep. */
  double better(Requirement requirement, double confidence) {
    return end(requirement, confidence, !requirement.isUpper());
  }

  private double end(Requirement requirement, double confidence, boolean upper) {
    // The ends of a two-sided interval of this level.
    Estimate estimate = estimate(requirement.metric(), 2 * confidence - 1);
    return upper ? estimate.mean() + estimate.halfWidth() : estimate.mean() - estimate.halfWidth();
  }

  /** The requirement that is the hardest to keep, by its share of the limit. */
  Requirement tightest(List<Requirement> requirements) {
    return requirements.stream()
        .min(Comparator.comparingDouble((Requirement r) -> r.slack(mean(r.metric()))))
        .orElseThrow();
  }

  /**
   * By which share of its limit the tightest requirement is kept; minus infinity under overload,
   * and where a metric has no value.
   */
  double leastSlack(List<Requirement> requirements) {
    if (isOverloaded()) {
      return Double.NEGATIVE_INFINITY;
    }
    return requirements.stream()
        .mapToDouble(r -> r.slack(mean(r.metric())))
        .map(slack -> Double.isNaN(slack) ? Double.NEGATIVE_INFINITY : slack)
        .min()
        .orElseThrow();
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

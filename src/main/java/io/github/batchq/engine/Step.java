package io.github.batchq.engine;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.Require;
import io.github.batchq.scenario.PreparedScenario;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs that a search asks for at the points of an experiment, other than the file does: under
 * common random numbers, one by one, and perhaps at another rate.
 *
 * @param replications how many of a point there may be, at least 1
 * @param metrics what they measure beside what the file asks for
 * @param fromStart whether they are measured from the start, and not after the warm-up
 * @param rate at which requests arrive, in requests per second, above 0; null for the scenario's
 *     own
 */
public record Step(
    int replications, List<Metric> metrics, boolean fromStart, @Nullable Double rate) {
  public Step {
    Require.INPUT.atLeast("replications", replications, 1);
    Require.INPUT.atMost("replications", replications, Experiment.MOST_REPLICATIONS);
    metrics = List.copyOf(metrics);
  }

  /** The same at another rate, in requests per second. */
  public Step atRate(double other) {
    return new Step(replications, metrics, fromStart, other);
  }

  /** What is run where a point has this scenario. */
  public PreparedScenario of(PreparedScenario scenario) {
    PreparedScenario measuring = scenario.measuring(metrics);
    PreparedScenario measured = fromStart ? measuring.withoutWarmUp() : measuring;
    return rate == null ? measured : measured.atRate(rate);
  }
}

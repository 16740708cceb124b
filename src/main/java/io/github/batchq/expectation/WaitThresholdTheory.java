package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.policy.StepRules;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.theory.ContinuousSystem;
import io.github.batchq.theory.TheoryResult;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Theory of threshold admission. The requests that wait for company are never more than a threshold
 * for each bin, so where many wait all slots are taken as in continuous batching, and so is the
 * capacity (T24).
 *
 * @param rules limits of memory and of the tokens of a step; both make the capacity smaller
 * @param system all slots; null where the service knows no tokens
 */
record WaitThresholdTheory(StepRules rules, @Nullable ContinuousSystem system)
    implements PolicyTheory {
  @Override
  public TheoryResult capacity() {
    if (system == null) {
      return NOTHING;
    }
    return rules.equals(StepRules.PLAIN) ? system.capacity() : system.maximum();
  }

  @Override
  public Map<Metric, Expected> results(PreparedScenario scenario, Supplier<TheoryResult> capacity) {
    double rate = scenario.arrivals().rate();
    Map<Metric, Expected> results = new HashMap<>();
    if (!scenario.followsTrace() && Double.isFinite(rate)) {
      results.put(
          Metric.THROUGHPUT, Expected.cheap(() -> PolicyTheory.delivered(rate, capacity.get())));
      if (capacity.get() instanceof TheoryResult.Exact && rate >= capacity.get().value()) {
        results.put(Metric.LATENCY_MEAN, Expected.cheap(() -> OVERLOADED));
      }
    }
    return results;
  }
}

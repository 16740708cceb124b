package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.policy.StepRules;
import io.github.batchq.policy.WaitThreshold;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.ScenarioWithoutArrivals;
import io.github.batchq.theory.ContinuousSystem;
import io.github.batchq.theory.TheoryResult;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Theory of threshold admission. The requests that wait for company are never more than a threshold
 * for each bin, so where many wait all slots are taken as in continuous batching, and so is the
 * capacity (T24).
 */
record WaitThresholdTheory(WaitThreshold policy) implements PolicyTheory {
  @Override
  public TheoryResult capacity(ScenarioWithoutArrivals scenario) {
    ContinuousSystem system =
        ContinuousTheory.system(scenario, scenario.lengthLaw(), scenario.servers().count());
    if (system == null) {
      return NOTHING;
    }
    return policy.serving().rules().equals(StepRules.PLAIN) ? system.capacity() : system.maximum();
  }

  @Override
  public Map<Metric, Supplier<TheoryResult>> results(
      PreparedScenario scenario, TheoryResult capacity) {
    double rate = scenario.arrivals().rate();
    Map<Metric, Supplier<TheoryResult>> results = new HashMap<>();
    if (!scenario.followsTrace() && Double.isFinite(rate)) {
      results.put(Metric.THROUGHPUT, () -> PolicyTheory.delivered(rate, capacity));
      if (capacity instanceof TheoryResult.Exact && rate >= capacity.value()) {
        results.put(Metric.LATENCY_MEAN, () -> OVERLOADED);
      }
    }
    return results;
  }
}

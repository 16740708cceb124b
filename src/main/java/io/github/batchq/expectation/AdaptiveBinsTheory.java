package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.policy.AdaptiveBins;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.ScenarioWithoutArrivals;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BoundaryRules;
import io.github.batchq.theory.Latency;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.TheoryResult.Undefined;
import io.github.batchq.theory.Throughput;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Theory of bins whose boundaries are learnt, where true lengths are known on arrival. It takes the
 * boundaries that the rule gives for the law of the lengths, to which learnt ones come near in a
 * long window.
 *
 * @param bins batches with the rule's boundaries; null where theory does not cover them
 */
record AdaptiveBinsTheory(@Nullable BatchSystem bins) implements PolicyTheory {
  private static final String REGIME =
      "a run that is long against what is learnt from, and a long window";

  static AdaptiveBinsTheory of(AdaptiveBins policy, ScenarioWithoutArrivals scenario) {
    return new AdaptiveBinsTheory(
        scenario.predictor().isExact()
            ? scenario.bins(
                BoundaryRules.named(policy.learnsBy())
                    .boundaries(scenario.lengthLaw(), policy.bins(), policy.batchSize()))
            : null);
  }

  @Override
  public TheoryResult capacity() {
    return bins == null ? NOTHING : approximation(Throughput.capacity(bins));
  }

  @Override
  public Map<Metric, Expected> results(PreparedScenario scenario, Supplier<TheoryResult> capacity) {
    double rate = scenario.arrivals().rate();
    BatchSystem system = bins;
    if (system == null || scenario.followsTrace() || Double.isInfinite(rate)) {
      return Map.of();
    }
    Map<Metric, Expected> results =
        new HashMap<>(FullBatchTheory.batches(system, scenario.arrivals()));
    if (scenario.servers().infinite()) {
      if (scenario.arrivals().isRenewal()) {
        results.put(
            Metric.LATENCY_MEAN, Expected.cheap(() -> Latency.infiniteServers(system, rate)));
      }
    } else {
      results.put(
          Metric.THROUGHPUT, Expected.cheap(() -> PolicyTheory.delivered(rate, capacity.get())));
      results.put(Metric.UTILIZATION, Expected.cheap(() -> Throughput.utilization(system, rate)));
    }
    results.replaceAll((metric, result) -> result.with(AdaptiveBinsTheory::approximation));
    return results;
  }

  private static TheoryResult approximation(TheoryResult result) {
    return result instanceof Undefined
        ? result
        : TheoryResult.approximation(
            result.value(), REGIME, result.source() + ", with the rule's own bins");
  }
}

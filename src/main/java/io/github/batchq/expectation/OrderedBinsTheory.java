package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.policy.MultiBinBatching;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.Latency;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.Throughput;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Theory of multi-bin batching whose batches are served in another order than that of forming, or
 * that serves partial batches while nothing else waits. A server works whenever a full batch waits,
 * so neither changes the capacity; an order by length starves long bins beyond it (T22).
 *
 * @param bins the bins of the policy; null where theory does not cover them
 */
record OrderedBinsTheory(MultiBinBatching policy, @Nullable BatchSystem bins)
    implements PolicyTheory {
  @Override
  public TheoryResult capacity() {
    return bins == null
        ? NOTHING
        : TheoryResult.exact(
            Throughput.capacity(bins).value(),
            "Prop. 4.1, T22, c B / E[service] in every order of work-conserving servers");
  }

  @Override
  public Map<Metric, Expected> results(PreparedScenario scenario, Supplier<TheoryResult> capacity) {
    double rate = scenario.arrivals().rate();
    BatchSystem system = bins;
    if (system == null || scenario.followsTrace() || Double.isInfinite(rate)) {
      return Map.of();
    }
    Map<Metric, Expected> results =
        policy.servesPartial()
            ? new HashMap<>()
            : FullBatchTheory.batches(system, scenario.arrivals());
    if (scenario.servers().infinite()) {
      if (!policy.servesPartial() && scenario.arrivals().isRenewal()) {
        results.put(
            Metric.LATENCY_MEAN, Expected.cheap(() -> Latency.infiniteServers(system, rate)));
      }
      return results;
    }
    results.put(
        Metric.THROUGHPUT, Expected.cheap(() -> PolicyTheory.delivered(rate, capacity.get())));
    if (rate >= capacity.get().value()) {
      results.put(Metric.LATENCY_MEAN, Expected.cheap(() -> OVERLOADED));
    } else if (!policy.servesPartial() && scenario.arrivals().isRenewal()) {
      results.put(Metric.LATENCY_MEAN, Expected.cheap(() -> Latency.mean(system, rate)));
    }
    if (!policy.servesPartial()) {
      results.put(Metric.UTILIZATION, Expected.cheap(() -> Throughput.utilization(system, rate)));
    }
    return results;
  }
}

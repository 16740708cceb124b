package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.ScenarioWithoutArrivals;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.Throughput;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Theory of serving the shortest requests first. The more requests wait, the more alike are those
 * of a batch, so the capacity is near that of batches without padding, which is all that theory
 * says of it.
 */
record ShortestFirstTheory() implements PolicyTheory {
  @Override
  public TheoryResult capacity(ScenarioWithoutArrivals scenario) {
    BatchSystem batches = scenario.oneBin();
    return batches == null ? NOTHING : Throughput.maximum(batches);
  }

  @Override
  public Map<Metric, Supplier<TheoryResult>> results(
      PreparedScenario scenario, TheoryResult capacity) {
    double rate = scenario.arrivals().rate();
    return Double.isInfinite(rate)
        ? Map.of()
        : Map.of(Metric.THROUGHPUT, () -> PolicyTheory.delivered(rate, capacity));
  }
}

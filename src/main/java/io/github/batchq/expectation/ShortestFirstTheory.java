package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.Throughput;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Theory of serving the shortest requests first. The more requests wait, the more alike are those
 * of a batch, so the capacity is near that of batches without padding, which is all that theory
 * says of it.
 *
 * @param batches what a server takes; null where theory does not cover the service
 */
record ShortestFirstTheory(@Nullable BatchSystem batches) implements PolicyTheory {
  @Override
  public TheoryResult capacity() {
    return batches == null ? NOTHING : Throughput.maximum(batches);
  }

  @Override
  public Map<Metric, Expected> results(PreparedScenario scenario, Supplier<TheoryResult> capacity) {
    double rate = scenario.arrivals().rate();
    return Double.isInfinite(rate)
        ? Map.of()
        : Map.of(
            Metric.THROUGHPUT, Expected.cheap(() -> PolicyTheory.delivered(rate, capacity.get())));
  }
}

package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.random.Law;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BulkQueue;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.Throughput;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Theory of dynamic and elastic batching: the bulk queue for one server and Poisson arrivals (T20),
 * alone or in groups (T18), up to its largest batch.
 *
 * @param least fewest requests with which a batch starts
 * @param elastic whether a request leaves when its own tokens are done
 * @param delayed whether time alone may start a batch of fewer, of which theory knows the capacity
 *     alone: while many requests wait all batches are full
 * @param batches what a server takes; null where theory does not cover the service
 */
record DynamicTheory(int least, boolean elastic, boolean delayed, @Nullable BatchSystem batches)
    implements PolicyTheory {
  @Override
  public TheoryResult capacity() {
    return batches == null
        ? NOTHING
        : TheoryResult.exact(
            Throughput.capacity(batches).value(),
            "T20, c B / E[S_B]: all batches are full when many requests wait");
  }

  @Override
  public Map<Metric, Expected> results(PreparedScenario scenario, Supplier<TheoryResult> capacity) {
    double rate = scenario.arrivals().rate();
    BatchSystem system = batches;
    if (system == null
        || scenario.followsTrace()
        || Double.isInfinite(rate)
        || scenario.servers().infinite()) {
      return Map.of();
    }
    Law group = scenario.arrivals().poissonGroups();
    Map<Metric, Expected> results = new HashMap<>();
    results.put(
        Metric.THROUGHPUT, Expected.cheap(() -> PolicyTheory.delivered(rate, capacity.get())));
    if (rate >= capacity.get().value()) {
      results.put(Metric.LATENCY_MEAN, Expected.cheap(() -> OVERLOADED));
    } else if (!delayed
        && scenario.servers().count() == 1
        && group != null
        && system.batchSize() <= BulkQueue.LARGEST_BATCH) {
      Lazy<BulkQueue> queue =
          new Lazy<>(
              () ->
                  BulkQueue.of(
                      system.law(), system.service(), least, system.batchSize(), rate, group));
      if (elastic) {
        results.put(Metric.LATENCY_MEAN, Expected.costly(() -> queue.get().meanElasticLatency()));
        results.put(Metric.SERVICE_MEAN, Expected.costly(() -> ownSeconds(queue.get())));
      } else {
        results.put(Metric.LATENCY_MEAN, Expected.costly(() -> queue.get().meanLatency()));
        results.put(Metric.SERVICE_MEAN, Expected.costly(() -> queue.get().requestBatchSeconds()));
      }
      results.put(Metric.FORMATION_MEAN, Expected.costly(() -> queue.get().meanWait()));
      results.put(Metric.BATCH_SIZE_MEAN, Expected.costly(() -> queue.get().meanBatchSize()));
      results.put(Metric.UTILIZATION, Expected.costly(() -> queue.get().utilization()));
    }
    return results;
  }

  /** The mean time that a request is in service, which is its latency without its wait. */
  private static TheoryResult ownSeconds(BulkQueue queue) {
    TheoryResult latency = queue.meanElasticLatency();
    return latency.with(latency.value() - queue.meanWait().value(), latency.source());
  }
}

package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.random.Law;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.ScenarioWithoutArrivals;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.BulkQueue;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.Throughput;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Theory of dynamic and elastic batching: the bulk queue for one server and Poisson arrivals (T20),
 * alone or in groups (T18).
 *
 * @param least fewest requests with which a batch starts
 * @param elastic whether a request leaves when its own tokens are done
 */
record DynamicTheory(int least, boolean elastic) implements PolicyTheory {
  @Override
  public TheoryResult capacity(ScenarioWithoutArrivals scenario) {
    BatchSystem batches = scenario.oneBin();
    return batches == null
        ? NOTHING
        : TheoryResult.exact(
            Throughput.capacity(batches).value(),
            "T20, c B / E[S_B]: all batches are full when many requests wait");
  }

  @Override
  public Map<Metric, Supplier<TheoryResult>> results(
      PreparedScenario scenario, TheoryResult capacity) {
    double rate = scenario.arrivals().rate();
    BatchTime time = scenario.withoutArrivals().batchTime();
    if (time == null
        || scenario.followsTrace()
        || Double.isInfinite(rate)
        || scenario.servers().infinite()) {
      return Map.of();
    }
    Law group = scenario.arrivals().poissonGroups();
    Map<Metric, Supplier<TheoryResult>> results = new HashMap<>();
    results.put(Metric.THROUGHPUT, () -> PolicyTheory.delivered(rate, capacity));
    if (rate >= capacity.value()) {
      results.put(Metric.LATENCY_MEAN, () -> OVERLOADED);
    } else if (scenario.servers().count() == 1 && group != null) {
      int batchSize = scenario.policy().batchSize();
      BulkQueue queue = BulkQueue.of(scenario.lengthLaw(), time, least, batchSize, rate, group);
      if (elastic) {
        results.put(Metric.LATENCY_MEAN, queue::meanElasticLatency);
        results.put(Metric.SERVICE_MEAN, () -> ownSeconds(queue));
      } else {
        results.put(Metric.LATENCY_MEAN, queue::meanLatency);
        results.put(Metric.SERVICE_MEAN, queue::requestBatchSeconds);
      }
      results.put(Metric.FORMATION_MEAN, queue::meanWait);
      results.put(Metric.BATCH_SIZE_MEAN, queue::meanBatchSize);
      results.put(Metric.UTILIZATION, queue::utilization);
    }
    return results;
  }

  /** The mean time that a request is in service, which is its latency without its wait. */
  private static TheoryResult ownSeconds(BulkQueue queue) {
    TheoryResult latency = queue.meanElasticLatency();
    return latency.with(latency.value() - queue.meanWait().value(), latency.source());
  }
}

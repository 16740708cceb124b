package io.github.batchq.expectation;

import io.github.batchq.random.Law;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.ServingSystem;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.BulkQueue;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.Throughput;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Dynamic and elastic batching: the bulk queue for one server and Poisson arrivals (T20), alone or
 * in groups (T18).
 *
 * @param least fewest requests with which a batch starts
 * @param elastic whether a request leaves when its own tokens are done
 */
record DynamicTheory(int least, boolean elastic) implements PolicyTheory {
  @Override
  public TheoryResult capacity(ServingSystem system) {
    BatchSystem batches = system.oneBin();
    return batches == null
        ? NOTHING
        : TheoryResult.exact(
            Throughput.capacity(batches).value(),
            "T20, c B / E[S_B]: all batches are full when many requests wait");
  }

  @Override
  public Map<String, Supplier<TheoryResult>> results(
      PreparedScenario scenario, TheoryResult capacity) {
    double rate = scenario.arrivals().rate();
    BatchTime time = scenario.system().batchTime();
    if (time == null
        || scenario.followsTrace()
        || Double.isInfinite(rate)
        || scenario.servers().infinite()) {
      return Map.of();
    }
    Law group = scenario.arrivals().poissonGroups();
    Map<String, Supplier<TheoryResult>> results = new HashMap<>();
    results.put("throughput", () -> PolicyTheory.delivered(rate, capacity));
    if (rate >= capacity.value()) {
      results.put("latency.mean", () -> OVERLOADED);
    } else if (scenario.servers().count() == 1 && group != null) {
      int batchSize = scenario.policy().batchSize();
      BulkQueue queue = BulkQueue.of(scenario.lengthLaw(), time, least, batchSize, rate, group);
      if (elastic) {
        results.put("latency.mean", queue::meanElasticLatency);
        results.put("service.mean", () -> ownSeconds(queue));
      } else {
        results.put("latency.mean", queue::meanLatency);
        results.put("service.mean", queue::requestBatchSeconds);
      }
      results.put("formation.mean", queue::meanWait);
      results.put("batch.size.mean", queue::meanBatchSize);
      results.put("utilization", queue::utilization);
    }
    return results;
  }

  /** What a request stays in service: its latency without its wait. */
  private static TheoryResult ownSeconds(BulkQueue queue) {
    TheoryResult latency = queue.meanElasticLatency();
    return latency.with(latency.value() - queue.meanWait().value(), latency.source());
  }
}

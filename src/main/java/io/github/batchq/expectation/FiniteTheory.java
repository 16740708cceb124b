package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.FiniteRun;
import io.github.batchq.theory.FiniteRunLatency;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.workload.ArrivalProcess;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What theory says of finite runs. It knows runs of full batches from empty to flush whose lengths
 * are drawn independently: how long batches form and serve, whatever the load, and the throughput
 * of one server whose requests are all there at time 0. The steady state is not what such a run
 * shows, so of everything else it says nothing.
 */
final class FiniteTheory {
  private FiniteTheory() {}

  /** What theory says of the metrics of a finite scenario, by name. */
  static Map<Metric, Supplier<TheoryResult>> results(PreparedScenario scenario) {
    BatchSystem system = FiniteRunTheory.fromEmptyToFlush(scenario);
    long requests = scenario.requests();
    ArrivalProcess arrivals = scenario.arrivals();
    if (system == null) {
      return Map.of();
    }
    Map<Metric, Supplier<TheoryResult>> results = new HashMap<>();
    results.put(Metric.SERVICE_MEAN, () -> FiniteRunLatency.service(system, requests));
    boolean offline = Double.isInfinite(arrivals.rate());
    if (offline || arrivals.isRenewal()) {
      results.put(
          Metric.FORMATION_MEAN,
          () -> FiniteRunLatency.formation(system, arrivals.rate(), requests));
      if (scenario.servers().infinite()) {
        results.put(
            Metric.LATENCY_MEAN,
            () -> FiniteRunLatency.infiniteServers(system, arrivals.rate(), requests));
      }
    }
    if (offline && system.servers() == 1) {
      results.put(Metric.THROUGHPUT, () -> throughput(system, requests));
    }
    return results;
  }

  /** A run in which no time passes has no rate. */
  private static TheoryResult throughput(BatchSystem system, long requests) {
    TheoryResult found = FiniteRun.throughput(system, requests);
    return found.value() == Double.POSITIVE_INFINITY ? PolicyTheory.NOTHING : found;
  }
}

package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.ScenarioWithoutArrivals;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.TimeoutBatching;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Theory of batches that wait for a limited time, for Poisson arrivals and known bins (T25).
 *
 * @param maxWait longest wait of a bin's oldest request, in seconds
 */
record MaxWaitTheory(double maxWait) implements PolicyTheory {
  @Override
  public boolean growsWithServers() {
    return false;
  }

  @Override
  public TheoryResult capacity(ScenarioWithoutArrivals scenario) {
    BatchSystem bins = knownBins(scenario);
    return bins == null ? NOTHING : TimeoutBatching.capacity(bins, maxWait);
  }

  @Override
  public boolean needsPoissonArrivals() {
    return true;
  }

  /** The load is not the rate over the capacity, because batches grow with the rate. */
  @Override
  public double load(ScenarioWithoutArrivals scenario, double rate) {
    BatchSystem bins = knownBins(scenario);
    return bins == null ? Double.NaN : new TimeoutBatching(bins, maxWait, rate).load().value();
  }

  private static @Nullable BatchSystem knownBins(ScenarioWithoutArrivals scenario) {
    BatchSystem bins = scenario.bins();
    return bins != null && bins.confusion().isIdentity() ? bins : null;
  }

  @Override
  public Map<Metric, Supplier<TheoryResult>> results(
      PreparedScenario scenario, TheoryResult capacity) {
    BatchSystem system = knownBins(scenario.withoutArrivals());
    if (system == null || !scenario.arrivals().isPoisson()) {
      return Map.of();
    }
    double rate = scenario.arrivals().rate();
    TimeoutBatching batches = new TimeoutBatching(system, maxWait, rate);
    Map<Metric, Supplier<TheoryResult>> results = new HashMap<>();
    results.put(Metric.FORMATION_MEAN, batches::formation);
    results.put(Metric.BATCH_SIZE_MEAN, batches::meanSize);
    results.put(Metric.SERVICE_MEAN, batches::requestSeconds);
    if (scenario.servers().infinite()) {
      results.put(Metric.THROUGHPUT, () -> TheoryResult.exact(rate, "T25, all are served"));
      results.put(Metric.LATENCY_MEAN, batches::infiniteServers);
      return results;
    }
    double load = batches.load().value();
    results.put(
        Metric.THROUGHPUT,
        () -> TheoryResult.exact(rate / Math.max(1, load), "T25, timeout batching"));
    results.put(
        Metric.UTILIZATION, () -> TheoryResult.exact(Math.min(1, load), "T25, timeout batching"));
    results.put(
        Metric.LATENCY_MEAN,
        () ->
            load < 1
                ? TheoryResult.lowerBound(
                    batches.infiniteServers().value(),
                    "T25, timeout batching, without the wait for a server")
                : OVERLOADED);
    return results;
  }
}

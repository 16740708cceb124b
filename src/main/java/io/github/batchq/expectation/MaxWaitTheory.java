package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.scenario.PreparedScenario;
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
 * @param bins the bins; null where theory does not cover them, or they are not known
 */
record MaxWaitTheory(double maxWait, @Nullable BatchSystem bins) implements PolicyTheory {
  static MaxWaitTheory of(double maxWait, @Nullable BatchSystem bins) {
    return new MaxWaitTheory(maxWait, bins != null && bins.confusion().isIdentity() ? bins : null);
  }

  @Override
  public boolean growsWithServers() {
    return false;
  }

  /** A root search over integrals. */
  @Override
  public boolean isCapacityCheap() {
    return false;
  }

  @Override
  public TheoryResult capacity() {
    return bins == null ? NOTHING : TimeoutBatching.capacity(bins, maxWait);
  }

  @Override
  public boolean needsPoissonArrivals() {
    return true;
  }

  /** The load is not the rate over the capacity, because batches grow with the rate. */
  @Override
  public double load(double rate, Supplier<TheoryResult> capacity) {
    return bins == null ? Double.NaN : new TimeoutBatching(bins, maxWait, rate).load().value();
  }

  @Override
  public Map<Metric, Expected> results(PreparedScenario scenario, Supplier<TheoryResult> capacity) {
    BatchSystem system = bins;
    if (system == null || !scenario.arrivals().isPoisson()) {
      return Map.of();
    }
    double rate = scenario.arrivals().rate();
    Lazy<TimeoutBatching> batches = new Lazy<>(() -> new TimeoutBatching(system, maxWait, rate));
    Map<Metric, Expected> results = new HashMap<>();
    results.put(Metric.FORMATION_MEAN, Expected.cheap(() -> batches.get().formation()));
    results.put(Metric.BATCH_SIZE_MEAN, Expected.cheap(() -> batches.get().meanSize()));
    results.put(Metric.SERVICE_MEAN, Expected.cheap(() -> batches.get().requestSeconds()));
    if (scenario.servers().infinite()) {
      results.put(
          Metric.THROUGHPUT, Expected.cheap(() -> TheoryResult.exact(rate, "T25, all are served")));
      results.put(Metric.LATENCY_MEAN, Expected.cheap(() -> batches.get().infiniteServers()));
      return results;
    }
    Supplier<Double> load = () -> batches.get().load().value();
    results.put(
        Metric.THROUGHPUT,
        Expected.cheap(
            () -> TheoryResult.exact(rate / Math.max(1, load.get()), "T25, timeout batching")));
    results.put(
        Metric.UTILIZATION,
        Expected.cheap(() -> TheoryResult.exact(Math.min(1, load.get()), "T25, timeout batching")));
    results.put(
        Metric.LATENCY_MEAN,
        Expected.cheap(
            () ->
                load.get() < 1
                    ? TheoryResult.lowerBound(
                        batches.get().infiniteServers().value(),
                        "T25, timeout batching, without the wait for a server")
                    : OVERLOADED));
    return results;
  }
}

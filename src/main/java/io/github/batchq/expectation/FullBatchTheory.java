package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchWait;
import io.github.batchq.theory.FiniteRun;
import io.github.batchq.theory.Latency;
import io.github.batchq.theory.SojournTime;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.TheoryResult.Undefined;
import io.github.batchq.theory.Throughput;
import io.github.batchq.workload.ArrivalProcess;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Theory of full batches, the batch formed first served first, with lengths that are known on
 * arrival or bins that are predicted with a known confusion matrix: standard and multi-bin
 * batching. Mean values hold for all renewal arrivals (T11), waits for a server and quantiles for
 * Poisson arrivals alone.
 *
 * @param batches the full batches; null where theory does not cover them
 */
record FullBatchTheory(@Nullable BatchSystem batches) implements PolicyTheory {
  private static final String TRACE_REGIME =
      "lengths independent of each other and of the arrivals, which are stationary";

  @Override
  public TheoryResult capacity() {
    return batches == null ? NOTHING : Throughput.capacity(batches);
  }

  @Override
  public Map<Metric, Expected> results(PreparedScenario scenario, Supplier<TheoryResult> capacity) {
    return batches == null ? Map.of() : results(scenario, batches);
  }

  @Override
  public Map<Metric, Expected> finiteResults(PreparedScenario scenario) {
    return batches != null && FiniteRunTheory.isFromEmptyToFlush(scenario)
        ? FiniteRunTheory.results(scenario, batches)
        : Map.of();
  }

  /** The whole law of the time in system is known where batches never wait for a server. */
  @Override
  public @Nullable Expected latencyQuantile(PreparedScenario scenario, double level) {
    double rate = scenario.arrivals().rate();
    return batches != null
            && scenario.servers().infinite()
            && scenario.arrivals().isPoisson()
            && Double.isFinite(rate)
        ? Expected.costly(() -> SojournTime.of(batches, rate).quantile(level))
        : null;
  }

  private static Map<Metric, Expected> results(PreparedScenario scenario, BatchSystem system) {
    double rate = scenario.arrivals().rate();
    Map<Metric, Expected> results = batches(system, scenario.arrivals());
    if (Double.isInfinite(rate)) {
      if (system.servers() == 1) {
        results.put(
            Metric.THROUGHPUT,
            Expected.cheap(() -> FiniteRun.throughput(system, scenario.requests())));
      }
    } else {
      results.put(Metric.THROUGHPUT, Expected.cheap(() -> Throughput.delivered(system, rate)));
      if (scenario.servers().infinite()) {
        if (hasForming(scenario.arrivals())) {
          results.put(
              Metric.LATENCY_MEAN, Expected.cheap(() -> Latency.infiniteServers(system, rate)));
        }
      } else {
        if (rate >= Throughput.capacity(system).value()) {
          results.put(Metric.LATENCY_MEAN, Expected.cheap(() -> OVERLOADED));
          results.put(Metric.QUEUEING_MEAN, Expected.cheap(() -> OVERLOADED));
        } else {
          if (hasForming(scenario.arrivals())) {
            results.put(Metric.LATENCY_MEAN, Expected.cheap(() -> Latency.mean(system, rate)));
          }
          if (scenario.arrivals().isPoisson()) {
            results.put(
                Metric.QUEUEING_MEAN, Expected.costly(() -> BatchWait.of(system, rate).mean()));
          }
        }
        results.put(Metric.UTILIZATION, Expected.cheap(() -> Throughput.utilization(system, rate)));
      }
    }
    if (scenario.arrivals().trace() != null) {
      results.replaceAll((metric, result) -> result.with(FullBatchTheory::approximation));
    }
    return results;
  }

  /** What theory says of full batches, in whatever order they are served. */
  static Map<Metric, Expected> batches(BatchSystem system, ArrivalProcess arrivals) {
    Map<Metric, Expected> results = new HashMap<>();
    results.put(
        Metric.SERVICE_MEAN,
        Expected.cheap(
            () -> TheoryResult.exact(system.meanBatchSeconds(), "eq. (2) of arXiv:2412.04504")));
    results.put(Metric.PADDING, Expected.cheap(() -> Throughput.padding(system)));
    if (hasForming(arrivals)) {
      results.put(
          Metric.FORMATION_MEAN, Expected.cheap(() -> Latency.formation(system, arrivals.rate())));
    }
    return results;
  }

  /**
   * Whether T11 says how long batches form: it does after independent gaps, and nearly so for a
   * trace.
   */
  static boolean hasForming(ArrivalProcess arrivals) {
    return Double.isFinite(arrivals.rate()) && (arrivals.isRenewal() || arrivals.trace() != null);
  }

  private static TheoryResult approximation(TheoryResult result) {
    return result instanceof Undefined
        ? result
        : TheoryResult.approximation(result.value(), TRACE_REGIME, result.source());
  }
}

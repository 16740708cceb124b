package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.policy.Drain;
import io.github.batchq.policy.Serving;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.FiniteRun;
import io.github.batchq.theory.FiniteRunLatency;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.TheoryResult.Undefined;
import io.github.batchq.theory.Throughput;
import io.github.batchq.workload.ArrivalProcess;
import java.util.HashMap;
import java.util.Map;

/**
 * What theory says of runs of a finite length, and why they differ from the steady state that
 * {@link TheoryOverlay} speaks of: they start empty, and where full batches are served, partial
 * ones are flushed at their end. It knows runs of full batches from empty to flush whose lengths
 * are drawn independently, and says nothing of all others.
 */
public final class FiniteRunTheory {
  private static final TheoryResult NOTHING =
      new Undefined("no statement covers such a run", "none");

  private FiniteRunTheory() {}

  /** Whether runs are measured from their first request on, when the system is empty. */
  public static boolean startsEmpty(PreparedScenario scenario) {
    return scenario.warmUp().equals(WarmUp.NONE) && !scenario.isReplay();
  }

  /** Whether runs end with batches that are not full, though the policy serves full ones. */
  public static boolean flushes(PreparedScenario scenario) {
    return scenario.policy().serving().equals(new Serving.InFullBatches(Drain.FLUSH));
  }

  /** Whether lengths of runs from empty to flush are independent, on servers that are alike. */
  static boolean isFromEmptyToFlush(PreparedScenario scenario) {
    return startsEmpty(scenario)
        && flushes(scenario)
        && scenario.servers().isPlain()
        && !scenario.followsTrace();
  }

  /**
   * What theory says of a metric in runs of the scenario's length, from empty to flush. Forming and
   * service, and the latency with infinitely many servers: exact ({@link FiniteRunLatency}). The
   * throughput of one overloaded server: that of as many requests which are all there at time 0
   * ({@link FiniteRun}), an approximation that leaves out the time in which the first batch forms.
   * Undefined for anything else.
   */
  public static TheoryResult of(PreparedScenario scenario, Metric metric) {
    BatchSystem system = scenario.withoutArrivals().fullBatches();
    if (system == null || !scenario.arrivals().isRenewal() || !isFromEmptyToFlush(scenario)) {
      return NOTHING;
    }
    double rate = scenario.arrivals().rate();
    long requests = scenario.requests();
    if (metric.equals(Metric.FORMATION_MEAN)) {
      return FiniteRunLatency.formation(system, rate, requests);
    }
    if (metric.equals(Metric.SERVICE_MEAN)) {
      return FiniteRunLatency.service(system, requests);
    }
    if (metric.equals(Metric.LATENCY_MEAN) && scenario.servers().infinite()) {
      return FiniteRunLatency.infiniteServers(system, rate, requests);
    }
    boolean overloaded =
        !scenario.servers().infinite() && rate >= Throughput.capacity(system).value();
    return metric.equals(Metric.THROUGHPUT) && overloaded
        ? busy(FiniteRun.throughput(system, requests))
        : NOTHING;
  }

  private static TheoryResult busy(TheoryResult allAtZero) {
    return allAtZero instanceof Undefined
        ? allAtZero
        : TheoryResult.approximation(
            allAtZero.value(), "a server busy from time 0 on", allAtZero.source());
  }

  /**
   * What theory says of the metrics where such runs are the question: how long batches form and
   * serve, whatever the load, and the throughput of one server whose requests are all there at time
   * 0. Such a run does not show the steady state, so theory says nothing of all other metrics.
   */
  static Map<Metric, Expected> results(PreparedScenario scenario, BatchSystem system) {
    long requests = scenario.requests();
    ArrivalProcess arrivals = scenario.arrivals();
    Map<Metric, Expected> results = new HashMap<>();
    results.put(
        Metric.SERVICE_MEAN, Expected.cheap(() -> FiniteRunLatency.service(system, requests)));
    boolean offline = Double.isInfinite(arrivals.rate());
    if (offline || arrivals.isRenewal()) {
      results.put(
          Metric.FORMATION_MEAN,
          Expected.cheap(() -> FiniteRunLatency.formation(system, arrivals.rate(), requests)));
      if (scenario.servers().infinite()) {
        results.put(
            Metric.LATENCY_MEAN,
            Expected.cheap(
                () -> FiniteRunLatency.infiniteServers(system, arrivals.rate(), requests)));
      }
    }
    if (offline && system.servers() == 1) {
      results.put(Metric.THROUGHPUT, Expected.cheap(() -> throughput(system, requests)));
    }
    return results;
  }

  /** The throughput of a finite run; undefined where no time passes. */
  private static TheoryResult throughput(BatchSystem system, long requests) {
    TheoryResult found = FiniteRun.throughput(system, requests);
    return found.value() == Double.POSITIVE_INFINITY ? PolicyTheory.NOTHING : found;
  }
}

package io.github.batchq.experiment;

import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchWait;
import io.github.batchq.theory.FiniteRun;
import io.github.batchq.theory.Latency;
import io.github.batchq.theory.SojournTime;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.TheoryResult.Approximation;
import io.github.batchq.theory.TheoryResult.Undefined;
import io.github.batchq.theory.Throughput;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What theory says of the metrics of a scenario: the steady state of full batches, first formed
 * first served, with lengths that are known on arrival or bins that are predicted with a known
 * confusion matrix. A finite run that starts empty and flushes at its end differs from it by the
 * deficit of theory's finite run. Values are computed when they are asked for. Not safe for use by
 * several threads.
 */
public final class TheoryOverlay {
  private static final String TRACE_REGIME =
      "lengths independent of each other and of the arrivals, which are stationary";

  private static final TheoryResult OVERLOADED =
      new TheoryResult.Exact(
          Double.POSITIVE_INFINITY, "Prop. 4.1: the rate is not below the capacity");

  private static final TheoryResult NOTHING = new Undefined("no statement covers this", "none");

  private final double capacity;
  private final Map<String, Supplier<TheoryResult>> results;
  private final Map<String, TheoryResult> found = new HashMap<>();

  private TheoryOverlay(double capacity, Map<String, Supplier<TheoryResult>> results) {
    this.capacity = capacity;
    this.results = results;
  }

  /** What theory says of a scenario. */
  public static TheoryOverlay of(PreparedScenario scenario) {
    BatchSystem system =
        TheorySystem.of(
            scenario.lengthLaw(),
            scenario.service(),
            scenario.predictor(),
            scenario.policy(),
            scenario.boundaries(),
            scenario.servers());
    if (system == null) {
      return new TheoryOverlay(Double.NaN, Map.of());
    }
    boolean known = scenario.arrivals().trace() == null && !scenario.servers().infinite();
    return new TheoryOverlay(
        known ? Throughput.capacity(system).value() : Double.NaN, fullBatches(scenario, system));
  }

  private static Map<String, Supplier<TheoryResult>> fullBatches(
      PreparedScenario scenario, BatchSystem system) {
    double rate = scenario.arrivals().rate();
    Map<String, Supplier<TheoryResult>> results = new HashMap<>();
    results.put(
        "service.mean",
        () -> new TheoryResult.Exact(system.meanBatchSeconds(), "eq. (2) of arXiv:2412.04504"));
    results.put("padding", () -> Throughput.padding(system));
    if (Double.isInfinite(rate)) {
      if (system.servers() == 1) {
        results.put("throughput", () -> FiniteRun.throughput(system, scenario.requests()));
      }
    } else {
      results.put("formation.mean", () -> Latency.formation(system, rate));
      results.put("throughput", () -> Throughput.delivered(system, rate));
      if (scenario.servers().infinite()) {
        results.put("latency.mean", () -> Latency.infiniteServers(system, rate));
        results.put("latency.p50", () -> SojournTime.of(system, rate).quantile(0.50));
        results.put("latency.p95", () -> SojournTime.of(system, rate).quantile(0.95));
        results.put("latency.p99", () -> SojournTime.of(system, rate).quantile(0.99));
      } else {
        if (rate >= Throughput.capacity(system).value()) {
          results.put("latency.mean", () -> OVERLOADED);
          results.put("queueing.mean", () -> OVERLOADED);
        } else {
          results.put("latency.mean", () -> Latency.mean(system, rate));
          results.put("queueing.mean", () -> BatchWait.of(system, rate).mean());
        }
        results.put("utilization", () -> Throughput.utilization(system, rate));
      }
    }
    if (scenario.arrivals().trace() != null) {
      results.replaceAll((metric, result) -> () -> approximation(result.get()));
    }
    return results;
  }

  private static TheoryResult approximation(TheoryResult result) {
    return result instanceof Undefined
        ? result
        : new Approximation(result.value(), TRACE_REGIME, result.source());
  }

  /**
   * The largest arrival rate with a steady state, requests per second; NaN where theory does not
   * know it exactly, as for traces, or there is none.
   */
  double capacity() {
    return capacity;
  }

  /** Whether theory has a value for a metric. */
  public boolean has(String metric) {
    return !Double.isNaN(get(metric).value());
  }

  /** What theory says of a metric; undefined where it says nothing. */
  public TheoryResult get(String metric) {
    return found.computeIfAbsent(metric, key -> results.getOrDefault(key, () -> NOTHING).get());
  }
}

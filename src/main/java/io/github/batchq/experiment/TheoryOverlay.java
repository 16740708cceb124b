package io.github.batchq.experiment;

import io.github.batchq.policy.DynamicBatching;
import io.github.batchq.policy.MaxWaitBatching;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.BatchWait;
import io.github.batchq.theory.BulkQueue;
import io.github.batchq.theory.FiniteRun;
import io.github.batchq.theory.Latency;
import io.github.batchq.theory.SojournTime;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.TheoryResult.Approximation;
import io.github.batchq.theory.TheoryResult.Undefined;
import io.github.batchq.theory.Throughput;
import io.github.batchq.theory.TimeoutBatching;
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
  private final double load;
  private final Map<String, Supplier<TheoryResult>> results;
  private final Map<String, TheoryResult> found = new HashMap<>();

  private TheoryOverlay(double capacity, double load, Map<String, Supplier<TheoryResult>> results) {
    this.capacity = capacity;
    this.load = load;
    this.results = results;
  }

  /** What theory says of a scenario. */
  public static TheoryOverlay of(PreparedScenario scenario) {
    if (scenario.policy() instanceof DynamicBatching dynamic) {
      return dynamic(scenario, dynamic);
    }
    if (scenario.policy() instanceof MaxWaitBatching limited) {
      return maxWait(scenario, limited);
    }
    BatchSystem system =
        TheorySystem.of(
            scenario.lengthLaw(),
            scenario.service(),
            scenario.predictor(),
            scenario.policy(),
            scenario.boundaries(),
            scenario.servers());
    if (system == null) {
      return new TheoryOverlay(Double.NaN, Double.NaN, Map.of());
    }
    double carried = Throughput.capacity(system).value();
    boolean known = scenario.arrivals().trace() == null && !scenario.servers().infinite();
    double capacity = known ? carried : Double.NaN;
    return new TheoryOverlay(
        capacity, scenario.arrivals().rate() / capacity, fullBatches(scenario, system, carried));
  }

  /** Dynamic batching: the bulk queue for one server and Poisson arrivals. */
  private static TheoryOverlay dynamic(PreparedScenario scenario, DynamicBatching policy) {
    double rate = scenario.arrivals().rate();
    BatchTime time = scenario.batchTime();
    if (time == null || !scenario.arrivals().isPoisson() || scenario.servers().infinite()) {
      return new TheoryOverlay(Double.NaN, Double.NaN, Map.of());
    }
    BulkQueue queue =
        BulkQueue.of(scenario.lengthLaw(), time, policy.fewest(), policy.batchSize(), rate);
    double capacity = scenario.servers().count() * queue.capacity().value();
    Map<String, Supplier<TheoryResult>> results = new HashMap<>();
    results.put(
        "throughput",
        () ->
            new TheoryResult.Exact(
                Math.min(rate, capacity), "min(rate, c B / E[S_B]): all batches are full (B.5)"));
    if (rate >= capacity) {
      results.put("latency.mean", () -> OVERLOADED);
    } else if (scenario.servers().count() == 1) {
      results.put("latency.mean", queue::meanLatency);
      results.put("formation.mean", queue::meanWait);
      results.put("service.mean", queue::requestBatchSeconds);
      results.put("batch.size.mean", queue::meanBatchSize);
      results.put("utilization", queue::utilization);
    }
    return new TheoryOverlay(capacity, rate / capacity, results);
  }

  /** Batches that wait for a limited time, for Poisson arrivals and bins that are known. */
  private static TheoryOverlay maxWait(PreparedScenario scenario, MaxWaitBatching policy) {
    BatchSystem system =
        TheorySystem.ofBins(
            scenario.lengthLaw(),
            scenario.service(),
            scenario.predictor(),
            scenario.policy(),
            scenario.boundaries(),
            scenario.servers());
    if (!scenario.arrivals().isPoisson() || system == null || !system.confusion().isIdentity()) {
      return new TheoryOverlay(Double.NaN, Double.NaN, Map.of());
    }
    double rate = scenario.arrivals().rate();
    TimeoutBatching batches = new TimeoutBatching(system, policy.maxWait(), rate);
    Map<String, Supplier<TheoryResult>> results = new HashMap<>();
    results.put("formation.mean", batches::formation);
    results.put("batch.size.mean", batches::meanSize);
    results.put("service.mean", batches::requestSeconds);
    if (scenario.servers().infinite()) {
      results.put("throughput", () -> new TheoryResult.Exact(rate, "all are served"));
      results.put("latency.mean", batches::infiniteServers);
      return new TheoryOverlay(Double.NaN, Double.NaN, results);
    }
    double load = batches.load().value();
    results.put(
        "throughput",
        () -> new TheoryResult.Exact(rate / Math.max(1, load), "timeout batching (B.8)"));
    results.put(
        "utilization", () -> new TheoryResult.Exact(Math.min(1, load), "timeout batching (B.8)"));
    results.put(
        "latency.mean",
        () ->
            load < 1
                ? new TheoryResult.LowerBound(
                    batches.infiniteServers().value(),
                    "timeout batching (B.8), without the wait for a server")
                : OVERLOADED);
    return new TheoryOverlay(Double.NaN, load, results);
  }

  private static Map<String, Supplier<TheoryResult>> fullBatches(
      PreparedScenario scenario, BatchSystem system, double capacity) {
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
        if (rate >= capacity) {
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

  /** Share of the servers' time that the arrivals need; NaN where theory does not know it. */
  double load() {
    return load;
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

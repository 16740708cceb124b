package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.scenario.Horizon;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.theory.TheoryResult;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What theory says of the metrics of a scenario: the steady state of its policy as {@link
 * PolicyTheory} knows it, or finite runs as {@link FiniteRunTheory} does. A run that starts empty
 * and flushes at its end differs from the steady state by the deficit of theory's finite run.
 * Values are computed when they are asked for. Not safe for use by several threads.
 */
public final class TheoryOverlay {
  private final TheoryResult capacity;
  private final double load;
  private final Map<Metric, Supplier<TheoryResult>> results;
  private final Map<Metric, TheoryResult> found = new HashMap<>();

  private TheoryOverlay(
      TheoryResult capacity, double load, Map<Metric, Supplier<TheoryResult>> results) {
    this.capacity = capacity;
    this.load = load;
    this.results = results;
  }

  /** What theory says of a scenario. */
  public static TheoryOverlay of(PreparedScenario scenario) {
    PolicyTheory theory = PolicyTheory.of(scenario.policy(), scenario.servers());
    if (!scenario.policy().serving().inSteps()
        && scenario.policy().batchSize() > scenario.requests()) {
      // Runs that are too short for a single full batch show nothing of what theory says.
      return new TheoryOverlay(PolicyTheory.NOTHING, Double.NaN, Map.of());
    }
    // A trace is no stationary process, and infinitely many servers carry any rate.
    boolean known =
        !scenario.followsTrace()
            && !scenario.servers().infinite()
            && (scenario.arrivals().isPoisson() || !theory.needsPoissonArrivals());
    TheoryResult capacity =
        known ? theory.capacity(scenario.withoutArrivals()) : PolicyTheory.NOTHING;
    double load =
        known ? theory.load(scenario.withoutArrivals(), scenario.arrivals().rate()) : Double.NaN;
    return new TheoryOverlay(
        capacity,
        load,
        scenario.horizon() == Horizon.FINITE
            ? FiniteRunTheory.results(scenario)
            : theory.results(scenario, capacity));
  }

  /**
   * The largest arrival rate with a steady state, requests per second; undefined where theory does
   * not know it, as for traces, or there is none.
   */
  public TheoryResult capacity() {
    return capacity;
  }

  /** Share of the servers' time that the arrivals need; NaN where theory does not know it. */
  public double load() {
    return load;
  }

  /** Whether theory has a value for a metric. */
  public boolean has(Metric metric) {
    return !Double.isNaN(get(metric).value());
  }

  /** What theory says of a metric; undefined where it says nothing. */
  public TheoryResult get(Metric metric) {
    return found.computeIfAbsent(
        metric, key -> results.getOrDefault(key, () -> PolicyTheory.NOTHING).get());
  }
}

package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.theory.TheoryResult;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What theory says of the metrics of a scenario: the steady state of its policy as {@link
 * PolicyTheory} knows it, or finite runs as {@link FiniteRunTheory} does. A run that starts empty
 * and flushes at its end differs from the steady state by the deficit of theory's finite run.
 * Values are computed when they are asked for. Not safe for use by several threads. The points of a
 * sweep have theirs from {@link TheoryOverlays}.
 */
public final class TheoryOverlay {
  private final Supplier<TheoryResult> capacity;
  private final Supplier<Double> load;
  private final Function<Metric, @Nullable Expected> results;
  private final Map<Metric, TheoryResult> found = new HashMap<>();

  TheoryOverlay(
      Supplier<TheoryResult> capacity,
      Supplier<Double> load,
      Function<Metric, @Nullable Expected> results) {
    this.capacity = capacity;
    this.load = load;
    this.results = results;
  }

  /** What theory says of a scenario. */
  public static TheoryOverlay of(PreparedScenario scenario) {
    return new SystemTheory(scenario.withoutArrivals()).overlay(scenario);
  }

  /**
   * The largest arrival rate with a steady state, requests per second; undefined where theory does
   * not know it, as for traces, or there is none.
   */
  public TheoryResult capacity() {
    return capacity.get();
  }

  /** Share of the servers' time that the arrivals need; NaN where theory does not know it. */
  public double load() {
    return load.get();
  }

  /** Whether theory has a value for a metric. */
  public boolean has(Metric metric) {
    return !Double.isNaN(get(metric).value());
  }

  /** What theory says of a metric; undefined where it says nothing. */
  public TheoryResult get(Metric metric) {
    Expected expected = results.apply(metric);
    return expected == null
        ? PolicyTheory.NOTHING
        : found.computeIfAbsent(metric, key -> expected.result().get());
  }

  /** As {@link #get(Metric)}, and undefined where that takes more than this effort. */
  public TheoryResult get(Metric metric, TheoryEffort effort) {
    return leavesOut(metric, effort) ? PolicyTheory.NOTHING : get(metric);
  }

  /** Whether theory may have a value for a metric that takes more than this effort. */
  public boolean leavesOut(Metric metric, TheoryEffort effort) {
    Expected expected = results.apply(metric);
    return expected != null && !effort.includes(expected);
  }
}

package io.github.batchq.expectation;

import io.github.batchq.model.RecentlyUsed;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.ScenarioWithoutArrivals;

/**
 * What theory says of the points of a sweep, one after another. Points that differ in their
 * arrivals alone share what does not depend on them, such as the mean time of a batch: it is
 * computed once, and kept for the systems that were asked for last. For use by one thread.
 */
public final class TheoryOverlays {
  /** Systems that are kept; of a few hundred bytes each, or kilobytes with many bins. */
  static final int MOST_SYSTEMS = 1000;

  private final RecentlyUsed<ScenarioWithoutArrivals, SystemTheory> systems =
      new RecentlyUsed<>(MOST_SYSTEMS);

  /** What theory says of a scenario. */
  public TheoryOverlay of(PreparedScenario scenario) {
    return system(scenario.withoutArrivals()).overlay(scenario);
  }

  /**
   * As {@link PolicyTheory#knownCapacity}, for the points of a sweep whose arrivals are a share of
   * it.
   *
   * @throws IllegalArgumentException if theory does not know it exactly
   */
  public double knownCapacity(ScenarioWithoutArrivals scenario) {
    return system(scenario).knownCapacity();
  }

  private SystemTheory system(ScenarioWithoutArrivals scenario) {
    return systems.get(scenario, SystemTheory::new);
  }

  /** Number of systems that are kept. */
  int size() {
    return systems.size();
  }
}

package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.scenario.Horizon;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.ScenarioWithoutArrivals;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.workload.ClosedProcess;
import io.github.batchq.workload.GroupProcess;
import io.github.batchq.workload.Impatience;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What theory says of one system at any arrivals. What does not depend on them, such as the
 * capacity, is computed once. For use by one thread.
 */
final class SystemTheory {
  private final PolicyTheory theory;
  private final Supplier<TheoryResult> capacity;

  SystemTheory(ScenarioWithoutArrivals system) {
    this.theory = PolicyTheory.of(system);
    this.capacity = new Lazy<>(theory::capacity);
  }

  /**
   * As {@link PolicyTheory#knownCapacity}.
   *
   * @throws IllegalArgumentException if theory does not know it exactly
   */
  double knownCapacity() {
    if (capacity.get() instanceof TheoryResult.Exact exact) {
      return exact.value();
    }
    throw new IllegalArgumentException(
        "theory does not know the capacity with this policy, service and predictor: give a rate");
  }

  /** What theory says where requests wait for answers, as long as that takes. */
  private Map<Metric, Expected> closed(PreparedScenario scenario) {
    if (!scenario.servers().isPlain() || scenario.horizon() != Horizon.STEADY) {
      return Map.of();
    }
    Integer limit = scenario.traffic().concurrency();
    Impatience impatience = scenario.traffic().impatience();
    boolean isClosed = scenario.arrivals().isClosed();
    if (impatience != null) {
      return isClosed || limit != null
          ? Map.of()
          : new ImpatienceTheory(scenario, impatience).results();
    }
    if (limit != null) {
      return isClosed ? Map.of() : new LimitTheory(scenario, limit).results();
    }
    return scenario.arrivals() instanceof ClosedProcess process
        ? new ClosedTheory(scenario.withoutArrivals(), capacity).results(process)
        : new RoundTheory(scenario.withoutArrivals(), scenario.arrivals().roundSize()).results();
  }

  /**
   * What theory says of a scenario.
   *
   * @param scenario this system with its arrivals
   */
  TheoryOverlay overlay(PreparedScenario scenario) {
    if (!scenario.policy().serving().inSteps()
        && scenario.policy().batchSize() > scenario.requests()) {
      // Runs that are too short for a single full batch show nothing of what theory says.
      return new TheoryOverlay(() -> PolicyTheory.NOTHING, () -> Double.NaN, metric -> null);
    }
    if (scenario.traffic().phases() != null) {
      // Lengths that drift have no long run, nor a law of finite runs.
      return new TheoryOverlay(() -> PolicyTheory.NOTHING, () -> Double.NaN, metric -> null);
    }
    Map<Metric, Expected> groups =
        scenario.arrivals() instanceof GroupProcess process
            ? new GroupTheory(scenario, process).results()
            : Map.of();
    if (!scenario.arrivals().isIndependent()) {
      // Lengths of siblings that are alike, and requests that are called back, have no law here.
      return new TheoryOverlay(() -> PolicyTheory.NOTHING, () -> Double.NaN, groups::get);
    }
    if (scenario.traffic().hearsSystem()) {
      Map<Metric, Expected> closed = closed(scenario);
      return new TheoryOverlay(() -> PolicyTheory.NOTHING, () -> Double.NaN, closed::get);
    }
    // A trace is no stationary process, and infinitely many servers carry any rate.
    boolean known =
        !scenario.followsTrace()
            && !scenario.servers().infinite()
            && (scenario.arrivals().isPoisson() || !theory.needsPoissonArrivals());
    Supplier<TheoryResult> carried = known ? capacity : () -> PolicyTheory.NOTHING;
    Supplier<Double> load =
        known
            ? new Lazy<>(() -> theory.load(scenario.arrivals().rate(), capacity))
            : () -> Double.NaN;
    boolean finite = scenario.horizon() == Horizon.FINITE;
    Map<Metric, Expected> results =
        finite ? theory.finiteResults(scenario) : theory.results(scenario, carried);
    return new TheoryOverlay(
        carried,
        load,
        metric -> {
          Expected named = groups.getOrDefault(metric, results.get(metric));
          double level = metric.latencyQuantileLevel();
          return named != null || finite || Double.isNaN(level)
              ? named
              : theory.latencyQuantile(scenario, level);
        });
  }
}

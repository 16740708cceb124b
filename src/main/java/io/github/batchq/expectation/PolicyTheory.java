package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.policy.AdaptiveBins;
import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.policy.DedicatedBinBatching;
import io.github.batchq.policy.DynamicBatching;
import io.github.batchq.policy.ElasticBatching;
import io.github.batchq.policy.MaxWaitBatching;
import io.github.batchq.policy.MultiBinBatching;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.ShortestFirst;
import io.github.batchq.policy.SortedWindow;
import io.github.batchq.policy.WaitThreshold;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.ScenarioWithoutArrivals;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.TheoryResult.Undefined;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What theory says of a policy with all that its capacity depends on, at any arrivals. To let
 * theory speak of a new one, implement this and add a line to {@link #onServersAlike}.
 */
public interface PolicyTheory {
  /** The result where theory says nothing. */
  TheoryResult NOTHING = new Undefined("no statement covers this", "none");

  /** The result for times at rates above the capacity. */
  TheoryResult OVERLOADED = TheoryResult.infinite("Prop. 4.1: the rate is not below the capacity");

  /**
   * What a scenario can carry, in requests per second.
   *
   * @throws IllegalArgumentException if theory does not know it exactly
   */
  static double knownCapacity(ScenarioWithoutArrivals scenario) {
    return new SystemTheory(scenario).knownCapacity();
  }

  /** What theory says of a system, whose servers may differ or fail. */
  static PolicyTheory of(ScenarioWithoutArrivals scenario) {
    return scenario.servers().isPlain() ? onServersAlike(scenario) : PoolTheory.of(scenario);
  }

  /** What theory says of a system whose servers have speed 1 and are always there. */
  static PolicyTheory onServersAlike(ScenarioWithoutArrivals scenario) {
    PolicySpec policy = scenario.policy();
    if (policy.serving().inFullBatches()) {
      return new FullBatchTheory(scenario.fullBatches());
    }
    if (policy instanceof MultiBinBatching ordered) {
      return new OrderedBinsTheory(ordered, scenario.bins());
    }
    if (policy instanceof DynamicBatching dynamic) {
      return new DynamicTheory(dynamic.fewest(), false, dynamic.waits(), scenario.oneBin());
    }
    if (policy instanceof ElasticBatching elastic) {
      return new DynamicTheory(elastic.fewest(), true, false, scenario.oneBin());
    }
    if (policy instanceof SortedWindow sorted) {
      return SortedWindowTheory.of(sorted.window(), scenario);
    }
    if (policy instanceof ShortestFirst) {
      return new ShortestFirstTheory(scenario.oneBin());
    }
    if (policy instanceof DedicatedBinBatching) {
      return DedicatedBinsTheory.of(scenario);
    }
    if (policy instanceof MaxWaitBatching limited) {
      return MaxWaitTheory.of(limited.maxWait(), scenario.bins());
    }
    if (policy instanceof AdaptiveBins adaptive) {
      return AdaptiveBinsTheory.of(adaptive, scenario);
    }
    if (policy instanceof ContinuousBatching continuous) {
      return ContinuousTheory.of(continuous.serving().rules(), scenario);
    }
    if (policy instanceof WaitThreshold threshold) {
      return new WaitThresholdTheory(
          threshold.serving().rules(),
          ContinuousTheory.system(scenario, scenario.lengthLaw(), scenario.servers().count()));
    }
    return new Unknown();
  }

  /**
   * The largest arrival rate with a steady state, requests per second: exact, a bound, an
   * approximation, or undefined. For a finite number of servers.
   */
  TheoryResult capacity();

  /** Whether {@link #capacity} holds for Poisson arrivals alone; else for all stationary ones. */
  default boolean needsPoissonArrivals() {
    return false;
  }

  /**
   * Whether {@link #capacity} takes about a tenth of a millisecond or less, as a closed form does.
   */
  default boolean isCapacityCheap() {
    return true;
  }

  /** Whether c servers carry c times what one carries. */
  default boolean growsWithServers() {
    return true;
  }

  /**
   * Share of the servers' time that a rate needs; NaN where theory does not know it exactly.
   *
   * @param capacity that of {@link #capacity}, computed once
   */
  default double load(double rate, Supplier<TheoryResult> capacity) {
    return capacity.get() instanceof TheoryResult.Exact exact ? rate / exact.value() : Double.NaN;
  }

  /**
   * What theory says of the metrics of a scenario in the steady state.
   *
   * @param scenario this system with its arrivals
   * @param capacity that of {@link #capacity}, computed once; undefined where the scenario has none
   */
  Map<Metric, Expected> results(PreparedScenario scenario, Supplier<TheoryResult> capacity);

  /**
   * What theory says of the metrics of a scenario whose finite runs are the question.
   *
   * @param scenario this system with its arrivals
   */
  default Map<Metric, Expected> finiteResults(PreparedScenario scenario) {
    return Map.of();
  }

  /**
   * What theory says of a quantile of the time in system in the steady state; null where it says
   * nothing.
   *
   * @param scenario this system with its arrivals
   * @param level of the quantile, in (0,1)
   */
  default @Nullable Expected latencyQuantile(PreparedScenario scenario, double level) {
    return null;
  }

  /** The throughput min(rate, capacity), which is as exact as the capacity and has its source. */
  static TheoryResult delivered(double rate, TheoryResult capacity) {
    return capacity.with(
        Math.min(rate, capacity.value()), "min(rate, capacity): " + capacity.source());
  }

  /** A policy that batchq does not know. */
  record Unknown() implements PolicyTheory {
    @Override
    public TheoryResult capacity() {
      return NOTHING;
    }

    @Override
    public Map<Metric, Expected> results(
        PreparedScenario scenario, Supplier<TheoryResult> capacity) {
      return Map.of();
    }
  }
}

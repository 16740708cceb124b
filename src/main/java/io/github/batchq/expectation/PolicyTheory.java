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
import io.github.batchq.sim.ServerPool;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.TheoryResult.Undefined;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What theory says of a policy. To let theory speak of a new one, implement this and add a line to
 * {@link #of}.
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
    if (of(scenario.policy(), scenario.servers()).capacity(scenario)
        instanceof TheoryResult.Exact exact) {
      return exact.value();
    }
    throw new IllegalArgumentException(
        "theory does not know the capacity with this policy, service and predictor: give a rate");
  }

  /** What theory says of a policy on servers that may differ or fail. */
  static PolicyTheory of(PolicySpec policy, ServerPool servers) {
    PolicyTheory alike = of(policy);
    return servers.isPlain() ? alike : new PoolTheory(alike, servers);
  }

  /** What theory says of a policy on servers of speed 1 that are always there. */
  static PolicyTheory of(PolicySpec policy) {
    if (policy.serving().inFullBatches()) {
      return new FullBatchTheory();
    }
    if (policy instanceof MultiBinBatching ordered) {
      return new OrderedBinsTheory(ordered);
    }
    if (policy instanceof DynamicBatching dynamic) {
      return new DynamicTheory(dynamic.fewest(), false);
    }
    if (policy instanceof ElasticBatching elastic) {
      return new DynamicTheory(elastic.fewest(), true);
    }
    if (policy instanceof SortedWindow sorted) {
      return new SortedWindowTheory(sorted.window());
    }
    if (policy instanceof ShortestFirst) {
      return new ShortestFirstTheory();
    }
    if (policy instanceof DedicatedBinBatching) {
      return new DedicatedBinsTheory();
    }
    if (policy instanceof MaxWaitBatching limited) {
      return new MaxWaitTheory(limited.maxWait());
    }
    if (policy instanceof AdaptiveBins adaptive) {
      return new AdaptiveBinsTheory(adaptive);
    }
    if (policy instanceof ContinuousBatching continuous) {
      return new ContinuousTheory(continuous.serving().rules());
    }
    if (policy instanceof WaitThreshold threshold) {
      return new WaitThresholdTheory(threshold);
    }
    return new Unknown();
  }

  /**
   * The largest arrival rate with a steady state, requests per second: exact, a bound, an
   * approximation, or undefined. A finite number of servers.
   */
  TheoryResult capacity(ScenarioWithoutArrivals scenario);

  /** Whether {@link #capacity} holds for Poisson arrivals alone; else for all stationary ones. */
  default boolean needsPoissonArrivals() {
    return false;
  }

  /** Whether c servers carry c times what one carries. */
  default boolean growsWithServers() {
    return true;
  }

  /** Share of the servers' time that a rate needs; NaN where theory does not know it exactly. */
  default double load(ScenarioWithoutArrivals scenario, double rate) {
    return capacity(scenario) instanceof TheoryResult.Exact exact
        ? rate / exact.value()
        : Double.NaN;
  }

  /**
   * What theory says of the metrics of a scenario, by name.
   *
   * @param capacity that of {@link #capacity}; undefined where the scenario has none
   */
  Map<Metric, Supplier<TheoryResult>> results(PreparedScenario scenario, TheoryResult capacity);

  /** The throughput min(rate, capacity), which is as exact as the capacity and has its source. */
  static TheoryResult delivered(double rate, TheoryResult capacity) {
    return capacity.with(
        Math.min(rate, capacity.value()), "min(rate, capacity): " + capacity.source());
  }

  /** A policy that batchq does not know. */
  record Unknown() implements PolicyTheory {
    @Override
    public TheoryResult capacity(ScenarioWithoutArrivals scenario) {
      return NOTHING;
    }

    @Override
    public Map<Metric, Supplier<TheoryResult>> results(
        PreparedScenario scenario, TheoryResult capacity) {
      return Map.of();
    }
  }
}

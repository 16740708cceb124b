package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.policy.StepRules;
import io.github.batchq.random.Law;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.ScenarioWithoutArrivals;
import io.github.batchq.service.TokenCosts;
import io.github.batchq.theory.ContinuousSystem;
import io.github.batchq.theory.StepTime;
import io.github.batchq.theory.TheoryResult;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Theory of continuous batching (T24). With bins, servers are bound to them, and the first group of
 * servers that cannot keep up with its bins sets the capacity.
 *
 * @param rules limits of memory and of the tokens of a step; both make the capacity smaller
 */
record ContinuousTheory(StepRules rules) implements PolicyTheory {
  @Override
  public TheoryResult capacity(ScenarioWithoutArrivals scenario) {
    return scenario.boundaries().bins() == 1
        ? capacity(system(scenario, scenario.lengthLaw(), scenario.servers().count()))
        : boundCapacity(scenario);
  }

  private TheoryResult capacity(@Nullable ContinuousSystem system) {
    if (system == null) {
      return NOTHING;
    }
    return rules.equals(StepRules.PLAIN) ? system.capacity() : system.maximum();
  }

  /** The system with some law of the lengths; null where the service knows no tokens. */
  static @Nullable ContinuousSystem system(
      ScenarioWithoutArrivals scenario, Law lengths, int servers) {
    TokenCosts costs = scenario.service().tokenCosts();
    if (costs == null) {
      return null;
    }
    StepTime time =
        new StepTime(
            costs.stepSeconds(),
            costs.stepSecondsPerRequest(),
            costs.freeRequests(),
            costs.stepSecondsPerContextToken(),
            costs.joinSeconds(),
            costs.joinSecondsPerRequest(),
            costs.prefillSecondsPerToken());
    double prompt =
        scenario.promptLaw() == null ? 0 : ContinuousSystem.meanPrompt(scenario.promptLaw());
    return new ContinuousSystem(lengths, prompt, time, scenario.policy().batchSize(), servers);
  }

  /**
   * The capacity that the most loaded group of servers sets: the least, over groups, of what a
   * group carries over the share of requests in its bins.
   */
  private TheoryResult boundCapacity(ScenarioWithoutArrivals scenario) {
    int bins = scenario.boundaries().bins();
    int servers = scenario.servers().count();
    ConfusionMatrix confusion = scenario.predictor().confusion(bins);
    if (confusion == null || !confusion.isIdentity()) {
      return NOTHING;
    }
    int groups = Math.min(bins, servers);
    double[] load = new double[groups];
    TheoryResult any = NOTHING;
    for (int bin = 0; bin < bins; bin++) {
      double mass = scenario.binMass(bin);
      if (mass > 0) {
        int group = bin % groups;
        int ofGroup = (servers - group + groups - 1) / groups;
        any = capacity(system(scenario, scenario.binLaw(bin), ofGroup));
        load[group] += mass / any.value();
      }
    }
    double capacity = Double.POSITIVE_INFINITY;
    for (double ofGroup : load) {
      capacity = Math.min(capacity, 1 / ofGroup);
    }
    return any.with(capacity, any.source() + ", the least over servers bound to bins");
  }

  @Override
  public Map<Metric, Supplier<TheoryResult>> results(
      PreparedScenario scenario, TheoryResult capacity) {
    double rate = scenario.arrivals().rate();
    if (scenario.followsTrace() || Double.isInfinite(rate)) {
      return Map.of();
    }
    Map<Metric, Supplier<TheoryResult>> results = new HashMap<>();
    results.put(Metric.THROUGHPUT, () -> PolicyTheory.delivered(rate, capacity));
    if (capacity instanceof TheoryResult.Exact && rate >= capacity.value()) {
      results.put(Metric.LATENCY_MEAN, () -> OVERLOADED);
    } else if (scenario.arrivals().isPoisson()
        && rules.equals(StepRules.PLAIN)
        && scenario.boundaries().bins() == 1) {
      ContinuousSystem system =
          system(scenario.withoutArrivals(), scenario.lengthLaw(), scenario.servers().count());
      if (system != null) {
        results.put(Metric.LATENCY_MEAN, () -> system.meanLatency(rate));
      }
    }
    return results;
  }
}

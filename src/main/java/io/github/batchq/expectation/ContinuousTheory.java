package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.policy.StepRules;
import io.github.batchq.random.Law;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.ScenarioWithoutArrivals;
import io.github.batchq.service.ServiceTimeModel;
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
 * @param scenario bins and servers
 * @param system all bins as one; null where the service knows no tokens
 */
record ContinuousTheory(
    StepRules rules, ScenarioWithoutArrivals scenario, @Nullable ContinuousSystem system)
    implements PolicyTheory {
  static ContinuousTheory of(StepRules rules, ScenarioWithoutArrivals scenario) {
    return new ContinuousTheory(
        rules, scenario, system(scenario, scenario.lengthLaw(), scenario.servers().count()));
  }

  @Override
  public TheoryResult capacity() {
    return scenario.boundaries().bins() == 1 ? capacity(system) : boundCapacity();
  }

  private TheoryResult capacity(@Nullable ContinuousSystem ofBins) {
    if (ofBins == null) {
      return NOTHING;
    }
    return rules.equals(StepRules.PLAIN) ? ofBins.capacity() : ofBins.maximum();
  }

  /**
   * The system with some law of the lengths; null where the service knows no tokens, or where
   * prompts are free until there are many.
   */
  static @Nullable ContinuousSystem system(
      ScenarioWithoutArrivals scenario, Law lengths, int servers) {
    TokenCosts costs = scenario.service().tokenCosts();
    if (costs == null || (costs.freePromptTokens() > 0 && costs.prefillSecondsPerToken() > 0)) {
      // How many prompt tokens come together in a pass, theory does not know.
      return null;
    }
    StepTime time = stepTime(costs);
    double prompt =
        scenario.promptLaw() == null ? 0 : ContinuousSystem.meanPrompt(scenario.promptLaw());
    return new ContinuousSystem(lengths, prompt, time, scenario.policy().batchSize(), servers);
  }

  /** What steps cost; null where the service knows no tokens. */
  static @Nullable StepTime stepTime(ServiceTimeModel service) {
    TokenCosts costs = service.tokenCosts();
    return costs == null ? null : stepTime(costs);
  }

  private static StepTime stepTime(TokenCosts costs) {
    return new StepTime(
        costs.stepSeconds(),
        costs.stepSecondsPerRequest(),
        costs.freeRequests(),
        costs.stepSecondsPerContextToken(),
        costs.joinSeconds(),
        costs.joinSecondsPerRequest(),
        costs.prefillSecondsPerToken());
  }

  /**
   * The capacity that the most loaded group of servers sets: the least, over groups, of what a
   * group carries over the share of requests in its bins.
   */
  private TheoryResult boundCapacity() {
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
  public Map<Metric, Expected> results(PreparedScenario arriving, Supplier<TheoryResult> capacity) {
    double rate = arriving.arrivals().rate();
    if (arriving.followsTrace() || Double.isInfinite(rate)) {
      return Map.of();
    }
    Map<Metric, Expected> results = new HashMap<>();
    results.put(
        Metric.THROUGHPUT, Expected.cheap(() -> PolicyTheory.delivered(rate, capacity.get())));
    if (capacity.get() instanceof TheoryResult.Exact && rate >= capacity.get().value()) {
      results.put(Metric.LATENCY_MEAN, Expected.cheap(() -> OVERLOADED));
    } else if (arriving.arrivals().isPoisson()
        && rules.equals(StepRules.PLAIN)
        && scenario.boundaries().bins() == 1) {
      ContinuousSystem known = system;
      if (known != null) {
        results.put(Metric.LATENCY_MEAN, Expected.cheap(() -> known.meanLatency(rate)));
      }
    }
    return results;
  }
}

package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.policy.StepRules;
import io.github.batchq.random.Law;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.ServingSystem;
import io.github.batchq.service.TokenCosts;
import io.github.batchq.theory.ContinuousServers;
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
  public TheoryResult capacity(ServingSystem system) {
    return system.boundaries().bins() == 1
        ? capacity(servers(system, system.lengthLaw(), system.servers().count()))
        : boundCapacity(system);
  }

  private TheoryResult capacity(@Nullable ContinuousServers servers) {
    if (servers == null) {
      return NOTHING;
    }
    return rules.equals(StepRules.PLAIN) ? servers.capacity() : servers.maximum();
  }

  /** The servers with some law of the lengths; null where the service knows no tokens. */
  static @Nullable ContinuousServers servers(ServingSystem system, Law lengths, int number) {
    TokenCosts costs = system.service().tokenCosts();
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
        system.promptLaw() == null ? 0 : ContinuousServers.meanPrompt(system.promptLaw());
    return new ContinuousServers(lengths, prompt, time, system.policy().batchSize(), number);
  }

  /**
   * The capacity that the most loaded group of servers sets: the least, over groups, of what a
   * group carries over the share of requests in its bins.
   */
  private TheoryResult boundCapacity(ServingSystem system) {
    int bins = system.boundaries().bins();
    int servers = system.servers().count();
    ConfusionMatrix confusion = system.predictor().confusion(bins);
    if (confusion == null || !confusion.isIdentity()) {
      return NOTHING;
    }
    int groups = Math.min(bins, servers);
    double[] load = new double[groups];
    TheoryResult any = NOTHING;
    for (int bin = 0; bin < bins; bin++) {
      double mass = system.binMass(bin);
      if (mass > 0) {
        int group = bin % groups;
        int ofGroup = (servers - group + groups - 1) / groups;
        any = capacity(servers(system, system.binLaw(bin), ofGroup));
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
      ServingSystem system = scenario.system();
      ContinuousServers servers = servers(system, scenario.lengthLaw(), scenario.servers().count());
      if (servers != null) {
        results.put(Metric.LATENCY_MEAN, () -> servers.meanLatency(rate));
      }
    }
    return results;
  }
}

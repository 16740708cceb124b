package io.github.batchq.study.plan;

import io.github.batchq.expectation.PolicyTheory;
import io.github.batchq.expectation.TheoryEffort;
import io.github.batchq.expectation.TheoryOverlay;
import io.github.batchq.expectation.TheoryOverlays;
import io.github.batchq.file.PlanQuestion;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.Requirement;
import io.github.batchq.scenario.Horizon;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.service.AffineBatch;
import io.github.batchq.sim.Kernel;
import io.github.batchq.sim.ServerPool;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.TheoryResult.Exact;
import io.github.batchq.theory.TheoryResult.LowerBound;
import io.github.batchq.theory.TheoryResult.UpperBound;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What theory decides before anything is simulated. A candidate is out if the rate is not below its
 * capacity, or an upper bound of that; or if a requirement is beyond a value of theory that is
 * exact, or a bound on the side that matters. Where all requirements have exact values within their
 * limits, it keeps them.
 *
 * <p>Two bounds hold where no policy's own theory does. Any whole batch lasts as long as its
 * longest request, which is not shorter than their mean, so c servers carry at most c max_b b /
 * (alpha + beta b + (gamma + delta b) E[L]) in the long run, whatever the arrivals (T10). And full
 * batches formed ahead of the servers and served in that order wait no longer where there are more
 * servers, request by request, since the waiting times of G/G/c in the order of arrival decrease
 * with c (Kiefer and Wolfowitz 1955): what they miss on infinitely many servers they miss on any
 * number.
 */
final class TheoryScreen {
  private final List<Requirement> requirements;
  private final Metric ranking;
  private final TheoryOverlays theory;
  private final IdentityHashMap<PlanQuestion.Option, PolicyTheory> onOne = new IdentityHashMap<>();
  private final IdentityHashMap<PlanQuestion.Option, Double> mostOnOne = new IdentityHashMap<>();

  /**
   * @param requirements what must be kept
   * @param ranking what those that keep them are ranked by
   */
  TheoryScreen(List<Requirement> requirements, Metric ranking, TheoryOverlays theory) {
    this.requirements = requirements;
    this.ranking = ranking;
    this.theory = theory;
  }

  /** Metrics that are no worse on more servers where batches are formed ahead of them. */
  private static final Set<String> NO_WORSE_WITH_SERVERS =
      Set.of("slo.attainment", "goodput", "throughput", "wait.max");

  /**
   * Whether more servers never make a metric worse under the policy of a scenario: times of
   * requests in full batches that are formed ahead of the servers.
   */
  static boolean isMonotone(PreparedScenario scenario, Metric metric) {
    return scenario.policy().serving().inFullBatches()
        && (NO_WORSE_WITH_SERVERS.contains(metric.id())
            || metric.id().startsWith("latency.")
            || metric.id().startsWith("queueing.")
            || metric.id().startsWith("wait."));
  }

  /** The largest rate that a number of servers may carry; infinite where theory sets no limit. */
  double mostCarried(PlanQuestion.Option option, int servers) {
    PreparedScenario scenario = option.scenario();
    if (scenario.horizon() == Horizon.FINITE) {
      return Double.POSITIVE_INFINITY;
    }
    PolicyTheory one =
        onOne.computeIfAbsent(option, known -> PolicyTheory.of(scenario.withoutArrivals()));
    if (!one.isCapacityCheap()) {
      return servers * ceiling(scenario);
    }
    if (!one.growsWithServers()) {
      return carried(scenario.on(ServerPool.of(servers)));
    }
    return servers * mostOnOne.computeIfAbsent(option, known -> carried(scenario));
  }

  private double carried(PreparedScenario scenario) {
    TheoryResult capacity = theory.of(scenario).capacity();
    double most =
        capacity instanceof Exact || capacity instanceof UpperBound
            ? capacity.value()
            : Double.POSITIVE_INFINITY;
    return Math.min(most, ceiling(scenario));
  }

  /** What no grouping of requests into whole batches can exceed. */
  private static double ceiling(PreparedScenario scenario) {
    AffineBatch time = scenario.service().affine();
    double mean = scenario.lengthLaw().mean();
    if (time == null || !Double.isFinite(mean) || scenario.policy().serving().inSteps()) {
      return Double.POSITIVE_INFINITY;
    }
    double most = 0;
    for (int b = 1; b <= scenario.policy().batchSize(); b++) {
      double seconds = time.alpha() + time.beta() * b + (time.gamma() + time.delta() * b) * mean;
      most = Math.max(most, b / seconds);
    }
    return most * scenario.servers().count();
  }

  /** Rules a candidate out that cannot carry the rate. */
  void decideByCapacity(Trial trial, double rate) {
    double most = mostCarried(trial.option(), trial.servers());
    if (rate >= most) {
      trial.decide(
          CandidateOutcome.OVERLOADED_BY_THEORY,
          "carries at most " + PlanNumbers.text(most) + " req/s");
    }
  }

  /** Decides a candidate by what theory says of the requirements, if it says enough. */
  void decideByRequirements(Trial trial) {
    TheoryOverlay overlay = theory.of(trial.scenario());
    boolean allKept = trial.scenario().horizon() == Horizon.STEADY;
    for (Requirement requirement : requirements) {
      TheoryResult known = overlay.get(requirement.metric(), TheoryEffort.CHEAP);
      boolean bounds =
          known instanceof Exact
              || (requirement.isUpper()
                  ? known instanceof LowerBound
                  : known instanceof UpperBound);
      if (bounds && !requirement.isKeptBy(known.value())) {
        trial.decide(CandidateOutcome.MISSES_BY_THEORY, sentence(requirement, known));
        return;
      }
      allKept &= known instanceof Exact;
    }
    if (allKept && overlay.get(ranking, TheoryEffort.CHEAP) instanceof Exact rank) {
      trial.keepsByTheory(rank.value());
    }
  }

  /**
   * Why a policy misses a requirement on any number of servers; empty where theory does not say so.
   */
  String whyHopeless(PlanQuestion.Option option) {
    for (Requirement requirement : requirements) {
      TheoryResult least = onAnyNumber(option.scenario(), requirement.metric());
      if (least instanceof Exact && !requirement.isKeptBy(least.value())) {
        return sentence(requirement, least) + ", on any number of servers";
      }
    }
    return "";
  }

  /** What theory says of a metric on infinitely many servers, where fewer do no better. */
  private TheoryResult onAnyNumber(PreparedScenario scenario, Metric metric) {
    return isMonotone(scenario, metric)
        ? theory
            .of(scenario.on(ServerPool.of(Kernel.INFINITE_SERVERS)))
            .get(metric, TheoryEffort.CHEAP)
        : new TheoryResult.Undefined("it may be better on fewer servers", "none");
  }

  private static String sentence(Requirement requirement, TheoryResult known) {
    String kind =
        known instanceof Exact ? "is" : requirement.isUpper() ? "is at least" : "is at most";
    return requirement.metric().id()
        + " "
        + kind
        + " "
        + PlanNumbers.text(known.value())
        + " by "
        + known.source();
  }
}

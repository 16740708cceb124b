package io.github.batchq.study.plan;

import io.github.batchq.file.PlanQuestion;
import io.github.batchq.metric.Metric;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.sim.ServerPool;
import org.jspecify.annotations.Nullable;

/** A candidate, a policy on a number of servers, and what is known of it so far. */
final class Trial {
  private final int number;
  private final PlanQuestion.Option option;
  private final int servers;
  private @Nullable PreparedScenario scenario;
  private @Nullable CandidateOutcome outcome;
  private @Nullable Sample race;
  private @Nullable Sample fresh;
  private String reason = "";
  private double rankByTheory = Double.NaN;
  private long runs;

  Trial(int number, PlanQuestion.Option option, int servers) {
    this.number = number;
    this.option = option;
    this.servers = servers;
  }

  int number() {
    return number;
  }

  String label() {
    return option.choice().label();
  }

  String family() {
    return option.choice().family();
  }

  PlanQuestion.Option option() {
    return option;
  }

  int servers() {
    return servers;
  }

  /** The traffic, the policy and this number of servers. */
  PreparedScenario scenario() {
    PreparedScenario known = scenario;
    if (known == null) {
      known = option.scenario().on(ServerPool.of(servers));
      scenario = known;
    }
    return known;
  }

  /** What became of it; null while it is in play and has not run. */
  @Nullable CandidateOutcome outcome() {
    return outcome;
  }

  void decide(CandidateOutcome found, String why) {
    outcome = found;
    reason = why;
  }

  /** It keeps the requirements by theory, which knows the metric that ranks too. */
  void keepsByTheory(double rank) {
    decide(CandidateOutcome.KEEPS, "by theory");
    rankByTheory = rank;
  }

  /** Whether theory decided that it keeps the requirements. */
  boolean isKnown() {
    return !Double.isNaN(rankByTheory);
  }

  /** The value of the metric that ranks: of theory, else of its race; NaN where it has none. */
  double rank(Metric metric) {
    return isKnown() ? rankByTheory : race == null ? Double.NaN : race.mean(metric);
  }

  /** Why, in a few words; empty where the outcome says all. */
  String reason() {
    return reason;
  }

  /** Its last runs of the race; null where it has none. */
  @Nullable Sample race() {
    return race;
  }

  void raced(Sample sample) {
    race = sample;
    runs += sample.replications();
  }

  /** Its runs on streams that decided nothing about it; null where it has none. */
  @Nullable Sample fresh() {
    return fresh;
  }

  void ranAgain(Sample sample) {
    fresh = sample;
    runs += sample.replications();
  }

  /** The runs that say most of it; null where it has none. */
  @Nullable Sample best() {
    return fresh != null ? fresh : race;
  }

  long runs() {
    return runs;
  }

  /** Whether nothing has been decided about it. */
  boolean isUndecided() {
    return outcome == null;
  }

  boolean keeps() {
    return outcome == CandidateOutcome.KEEPS;
  }
}

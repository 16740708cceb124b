package io.github.batchq.study.plan;

import io.github.batchq.expectation.Stability;
import io.github.batchq.expectation.Stability.Regime;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.scenario.Horizon;
import io.github.batchq.scenario.PreparedScenario;
import org.jspecify.annotations.Nullable;

/**
 * How much is run of a candidate. In the steady state a stage has eight runs, four times as long as
 * those before, of which the first fifth is not measured; near the capacity they are as long as the
 * queue needs to become steady. In finite runs, whose length is given, a stage has twice as many
 * runs as the one before; where nothing in a run is drawn there is one.
 */
final class Effort {
  /** Stages of a race. */
  static final int STAGES = 5;

  /** Stages of a race among those that cost more than one that keeps the requirements. */
  static final int STAGES_OF_DEARER = 3;

  private static final int REPLICATIONS = 8;
  private static final int FRESH_REPLICATIONS = 24;

  /** The first replication of those that decide nothing in a race. */
  private static final int FRESH = 2048;

  private static final long SHORTEST = 4000;
  private static final long LONGEST = 1L << 20;

  /** A run should see this many times as many batches as wait for company at once. */
  private static final long FORMINGS = 4;

  /** Runs that are longer by this factor than what is critical show the steady state. */
  private static final double BEYOND_CRITICAL = 4;

  private Effort() {}

  /**
   * The runs of a stage.
   *
   * @param number tells them from all others
   * @param stage from 0
   * @param last those of the stage before; null for none
   */
  static PlanRuns.Task stage(
      int number, PreparedScenario scenario, int stage, @Nullable Sample last) {
    int from = from(scenario, stage);
    int to = scenario.isRandom() ? from(scenario, stage + 1) : from + 1;
    return new PlanRuns.Task(number, runs(scenario, stage, last), from, to);
  }

  /**
   * Runs with random numbers that no race has.
   *
   * @param number tells them from all others
   * @param run {@link #telling}, or {@link #confirming}
   */
  static PlanRuns.Task fresh(int number, PreparedScenario run) {
    int runs = run.isRandom() ? FRESH_REPLICATIONS : 1;
    return new PlanRuns.Task(number, run, FRESH, FRESH + runs);
  }

  private static PreparedScenario runs(
      PreparedScenario scenario, int stage, @Nullable Sample last) {
    if (scenario.horizon() == Horizon.FINITE) {
      return scenario;
    }
    long requests = Math.max(SHORTEST, FORMINGS * scenario.policy().mostForming()) << (2 * stage);
    if (last != null && stage >= STAGES_OF_DEARER) {
      requests = Math.max(requests, forSteadyState(last));
    }
    return ofLength(scenario, Math.min(requests, LONGEST));
  }

  /** As many requests as the queue needs, by what runs showed of it; 0 if they do not show it. */
  private static long forSteadyState(Sample sample) {
    Stability stability = sample.stability();
    double load = stability.load();
    if (stability.regime() == Regime.OVERLOADED || !(load < 1)) {
      return 0;
    }
    PreparedScenario scenario = sample.scenario();
    double spread =
        scenario.spread(
            sample.mean(Metric.BATCH_SIZE_MEAN), sample.mean(Metric.named("batch.time.variation")));
    double critical = Stability.CHANCE * spread / (1 - load);
    double requests = BEYOND_CRITICAL * scenario.requests() * critical * critical;
    return requests < LONGEST ? (long) requests : LONGEST;
  }

  /**
   * The scenario as it is run again to confirm what a race said: as long as there, and not shorter
   * than what is only told.
   *
   * @param race its last runs; null where theory decided
   */
  static PreparedScenario confirming(PreparedScenario scenario, @Nullable Sample race) {
    PreparedScenario told = telling(scenario);
    return scenario.horizon() == Horizon.FINITE
            || race == null
            || race.scenario().requests() <= told.requests()
        ? told
        : ofLength(scenario, race.scenario().requests());
  }

  /** The scenario in runs that are told of and decide nothing. */
  static PreparedScenario telling(PreparedScenario scenario) {
    return runs(scenario, STAGES_OF_DEARER - 1, null);
  }

  private static PreparedScenario ofLength(PreparedScenario scenario, long requests) {
    return scenario.inRuns(requests, new WarmUp(requests / 5, null));
  }

  /** The first replication of a stage. */
  private static int from(PreparedScenario scenario, int stage) {
    return scenario.horizon() == Horizon.FINITE
        ? REPLICATIONS * ((1 << stage) - 1)
        : REPLICATIONS * stage;
  }
}

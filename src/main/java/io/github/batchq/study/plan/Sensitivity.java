package io.github.batchq.study.plan;

import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.sim.ServerPool;
import io.github.batchq.workload.LognormalNoise;
import io.github.batchq.workload.Oracle;
import io.github.batchq.workload.PredictorSpec;
import io.github.batchq.workload.SymmetricError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What changes of traffic, predictor and servers would do to a configuration that was chosen. */
final class Sensitivity {
  /** More or less traffic, and longer answers. */
  private static final double SHARE = 0.1;

  private static final double NOISE = 0.3;

  private static final double MOST_ERRORS = 0.5;

  private Sensitivity() {}

  /**
   * A change and what it does.
   *
   * @param name in words
   * @param sample its runs; null where the change cannot be
   * @param note why it cannot be, or what is changed exactly; may be empty
   */
  record Change(String name, @Nullable Sample sample, String note) {}

  /** A change before it is run. */
  private record Changed(String name, @Nullable PreparedScenario scenario, String note) {}

  /** Runs the changes with the random numbers of the fresh runs of the configuration. */
  static List<Change> of(Trial winner, PlanRuns runs) throws InterruptedException {
    List<Changed> changes = changes(winner);
    List<PlanRuns.Task> tasks = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      PreparedScenario scenario = changes.get(i).scenario();
      if (scenario != null) {
        tasks.add(Effort.fresh(PlanRuns.numberChanged(winner, i), Effort.telling(scenario)));
      }
    }
    List<Sample> samples = runs.make(tasks);
    List<Change> found = new ArrayList<>();
    int next = 0;
    for (Changed change : changes) {
      Sample sample = change.scenario() == null ? null : samples.get(next++);
      found.add(new Change(change.name(), sample, change.note()));
    }
    return found;
  }

  private static List<Changed> changes(Trial winner) {
    PreparedScenario scenario = winner.scenario();
    double rate = scenario.arrivals().rate();
    List<Changed> changes = new ArrayList<>();
    if (Double.isFinite(rate)) {
      changes.add(new Changed("10 % less traffic", scenario.atRate(rate * (1 - SHARE)), ""));
      changes.add(new Changed("10 % more traffic", scenario.atRate(rate * (1 + SHARE)), ""));
    }
    changes.add(new Changed("answers 10 % longer", scenario.withLengthsTimes(1 + SHARE), ""));
    changes.add(predictor(scenario));
    changes.add(
        winner.servers() == 1
            ? new Changed("one server fewer", null, "there is one")
            : new Changed(
                "one server fewer", scenario.on(ServerPool.of(winner.servers() - 1)), ""));
    changes.add(
        new Changed("one server more", scenario.on(ServerPool.of(winner.servers() + 1)), ""));
    return changes;
  }

  private static Changed predictor(PreparedScenario scenario) {
    String name = "a worse predictor";
    if (scenario.boundaries().bins() == 1 && !scenario.policy().readsLengths()) {
      return new Changed(name, null, "the policy does not look at predictions");
    }
    PredictorSpec worse = worse(scenario.predictor());
    return worse == null
        ? new Changed(name, null, "the predictor has no number for its errors")
        : new Changed(name, scenario.told(worse), words(worse));
  }

  private static String words(PredictorSpec predictor) {
    if (predictor instanceof LognormalNoise noise) {
      return "lognormal noise of sigma " + PlanNumbers.text(noise.sigma());
    }
    return predictor instanceof SymmetricError error
        ? "errors with probability " + PlanNumbers.text(error.errorRate()) + " to either side"
        : "";
  }

  /** The same kind with twice the errors; null where it has no number for them. */
  private static @Nullable PredictorSpec worse(PredictorSpec predictor) {
    if (predictor instanceof Oracle) {
      return new LognormalNoise(NOISE);
    }
    if (predictor instanceof LognormalNoise noise) {
      return new LognormalNoise(2 * noise.sigma());
    }
    if (predictor instanceof SymmetricError error) {
      return new SymmetricError(Math.min(MOST_ERRORS, 2 * error.errorRate()));
    }
    return null;
  }
}

package io.github.batchq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Precision;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replications until a metric is precise enough. */
class PrecisionTest {
  private static final String SWEEP =
      """
      name: precision
      scenario:
        arrivals: {process: poisson-at-load, load: 0.5}
        service: {law: uniform, min: 1, max: 20}
        policy: {type: multi-bin, bins: 2, boundaries: equal-mass, batchSize: 8}
        requests: 2000
      sweep:
        arrivals.load: [0.6, 0.9, 0.97, 1.5]
      replications: 6
      precision: {metric: latency.mean, relative: 0.025, maxReplications: 60}
      metrics: [latency.mean]
      """;

  @TempDir Path folder;

  private static RunResults run(Experiment experiment, int threads) {
    try {
      return Runner.run(experiment, threads, (runs, allRuns, requests) -> {});
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void addsReplicationsWhereTheyAreNeeded() {
    RunResults results = run(ExperimentFiles.read(folder, SWEEP), 2);
    ResultTable summary = results.summary();
    assertEquals("reached", summary.text(0, "precision"));
    assertEquals("reached", summary.text(1, "precision"));
    assertEquals("not reached", summary.text(2, "precision"));
    assertEquals("no value", summary.text(3, "precision"));
    assertEquals(6, results.replications(0));
    assertTrue(results.replications(1) > 6 && results.replications(1) < 60);
    assertEquals(60, results.replications(2));
    assertEquals(6, results.replications(3));
    for (int p : new int[] {0, 1}) {
      Estimate estimate = results.estimate(p, Metric.named("latency.mean"));
      assertTrue(estimate.halfWidth() <= 0.025 * estimate.mean());
      assertEquals(results.replications(p) - 1, estimate.degreesOfFreedom());
    }
    assertEquals(
        results.replications(0) + results.replications(1) + 60 + 6,
        results.replications().rows().size());
  }

  @Test
  void givesTheSameRunsOnAnyNumberOfThreads() {
    Experiment experiment = ExperimentFiles.read(folder, SWEEP);
    RunResults one = run(experiment, 1);
    RunResults three = run(experiment, 3);
    assertEquals(one.summary().toCsv(), three.summary().toCsv());
    assertEquals(one.replications().toCsv(), three.replications().toCsv());
  }

  /** More replications are more of the same: the first ones stay what they were. */
  @Test
  void theFirstReplicationsAreThoseOfAFixedNumber() {
    RunResults results = run(ExperimentFiles.read(folder, SWEEP), 2);
    RunResults fixed =
        run(
            ExperimentFiles.read(
                folder,
                SWEEP.replaceAll("precision: .*\n", "").replace("name: precision", "name: fixed")),
            2);
    List<Double> some = new ArrayList<>();
    List<Double> same = new ArrayList<>();
    for (int r = 0; r < 6; r++) {
      some.add(results.value(1, r, Metric.named("latency.mean")));
      same.add(fixed.value(1, r, Metric.named("latency.mean")));
    }
    assertEquals(same, some);
  }

  /** Rounds are fixed, so that a slice of them can be made anywhere. */
  @Test
  void doublesTheirNumberUpToTheMost() {
    Precision precision = new Precision("latency.mean", 0.01, null, null);
    assertEquals(20, precision.next(10));
    assertEquals(1000, precision.next(800));
    assertEquals(15, new Precision("latency.mean", 0.01, null, 15).next(10));
  }

  @Test
  void isReachedByAnIntervalThatIsNarrowEnough() {
    Precision precision = new Precision("latency.mean", 0.01, null, null);
    // Mean 10, half-width 0.2 or twice what is asked for.
    double deviation = 0.2 / 2.2621571628 * Math.sqrt(10) * Math.sqrt(0.9);
    double[] values = new double[10];
    for (int i = 0; i < 10; i++) {
      values[i] = 10 + (i % 2 == 0 ? deviation : -deviation);
    }
    assertEquals(0.2, Estimate.of(values).halfWidth(), 1e-6);
    assertFalse(precision.isReachedBy(Estimate.of(values)));
    assertFalse(new Precision("latency.mean", 0.0199, null, null).isReachedBy(Estimate.of(values)));
    assertTrue(new Precision("latency.mean", 0.0201, null, null).isReachedBy(Estimate.of(values)));
  }

  @Test
  void refusesWhatMakesNoSense() {
    String wrong = SWEEP.replace("metric: latency.mean", "metric: latency.man");
    assertEquals(
        "experiment.yaml, line 10: unknown metric 'latency.man'; did you mean 'latency.mean'?",
        String.valueOf(
                assertThrows(BadInputException.class, () -> ExperimentFiles.read(folder, wrong))
                    .getMessage())
            .replaceAll("^.*/", "")
            .replaceAll("\\? .*", "?"));
    for (String bad : List.of("relative: 0", "relative: 1", "relative: 0.1, confidence: 1")) {
      assertThrows(
          BadInputException.class,
          () -> ExperimentFiles.read(folder, SWEEP.replace("relative: 0.025", bad)));
    }
    assertThrows(
        BadInputException.class,
        () ->
            ExperimentFiles.read(
                folder, SWEEP.replace("maxReplications: 60", "maxReplications: 4")));
  }
}

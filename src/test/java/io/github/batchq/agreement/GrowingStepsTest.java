package io.github.batchq.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.Runner;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.model.ResultTable;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches whose steps take longer in larger ones, beside theory. */
class GrowingStepsTest {
  private static final String LENGTHS = "{law: uniform, min: 34, max: 500}";

  @TempDir private Path folder;

  private Experiment experiment(String service, String more) {
    return ExperimentFiles.read(folder, ExperimentFiles.withService(service, more));
  }

  /** The means of runs whose steps take longer in larger batches, beside their exact values. */
  @Test
  void simulationMeetsTheory() throws InterruptedException {
    Experiment experiment =
        experiment(
            "{tokens: %s, model: {type: affine, alpha: 2, beta: 0.1, gamma: 0.03, delta: 0.001}}"
                .formatted(LENGTHS),
            "  warmUp: {requests: 80}");
    ResultTable summary = Runner.run(experiment, 2, (runs, allRuns, requests) -> {}).summary();
    for (String metric : new String[] {"service.mean", "padding"}) {
      assertEquals("exact", summary.text(0, metric + ".theory.kind"));
      // 99.9 % instead of 95 %: t(9) quantiles 4.781 and 2.262.
      assertEquals(
          summary.number(0, metric + ".theory"),
          summary.number(0, metric),
          summary.number(0, metric + ".ci95") * 4.781 / 2.262,
          metric);
    }
  }

  /** Batches of every size, whose steps take longer in larger ones, beside the bulk queue. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: dynamic, batchSize: 8} | 0.25",
        "{type: dynamic, batchSize: 8, least: 3} | 0.15",
        "{type: max-wait, bins: 2, boundaries: equal-mass, batchSize: 8, maxWait: 20} | 0.12"
      })
  void simulationMeetsTheoryOfEverySize(String policy, double rate) throws InterruptedException {
    Experiment experiment =
        ExperimentFiles.read(
            folder,
            """
            name: sizes
            scenario:
              arrivals: {process: poisson, rate: %s}
              service:
                tokens: %s
                model: {type: affine, alpha: 2, beta: 0.1, gamma: 0.03, delta: 0.002}
              policy: %s
              requests: 20000
              warmUp: {requests: 200}
            replications: 10
            seed: 3
            metrics: [latency.mean, service.mean, batch.size.mean, utilization]
            """
                .formatted(rate, LENGTHS, policy));
    ResultTable summary = Runner.run(experiment, 2, (runs, allRuns, requests) -> {}).summary();
    int exact = 0;
    for (String metric :
        new String[] {"latency.mean", "service.mean", "batch.size.mean", "utilization"}) {
      if (summary.text(0, metric + ".theory.kind").equals("exact")) {
        exact++;
        double halfWidth = summary.number(0, metric + ".ci95");
        double theory = summary.number(0, metric + ".theory");
        assertEquals(theory, summary.number(0, metric), halfWidth * 4.781 / 2.262, metric);
        assertTrue(halfWidth < 0.03 * theory, metric + " " + halfWidth);
      }
    }
    assertTrue(exact >= 3, "theory has values for " + exact);
  }
}

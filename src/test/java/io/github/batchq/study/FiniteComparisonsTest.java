package io.github.batchq.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import io.github.batchq.results.ResultFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparisons of finite runs, which rank values as they are. */
class FiniteComparisonsTest {
  @TempDir Path folder;

  private Experiment read(String text) {
    return ExperimentFiles.read(folder, text);
  }

  private static String refusal(Runnable what) {
    return assertThrows(BadInputException.class, what::run).getMessage();
  }

  @Test
  void comparisonsDoNotMixHorizons() {
    String text =
        ExperimentFiles.offlineJob("steady")
            + "sweep:\n  horizon: [steady, finite]\nreplications: 2\n";
    String refused = refusal(() -> PolicyComparison.of(read(text), List.of("horizon=steady")));
    assertTrue(
        refused.contains("one horizon, found steady at steady and finite at finite"), refused);
    RunResults results = ExperimentFiles.run(read(text));
    assertEquals("overloaded", results.summary().text(0, "stability"));
    assertEquals("finite", results.summary().text(1, "stability"));
    assertTrue(
        refusal(() -> best("horizon", results)).contains("finite runs beside the steady state"));
  }

  private ResultTable best(String path, RunResults results) {
    Path written = folder.resolve("results");
    ResultFolder.write(
        written,
        Map.of(
            "summary.csv", bytes(results.summary()),
            "replications.csv", bytes(results.replications())));
    return new BestValues(path, Metric.named("latency.mean"), 0.95, List.of()).find(written);
  }

  private static byte[] bytes(ResultTable table) {
    return table.toCsv().getBytes(StandardCharsets.UTF_8);
  }

  /** Overloaded at any rate, and ranked all the same. */
  @Test
  void comparisonsRankFiniteValuesAsTheyAre() {
    String text =
        ExperimentFiles.offlineJob("finite")
                .replace("deterministic, value: 1", "uniform, min: 0, max: 2")
            + "sweep:\n  policy.batchSize: [1, 10]\nreplications: 5\n";
    Experiment experiment = read(text);
    PolicyComparison comparison = PolicyComparison.of(experiment, List.of("policy.batchSize=1"));
    RunResults results = ExperimentFiles.run(experiment);
    ResultTable compared = comparison.table(results, experiment.metrics(), 0.95);
    assertEquals("better", compared.text(0, "verdict"));
    assertTrue(compared.number(0, "ratio") < 0.3);
    ResultTable best = best("policy.batchSize", results);
    assertEquals("10", best.text(0, "best"));
    assertEquals("0", best.text(0, "overloaded"));
  }
}

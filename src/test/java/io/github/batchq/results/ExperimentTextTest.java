package io.github.batchq.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.Runner;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.ExperimentFile;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An experiment is the same one where it is prepared again from its text. */
class ExperimentTextTest {
  private static final String LENGTHS = "{law: empirical, file: data/lengths.csv, column: tokens}";

  @TempDir Path folder;
  @TempDir Path elsewhere;

  @BeforeEach
  void data() throws IOException {
    Files.createDirectory(folder.resolve("data"));
    Files.writeString(folder.resolve("data/lengths.csv"), "tokens\n3\n5\n9\n14\n");
  }

  private Experiment experiment(String service) throws IOException {
    Path file = folder.resolve("experiment.yaml");
    Files.writeString(
        file,
        """
        name: small
        scenario:
          arrivals: {process: poisson, rate: 0.5}
          service: %s
          policy: {type: multi-bin, bins: 2, boundaries: equal-mass, batchSize: 4}
          requests: 300
        sweep:
          arrivals.rate: [0.2, 0.4]
        replications: 3
        metrics: [latency.mean]
        """
            .formatted(service));
    return ExperimentFile.read(file, Map.of());
  }

  private static String values(Experiment experiment) throws InterruptedException {
    return Runner.run(experiment, 1, (runs, all, requests) -> {})
        .summary(experiment.measured())
        .toCsv();
  }

  private void assertRefused(ExperimentText text, String sentence) {
    BadInputException refused =
        assertThrows(BadInputException.class, () -> ExperimentText.read(text.text(), elsewhere));
    assertEquals(sentence, refused.getMessage());
  }

  @Test
  void whatTheCommandLineAndAComparisonChangedIsThere() throws Exception {
    Experiment changed =
        experiment(LENGTHS)
            .withSeed(5)
            .withReplications(2)
            .measuring(List.of(Metric.named("slowdown.mean")));
    ExperimentText text = ExperimentText.of(changed);
    assertEquals(Map.of("lengths.csv", folder.resolve("data/lengths.csv")), text.files());
    Files.copy(folder.resolve("data/lengths.csv"), elsewhere.resolve("lengths.csv"));
    Experiment again = ExperimentText.read(text.text(), elsewhere);
    assertEquals(values(changed), values(again));
    assertTrue(values(changed).contains("slowdown.mean"));
  }

  @Test
  void otherDataAreRefused() throws Exception {
    ExperimentText text = ExperimentText.of(experiment(LENGTHS));
    Path there = elsewhere.resolve("lengths.csv");
    assertRefused(text, "data file " + there + " is not there where runs are made");
    Files.writeString(there, "tokens\n3\n5\n9\n15\n");
    assertRefused(
        text,
        "data file " + there + " is another one where runs are made than where they are wanted");
  }

  @Test
  void anotherVersionIsRefused() throws Exception {
    ExperimentText text = ExperimentText.of(experiment("{law: uniform, min: 1, max: 20}"));
    String own = Manifest.version();
    ExperimentText other =
        new ExperimentText(text.text().replace("\"" + own, "\"9.9.9-" + own), Map.of());
    BadInputException refused =
        assertThrows(BadInputException.class, () -> ExperimentText.read(other.text(), elsewhere));
    assertTrue(
        String.valueOf(refused.getMessage()).startsWith("runs are wanted by batchq 9.9.9-" + own),
        refused.getMessage());
  }

  @Test
  void filesOfOneNameAreRefused() throws Exception {
    Files.copy(folder.resolve("data/lengths.csv"), folder.resolve("lengths.csv"));
    experiment("{law: empirical, file: lengths.csv, column: tokens}");
    Experiment two =
        ExperimentFile.read(
            folder.resolve("experiment.yaml"),
            Map.of("sweep", "{service.file: [lengths.csv, data/lengths.csv]}"));
    BadInputException refused = assertThrows(BadInputException.class, () -> ExperimentText.of(two));
    assertEquals(
        "the data files "
            + folder.resolve("lengths.csv")
            + " and "
            + folder.resolve("data/lengths.csv")
            + " have one name, and lie in one folder where runs are made elsewhere: rename one",
        refused.getMessage());
  }
}

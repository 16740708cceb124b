package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.Runner;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.ExperimentFile;
import io.github.batchq.model.ResultTable;
import io.github.batchq.results.JournalFile;
import io.github.batchq.results.StoredTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code capacity}, {@code variance-reduction}, {@code self-test} and {@code run --resume}. */
class StatisticsCommandsTest {
  private static final String JOURNAL = ".unfinished-runs";

  @TempDir Path folder;

  private Path file = Path.of("");
  private Path out = Path.of("");

  @BeforeEach
  void files() {
    file = Shell.write(folder.resolve("small.yaml"), Shell.SMALL);
    out = folder.resolve("out");
  }

  private static String refused(Object... arguments) {
    Shell shell = Shell.run(arguments);
    assertEquals(2, shell.status(), shell.out());
    assertEquals(1, shell.err().lines().count(), shell.err());
    return shell.err();
  }

  @Test
  void capacityStandsBesideTheory() {
    Shell shell =
        Shell.run(
            "capacity",
            file,
            "--set",
            "scenario.requests=20000",
            "--relative",
            "0.05",
            "--out",
            out);
    assertEquals(0, shell.status(), shell.err());
    ResultTable table = StoredTable.read(out.resolve("capacity.csv"));
    assertEquals(
        List.of("policy.bins", "rate.within", "rate.beyond", "theory", "kind", "runs", "stopped"),
        table.columns());
    // Points that differ in their arrivals alone are one.
    assertEquals(2, table.rows().size());
    for (int row = 0; row < 2; row++) {
      assertTrue(table.number(row, "rate.within") < table.number(row, "theory"));
      assertTrue(table.number(row, "theory") < table.number(row, "rate.beyond"));
      assertEquals("narrow enough", table.text(row, "stopped"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--limit latency.p99",
        "--limit latency.p100=3",
        "--limit latency.p99=soon",
        "--limit latency.p99=-1",
        "--limit throughput=3",
        "--limit gap.mean=3",
        "--relative 0",
        "--confidence 1",
        "--max-replications 3",
        "--threads 0",
        "--set scenario.servers=infinite"
      })
  void capacityRefusesWhatMakesNoSense(String options) {
    String[] parts = options.split(" ", 2);
    refused("capacity", file, parts[0], parts[1]);
  }

  @Test
  void capacityRefusesTimesBeyondTheRangeOfNumbers() {
    String huge = "scenario.service={law: uniform, min: 1e308, max: 1.7e308}";
    String refusal = refused("capacity", file, "--set", huge, "--set", "sweep.policy.bins=[1]");
    assertTrue(refusal.contains("would be at no finite time"), refusal);
  }

  @Test
  void validateAllRefusesBeforeItWorks() {
    assertTrue(refused("self-test", "--out", folder).contains("--out must name a file"));
    assertTrue(refused("self-test", "--macro-replications", "10").contains("at least 100"));
    assertTrue(
        refused("self-test", "--out", out.resolve("page.md"), "--experiments", folder)
            .contains(folder.toString()));
    assertEquals(List.of("small.yaml"), Shell.names(folder));
  }

  @Test
  void varianceReductionRefusesTooFewReplications() {
    assertTrue(refused("variance-reduction", "--replications", "10").contains("at least 60"));
    assertTrue(refused("variance-reduction", "--out", folder).contains("--out must name a file"));
  }

  /** A sweep that lost its process after some runs goes on, and nothing shows that it did. */
  @Test
  void resumeGoesOnWhereARunWasKilled() throws IOException, InterruptedException {
    Path whole = folder.resolve("whole");
    assertEquals(0, Shell.run("run", file, "--out", whole).status());
    List<String> lines = journalOfAWholeSweep();
    Files.createDirectories(out);
    Files.writeString(
        out.resolve(JOURNAL),
        String.join("\n", lines.subList(0, 6)) + "\n" + lines.get(6).substring(0, 20));
    String refusal = refused("run", file, "--out", out);
    assertTrue(refusal.contains("5 finished runs"), refusal);
    assertTrue(refusal.contains("--resume"), refusal);
    assertTrue(refused("run", file, "--out", out, "--resume", "--restart").contains("exclude"));
    assertTrue(
        refused("run", file, "--out", out, "--resume", "--seed", "2")
            .contains("another experiment"));
    Shell shell = Shell.run("run", file, "--out", out, "--resume");
    assertEquals(0, shell.status(), shell.err());
    for (String name : List.of("summary.csv", "replications.csv", "throughput.png")) {
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(name)), Files.readAllBytes(out.resolve(name)), name);
    }
    assertEquals(Shell.names(whole), Shell.names(out));
  }

  @Test
  void restartForgetsTheFinishedRuns() throws IOException, InterruptedException {
    Files.createDirectories(out);
    Files.writeString(
        out.resolve(JOURNAL), String.join("\n", journalOfAWholeSweep().subList(0, 6)) + "\n");
    assertEquals(0, Shell.run("run", file, "--out", out, "--restart").status());
    assertTrue(Files.notExists(out.resolve(JOURNAL)));
  }

  /** What a sweep has on disk when all runs are finished and the results are not yet in place. */
  private List<String> journalOfAWholeSweep() throws IOException, InterruptedException {
    Path finished = folder.resolve("finished");
    Experiment experiment = ExperimentFile.read(file, Map.of());
    try (JournalFile journal = JournalFile.open(finished, experiment, false)) {
      Runner.run(experiment, 1, (runs, allRuns, requests) -> {}, journal);
    }
    List<String> lines = Files.readAllLines(finished.resolve(JOURNAL));
    assertEquals(1 + 12, lines.size());
    return lines;
  }
}

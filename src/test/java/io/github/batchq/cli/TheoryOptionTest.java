package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much theory stands beside the results, and what is said of the rest. */
class TheoryOptionTest {
  /** The chain of a bulk queue tells the latency below the capacity, 0.447 requests/s. */
  private static final String DYNAMIC =
      """
      name: dynamic
      scenario:
        arrivals: {process: poisson, rate: 0.3}
        service: {law: uniform, min: 1, max: 20}
        policy: {type: dynamic, batchSize: 8}
        requests: 60
      sweep:
        arrivals.rate: [0.2, 0.3, 0.6]
      replications: 2
      metrics: [throughput, latency.mean, latency.p99]
      charts:
        - {file: latency, x: arrivals.rate, y: latency.mean}
      """;

  private static final String LEFT_OUT =
      "Theory of latency.mean is left out by --theory cheap, the default beyond 1000 points;"
          + " --theory all has it.";

  @TempDir Path folder;

  private Path write(String experiment) {
    return Shell.write(folder.resolve("experiment.yaml"), experiment);
  }

  private static Shell done(Object... words) {
    Shell shell = Shell.run(words);
    assertEquals(0, shell.status(), shell.err());
    return shell;
  }

  private static List<String> columns(Path out) {
    return List.of(
        Shell.read(out.resolve("summary.csv")).lines().findFirst().orElseThrow().split(","));
  }

  private static JsonNode manifest(Path out) throws IOException {
    return new ObjectMapper().readTree(out.resolve("manifest.json").toFile());
  }

  private static String words(String text) {
    return text.replaceAll("\\s+", " ");
  }

  @Test
  void allIsWhatASmallSweepHas() throws IOException {
    Path file = write(DYNAMIC);
    Path plain = folder.resolve("plain");
    Path all = folder.resolve("all");
    Shell run = done("run", file, "--out", plain);
    done("run", file, "--out", all, "--theory", "all");
    assertTrue(columns(plain).containsAll(List.of("throughput.theory", "latency.mean.theory")));
    assertEquals(Shell.read(plain.resolve("summary.csv")), Shell.read(all.resolve("summary.csv")));
    for (Path out : List.of(plain, all)) {
      assertFalse(manifest(out).has("theory"));
      assertFalse(manifest(out).has("theoryLeftOut"));
    }
    assertFalse(run.out().contains("left out"), run.out());
  }

  @Test
  void cheapLeavesOutTheChainAndSaysSo() throws IOException {
    Path all = folder.resolve("all");
    Path cheap = folder.resolve("cheap");
    Path file = write(DYNAMIC);
    done("run", file, "--out", all);
    Shell run = done("run", file, "--out", cheap, "--theory", "cheap");
    List<String> whole = Shell.read(all.resolve("summary.csv")).lines().toList();
    List<String> left = Shell.read(cheap.resolve("summary.csv")).lines().toList();
    int kind = columns(all).indexOf("latency.mean.theory.kind");
    assertEquals(columns(all), columns(cheap));
    for (int row = 1; row < whole.size(); row++) {
      List<String> cells = new ArrayList<>(List.of(whole.get(row).split(",", -1)));
      // Beyond the capacity the latency is infinite, which costs nothing to say.
      boolean overloaded = row == 3;
      assertEquals(overloaded ? "Infinity" : "exact", cells.get(overloaded ? kind - 1 : kind));
      if (!overloaded) {
        cells.set(kind - 1, "");
        cells.set(kind, "");
      }
      assertEquals(String.join(",", cells), left.get(row));
    }
    assertEquals("cheap", manifest(cheap).path("theory").asText());
    assertEquals(LEFT_OUT, manifest(cheap).path("theoryLeftOut").asText());
    assertTrue(words(run.out()).contains(LEFT_OUT), run.out());
  }

  @Test
  void offHasNoTheoryAndTheSameVerdicts() throws IOException {
    Path all = folder.resolve("all");
    Path off = folder.resolve("off");
    Path file = write(DYNAMIC);
    done("run", file, "--out", all);
    Shell run = done("run", file, "--out", off, "--theory", "off");
    List<String> columns = new ArrayList<>(columns(all));
    List<Integer> kept = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      if (!columns.get(column).contains(".theory")) {
        kept.add(column);
      }
    }
    List<String> expected =
        Shell.read(all.resolve("summary.csv"))
            .lines()
            .map(line -> line.split(",", -1))
            .map(cells -> String.join(",", kept.stream().map(column -> cells[column]).toList()))
            .toList();
    assertTrue(kept.size() < columns.size());
    assertEquals(expected, Shell.read(off.resolve("summary.csv")).lines().toList());
    assertEquals("off", manifest(off).path("theory").asText());
    assertTrue(
        words(run.out())
            .contains(
                "Theory of throughput, latency.mean is left out by --theory off; --theory all has"
                    + " it."),
        run.out());
  }

  @Test
  void aLargeSweepLeavesOutWhatTakesLong() throws IOException {
    Path out = folder.resolve("large");
    String large =
        DYNAMIC
            .replace("[0.2, 0.3, 0.6]", "{from: 0.001, to: 1.001, step: 0.001}")
            .replace("requests: 60", "requests: 8")
            .replace(
                "metrics: [throughput, latency.mean, latency.p99]",
                "metrics: [throughput, latency.mean]");
    large = large.substring(0, large.indexOf("charts:"));
    Shell run = done("run", write(large), "--out", out);
    assertEquals("cheap", manifest(out).path("theory").asText());
    assertEquals(LEFT_OUT, manifest(out).path("theoryLeftOut").asText());
    assertTrue(words(run.out()).contains(LEFT_OUT), run.out());
    Shell full = done("run", write(large.replace("to: 1.001", "to: 1.0")), "--out", out);
    assertFalse(manifest(out).has("theory"), "1000 points have all");
    assertFalse(full.out().contains("left out"), full.out());
  }

  /** Nothing is said where nothing is lost; the choice is named all the same. */
  @Test
  void whatIsCheapAnywayIsNotMissed() throws IOException {
    Path all = folder.resolve("all");
    Path cheap = folder.resolve("cheap");
    Path file = write(Shell.SMALL);
    done("run", file, "--out", all);
    Shell run = done("run", file, "--out", cheap, "--theory", "cheap");
    assertEquals(Shell.read(all.resolve("summary.csv")), Shell.read(cheap.resolve("summary.csv")));
    assertEquals("cheap", manifest(cheap).path("theory").asText());
    assertFalse(manifest(cheap).has("theoryLeftOut"));
    assertFalse(run.out().contains("left out"), run.out());
  }

  /** Parts are runs alone: theory is chosen where the results are made of them. */
  @ParameterizedTest
  @ValueSource(strings = {"off", "cheap", "all"})
  void mergeHasTheChoiceOfOneCommand(String effort) throws IOException {
    Path file = write(DYNAMIC);
    Path whole = folder.resolve("whole");
    Path merged = folder.resolve("merged");
    done("run", file, "--out", whole, "--theory", effort);
    List<Path> parts = List.of(folder.resolve("1"), folder.resolve("2"));
    for (int part = 1; part <= 2; part++) {
      done("run", file, "--shard", part + "/2", "--out", parts.get(part - 1));
    }
    done("merge", parts.get(0), parts.get(1), "--out", merged, "--theory", effort);
    assertEquals(Shell.names(whole), Shell.names(merged));
    for (String name : List.of("summary.csv", "replications.csv", "latency.svg")) {
      assertEquals(Shell.read(whole.resolve(name)), Shell.read(merged.resolve(name)));
    }
    for (String key : List.of("theory", "theoryLeftOut", "files", "experiment")) {
      assertEquals(manifest(whole).path(key), manifest(merged).path(key));
    }
    Shell refused =
        Shell.run("run", file, "--shard", "1/2", "--out", folder.resolve("3"), "--theory", effort);
    assertEquals(
        "batchq: --theory belongs to the results, which batchq merge makes of all parts: give it"
            + " there, and leave it out beside --shard\n",
        refused.err());
    assertEquals(2, refused.status());
  }

  @Test
  void aComparisonHasNoTheory() {
    Path file = write(DYNAMIC);
    Path part = folder.resolve("part");
    done("compare", file, "--baseline", "rate=0.2", "--shard", "1/1", "--out", part);
    Shell refused = Shell.run("merge", part, "--out", folder.resolve("out"), "--theory", "all");
    assertEquals(
        "batchq: --theory is for the results of run: compare writes no theory\n", refused.err());
    assertEquals(2, refused.status());
  }

  @Test
  void anotherEffortIsRefused() {
    Shell refused = Shell.run("run", write(DYNAMIC), "--theory", "some");
    assertEquals(2, refused.status());
    assertEquals(
        "batchq: Invalid value for option '--theory': expected one of [OFF, CHEAP, ALL]"
            + " (case-insensitive) but was 'some' (see batchq run --help)\n",
        refused.err());
  }
}

package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are made in parts and merged are those of one command, byte for byte. */
class ShardsTest {
  private static final String SWEEP = Shell.SMALL;

  private static final String PRECISE =
      SWEEP
          .replace("replications: 3", "replications: 6")
          .replace(
              "seed: 1",
              "seed: 1\nprecision: {metric: latency.mean, relative: 0.06, maxReplications: 30}");

  private static final String TRACE =
      """
      name: rows
      scenario:
        arrivals: {process: trace-bootstrap, trace: %1$s, block: 20}
        service: {tokens: {sample: %1$s}, secondsPerToken: 0.001}
        policy: {type: standard, batchSize: 4}
        requests: 300
      sweep:
        policy.batchSize: [2, 4]
      replications: 4
      metrics: [throughput, latency.mean, latency.p95]
      """
          .formatted("{format: csv, file: rows.csv, gap: gap, tokens: n}");

  /** What the manifest says of the command and the machine. */
  private static final List<String> CIRCUMSTANCES =
      List.of("command", "threads", "start", "durationSeconds", "jdk", "parts");

  @TempDir Path folder;

  @BeforeEach
  void writeTrace() throws IOException {
    StringBuilder text = new StringBuilder("gap,n\n");
    for (int i = 0; i < 400; i++) {
      text.append("%s,%d\n".formatted(0.1 + i % 7 / 10.0, 1 + i * i % 90));
    }
    Files.writeString(folder.resolve("rows.csv"), text + "much,5\n");
  }

  private Path write(String experiment) {
    return Shell.write(folder.resolve("experiment.yaml"), experiment);
  }

  private static Object[] words(Object... words) {
    return Stream.of(words)
        .flatMap(word -> word instanceof List<?> several ? several.stream() : Stream.of(word))
        .toArray();
  }

  private static Shell done(Object... words) {
    Shell shell = Shell.run(words(words));
    assertEquals(0, shell.status(), shell.err());
    return shell;
  }

  private static void assertRefused(String sentence, Object... words) {
    Shell shell = Shell.run(words(words));
    assertEquals("batchq: " + sentence + "\n", shell.err());
    assertEquals(2, shell.status());
    assertEquals("", shell.out());
  }

  /** Makes parts of all rounds, and merges them. */
  private Path merged(List<Object> command, int shards, int threads) {
    String name = shards + "-" + threads;
    Path out = folder.resolve("merged-" + name);
    List<Path> parts = new ArrayList<>();
    List<Object> wanted = List.of();
    for (int round = 1; ; round++) {
      for (int shard = 1; shard <= shards; shard++) {
        Path part = folder.resolve("parts-" + name + "-" + round).resolve(Integer.toString(shard));
        List<Object> options = List.of("--shard", shard + "/" + shards, "--threads", threads);
        done(command, options, wanted, "--out", part);
        parts.add(part);
      }
      Shell merge = Shell.run(words("merge", parts, "--out", out));
      if (merge.status() != 3) {
        assertEquals(0, merge.status(), merge.err());
        assertFalse(Files.exists(out.resolve("wanted.json")));
        return out;
      }
      assertEquals(List.of("wanted.json"), Shell.names(out));
      wanted = List.of("--wanted", out.resolve("wanted.json"));
    }
  }

  static Stream<List<Object>> experiments() {
    return Stream.of(
        List.of(SWEEP),
        List.of(SWEEP, "--set", "scenario.requests=300", "--seed", 7, "--replications", 2),
        List.of(SWEEP.replace("0.6]", ".inf]"), "--set", "charts="),
        List.of(SWEEP.replace("seed: 1", "varianceReduction: {commonRandomNumbers: false}")),
        List.of(
            SWEEP.replace(
                "replications: 3", "replications: 6\nvarianceReduction: {antithetic: true}")),
        List.of(
            SWEEP.replace(
                "replications: 3",
                "replications: 8\nvarianceReduction: {controls: [gap, length]}")),
        List.of(
            SWEEP
                .replace("requests: 400", "requests: 60")
                .replace(
                    "replications: 3", "replications: 4\nvarianceReduction: {sobolPoints: 8}")),
        List.of(SWEEP.replace("replications: 3", "replications: 1")),
        List.of(SWEEP.replace("latency.mean]", "latency.mean, slowdown.mean]")),
        List.of(PRECISE),
        List.of(
            PRECISE
                .replace("maxReplications: 30", "maxReplications: 31")
                .replace("seed: 1", "varianceReduction: {antithetic: true}")),
        List.of(TRACE, "--skip-bad", 2));
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void areTheBytesOfOneCommand(List<Object> experiment) throws IOException {
    Path file = write(experiment.get(0).toString());
    List<Object> command = new ArrayList<>(List.of("run", file));
    command.addAll(experiment.subList(1, experiment.size()));
    Path whole = folder.resolve("whole");
    done(command, "--out", whole);
    assertSame(whole, merged(command, 1, 2));
    assertSame(whole, merged(command, 3, 1));
    assertSame(whole, merged(command, 3, 8));
    assertSame(whole, merged(command, 7, 2));
  }

  private static void assertSame(Path whole, Path merged) throws IOException {
    assertEquals(Shell.names(whole), Shell.names(merged));
    for (String name : Shell.names(whole)) {
      if (!name.equals("manifest.json")) {
        assertArrayEquals(
            Files.readAllBytes(whole.resolve(name)),
            Files.readAllBytes(merged.resolve(name)),
            name);
      }
    }
    ObjectNode manifest = json(merged.resolve("manifest.json"));
    assertTrue(manifest.path("parts").size() > 0);
    assertEquals(
        json(whole.resolve("manifest.json")).remove(CIRCUMSTANCES), manifest.remove(CIRCUMSTANCES));
  }

  private static ObjectNode json(Path file) throws IOException {
    return (ObjectNode) new ObjectMapper().readTree(file.toFile());
  }

  /** A comparison in parts has the table of one command; what adapts cannot be cut. */
  @Test
  void aComparisonIsMergedToo() throws IOException {
    Path file = write(SWEEP);
    List<Object> command =
        List.of(
            "compare",
            file,
            "--baseline",
            "bins=1",
            "--metric",
            "latency.mean,slowdown.p99",
            "--confidence",
            0.9);
    Path whole = folder.resolve("whole");
    Shell one = done(command, "--out", whole);
    Path merged = merged(command, 3, 1);
    assertEquals(
        Shell.read(whole.resolve("compare.csv")), Shell.read(merged.resolve("compare.csv")));
    assertEquals(List.of("compare.csv"), Shell.names(merged));
    Shell again =
        done(
            "merge",
            Stream.of(1, 2, 3).map(part -> folder.resolve("parts-3-1-1/" + part)).toList(),
            "--out",
            whole);
    assertEquals(one.out(), again.out());
    assertRefused(
        "--select adds runs by what those before have shown, so they cannot be cut into shards"
            + " beforehand: leave out --shard or --select",
        command,
        List.of("--select", "latency.mean", "--indifference", "1%", "--shard", "1/2"));
    assertRefused("--resume and --restart belong to --shard", command, "--resume");
    assertRefused(
        "capacity chooses each rate by what the runs at the rates before have shown, so they cannot"
            + " be cut into shards beforehand: leave out --shard",
        "capacity",
        file,
        "--shard",
        "1/2");
  }

  private Path part(Path file, String slice, Object... more) {
    Path part = folder.resolve("part-" + slice.replace('/', '-'));
    done("run", file, "--shard", slice, "--out", part, List.of(more));
    return part;
  }

  @Test
  void whatIsMissingOrTwiceIsNamed() throws IOException {
    Path file = write(SWEEP);
    Path one = part(file, "1/3");
    Path two = part(file, "2/3");
    Path three = part(file, "3/3");
    Path out = folder.resolve("out");
    assertRefused("slice 2/3 is missing", "merge", one, three, "--out", out);
    assertRefused("slices 1/3, 3/3 are missing", "merge", two, "--out", out);
    assertRefused(
        "slice 1/3 is there twice, in %s and %s".formatted(one, one),
        "merge",
        one,
        two,
        three,
        one,
        "--out",
        out);
    assertRefused(
        "%s is slice 1/4, and %s slice 1/3: all must be of one number of slices"
            .formatted(part(file, "1/4"), one),
        "merge",
        one,
        folder.resolve("part-1-4"),
        two,
        three,
        "--out",
        out);
    assertRefused(
        folder + " is no part of a sweep: it has no part.json", "merge", folder, "--out", out);
    assertFalse(Files.exists(out), "nothing was made");
  }

  @Test
  void partsOfDifferentSweepsAreNotMerged() throws IOException {
    Path file = write(SWEEP);
    Path one = part(file, "1/2");
    Path out = folder.resolve("out");
    Path other = part(file, "2/2", "--seed", 2);
    assertRefused(
        "%s is not of the same sweep as %s: they differ in 'seed', 2 and 1".formatted(other, one),
        "merge",
        one,
        other,
        "--out",
        out);
    done(
        "run", file, "--shard", "2/2", "--out", other, "--restart", "--set", "scenario.requests=9");
    assertRefused(
        "%s is not of the same sweep as %s: they differ in 'experiment'".formatted(other, one),
        "merge",
        one,
        other,
        "--out",
        out);
    done("run", file, "--shard", "2/2", "--out", other, "--restart");
    Path description = other.resolve("part.json");
    String text = Shell.read(description);
    Shell.write(
        description, text.replaceFirst("\"batchq\" : \"[^\"]*\"", "\"batchq\" : \"0.0.1\""));
    Shell refused = Shell.run("merge", one, other, "--out", out);
    assertTrue(
        refused.err().startsWith("batchq: " + other + " was made by batchq 0.0.1, and this is "),
        refused.err());
    Shell.write(description, text.replace("2/2", "5/2"));
    assertTrue(
        Shell.run("merge", one, other, "--out", out)
            .err()
            .startsWith("batchq: " + description + " is damaged: "));
    Shell.write(description, "{");
    assertTrue(
        Shell.run("merge", one, other, "--out", out).err().contains("not the JSON of a part"));
    Shell.write(description, text);
    done("merge", one, other, "--out", out);
  }

  /** Damaged lines are runs that are missing; the command that made the part makes them again. */
  @Test
  void damagedRunsAreNamedAndMadeAgain() throws IOException {
    Path file = write(SWEEP);
    Path whole = folder.resolve("whole");
    done("run", file, "--out", whole);
    Path one = part(file, "1/2");
    Path two = part(file, "2/2");
    Path out = folder.resolve("out");
    Path runs = two.resolve("runs.part");
    String good = Shell.read(runs);
    List<String> lines = new ArrayList<>(good.lines().toList());
    lines.set(2, lines.get(2).replaceFirst("\\.\\d", ".x"));
    lines.remove(4);
    Files.write(runs, lines);
    Shell refused = Shell.run("merge", one, two, "--out", out);
    assertEquals(2, refused.status());
    assertTrue(
        refused
            .err()
            .matches(
                "batchq: .*part-2-2 lacks 2 of its 6 runs, the first one replication \\d of point"
                    + " \\d \\(at \\d, 0.\\d\\): runs.part was changed or cut off; the command that"
                    + " made it makes them again with --resume\n"),
        refused.err());
    Shell again = done("run", file, "--shard", "2/2", "--out", two, "--resume");
    assertEquals(two + ": part 2/2 is finished, 6 runs\n", again.out());
    assertEquals(good, Shell.read(runs));
    assertEquals(
        two + ": part 2/2 is finished, nothing was left to do\n",
        done("run", file, "--shard", "2/2", "--out", two, "--resume").out());
    done("merge", one, two, "--out", out);
    assertSame(whole, out);
    Files.delete(runs);
    assertEquals(2, Shell.run("merge", one, two, "--out", out).status());
  }

  /** The trace may not change between the runs of two parts, before a merge or a resumed run. */
  @Test
  void changedDataAreNoticed() throws IOException {
    Path file = write(TRACE);
    Path trace = folder.resolve("rows.csv");
    Object[] skip = {"--skip-bad", 1};
    Path one = part(file, "1/2", skip);
    Path two = part(file, "2/2", skip);
    Path out = folder.resolve("out");
    String good = Shell.read(trace);
    Shell.write(trace, good.replace("0.1,1\n", "0.2,1\n"));
    assertNotEquals(good, Shell.read(trace));
    assertRefused(
        trace + " was changed since the runs of " + one + " were made: they must be made again",
        "merge",
        one,
        two,
        "--out",
        out);
    Shell resumed =
        Shell.run("run", file, "--shard", "2/2", "--out", two, "--resume", "--skip-bad", 1);
    assertEquals(2, resumed.status());
    assertTrue(
        resumed
            .err()
            .endsWith(
                "batchq: "
                    + two
                    + " has the part 2/2 of another experiment, or of other data: name another"
                    + " --out, or --restart begins anew\n"),
        resumed.err());
    done("run", file, "--shard", "2/2", "--out", two, "--restart", "--skip-bad", 1);
    assertRefused(
        "%s is not of the same sweep as %s: they differ in 'data'".formatted(two, one),
        "merge",
        one,
        two,
        "--out",
        out);
    Files.delete(trace);
    assertEquals(2, Shell.run("merge", one, "--out", out).status());
  }

  /** Machines may have their copies in different places. */
  @Test
  void theSameDataMayLieElsewhere() throws IOException {
    Path file = write(TRACE);
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.copy(file, other.resolve("experiment.yaml"));
    Files.copy(folder.resolve("rows.csv"), other.resolve("rows.csv"));
    Path whole = folder.resolve("whole");
    done("run", file, "--out", whole, "--skip-bad", 1);
    Path one = part(file, "1/2", "--skip-bad", 1);
    Path two = part(other.resolve("experiment.yaml"), "2/2", "--skip-bad", 1);
    Path out = folder.resolve("out");
    done("merge", one, two, "--out", out);
    assertSame(whole, out);
  }

  @Test
  void aPartIsNotOverwrittenByAnother() {
    Path file = write(SWEEP);
    Path one = part(file, "1/2");
    String runs = Shell.read(one.resolve("runs.part"));
    assertRefused(
        one + " has the part 1/2 of this experiment: name another --out, or --restart begins anew",
        "run",
        file,
        "--shard",
        "2/2",
        "--out",
        one);
    assertEquals(runs, Shell.read(one.resolve("runs.part")));
    done("run", file, "--shard", "1/2", "--out", one);
    assertEquals(runs, Shell.read(one.resolve("runs.part")));
    done("run", file, "--shard", "2/2", "--out", one, "--restart");
    assertNotEquals(runs, Shell.read(one.resolve("runs.part")));
  }

  @Test
  void anExperimentMayHaveFewerRunsThanSlices() throws IOException {
    Path file = write(SWEEP);
    Object[] few = {"--replications", 1};
    Path whole = folder.resolve("whole");
    done("run", file, "--out", whole, List.of(few));
    List<Path> parts = new ArrayList<>();
    for (int shard = 1; shard <= 5; shard++) {
      parts.add(part(file, shard + "/5", few));
    }
    Path out = folder.resolve("out");
    done("merge", parts, "--out", out);
    assertSame(whole, out);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/3", "4/3", "a/b", ""})
  void whatIsNoSliceIsRefused(String text) {
    assertRefused(
        "--shard takes I/N, slice I of N with I from 1 to N, such as 2/3, found '" + text + "'",
        "run",
        write(SWEEP),
        "--shard",
        text,
        "--out",
        folder.resolve("part"));
  }

  @Test
  void optionsThatDoNotFitAreRefused() throws IOException {
    Path file = write(PRECISE);
    assertRefused(
        "--shard needs --out DIR, a folder of its own for each part",
        "run",
        file,
        "--shard",
        "1/2");
    assertRefused(
        "--wanted needs --shard I/N: 1/1 makes all the runs of the file on one machine",
        "run",
        file,
        "--wanted",
        "wanted.json");
    Path out = folder.resolve("out");
    Shell more = Shell.run("merge", part(file, "1/2"), part(file, "2/2"), "--out", out);
    assertEquals(3, more.status());
    assertTrue(
        more.out()
            .replaceAll("\\s+", " ")
            .matches(
                "\\d+ more runs at \\d points? (is|are) wanted for the precision: make them by"
                    + " 'batchq run .* --shard 1/2 --out .*part-1-2' with --wanted .*wanted.json and"
                    + " folders of their own, then merge all parts together. "),
        more.out());
    Path wanted = out.resolve("wanted.json");
    assertRefused(
        "--wanted: the runs in "
            + wanted
            + " are of another experiment, seed or version of batchq, or of other data",
        "run",
        file,
        "--seed",
        2,
        "--wanted",
        wanted,
        "--shard",
        "1/1",
        "--out",
        folder.resolve("part"));
    Path next = folder.resolve("next");
    done("run", file, "--wanted", wanted, "--shard", "1/2", "--out", next);
    assertRefused(
        "the parts of the first round are missing, which were made without --wanted: "
            + next
            + " has more runs of the same sweep",
        "merge",
        next,
        "--out",
        out);
    Shell missing =
        Shell.run(
            "merge", next, folder.resolve("part-1-2"), folder.resolve("part-2-2"), "--out", out);
    assertTrue(
        missing
            .err()
            .matches(
                "batchq: slice 2/2 of the runs that are wanted from replication 6 of point \\d on is"
                    + " missing\n"),
        missing.err());
    Shell.write(wanted, Shell.read(wanted).replaceFirst("\"to\" : \\d+", "\"to\" : 1000"));
    Shell damaged =
        Shell.run(
            "run", file, "--wanted", wanted, "--shard", "1/1", "--out", folder.resolve("part"));
    assertTrue(damaged.err().startsWith("batchq: " + wanted + " is damaged: "), damaged.err());
  }

  /** A mistake that only a run finds is told as one command tells it. */
  @Test
  void whatARunRefusesIsTheSameSentence() {
    Path file = write(SWEEP.replace("min: 1, max: 20", "min: 1e300, max: 1.7e308"));
    Shell whole = Shell.run("run", file, "--out", folder.resolve("whole"));
    assertEquals(2, whole.status(), whole.err());
    Shell part = Shell.run("run", file, "--shard", "1/1", "--out", folder.resolve("part"));
    assertEquals(whole.err(), part.err());
    assertEquals(2, part.status());
  }

  @Test
  void resultsGoWhereRunWouldWriteThem() throws IOException {
    Path file = write(SWEEP);
    Path one = part(file, "1/1");
    Path taken = folder.resolve("taken");
    Files.createDirectories(taken.resolve("summary.csv"));
    assertRefused(
        taken + "/summary.csv is a folder where a file must be written",
        "merge",
        one,
        "--out",
        taken);
    assertRefused(
        "the results cannot be written to " + file + ": " + file + " is no folder",
        "merge",
        one,
        "--out",
        file);
  }

  /** As folders of rounds have: parts/2/1 beside parts/1. */
  @Test
  void aNewFolderMayHaveTheNameOfOneAboveIt() {
    Path file = write(SWEEP);
    done("run", file, "--shard", "1/1", "--out", folder.resolve("parts/1/1"));
    done("run", file, "--shard", "1/1", "--out", folder.resolve("parts/2/1"));
  }

  /** Of a part that is killed, and of a merge, what is finished is kept and nothing is half. */
  @Test
  void whatIsKilledGoesOn() throws Exception {
    Path file = write(SWEEP);
    Object[] many = {"--replications", 1000};
    Path whole = folder.resolve("whole");
    done("run", file, "--out", whole, List.of(many));
    Path one = folder.resolve("one");
    Path journal = one.resolve(".unfinished-runs");
    List<Object> command = List.of("run", file, "--shard", "1/2", "--out", one, many[0], many[1]);
    Process running = Batchq.start(folder, command.toArray());
    while (!Files.exists(journal) || Shell.read(journal).lines().count() < 50) {
      assertTrue(running.isAlive(), "it was done before it could be killed");
      Thread.sleep(5);
    }
    running.destroyForcibly().waitFor();
    long kept = Shell.read(journal).lines().count();
    assertTrue(kept >= 50);
    assertFalse(Files.exists(one.resolve("part.json")));
    Path two = part(file, "2/2", many);
    Path out = folder.resolve("out");
    assertRefused(
        one + " is not finished: the command that began it goes on with --resume",
        "merge",
        one,
        two,
        "--out",
        out);
    assertRefused(
        "%s has %d finished runs of an interrupted sweep of this experiment: --resume goes on,"
                .formatted(one, kept - 1)
            + " --restart begins anew",
        command);
    done(command, "--resume");
    assertEquals(List.of("part.json", "runs.part"), Shell.names(one));
    // Killed at any moment, a merge leaves each of its files whole or not at all.
    for (int killed = 0; killed < 4; killed++) {
      Process merge = Batchq.start(folder, "merge", one, two, "--out", out);
      while (merge.isAlive() && !isWriting(out, killed)) {
        Thread.sleep(1);
      }
      merge.destroyForcibly().waitFor();
      for (String name : Files.exists(out) ? Shell.names(out) : List.<String>of()) {
        if (name.matches("(summary|replications|throughput)\\..*")) {
          assertArrayEquals(
              Files.readAllBytes(whole.resolve(name)), Files.readAllBytes(out.resolve(name)), name);
        }
      }
    }
    done("merge", one, two, "--out", out);
    try (Stream<Path> files = Files.list(whole)) {
      for (Path name : files.map(Path::getFileName).toList()) {
        Files.copy(out.resolve(name), one.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.delete(one.resolve("part.json"));
    Files.delete(one.resolve("runs.part"));
    assertSame(whole, one);
  }

  /** Whether a merge has come so far: locked, temporary files, some of them, the first result. */
  private static boolean isWriting(Path out, int stage) {
    if (!Files.exists(out)) {
      return false;
    }
    List<String> names = Shell.names(out);
    return switch (stage) {
      case 0 -> names.contains(".lock");
      case 1 -> names.stream().anyMatch(name -> name.startsWith(".batchq-"));
      case 2 -> names.contains("summary.csv");
      default -> names.contains("manifest.json");
    };
  }
}

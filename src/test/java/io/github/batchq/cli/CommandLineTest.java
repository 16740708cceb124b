package io.github.batchq.cli;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.batchq.ReferenceValues;
import io.github.batchq.bench.PolicySpeed;
import io.github.batchq.file.Catalogue;
import io.github.batchq.file.CoefficientPack;
import io.github.batchq.metric.Metric;
import io.github.batchq.results.Manifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The commands as a user meets them: what they print, what they write, how they refuse. */
class CommandLineTest {
  private static final String SMALL =
      """
      name: small
      scenario:
        arrivals: {process: poisson, rate: 0.5}
        service: {law: uniform, min: 1, max: 20}
        policy: {type: multi-bin, bins: 2, boundaries: equal-mass, batchSize: 8}
        requests: 1000
      sweep:
        policy.bins: [1, 2]
        arrivals.rate: [0.4, 0.5]
      replications: 3
      metrics: [throughput, latency.mean]
      charts:
        - {file: throughput, x: arrivals.rate, y: throughput, series: policy.bins}
      """;

  @TempDir Path folder;
  private Path file;
  private Path out;

  /** What a command did. */
  private record Outcome(int status, String out, String err) {}

  @BeforeEach
  @SuppressWarnings("NullAway.Init")
  void write() throws IOException {
    file = Files.writeString(folder.resolve("small.yaml"), SMALL);
    out = folder.resolve("out");
  }

  private static Outcome batchq(Object... arguments) {
    StringWriter printed = new StringWriter();
    StringWriter refused = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(printed));
    line.setErr(new PrintWriter(refused));
    int status = line.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    return new Outcome(status, printed.toString(), refused.toString());
  }

  private static String done(Object... arguments) {
    Outcome outcome = batchq(arguments);
    assertEquals("", outcome.err());
    assertEquals(0, outcome.status());
    return outcome.out();
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void runWritesResultsAndPrintsTheoryBesideSimulation() throws IOException {
    String printed = done("run", file, "--out", out);
    assertEquals(
        List.of(
            "manifest.json",
            "replications.csv",
            "summary.csv",
            "throughput.csv",
            "throughput.pdf",
            "throughput.png",
            "throughput.svg"),
        names(out));
    assertTrue(
        printed.startsWith(
            "policy.bins  arrivals.rate  throughput [req/s]  theory  latency.mean [s]"),
        printed);
    assertTrue(
        printed.replace("\n  ", " ").contains(" partial batches flushed, 0 requests discarded."),
        printed);
    assertTrue(printed.contains("4 points, 12 runs"), printed);
    List<String> summary = Files.readAllLines(out.resolve("summary.csv"));
    assertEquals(5, summary.size());
    assertTrue(
        summary
            .get(0)
            .startsWith("policy.bins,arrivals.rate,throughput,throughput.ci95,throughput.df,"));
    assertEquals(13, Files.readAllLines(out.resolve("replications.csv")).size());
    JsonNode manifest = new ObjectMapper().readTree(out.resolve("manifest.json").toFile());
    assertEquals(1, manifest.path("seed").asInt());
    assertEquals(3, manifest.path("replications").asInt());
    assertEquals("small", manifest.path("experiment").path("name").asText());
    assertEquals("req/s", manifest.path("units").path("throughput").asText());
    assertTrue(manifest.path("command").asText().startsWith("batchq run "));
  }

  @Test
  void optionsChangeTheExperiment() throws IOException {
    String csv =
        done(
            "run",
            file,
            "--out",
            out,
            "--replications",
            2,
            "--seed",
            9,
            "--threads",
            1,
            "--format",
            "csv",
            "--show",
            "all",
            "--set",
            "scenario.servers=2",
            "--set",
            "sweep.policy.bins=[4]");
    assertEquals(
        "policy.bins,arrivals.rate,metric,simulated,ci95,theory,kind,difference,relative,in half-widths,holds,stability",
        csv.lines().findFirst().orElse(""));
    assertEquals(5, csv.lines().count());
    JsonNode manifest = new ObjectMapper().readTree(out.resolve("manifest.json").toFile());
    assertEquals(9, manifest.path("seed").asInt());
    assertEquals(2, manifest.path("experiment").path("scenario").path("servers").asInt());
  }

  @Test
  void threadsDoNotChangeABit() throws IOException {
    done("run", file, "--out", out, "--threads", 1);
    Path other = folder.resolve("other");
    done("run", file, "--out", other, "--threads", 8);
    for (String name :
        List.of("summary.csv", "replications.csv", "throughput.svg", "throughput.png")) {
      assertArrayEquals(
          Files.readAllBytes(out.resolve(name)), Files.readAllBytes(other.resolve(name)), name);
    }
  }

  @Test
  void plotDrawsTheSameChartsFromTheFolderAlone() throws IOException {
    done("run", file, "--out", out);
    byte[] svg = Files.readAllBytes(out.resolve("throughput.svg"));
    byte[] png = Files.readAllBytes(out.resolve("throughput.png"));
    Files.delete(out.resolve("throughput.svg"));
    Files.delete(out.resolve("throughput.png"));
    Files.delete(file);
    done("plot", out);
    assertArrayEquals(svg, Files.readAllBytes(out.resolve("throughput.svg")));
    assertArrayEquals(png, Files.readAllBytes(out.resolve("throughput.png")));
  }

  @Test
  void validateRunsNothing() throws IOException {
    assertTrue(
        done("validate", file)
            .contains("is valid: 4 points x 3 replications, 12000 requests in all, 1 charts"));
    assertEquals(List.of("small.yaml"), names(folder));
  }

  @Test
  void listShowsEveryKindAndMetric() {
    String listed = done("list", "--format", "csv");
    for (Catalogue<?> catalogue : Catalogue.ALL) {
      for (String name : catalogue.names()) {
        assertTrue(listed.contains(catalogue.what() + "," + name + ","), name);
      }
    }
    for (Metric metric : Metric.ALL) {
      assertTrue(listed.contains("metric," + metric.id() + ","), metric.id());
    }
    for (String rule : List.of("equal-mass", "equal-width", "exponential")) {
      assertTrue(listed.contains("boundaries," + rule + ","), rule);
    }
    for (CoefficientPack pack : CoefficientPack.all()) {
      assertTrue(listed.contains("coefficient pack," + pack.name() + ","), pack.name());
      assertTrue(listed.contains(pack.reference().replace("\"", "\"\"")), pack.name());
    }
    assertTrue(listed.contains("batch sizes 1 to 8, lengths 34.0 to 579.0"), listed);
    assertTrue(listed.contains("batch sizes 1 to 511, lengths not stated"), listed);
  }

  @Test
  void aListIsReadWithoutScrollingAside() {
    List<String> lines = done("list").lines().toList();
    assertEquals(100, lines.stream().mapToInt(String::length).max().orElseThrow());
    for (Catalogue<?> catalogue : Catalogue.ALL) {
      for (String name : catalogue.names()) {
        assertTrue(
            lines.stream().anyMatch(line -> line.matches(catalogue.what() + " +" + name + " .*")),
            name);
      }
    }
  }

  private static JsonNode reference(String name) {
    return ReferenceValues.values("theory/laws.json", name);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "5, 1", "4, 3"})
  void theoryThroughputOfTheUniformLaw(int bins, int servers) throws IOException {
    JsonNode known = reference("uniform_1_20").requiredAt("/B128/k" + bins);
    double seconds = known.get("Et").asDouble();
    double throughput = servers * known.get("throughput").asDouble();
    String json =
        done(
            "theory",
            "throughput",
            "--law",
            "uniform(1,20)",
            "--batch-size",
            128,
            "--bins",
            bins,
            "--servers",
            servers,
            "--format",
            "json");
    JsonNode row = new ObjectMapper().readTree(json).path(0);
    assertEquals(seconds, row.path("service.mean").asDouble(), 1e-11);
    assertEquals(throughput, row.path("throughput").asDouble(), 1e-11);
    assertEquals(10.5 / seconds, row.path("efficiency").asDouble(), 1e-11);
    assertEquals("exact", row.path("kind").asText());
  }

  @Test
  void theoryThroughputTakesRulesListsAndTokens() throws IOException {
    String lemma =
        done(
            "theory",
            "throughput",
            "--law",
            "exponential(0.1)",
            "--batch-size",
            200,
            "--bins",
            "1..5",
            "--boundaries",
            "exponential",
            "--format",
            "json");
    JsonNode rows = new ObjectMapper().readTree(lemma);
    JsonNode known = reference("exponential_mu0.1_B200");
    assertEquals(
        200 / known.requiredAt("/2/exact").asDouble(),
        rows.path(1).path("throughput").asDouble(),
        1e-12);
    assertEquals(
        200 / known.requiredAt("/5/exact").asDouble(),
        rows.path(4).path("throughput").asDouble(),
        1e-11);
    assertEquals(
        200 / known.requiredAt("/5/bound").asDouble(),
        rows.path(4).path("at.least").asDouble(),
        1e-11);
    assertTrue(rows.path(4).path("source").asText().contains("at least Cor. A.1.1 corrected, T9"));
    String list =
        done(
            "theory",
            "throughput",
            "--law",
            "uniform(1,20)",
            "--batch-size",
            8,
            "--boundaries",
            "10.5",
            "--format",
            "csv");
    assertTrue(list.contains("2,14.19444444444"), list);
    String tokens =
        done(
            "theory",
            "throughput",
            "--law",
            "empirical(resource:phi35-gsm8k-lengths.csv,tokens,count)",
            "--batch-size",
            8,
            "--bins",
            4,
            "--seconds-per-token",
            2,
            "--offset",
            1,
            "--format",
            "json");
    assertEquals(
        2 * reference("azure_gsm8k_opt").requiredAt("/gsm8k|8|4/eq").asDouble() + 1,
        new ObjectMapper().readTree(tokens).path(0).path("service.mean").asDouble(),
        1e-5);
  }

  /** Theorem 4.3's values. */
  @ParameterizedTest
  @CsvSource({
    "128, 1.0, 10",
    "128, 0.5, 21",
    "128, 0.1, 108",
    "8, 1.0, 1",
    "8, 0.1, 5",
    "8, 0.05, 11"
  })
  void theoryBinsOfTheUniformLaw(int batchSize, double epsilon, int bins) throws IOException {
    String json =
        done(
            "theory",
            "bins",
            "--law",
            "uniform(1,20)",
            "--batch-size",
            batchSize,
            "--epsilon",
            epsilon,
            "--format",
            "json");
    JsonNode rows = new ObjectMapper().readTree(json);
    assertEquals(bins, rows.path(0).path("bins").asInt());
    assertEquals(bins, rows.path(1).path("bins").asInt());
  }

  @Test
  void benchMeasuresBothEnginesOnTheSameRequests() throws IOException {
    JsonNode rows =
        new ObjectMapper()
            .readTree(done("bench", "--requests", 200_000, "--rounds", 1, "--format", "json"));
    for (JsonNode row : rows) {
      assertTrue(row.path("bytes/request").asDouble() < 100, row.toString());
      assertTrue(row.path("ratio of times").asDouble() > 0, row.toString());
    }
    assertEquals("one server", rows.path(6).path("compared with").asText());
    for (int generator = 0; generator < 2; generator++) {
      JsonNode plain = rows.path(3 * generator + 2);
      for (int engine = 0; engine < 2; engine++) {
        JsonNode row = rows.path(3 * generator + engine);
        assertEquals(plain.path("generator"), row.path("generator"));
        assertEquals(
            1,
            row.path("mean latency [s]").asDouble() / plain.path("mean latency [s]").asDouble(),
            1e-3);
      }
    }
  }

  @Test
  void benchMeasuresStepsOneByOneAndTogether() throws IOException {
    JsonNode rows =
        new ObjectMapper()
            .readTree(
                done("bench", "--steps", "--requests", 100_000, "--rounds", 1, "--format", "json"));
    assertEquals(6, rows.size());
    for (int slots = 0; slots < 3; slots++) {
      JsonNode single = rows.path(2 * slots);
      assertEquals(
          single.path("mean latency [s]"), rows.path(2 * slots + 1).path("mean latency [s]"));
      // How many is for an idle machine to say, not for a test.
      assertTrue(single.path("million steps/s").asDouble() > 0, single.toString());
    }
  }

  @Test
  void benchMeasuresEveryPolicyAndNamesTheHeap() {
    String[] lines =
        done("bench", "--policies", "--requests", 2_000, "--rounds", 1).split("\n", -1);
    Set<Class<?>> measured =
        PolicySpeed.all().stream().map(speed -> speed.policy().getClass()).collect(toSet());
    assertEquals(
        Catalogue.POLICIES.kinds().stream().map(Catalogue.Kind::type).collect(toSet()), measured);
    // A header and a rule, a row for each, the heap, and what follows the last line.
    assertEquals(2 + PolicySpeed.all().size() + 2, lines.length);
    assertTrue(lines[lines.length - 2].startsWith("heap: at most "), lines[lines.length - 2]);
  }

  @Test
  void helpAndVersion() {
    String version = done("--version").lines().findFirst().orElseThrow();
    // The commit of the checkout; a source archive has none.
    assertTrue(
        version.matches("batchq [0-9.]+" + (Manifest.commit().isEmpty() ? "" : " \\(commit .+\\)")),
        version);
    assertTrue(Manifest.commit().matches("([0-9a-f]{12,}(-dirty)?)?"), Manifest.commit());
    assertTrue(done("run", "--help").contains("--replications"));
    assertTrue(done().contains("Usage: batchq"));
    assertTrue(done("theory").contains("throughput"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run | Missing required parameter",
        "run none.yaml | none.yaml does not exist",
        "run FILE --threads 0 | --threads must be at least 1, found 0",
        "run FILE --threads x | '--threads': expected a whole number, found 'x'",
        "run FILE --replications 0 | --replications must be at least 1, found 0",
        "run FILE --set scenario= | key 'scenario': the key has no value",
        "run FILE --set scenario=3 | key 'scenario': expected a map, found 3",
        "run FILE --set sweep=3 --set sweep.servers=[1] | 'sweep' is no map but 3",
        "run FILE --set scenario.service={\"law\":uniform,\"min\":1e300,\"max\":1e308} | no finite time",
        "run FILE --set x | --set takes PATH=VALUE",
        "run FILE --set scenario.polcy.bins=2 | did you mean 'policy'",
        "run FILE --set sweep.policy.bins=[0] | bins must be at least 1, found 0",
        "run FILE --set sweep.arrivals.rate=[-1] | rate must be positive",
        "run FILE --set scenario.policy.batchSize=1001 | batchSize 1001 is larger than the number of requests, 1000",
        "run FILE --set scenario.policy.boundaries=[7,3] | increasing",
        "run FILE --show padding | --show takes metrics of the experiment or all, found 'padding'",
        "run FILE --frmat csv | unknown option '--frmat'; did you mean '--format'?",
        "run FILE --set sweep.scenario=[1] | key 'scenario.scenario': unknown key",
        "run FILE --set sweep.servers=[1,2] | the swept path servers varies",
        "run FILE --set charts=[{\"file\":x,\"x\":arrivals.rate,\"y\":throughput,\"series\":policy.bins,\"where\":{\"policy.bins\":\"7\"}}] | no point",
        "validate FILE --set seed=x | expected a whole number, found 'x'",
        "validate FILE --set generator=lfsr58 | unknown generator 'lfsr58'; did you mean 'lfsr258'?",
        "plot none | no folder of results",
        "frobnicate | unknown command 'batchq frobnicate'",
        "theory throughput --law uniform(1,20) | Missing required option",
        "theory throughput --law gauss(1) --batch-size 8 | unknown law 'gauss'",
        "theory throughput --law uniform(1,20) --batch-size 0 | --batch-size must be at least 1",
        "theory throughput --law uniform(1,20) --batch-size 8 --bins 0 | --bins takes whole numbers",
        "theory throughput --law uniform(1,20) --batch-size 8 --bins 5..1 | --bins takes whole numbers",
        "theory throughput --law uniform(1,20) --batch-size 8 --boundaries 10,5 | increasing",
        "theory throughput --law uniform(1,20) --batch-size 8 --boundaries 5,10 --bins 2 | makes 3 bins",
        "theory throughput --law uniform(1,20) --batch-size 8 --boundaries middle | no boundary rule 'middle'",
        "theory throughput --law exponential(1) --batch-size 8 --boundaries equal-width | unbounded",
        "theory throughput --law uniform(1,20) --batch-size 8 --servers 0 | --servers must be a whole number of at least 1",
        "theory throughput --law uniform(1,20) --batch-size 8 --seconds-per-token 0 | must be positive",
        "theory bins --law uniform(1,20) --batch-size 8 --epsilon 0 | --epsilon must be positive",
        "bench --rounds 0 | --rounds must be at least 1",
        "bench --steps --policies | --steps, --policies and --sweep exclude each other"
      })
  void badInputIsRefusedInOneSentence(String command, String sentence) throws IOException {
    Object[] arguments =
        Stream.concat(
                Stream.of(command.split(" "))
                    .map(word -> word.equals("FILE") ? file.toString() : word),
                command.startsWith("run ") ? Stream.of("--out", out.toString()) : Stream.of())
            .toArray();
    Outcome outcome = batchq(arguments);
    assertEquals(2, outcome.status(), outcome.err());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().startsWith("batchq: "), outcome.err());
    assertTrue(outcome.err().contains(sentence), outcome.err());
    assertEquals("", outcome.out());
    assertEquals(List.of("small.yaml"), names(folder));
  }

  @Test
  void binsBeyondALongAreNotCutOff() throws IOException {
    String command = "theory bins --law uniform(1,20) --batch-size 8 --epsilon 1e-30";
    String json = done((Object[]) (command + " --most-bins 8 --format json").split(" "));
    JsonNode rows = new ObjectMapper().readTree(json);
    double expected = 8 / 10.5 * 19 * 7 / 18 / 10.5 * 1e30;
    assertEquals(expected, rows.path(0).path("bins").asDouble(), 1e-9 * expected);
    assertEquals("approximation", rows.path(1).path("kind").asText());
    assertTrue(rows.path(2).path("bins").isNull());
  }

  @Test
  void anEmptySettingIsAKeyWithoutValue() throws IOException {
    done("run", file, "--out", out, "--set", "charts=");
    assertEquals(List.of("manifest.json", "replications.csv", "summary.csv"), names(out));
  }

  @Test
  void aFolderThatCannotBeWrittenIsRefused() throws IOException {
    Path blocked = Files.writeString(folder.resolve("blocked"), "", StandardCharsets.UTF_8);
    Outcome outcome = batchq("run", file, "--out", blocked.resolve("results"));
    assertEquals(2, outcome.status());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertFalse(Files.isDirectory(blocked));
  }
}

package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code batchq run}, {@code plot} and {@code validate} on experiments that work. */
class RunCommandTest {
  private static final List<String> FILES =
      List.of(
          "manifest.json",
          "replications.csv",
          "summary.csv",
          "throughput.csv",
          "throughput.pdf",
          "throughput.png",
          "throughput.svg");

  @TempDir Path folder;

  private Path file = Path.of("");
  private Path out = Path.of("");

  @BeforeEach
  void files() {
    file = Shell.write(folder.resolve("small.yaml"), Shell.SMALL);
    out = folder.resolve("a folder").resolve("out");
  }

  private Shell run(Object... more) {
    Object[] arguments = new Object[4 + more.length];
    arguments[0] = "run";
    arguments[1] = file;
    arguments[2] = "--out";
    arguments[3] = out;
    System.arraycopy(more, 0, arguments, 4, more.length);
    Shell shell = Shell.run(arguments);
    assertEquals(0, shell.status(), shell.err());
    assertEquals("", shell.err());
    return shell;
  }

  private String csv(String name) {
    return Shell.read(out.resolve(name + ".csv"));
  }

  @Test
  void writesItsFilesAndSaysWhatItDid() {
    Shell shell = run();
    assertEquals(FILES, Shell.names(out));
    assertEquals(List.of("out"), Shell.names(folder.resolve("a folder")));
    assertEquals(
        "policy.bins,arrivals.rate,throughput,throughput.ci95,throughput.df,throughput.theory,"
            + "throughput.theory.kind,latency.mean,latency.mean.ci95,latency.mean.df,latency.mean.theory,"
            + "latency.mean.theory.kind,replications,stability,stability.load,stability.source",
        csv("summary").lines().findFirst().orElseThrow());
    assertEquals(1 + 4, csv("summary").lines().count());
    assertEquals(1 + 4 * 3, csv("replications").lines().count());
    assertTrue(csv("replications").lines().skip(1).allMatch(row -> row.split(",", -1).length == 5));
    List<String> lines = shell.out().lines().toList();
    // Header, rule and points, what the columns mean, the note on finite runs, the cost, the files.
    assertEquals(
        "policy.bins  arrivals.rate  throughput [req/s]  theory  latency.mean [s]   theory  stability",
        lines.get(0));
    assertEquals(
        "Mean of 3 runs ± half-width of its 95 % interval; theory: exact, >= lower-bound; inf: grows"
            + " without",
        lines.get(7));
    assertTrue(shell.out().contains("\n4 points, 12 runs, 0.0 million requests in "), shell.out());
    String text = shell.out().replace("\n  ", " ");
    assertTrue(text.contains("; per run "), text);
    assertTrue(text.contains(" partial batches flushed, 0 requests discarded.\n"), text);
    assertTrue(
        text.endsWith(
            out
                + ": summary.csv, replications.csv, manifest.json, throughput.svg, throughput.pdf, throughput.png, throughput.csv\n"),
        text);
    assertTrue(lines.stream().noneMatch(line -> line.length() > 100 && !line.contains("/")));
  }

  @Test
  void meansOfTheReplicationsAreTheSummary() {
    run();
    Map<String, Double> sums = new HashMap<>();
    csv("replications")
        .lines()
        .skip(1)
        .map(row -> row.split(",", -1))
        .forEach(row -> sums.merge(row[0] + "," + row[1], Double.parseDouble(row[3]), Double::sum));
    assertEquals(4, sums.size());
    csv("summary")
        .lines()
        .skip(1)
        .map(row -> row.split(",", -1))
        .forEach(
            row ->
                assertEquals(
                    sums.getOrDefault(row[0] + "," + row[1], Double.NaN) / 3,
                    Double.parseDouble(row[2]),
                    1e-15));
  }

  @Test
  void theoryIsProposition41() {
    run();
    List<String[]> rows = csv("summary").lines().skip(1).map(row -> row.split(",", -1)).toList();
    // U(1,20), B = 8: capacity 0.4472 in one bin, 0.5636 in two; below it the arrival rate.
    double[] expected = {0.4, 72.0 / 161, 0.4, 8 / (10.5 + 19 * 7 / 18.0 / 2)};
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], Double.parseDouble(rows.get(i)[5]), 1e-13);
      assertEquals("exact", rows.get(i)[6]);
    }
  }

  @Test
  void threadsDoNotChangeAnyNumber() {
    run("--threads", "1");
    String summary = csv("summary");
    String replications = csv("replications");
    byte[] chart = bytes("throughput.png");
    run("--threads", "8");
    assertEquals(summary, csv("summary"));
    assertEquals(replications, csv("replications"));
    assertArrayEquals(chart, bytes("throughput.png"));
  }

  @Test
  void theLanguageDoesNotChangeAnyCharacter() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.ROOT);
      String console = run("--format", "markdown").out();
      String summary = csv("summary");
      byte[] chart = bytes("throughput.svg");
      for (String tag : List.of("tr-TR", "de-DE", "ar-EG-u-nu-arab", "th-TH-u-nu-thai")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertEquals(console, run("--format", "markdown").out(), tag);
        assertEquals(summary, csv("summary"), tag);
        assertArrayEquals(chart, bytes("throughput.svg"), tag);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void seedChangesNumbersAndOptionsOverrideTheFile() {
    run();
    String first = csv("replications");
    run("--seed", "2");
    assertNotEquals(first, csv("replications"));
    run("--set", "seed=2", "--seed", "1", "--replications", "2");
    List<String> rows = csv("replications").lines().toList();
    assertEquals(1 + 4 * 2, rows.size());
    // More replications add to the first ones without changing them.
    assertEquals(first.lines().filter(row -> !row.split(",", -1)[2].equals("2")).toList(), rows);
  }

  @Test
  void generatorChangesNumbersAndIsInTheManifest() throws IOException {
    run("--set", "generator=lfsr258");
    String first = csv("replications");
    run();
    assertEquals(first, csv("replications"));
    run("--set", "generator=l64x128mix");
    assertNotEquals(first, csv("replications"));
    JsonNode manifest = new ObjectMapper().readTree(out.resolve("manifest.json").toFile());
    assertEquals("l64x128mix", manifest.path("generator").asText());
    assertEquals("l64x128mix", manifest.path("experiment").path("generator").asText());
  }

  @Test
  void setReplacesValuesOfScenarioAndSweep() {
    run("--set", "sweep.policy.bins=[4]", "--set", "scenario.requests=80");
    assertTrue(
        csv("summary").lines().skip(1).allMatch(row -> row.startsWith("4,")), csv("summary"));
    assertEquals(3, csv("summary").lines().count());
    assertTrue(manifest().path("experiment").path("scenario").path("requests").asInt() == 80);
  }

  @Test
  void anEmptySettingIsAKeyWithoutValue() {
    run("--set", "charts=");
    assertEquals(List.of("manifest.json", "replications.csv", "summary.csv"), Shell.names(out));
  }

  @Test
  void formatsSayTheSame() throws IOException {
    String csv = run("--format", "csv").out();
    JsonNode json = new ObjectMapper().readTree(run("--format", "json").out());
    String markdown = run("--format", "MARKDOWN").out();
    List<String> rows = csv.lines().skip(1).toList();
    assertEquals(8, rows.size());
    assertEquals(8, json.size());
    assertEquals(2 + 8, markdown.lines().count());
    for (int i = 0; i < 8; i++) {
      String[] cells = rows.get(i).split(",", -1);
      JsonNode object = json.get(i);
      String metric = i % 2 == 0 ? "throughput" : "latency.mean";
      assertEquals(cells[0], object.path("policy.bins").asText());
      assertEquals(metric, object.path("metric").asText());
      assertTrue(markdown.lines().skip(2 + i).findFirst().orElseThrow().contains("| " + metric));
      if (i % 2 == 0) {
        assertEquals(Double.parseDouble(cells[3]), object.path("simulated").asDouble());
        assertEquals(Double.parseDouble(cells[5]), object.path("theory").asDouble());
        assertTrue(object.path("holds").isNull());
      }
    }
  }

  private List<String> metricsOf(Object... arguments) {
    return run(arguments)
        .out()
        .lines()
        .skip(1)
        .map(row -> row.split(",", -1)[2])
        .distinct()
        .toList();
  }

  @Test
  void showChoosesTheMetrics() {
    assertEquals(List.of("throughput", "latency.mean"), metricsOf("--format", "csv"));
    assertEquals(List.of("latency.mean"), metricsOf("--format", "csv", "--show", "latency.mean"));
    assertEquals(
        List.of("latency.mean", "throughput"),
        metricsOf("--format", "csv", "--show", "latency.mean,throughput,latency.mean"));
  }

  @Test
  void ofManyMetricsTheFirstAreShownAndTheOthersNamed() {
    String five = "metrics=[padding, throughput, utilization, latency.p50, service.mean]";
    String six = "metrics=[padding, throughput, utilization, latency.p50, service.mean, ttft.mean]";
    assertEquals(5, metricsOf("--format", "csv", "--set", five).size());
    assertFalse(run("--set", five).out().contains("Also measured"));
    // No request has a first token of its own in whole batches.
    assertEquals(
        List.of("padding", "throughput", "utilization"),
        metricsOf("--format", "csv", "--set", six));
    assertTrue(
        run("--set", six)
            .out()
            .contains(
                "\nAlso measured (--show METRIC,... or --show all): latency.p50, service.mean.\n"));
    assertEquals(
        5, metricsOf("--format", "csv", "--set", six, "--show", "all").size(), "without ttft.mean");
    assertTrue(
        run("--set", six, "--show", "ttft.mean,padding")
            .out()
            .contains("\nWithout a value here: ttft.mean.\n"));
    String all = run("--show", "all", "--set", "metrics=").out();
    assertTrue(all.lines().noneMatch(line -> line.length() > 100 && !line.contains("/")), all);
    assertTrue(all.contains("slowdown.jain") && !all.contains("ttft"), all);
  }

  @Test
  void noTableIsEmpty() {
    Shell shell = run("--set", "metrics=[ttft.mean, memory.mean]", "--set", "charts=");
    assertTrue(
        shell
            .out()
            .startsWith(
                """
                Nothing to show: no run has a value of ttft.mean, memory.mean.
                Batches are served whole, and their requests get all tokens when they leave: metrics of tokens
                  (ttft, tpot, itl) have no value.
                4 points,\s"""),
        shell.out());
    assertFalse(shell.out().contains("---"), shell.out());
    assertEquals(
        "[]\n", run("--set", "metrics=[ttft.mean]", "--set", "charts=", "--format", "json").out());
  }

  @Test
  void theoryThatIsSilentHasNoColumns() {
    String text =
        run(
                "--set",
                "sweep={}",
                "--set",
                "scenario.policy={type: dynamic, batchSize: 8}",
                "--set",
                "scenario.servers=2",
                "--set",
                "charts=",
                "--set",
                "metrics=[latency.mean, padding]")
            .out();
    assertTrue(
        text.startsWith("one point: stability = stable\n\nlatency.mean [s]        padding\n"),
        text);
    assertTrue(text.contains("; theory is silent.\n"), text);
  }

  @Test
  void beyondTwoHundredPointsThereIsASummary() {
    String many = "sweep.arrivals.rate={from: 0.2, to: 1.2, step: 0.01}";
    Shell shell =
        run(
            "--set",
            many,
            "--set",
            "scenario.requests=40",
            "--replications",
            2,
            "--set",
            "charts=");
    List<String> lines = shell.out().lines().toList();
    assertTrue(lines.get(0).startsWith("202 points: "), shell.out());
    int counted = 0;
    for (String part : lines.get(0).substring("202 points: ".length()).split(", ", -1)) {
      counted += Integer.parseInt(part.substring(0, part.indexOf(' ')));
    }
    assertEquals(202, counted);
    assertTrue(lines.get(4).startsWith("throughput [req/s]  least  "), shell.out());
    assertTrue(
        shell.out().replace("\n  ", " ").contains("Every point is in " + out + "/summary.csv.\n"),
        shell.out());
    assertEquals(203, csv("summary").lines().count());
    assertEquals(
        1 + 2 * 202,
        run(
                "--set",
                many,
                "--set",
                "scenario.requests=40",
                "--replications",
                2,
                "--set",
                "charts=",
                "--format",
                "csv")
            .out()
            .lines()
            .count());
  }

  @Test
  void whatWasMeasuredIsShownThoughAChartCannotBeDrawn() {
    Shell shell =
        Shell.run(
            "run",
            file,
            "--out",
            out,
            "--set",
            "sweep.arrivals.rate=[5, 6]",
            "--set",
            "charts=[{file: latency, x: arrivals.rate, y: latency.mean, series: policy.bins}]");
    assertEquals(2, shell.status());
    assertTrue(
        shell.err().contains("'latency.mean' has no value at any of its points"), shell.err());
    assertTrue(shell.out().startsWith("all points: stability = overloaded\n"), shell.out());
  }

  /** The case {@code yaml/slo.yaml}: policies by their labels over servers, and limits. */
  @Test
  void aTableHasEveryMetricThatTheFileNames() {
    StringBuilder trace = new StringBuilder("TIMESTAMP,ContextTokens,GeneratedTokens\n");
    for (int i = 0; i < 400; i++) {
      trace.append(
          String.format(
              Locale.ROOT,
              "2023-11-16 18:%02d:%02d.0000000,%d,%d%n",
              i / 60,
              i % 60,
              20 + i % 700,
              10 + 7 * i % 300));
    }
    Shell.write(folder.resolve("trace.csv"), trace.toString());
    file =
        Shell.write(
            folder.resolve("slo.yaml"),
            """
            name: slo
            scenario:
              arrivals:  {process: trace, trace: {format: azure, file: trace.csv}}
              service:   {tokens: trace, model: {type: pack, name: llama31-8b-a100-vllm}}
              policy:    {type: continuous, batchSize: 32}
              servers:   1
              limits:    {ttft: 1, tpot: 0.05}
            sweep:
              policy: [{type: continuous, batchSize: 32, label: cont32}, {type: multi-bin, bins: 2, boundaries: equal-mass, batchSize: 16, label: mb2x16}]
              servers: [1, 2, 4]
            metrics: [slo.attainment, goodput, ttft.p99, latency.p99, throughput]
            """);
    Shell shell = run();
    List<String> lines = shell.out().lines().toList();
    String header = shell.out().substring(0, shell.out().indexOf("---"));
    for (String metric :
        List.of("slo.attainment", "goodput", "ttft.p99", "latency.p99", "throughput")) {
      assertTrue(header.contains(metric), shell.out());
    }
    assertEquals(3, lines.stream().filter(line -> line.startsWith("cont32 ")).count());
    assertEquals(3, lines.stream().filter(line -> line.startsWith("mb2x16 ")).count());
    assertTrue(lines.stream().noneMatch(line -> line.length() > 100 && !line.contains("/")));
    assertTrue(shell.out().contains("Value of one run, which gives no interval; theory is silent"));
  }

  @Test
  void manifestSaysHowTheResultsCameAbout() {
    run("--threads", "2", "--seed", "7", "--replications", "4");
    JsonNode manifest = manifest();
    assertEquals(7, manifest.path("seed").asInt());
    List<String> files = new ArrayList<>();
    manifest.path("files").fieldNames().forEachRemaining(files::add);
    assertEquals(List.of("summary.csv", "replications.csv"), files, "always in this order");
    assertEquals(4, manifest.path("replications").asInt());
    assertEquals(2, manifest.path("threads").asInt());
    assertEquals("req/s", manifest.path("units").path("throughput").asText());
    assertEquals("small", manifest.path("experiment").path("name").asText());
    assertEquals(
        8, manifest.path("experiment").path("scenario").path("policy").path("batchSize").asInt());
    assertEquals(
        "batchq run " + file + " --out " + out + " --threads 2 --seed 7 --replications 4",
        manifest.path("command").asText());
    for (String key : List.of("batchq", "jdk", "start", "durationSeconds")) {
      assertTrue(manifest.has(key), key);
    }
  }

  @Test
  void plotDrawsTheSameFromTheFolderAlone() throws IOException {
    run();
    Map<String, byte[]> charts = new HashMap<>();
    for (String name : FILES) {
      if (name.startsWith("throughput")) {
        charts.put(name, bytes(name));
        Files.delete(out.resolve(name));
      }
    }
    Files.delete(out.resolve("replications.csv"));
    Files.delete(file);
    Shell shell = Shell.run("plot", out);
    assertEquals(0, shell.status(), shell.err());
    assertEquals(
        out + ": throughput.svg, throughput.pdf, throughput.png, throughput.csv",
        shell.out().stripTrailing());
    assertEquals(4, charts.size());
    charts.forEach((name, bytes) -> assertArrayEquals(bytes, bytes(name), name));
    assertEquals(6, Shell.names(out).size());
    assertEquals(List.of("out"), Shell.names(folder.resolve("a folder")));
  }

  /** A folder of an older version, whose manifest has no checksums. */
  @Test
  void plotRefusesABrokenFolder() throws IOException {
    run();
    String summary = csv("summary");
    List<String> lines = summary.lines().toList();
    Path manifest = out.resolve("manifest.json");
    Shell.write(manifest, Shell.read(manifest).replace("\"files\"", "\"earlier\""));
    refusesToPlot(lines.get(0) + "\n1,2\n", "2 cells where the header has 16");
    refusesToPlot(summary.replaceFirst("\n1,0.4,[^,]*", "\n1,0.4,much"), "'much' is not a number");
    refusesToPlot(lines.get(0) + "\n", "it has 0 rows, and the experiment 4 points");
    refusesToPlot(summary.replaceFirst("throughput", "thruput"), "no column throughput");
    refusesToPlot("", "is empty; a header line was expected");
    refusesToPlot("a,\"b\n", "summary.csv cannot be read");
    Files.delete(out.resolve("summary.csv"));
    refusesToPlot(null, "summary.csv");
    Shell.write(out.resolve("manifest.json"), "{\"experiment\": {\"charts\": 3}}");
    refusesToPlot(summary, "describes no charts");
    Shell.write(out.resolve("manifest.json"), "{\"experiment\": {\"charts\": [{\"file\": 3}]}}");
    refusesToPlot(summary, "manifest.json");
    Shell.write(out.resolve("manifest.json"), "{\n\"experiment\": [");
    refusesToPlot(summary, "manifest.json");
    Files.delete(out.resolve("manifest.json"));
    refusesToPlot(summary, "is no folder of results: it has no manifest.json");
  }

  private void refusesToPlot(@org.jspecify.annotations.Nullable String summary, String sentence) {
    if (summary != null) {
      Shell.write(out.resolve("summary.csv"), summary);
    }
    List<String> before = Shell.names(out);
    Shell shell = Shell.run("plot", out);
    assertEquals(2, shell.status(), shell.err());
    assertEquals(1, shell.err().lines().count(), shell.err());
    assertTrue(shell.err().contains(sentence), shell.err());
    assertEquals(before, Shell.names(out));
  }

  @Test
  void validateCountsWithoutRunning() {
    Shell shell = Shell.run("validate", file, "--replications", "5");
    assertEquals(0, shell.status(), shell.err());
    assertEquals(
        file
            + " is valid: 4 points x 5 replications, 8000 requests in all, 1 charts\n"
            + "horizon: steady by default at 4 points, whose arrivals are generated: what happens in"
            + " the long run",
        shell.out().stripTrailing());
    assertEquals(List.of("small.yaml"), Shell.names(folder));
  }

  @Test
  void validateSaysWhenTheDefaultDecidesTheHorizon() {
    String arrivals = "sweep={arrivals: [{process: poisson, rate: 1}, {process: all-at-zero}]}";
    Shell shell = Shell.run("validate", file, "--set", arrivals, "--set", "charts=[]");
    assertEquals(0, shell.status(), shell.err());
    assertTrue(shell.out().contains("\nhorizon: steady by default at 1 points"), shell.out());
    assertTrue(shell.out().contains("\nhorizon: finite by default at 1 points"), shell.out());
    Shell given = Shell.run("validate", file, "--set", "scenario.horizon=finite");
    assertEquals(0, given.status(), given.err());
    assertFalse(given.out().contains("horizon"), given.out());
  }

  @Test
  void oneRequestAndOneServerAreEnough() {
    run(
        "--set",
        "scenario={arrivals: {process: all-at-zero}, service: {law: deterministic, value: 4}, predictor: {type: oracle},"
            + " policy: {type: standard, batchSize: 1}, servers: 1, requests: 1}",
        "--set",
        "sweep={}",
        "--set",
        "charts=[]",
        "--set",
        "metrics=[throughput, latency.mean]",
        "--replications",
        "2");
    String[] cells = csv("summary").lines().skip(1).findFirst().orElseThrow().split(",", -1);
    assertEquals("0.25", cells[0]);
    assertTrue(csv("summary").contains(",4.0,"), csv("summary"));
    assertTrue(csv("summary").contains(",finite,"), csv("summary"));
    assertFalse(csv("summary").contains("Infinity"), csv("summary"));
    assertTrue(csv("replications").contains(",4.0"), csv("replications"));
    assertFalse(csv("summary").contains("NaN"));
  }

  private JsonNode manifest() {
    try {
      return new ObjectMapper().readTree(bytes("manifest.json"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private byte[] bytes(String name) {
    try {
      return Files.readAllBytes(out.resolve(name));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Compressed tables hold the same bytes, are told of in the manifest, and are read again. */
  @Test
  void compressedTablesAreReadAsTheOthersAre() throws IOException {
    run();
    byte[] summary = Files.readAllBytes(out.resolve("summary.csv"));
    byte[] replications = Files.readAllBytes(out.resolve("replications.csv"));
    byte[] chart = Files.readAllBytes(out.resolve("throughput.svg"));
    Shell shell = run("--gzip");
    assertTrue(shell.out().contains("summary.csv.gz"), shell.out());
    // The tables of the run before are not those of this manifest.
    assertEquals(
        List.of("manifest.json", "replications.csv.gz", "summary.csv.gz"),
        Shell.names(out).stream().filter(name -> !name.startsWith("throughput")).toList());
    assertArrayEquals(summary, unzipped("summary.csv.gz"));
    assertArrayEquals(replications, unzipped("replications.csv.gz"));
    Files.delete(out.resolve("throughput.svg"));
    assertEquals(0, Shell.run("plot", out).status());
    assertArrayEquals(chart, Files.readAllBytes(out.resolve("throughput.svg")));
    Files.write(out.resolve("summary.csv.gz"), summary);
    Shell changed = Shell.run("plot", out);
    assertEquals(2, changed.status());
    assertTrue(changed.err().contains("summary.csv.gz was changed after batchq wrote it"));
    run();
    assertEquals(FILES, Shell.names(out));
  }

  private byte[] unzipped(String name) throws IOException {
    try (InputStream zipped = new GZIPInputStream(Files.newInputStream(out.resolve(name)))) {
      return zipped.readAllBytes();
    }
  }
}

package io.github.batchq.cli;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.batchq.model.ResultTable;
import io.github.batchq.results.StoredTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a report page is made of, read without a browser. */
class ReportPageTest {
  private static final Path RESOURCES = Path.of("src/main/resources/io/github/batchq/report/page");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Results of the small experiment, with a policy whose label is dangerous to a page. */
  @TempDir static Path results;

  private static Path experiment = Path.of("");

  @TempDir Path folder;

  @BeforeAll
  static void run() {
    experiment =
        Shell.write(
            results.resolve("small.yaml"),
            Shell.SMALL
                .replace(
                    "  policy.bins: [1, 2]\n",
                    """
                      policy:
                        - {label: 'a <b> & "c" </script><!-- d', type: standard, batchSize: 8}
                        - {label: "it's 2 bins", type: multi-bin, bins: 2, boundaries: equal-mass, batchSize: 8}
                    """)
                .replace("[0.4, 0.6]", "[0.4, 0.6, 2]")
                .replace("series: policy.bins", "series: policy"));
    Shell shell = Shell.run("run", experiment, "--out", results.resolve("out"));
    assertEquals(0, shell.status(), shell.err());
  }

  private Path page(Path of, Object... options) {
    Path page = folder.resolve("page.html");
    List<Object> arguments = new ArrayList<>(List.of("report", of, "--out", page));
    arguments.addAll(List.of(options));
    Shell shell = Shell.run(arguments.toArray());
    assertEquals(0, shell.status(), shell.err());
    return page;
  }

  /** The data that the script of a page reads. */
  static JsonNode data(String page) throws IOException {
    Matcher data =
        Pattern.compile(
                "<script type=\"application/json\" id=\"report-data\">(.*?)</script>",
                Pattern.DOTALL)
            .matcher(page);
    assertTrue(data.find());
    return JSON.readTree(data.group(1));
  }

  private static List<String> texts(JsonNode list, String key) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(one -> one.path(key).asText())
        .toList();
  }

  @Test
  void theSameFolderGivesTheSameBytesWhereverItIs() throws IOException {
    byte[] first = Files.readAllBytes(page(results.resolve("out")));
    Path copy = Files.createDirectories(folder.resolve("elsewhere/out"));
    for (String name : Shell.names(results.resolve("out"))) {
      Files.copy(results.resolve("out").resolve(name), copy.resolve(name));
    }
    assertArrayEquals(first, Files.readAllBytes(page(copy)));
  }

  @Test
  void theSpecificationHasTheValuesOfTheTable() throws IOException {
    Path specifications = folder.resolve("specifications");
    page(results.resolve("out"), "--spec", specifications);
    JsonNode chart = JSON.readTree(Shell.read(specifications.resolve("sweep.vl.json")));
    assertEquals("https://vega.github.io/schema/vega-lite/v6.json", chart.path("$schema").asText());
    assertEquals(
        List.of("intervals", "joined", "theory", "points", "beyond"),
        texts(chart.path("layer"), "name"));
    JsonNode points = chart.path("layer").get(3);
    assertEquals("legend", points.path("params").get(0).path("bind").asText());
    assertEquals("x", points.path("encoding").path("x").path("field").asText());
    assertEquals("value", points.path("encoding").path("y").path("field").asText());
    assertEquals("series", points.path("encoding").path("shape").path("field").asText());
    List<String> lines = Shell.read(results.resolve("out/summary.csv")).lines().toList();
    List<String> columns = List.of(lines.get(0).split(","));
    JsonNode rows = chart.path("data").path("values");
    int all = 0;
    int beyond = 0;
    for (JsonNode row : rows) {
      if (row.has("link")) {
        assertFalse(row.has("value") || row.has("beyond"));
        continue; // the line of one kind of theory, up to where the next one begins
      }
      all++;
      // Labels have commas and quotes; what follows them has none.
      String line = lines.get(row.path("point").asInt());
      List<String> cells = List.of(line.split(",", -1));
      int shift = cells.size() - columns.size();
      String metric = row.path("metric").asText();
      String value = cells.get(columns.indexOf(metric) + shift);
      if (value.equals("Infinity")) {
        beyond++;
        assertTrue(row.path("beyond").asBoolean());
        assertFalse(row.has("value"));
      } else {
        assertEquals(value, row.path("value").asText());
        double half = Double.parseDouble(cells.get(columns.indexOf(metric + ".ci95") + shift));
        assertEquals(Double.parseDouble(value) - half, row.path("low").asDouble());
        assertEquals(Double.parseDouble(value) + half, row.path("high").asDouble());
      }
      assertEquals(
          Double.parseDouble(cells.get(columns.indexOf("arrivals.rate") + shift)),
          row.path("x").asDouble());
    }
    assertEquals(2 * 6, all);
    assertTrue(beyond >= 2, beyond + " arrows");
  }

  @Test
  void noLabelBreaksThePage() throws IOException {
    String page =
        Shell.read(page(results.resolve("out"), "--title", "a </title><script> & /*style*/"));
    assertTrue(page.contains("<title>a &lt;/title&gt;&lt;script&gt; &amp; /*style*/</title>"));
    assertEquals(4, page.split("</script>", -1).length - 1);
    JsonNode data = data(page);
    assertEquals(
        "a <b> & \"c\" </script><!-- d",
        data.path("tables").get(0).path("rows").get(0).get(0).asText());
    assertFalse(page.contains("a <b>"));
  }

  @Test
  void thePageNamesQuestionAnswerAndCitation() throws IOException {
    String page = Shell.read(page(results.resolve("out")));
    assertTrue(page.contains("Which of 2 policies is best for arrivals.rate 0.4, 0.6 or 2?"));
    assertTrue(page.contains("Overloaded, so that queues grow without bound:"));
    assertTrue(page.indexOf("id=\"answer\"") < page.indexOf("id=\"charts\""));
    String cff = Shell.read(Path.of("CITATION.cff"));
    for (String key : List.of("title", "url", "year")) {
      Matcher values = Pattern.compile("(?m)^ *" + key + ": \"?(.*?)\"?$").matcher(cff);
      assertTrue(values.find());
      do {
        String value = values.group(1);
        assertTrue(page.contains(value.replace("\"", "&quot;")), value);
      } while (values.find());
    }
  }

  /** The command of a row makes the very same row of both tables. */
  @Test
  void theCommandOfAPointMakesItsBytesAgain() throws IOException {
    JsonNode commands = data(Shell.read(page(results.resolve("out")))).path("commands");
    List<String> summary = Shell.read(results.resolve("out/summary.csv")).lines().toList();
    List<String> runs = Shell.read(results.resolve("out/replications.csv")).lines().toList();
    assertEquals(summary.size() - 1, commands.size());
    for (int point : new int[] {1, 3, 5}) {
      List<String> arguments = words(commands.get(point).asText());
      assertEquals(List.of("batchq", "run", experiment.toString()), arguments.subList(0, 3));
      Path again = folder.resolve("again-" + point);
      arguments.set(arguments.size() - 1, again.toString());
      Shell shell = Shell.run(arguments.subList(1, arguments.size()).toArray());
      assertEquals(0, shell.status(), shell.err());
      assertEquals(
          List.of(summary.get(0), summary.get(point + 1)),
          Shell.read(again.resolve("summary.csv")).lines().toList());
      assertEquals(
          runs.subList(1 + 3 * point, 4 + 3 * point),
          Shell.read(again.resolve("replications.csv")).lines().skip(1).toList());
    }
  }

  /** The shipped results are older than this command, and it makes their points again. */
  @Test
  void theCommandOfAShippedPointMakesItsNumbersAgain() throws IOException {
    Path shipped = Path.of("results/rivals/phi-steps");
    JsonNode commands = data(Shell.read(page(shipped))).path("commands");
    ResultTable summary = StoredTable.read(shipped.resolve("summary.csv"));
    for (int point : new int[] {37, 146}) {
      List<String> arguments = words(commands.get(point).asText());
      Path again = folder.resolve("again-" + point);
      arguments.set(arguments.size() - 1, again.toString());
      Shell shell = Shell.run(arguments.subList(1, arguments.size()).toArray());
      assertEquals(0, shell.status(), shell.err());
      ResultTable made = StoredTable.read(again.resolve("summary.csv"));
      for (String column : summary.columns()) {
        assertEquals(
            summary.text(point, column), made.has(column) ? made.text(0, column) : "", column);
      }
    }
  }

  /** As a shell splits them; only single quotes are used. */
  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = Pattern.compile("(?:[^\\s'\\\\]|\\\\.|'[^']*')+").matcher(command);
    while (word.find()) {
      Matcher part = Pattern.compile("'([^']*)'|\\\\(.)|([^'\\\\]+)").matcher(word.group());
      StringBuilder text = new StringBuilder();
      while (part.find()) {
        text.append(
            IntStream.rangeClosed(1, 3)
                .mapToObj(part::group)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow());
      }
      words.add(text.toString());
    }
    return words;
  }

  /** What --set changed is in the manifest alone, so the page carries the experiment. */
  @Test
  void anExperimentChangedOnTheCommandLineGoesAlong() throws IOException {
    Path changed = folder.resolve("changed");
    Shell run = Shell.run("run", experiment, "--set", "scenario.requests=300", "--out", changed);
    assertEquals(0, run.status(), run.err());
    JsonNode data = data(Shell.read(page(changed)));
    List<String> arguments = words(data.path("commands").get(0).asText());
    assertEquals("experiment.json", arguments.get(2));
    Path saved = Shell.write(folder.resolve("experiment.json"), data.path("experiment").toString());
    arguments.set(2, saved.toString());
    arguments.set(arguments.size() - 1, folder.resolve("again").toString());
    Shell again = Shell.run(arguments.subList(1, arguments.size()).toArray());
    assertEquals(0, again.status(), again.err());
    assertEquals(
        Shell.read(changed.resolve("summary.csv")).lines().limit(2).toList(),
        Shell.read(folder.resolve("again/summary.csv")).lines().toList());
  }

  @Test
  void whatCannotBeShownIsRefusedInOneSentence() throws IOException {
    refuses("does not exist", folder.resolve("none"));
    refuses("is no folder of results", experiment);
    Path empty = Files.createDirectory(folder.resolve("empty"));
    refuses("there is no table (.csv) in it", empty);
    refuses("--out must name a file, found the folder", results.resolve("out"), "--out", empty);
    refuses("summary.csv", results.resolve("out"), "--out", results.resolve("out/summary.csv"));
    Path touched = Files.createDirectory(folder.resolve("touched"));
    for (String name : Shell.names(results.resolve("out"))) {
      Files.copy(results.resolve("out").resolve(name), touched.resolve(name));
    }
    String summary = Shell.read(touched.resolve("summary.csv"));
    Shell.write(touched.resolve("summary.csv"), summary.replace("0.6", "0.7"));
    refuses("was changed after batchq wrote it", touched);
    Shell.write(touched.resolve("summary.csv"), summary);
    String runs = Shell.read(touched.resolve("replications.csv"));
    Shell.write(touched.resolve("replications.csv"), runs.replace("0.6", "0.7"));
    refuses("replications.csv was changed after batchq wrote it", touched);
    Shell.write(touched.resolve("replications.csv"), runs);
    Files.delete(touched.resolve("summary.csv"));
    refuses("is missing beside its manifest.json", touched);
    Shell.write(empty.resolve("broken.csv"), "a,a\n1,2\n");
    refuses("the column 'a' is there twice", empty);
  }

  @Test
  void aPageTakesSoManyRows() throws IOException {
    String rows = IntStream.rangeClosed(1, 20_001).mapToObj(n -> n + ",1,0\n").collect(joining());
    Path many = Files.createDirectory(folder.resolve("many"));
    Shell.write(many.resolve("table.csv"), "servers,throughput,throughput.ci95\n" + rows);
    assertTrue(Shell.read(page(many)).contains("<p>table.csv has 20001 rows: see the file.</p>"));
    Path sweep = Files.createDirectory(folder.resolve("sweep"));
    Files.move(many.resolve("table.csv"), sweep.resolve("summary.csv"));
    Shell.write(
        sweep.resolve("replications.csv"),
        "servers,replication,throughput\n"
            + IntStream.rangeClosed(1, 20_001).mapToObj(n -> n + ",0,1\n").collect(joining()));
    Shell.write(
        sweep.resolve("manifest.json"),
        "{\"experiment\": {\"sweep\": {\"servers\": {\"from\": 1, \"to\": 20001, \"step\": 1}}}}");
    refuses("the sweep of sweep has 20001 points, and a page shows at most 20000", sweep);
  }

  @Test
  void compressedTablesGiveTheSamePage() throws IOException {
    Path zipped = folder.resolve("out");
    Shell run = Shell.run("run", experiment, "--gzip", "--out", zipped);
    assertEquals(0, run.status(), run.err());
    JsonNode found = data(Shell.read(page(zipped)));
    assertEquals(data(Shell.read(page(results.resolve("out")))), found);
  }

  private static void refuses(String sentence, Path of, Object... options) {
    List<Object> arguments = new ArrayList<>(List.of("report", of));
    arguments.addAll(List.of(options));
    Shell shell = Shell.run(arguments.toArray());
    assertEquals(2, shell.status(), shell.out());
    assertTrue(shell.err().contains(sentence), shell.err());
    assertEquals(1, shell.err().lines().count(), shell.err());
  }

  /** The vendored libraries are those of their sums, which the script that fetched them wrote. */
  @Test
  void theLibrariesAreTheOnesThatWereFetched() throws Exception {
    List<String> sums = Files.readAllLines(RESOURCES.resolve("libraries.sha256"));
    assertEquals(3, sums.size());
    for (String line : sums) {
      String[] parts = line.split("  ", 2);
      try (InputStream file = Files.newInputStream(RESOURCES.resolve(parts[1]))) {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(file.readAllBytes());
        assertEquals(parts[0], HexFormat.of().formatHex(digest), parts[1]);
      }
    }
    String licences = Shell.read(RESOURCES.resolve("libraries-licences.txt"));
    for (String library : List.of("vega 6", "vega-lite 6", "d3 7", "topojson-client 3")) {
      assertTrue(licences.contains(library), library);
    }
    String vega = Shell.read(RESOURCES.resolve("vega.min.js"));
    assertFalse(vega.contains("</script"));
    assertFalse(Shell.read(RESOURCES.resolve("vega-lite.min.js")).contains("</script"));
  }

  /** Pages that are shipped are those that their folders make. */
  @Test
  void theShippedPagesAreUpToDate() throws IOException {
    Map<Path, Path> shipped =
        Map.of(
            Path.of("results/rivals/report.html"), Path.of("results/rivals/phi-steps"),
            Path.of("results/paper/report.html"), Path.of("results/paper"));
    for (Map.Entry<Path, Path> one : shipped.entrySet()) {
      Path page = folder.resolve("again.html");
      assertEquals(0, Shell.run("report", one.getValue(), "--out", page).status());
      assertEquals(-1, Files.mismatch(page, one.getKey()), one.getKey().toString());
    }
  }

  /** The files of a plan, as {@code batchq plan} lays them out. */
  static Path plan(Path folder) throws IOException {
    Path plan = Files.createDirectories(folder.resolve("plan"));
    Map<String, String> files =
        Map.of(
            "manifest.json",
            """
            {"batchq": "0.1.0", "command": "batchq plan chat.yaml",
             "plan": {"name": "chat", "require": {"latency.p99": 30, "padding": 0.4}, "price": 2.5}}
            """,
            "answer.md",
            """
            # The plan

            Take **4 bins** on 3 servers: 7.5 an hour.

            - the next is `continuous <x>`
            - nothing else keeps the requirements

            | family | cost |
            |---|---:|
            | multi-bin | 7.5 |
            """,
            "frontier.csv",
            """
            label,servers,cost,latency.p99,latency.p99.ci95
            4 bins,3,7.5,28.5,0.5
            8 bins,4,10,21.25,0.25
            continuous,5,12.5,18,0.125
            """,
            "families.csv",
            """
            family,best,cost,latency.p99,latency.p99.ci95,why
            multi-bin,4 bins,7.5,28.5,0.5,
            dynamic,dynamic(batchSize=8),15,29,0.5,capacity: batches of all lengths
            """,
            "sensitivity.csv",
            """
            change,latency.p99,latency.p99.ci95,padding,padding.ci95,kept
            10 % more traffic,33,0.5,0.35,0.01,no
            one server fewer,Infinity,,0.36,0.01,no
            answers 10 % longer,29.5,0.25,0.34,0.01,yes
            """,
            "finalists.csv",
            """
            label,servers,cost,latency.p99,latency.p99.ci95,latency.p99.theory,latency.p99.theory.kind,kept
            4 bins,3,7.5,28.5,0.5,,,yes
            """,
            "candidates.csv",
            """
            policy,batchSize,bins,boundaries,servers,cost,outcome,decided.by,runs,latency.p99,latency.p99.ci95
            multi-bin,8,4,optimal,3,7.5,best,race,64,28.5,0.5
            standard,8,,,3,7.5,cannot,theory,0,,
            """,
            "best.yaml",
            "name: best\n");
    files.forEach((name, text) -> Shell.write(plan.resolve(name), text));
    return plan;
  }

  @Test
  void aPlanAnswersFirstAndShowsWhatItCosts() throws IOException {
    String page = Shell.read(page(plan(folder)));
    assertTrue(page.contains("<title>chat</title>"), page.substring(0, 400));
    assertTrue(page.contains("Take <strong>4 bins</strong> on 3 servers"));
    assertTrue(page.contains("<code>continuous &lt;x&gt;</code>"));
    assertTrue(page.contains("<td>multi-bin</td><td>7.5</td>"));
    JsonNode charts = data(page).path("charts");
    assertEquals(
        List.of("frontier-0", "families", "finalists", "sensitivity"), texts(charts, "id"));
    JsonNode frontier = charts.get(0).path("specification");
    assertEquals(10, frontier.at("/data/values/1/x").asDouble());
    assertEquals(21.25, frontier.at("/data/values/1/value").asDouble());
    assertEquals(21.0, frontier.at("/data/values/1/low").asDouble());
    assertTrue(texts(frontier.path("layer"), "name").contains("requirement"));
    JsonNode families = charts.get(1).path("specification");
    assertEquals("bar", families.at("/layer/1/mark/type").asText());
    assertEquals("capacity: batches of all lengths", families.at("/data/values/1/why").asText());
    JsonNode sensitivity = charts.get(3).path("specification").at("/data/values");
    assertEquals(30, sensitivity.get(0).path("line").asDouble());
    assertFalse(sensitivity.get(0).path("good").asBoolean());
    assertEquals(0.4, sensitivity.get(3).path("line").asDouble());
  }

  /** 20 policies at 12 rates in 4 metrics, the size that the page is made for. */
  static Path large(Path folder) {
    StringBuilder policies = new StringBuilder();
    for (int policy = 1; policy <= 20; policy++) {
      policies.append(
          String.format(
              "    - {label: 'policy number %d', type: multi-bin, bins: %d, boundaries: equal-mass, batchSize: 8}%n",
              policy, policy));
    }
    Path file =
        Shell.write(
            folder.resolve("large.yaml"),
            Shell.SMALL
                .replace("  policy.bins: [1, 2]\n", "  policy:\n" + policies)
                .replace("[0.4, 0.6]", "{from: 0.1, to: 1.2, step: 0.1}")
                .replace("requests: 400", "requests: 200")
                .replace(
                    "[throughput, latency.mean]",
                    "[throughput, latency.mean, latency.p99, padding]")
                .replace("series: policy.bins", "series: policy"));
    // A drawn chart takes twelve series; the page takes more.
    Shell.write(file, Shell.read(file).replaceFirst("(?s)charts:.*", ""));
    Shell run = Shell.run("run", file, "--out", folder.resolve("large"));
    assertEquals(0, run.status(), run.err());
    return folder.resolve("large");
  }

  @Test
  void aLargePageIsBelowTwoMegabytes() throws IOException {
    Path page = page(large(folder));
    assertNotEquals(0, Files.size(page));
    assertTrue(Files.size(page) < 2_000_000, Files.size(page) + " bytes");
    String text = new String(Files.readAllBytes(page), StandardCharsets.UTF_8);
    assertEquals(
        20 * 12 * 4,
        StreamSupport.stream(
                data(text).at("/charts/0/specification/data/values").spliterator(), false)
            .filter(row -> !row.has("link"))
            .count());
    // Nothing is loaded from elsewhere.
    String own = text.substring(0, text.indexOf("<script>\n"));
    assertFalse(Pattern.compile("(src|href)=\"(https?:)?//").matcher(own).find());
  }
}

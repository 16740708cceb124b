package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.metric.Estimate;
import io.github.batchq.model.ResultTable;
import io.github.batchq.results.StoredTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareCommandTest {
  @TempDir Path folder;

  private Path file = Path.of("");
  private Path out = Path.of("");

  @BeforeEach
  void files() {
    file = Shell.write(folder.resolve("small.yaml"), Shell.SMALL);
    out = folder.resolve("out");
  }

  private Shell compare(String options) {
    List<Object> arguments = new ArrayList<>(List.of("compare", file));
    arguments.addAll(List.of(options.split(" ")));
    return Shell.run(arguments.toArray());
  }

  private String done(String options) {
    Shell shell = compare(options);
    assertEquals(0, shell.status(), shell.err());
    assertEquals("", shell.err());
    return shell.out();
  }

  @Test
  void comparesEveryMetricOfTheFile() {
    String printed = done("--baseline policy.bins=1");
    List<String> lines = printed.lines().toList();
    assertTrue(
        lines.get(0).startsWith("arrivals.rate  policy.bins  metric        baseline"), printed);
    assertTrue(lines.get(0).endsWith("variance.ratio  verdict"), printed);
    // Two rates, one alternative, two metrics.
    assertTrue(lines.get(6).isEmpty(), printed);
    assertTrue(printed.contains("baseline: policy.bins = 1, "), printed);
    assertTrue(printed.contains("hold together with 0.95 (Bonferroni)"), printed);
    assertTrue(!printed.contains("KN"), printed);
    assertEquals(List.of("small.yaml"), Shell.names(folder));
  }

  @Test
  void numbersAreThoseOfTheReplications() {
    done("--baseline bins=1 --metric latency.mean --confidence 0.9 --out " + out);
    assertEquals(List.of("compare.csv"), Shell.names(out));
    ResultTable table = StoredTable.read(out.resolve("compare.csv"));
    assertEquals(
        "arrivals.rate,policy.bins,metric,baseline,mean,difference,ci,level,df,ratio,ratio.low,ratio.high,"
            + "variance.ratio,verdict",
        String.join(",", table.columns()));
    assertEquals(2, table.rows().size());
    Shell.run("run", file, "--out", folder.resolve("run"));
    ResultTable runs = StoredTable.read(folder.resolve("run").resolve("replications.csv"));
    // Rows of the run: one bin at 0.4 and 0.6, then two bins, three replications each.
    double[] differences = new double[3];
    for (int r = 0; r < 3; r++) {
      differences[r] = runs.number(6 + r, "latency.mean") - runs.number(r, "latency.mean");
    }
    Estimate estimate = Estimate.of(differences, 0.9);
    assertEquals(estimate.mean(), table.number(0, "difference"), 1e-10);
    assertEquals(estimate.halfWidth(), table.number(0, "ci"), 1e-10);
    assertEquals(0.9, table.number(0, "level"), 1e-15);
    assertEquals("2", table.text(0, "df"));
    assertEquals("2", table.text(0, "policy.bins"));
    assertEquals(table.number(0, "mean") / table.number(0, "baseline"), table.number(0, "ratio"));
    // 0.6 is beyond what one bin can carry.
    assertEquals("better", table.text(1, "verdict"));
    assertEquals("Infinity", table.text(1, "baseline"));
  }

  @Test
  void levelsHoldTogetherInAGroup() {
    String options =
        "--baseline bins=1 --set sweep.policy.bins=[1,2,4] --format csv --metric throughput";
    List<String> rows = done(options).lines().toList();
    assertEquals(1 + 4, rows.size());
    for (String row : rows.subList(1, 5)) {
      assertEquals(0.975, Double.parseDouble(row.split(",", -1)[7]), 1e-15);
    }
    assertEquals(String.join("\n", rows) + "\n", done(options + " --threads 1"));
  }

  @Test
  void parallelSelectionsAreTheSame() {
    String options =
        "--baseline bins=1 --select latency.mean --indifference 5% --confidence 0.8 --format csv";
    String csv = done(options + " --threads 1");
    assertEquals(csv, done(options + " --threads 4"));
    List<String> rows = csv.lines().toList();
    assertEquals(
        "arrivals.rate,policy.bins,metric,indifference,mean,replications,outcome", rows.get(0));
    assertEquals(1 + 4, rows.size());
    // At 0.4 one bin fills sooner; 0.6 is beyond what it can carry.
    assertTrue(rows.get(1).startsWith("0.4,1,") && rows.get(1).endsWith(",best"), csv);
    assertTrue(rows.get(2).startsWith("0.4,2,") && rows.get(2).endsWith(",eliminated"), csv);
    assertTrue(rows.get(3).startsWith("0.6,1,") && rows.get(3).endsWith(",eliminated"), csv);
    assertTrue(rows.get(4).startsWith("0.6,2,") && rows.get(4).endsWith(",best"), csv);
  }

  @Test
  void saysWhenNothingWasSelected() {
    String options =
        "--baseline bins=1 --select throughput --indifference 1e-9 --max-replications 4 --out "
            + out;
    String printed = done(options);
    assertTrue(
        printed.contains("not decided: raise --max-replications or --indifference"), printed);
    assertTrue(printed.contains("Procedure KN (Kim, Nelson 2001)"), printed);
    assertTrue(printed.endsWith(out + ": compare.csv, select.csv\n"), printed);
    assertEquals(List.of("compare.csv", "select.csv"), Shell.names(out));
    ResultTable table = StoredTable.read(out.resolve("select.csv"));
    assertEquals("4", table.text(0, "replications"));
    assertEquals("not decided", table.text(0, "outcome"));
  }

  @Test
  void formatsShowTheSelectionWhereThereIsOne() {
    assertTrue(done("--baseline bins=1 --format markdown").contains("| verdict"));
    String options = "--baseline bins=1 --select throughput --indifference 0.1 --format json";
    assertTrue(done(options).contains("\"outcome\":\"best\""));
  }

  @Test
  void longTablesAreCut() {
    String bins = String.join(",", IntStream.rangeClosed(1, 40).mapToObj(String::valueOf).toList());
    String printed =
        done("--baseline bins=1 --replications 2 --set sweep.policy.bins=[" + bins + "]");
    assertTrue(printed.contains("96 more rows"), printed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--threads 1|Missing required option: '--baseline=PATH=VALUE'",
        "--baseline bins=3|--baseline policy.bins=3: the sweep has 1; 2",
        "--baseline polcy.bins=1|did you mean 'policy.bins'?",
        "--baseline bins=1 --replications 1|a comparison needs 2 replications or more, found 1",
        "--baseline bins=1 --confidence 0.5|--confidence must be between 0.5 and 1, found 0.5",
        "--baseline bins=1 --confidence 1|--confidence must be between 0.5 and 1, found 1.0",
        "--baseline bins=1 --metric latency.men|unknown metric 'latency.men'; did you mean 'latency.mean'?",
        "--baseline bins=1 --threads 0|--threads must be at least 1, found 0",
        "--baseline bins=1 --out small.yaml/x|the results cannot be written to",
        "--baseline bins=1 --indifference 1|--indifference and --max-replications belong to --select",
        "--baseline bins=1 --max-replications 9|--indifference and --max-replications belong to --select",
        "--baseline bins=1 --select latency.mean|--select needs --indifference",
        "--baseline bins=1 --select latency --indifference 1|--select: unknown metric 'latency'",
        "--baseline bins=1 --select utilization --indifference 1|can be better or worse, found utilization",
        "--baseline bins=1 --select latency.mean --indifference 0|--indifference takes a positive number",
        "--baseline bins=1 --select latency.mean --indifference 1 --max-replications 2|between the replications of the first stage, 3, and 100000, found 2",
        "--baseline bins=1 --select ttft.mean --indifference 1|it is undefined in replication 0 of the point 1, 0.4",
        "--baseline bins=1 --set scenario.warmUp={\"time\":1000000}|the last of 400 requests arrives at about 1000.0 s, nothing is left to measure",
        "--baseline bins=1 --select padding --indifference 1% --set scenario.policy.batchSize=1|mean padding, which is 0 or undefined at arrivals.rate = 0.4: give it as a number"
      })
  void refuses(String options, String sentence) {
    Shell shell = compare(options.replace("small.yaml", file.toString()));
    assertEquals(2, shell.status(), shell.out());
    assertTrue(shell.err().contains(sentence), shell.err());
    assertEquals(1, shell.err().lines().count(), shell.err());
    assertEquals("", shell.out());
  }

  /** Replications of a pair depend on each other, so a pair is one observation. */
  @Test
  void antitheticPairsAreObservations() {
    String pairs =
        "--set varianceReduction={\"antithetic\":true} --set replications=8 --format csv";
    String row =
        done("--baseline bins=1 --metric throughput " + pairs)
            .lines()
            .skip(1)
            .findFirst()
            .orElse("");
    assertEquals("3", row.split(",", -1)[8], row);
  }

  @Test
  void refusesReplicationsThatCannotBeComparedOrAddedTo() {
    Shell other =
        compare("--baseline bins=1 --set varianceReduction={\"commonRandomNumbers\":false}");
    assertEquals(2, other.status());
    assertTrue(other.err().contains("meet the same traffic"), other.err());
    Shell pairs =
        compare(
            "--baseline bins=1 --set varianceReduction={\"antithetic\":true} --set replications=8"
                + " --select throughput --indifference 1%");
    assertEquals(2, pairs.status());
    assertTrue(pairs.err().contains("leave out antithetic"), pairs.err());
  }
}

package io.github.batchq.cli;

import io.github.batchq.engine.Runner;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.NearestName;
import io.github.batchq.model.Require;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.ComparisonTable;
import io.github.batchq.report.TableFormat;
import io.github.batchq.results.ResultFolder;
import io.github.batchq.study.Indifference;
import io.github.batchq.study.PolicyComparison;
import io.github.batchq.study.PolicySelection;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code batchq compare}: policies beside a baseline under common random numbers, and the selection
 * of the best.
 */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description =
        "Compare the points of an experiment with a baseline: paired differences and ratios "
            + "under common random numbers, with intervals and verdicts; and select the best with a "
            + "guaranteed probability.",
    footerHeading = "%nExample:%n",
    footer = "  batchq compare experiments/compare-policies.yaml --baseline policy=standard")
final class CompareCommand implements Callable<Integer> {
  private static final int MOST_ROWS = 60;
  private static final int MOST_REPLICATIONS = 1000;
  private static final String NOT_DECIDED = PolicySelection.Outcome.NOT_DECIDED.toString();

  private static final String COMPARISON =
      """

      baseline: %s, in the same replications with the same traffic (common random numbers).
      ci is the half-width of the paired t-interval, ratio.low and ratio.high are Fieller's interval; each has
      such a level that all verdicts of a group about one metric hold together with %s (Bonferroni).
      variance.ratio: how many times as many replications independent traffic would have needed for the same
      ci; below 1, common random numbers did harm.""";

  private static final String SELECTION =
      """

      Procedure KN (Kim, Nelson 2001): where the best of a group is better than all others by the indifference
      or more, it is selected with probability %s or more. replications: how long a point was in play;
      mean is over these.""";

  @Mixin private ExperimentOptions options;

  @Option(
      names = "--baseline",
      required = true,
      paramLabel = "PATH=VALUE",
      description =
          "swept value that the others are compared with, such as policy=standard; may be repeated,"
              + " and both sides may be shortened")
  private List<String> baseline = List.of();

  @Option(
      names = "--metric",
      split = ",",
      paramLabel = "METRIC",
      description = "metrics to compare (default: those of the file)")
  private List<String> metrics = List.of();

  @Option(
      names = "--confidence",
      paramLabel = "P",
      description =
          "of the verdicts of one group about one metric together, and of a selection (default:"
              + " ${DEFAULT-VALUE})")
  private double confidence = 0.95;

  @Option(
      names = "--select",
      paramLabel = "METRIC",
      description =
          "select the best of each group by this metric with procedure KN of Kim and Nelson (2001);"
              + " csv, json and markdown then show the selection in place of the comparison")
  private @Nullable String selected;

  @Option(
      names = "--indifference",
      paramLabel = "X",
      description =
          "the smallest difference that --select must see, in the metric's unit, or a share of the"
              + " baseline's mean such as 1%%")
  private @Nullable String indifference;

  @Option(
      names = "--max-replications",
      paramLabel = "N",
      description =
          "of a point, after which --select gives up (default: " + MOST_REPLICATIONS + ")")
  private @Nullable Integer mostReplications;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder for compare.csv, and select.csv of a selection (default: none)")
  private @Nullable Path out;

  @Option(names = "--threads", paramLabel = "T", description = "threads (default: all processors)")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Mixin private TableOptions table;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Require.INPUT.atLeast("--threads", threads, 1);
    if (!(confidence > 0.5 && confidence < 1)) {
      throw new BadInputException("--confidence must be between 0.5 and 1, found " + confidence);
    }
    Experiment experiment = options.read();
    PolicyComparison comparison = PolicyComparison.of(experiment, baseline);
    List<Metric> compared =
        metrics.isEmpty()
            ? experiment.metrics()
            : metrics.stream().distinct().map(name -> metric("--metric", name)).toList();
    PolicySelection selection = selection();
    if (selection != null) {
      selection.check(experiment);
    }
    List<Metric> measured = new ArrayList<>(compared);
    if (selection != null) {
      measured.add(selection.metric());
    }
    try (ResultFolder folder = ResultFolder.openIfNamed(out)) {
      if (folder != null) {
        folder.protect(options.inputs(experiment));
      }
      compare(experiment.measuring(measured), comparison, compared, selection, folder);
    }
    return 0;
  }

  private void compare(
      Experiment experiment,
      PolicyComparison comparison,
      List<Metric> compared,
      @Nullable PolicySelection selection,
      @Nullable ResultFolder folder)
      throws InterruptedException {
    RunResults results;
    try (ProgressLine progress = ProgressLine.onStandardError()) {
      results = Runner.run(experiment, threads, progress);
    }
    ResultTable differences = comparison.table(results, compared, confidence);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("compare.csv", bytes(differences));
    ResultTable best = null;
    if (selection != null) {
      try (ProgressLine progress = ProgressLine.onStandardError()) {
        best = selection.select(experiment, comparison, results, threads, progress::selecting);
      }
      files.put("select.csv", bytes(best));
    }
    if (folder != null) {
      folder.write(files);
    }
    print(comparison, differences, best);
    if (table.format == TableFormat.TABLE) {
      WholeBatchNote.of(experiment, compared.stream().map(Metric::id).toList())
          .ifPresent(table::say);
    }
    if (out != null && table.format == TableFormat.TABLE) {
      say(out + ": " + String.join(", ", files.keySet()));
    }
  }

  private @Nullable PolicySelection selection() {
    if (selected == null) {
      if (indifference != null || mostReplications != null) {
        throw new BadInputException("--indifference and --max-replications belong to --select");
      }
      return null;
    }
    if (indifference == null) {
      throw new BadInputException(
          "--select needs --indifference, the smallest difference that matters: a number in the"
              + " metric's unit, or a share of the baseline's mean such as 1%");
    }
    return new PolicySelection(
        metric("--select", selected),
        Indifference.parse(indifference),
        confidence,
        mostReplications == null ? MOST_REPLICATIONS : mostReplications);
  }

  private static Metric metric(String option, String name) {
    for (Metric metric : Metric.ALL) {
      if (metric.id().equals(name)) {
        return metric;
      }
    }
    throw new BadInputException(
        option
            + ": unknown metric '"
            + name
            + "'; "
            + NearestName.hint(name, Metric.ALL.stream().map(Metric::id).toList()));
  }

  private void print(
      PolicyComparison comparison, ResultTable differences, @Nullable ResultTable best) {
    if (table.format != TableFormat.TABLE) {
      table.print(best == null ? differences : best);
      return;
    }
    table.print(ComparisonTable.firstRows(differences, MOST_ROWS));
    int more = differences.rows().size() - MOST_ROWS;
    if (more > 0) {
      say(more + " more rows: write them with --out, or print them with --format csv");
    }
    say(COMPARISON.formatted(comparison.baselineText(), ResultTable.cell(confidence)));
    if (best != null) {
      say("");
      table.print(best);
      say(SELECTION.formatted(ResultTable.cell(confidence)));
      if (best.rows().stream().anyMatch(row -> row.contains(NOT_DECIDED))) {
        say("not decided: raise --max-replications or --indifference.");
      }
    }
  }

  private void say(String line) {
    PrintWriter console = spec.commandLine().getOut();
    console.println(line);
    console.flush();
  }

  private static byte[] bytes(ResultTable rows) {
    return rows.toCsv().getBytes(StandardCharsets.UTF_8);
  }
}

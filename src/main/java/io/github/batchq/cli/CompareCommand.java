package io.github.batchq.cli;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Indifference;
import io.github.batchq.experiment.NearestName;
import io.github.batchq.experiment.PolicyComparison;
import io.github.batchq.experiment.PolicySelection;
import io.github.batchq.experiment.ResultFolder;
import io.github.batchq.experiment.ResultTable;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.experiment.Runner;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.report.ComparisonTable;
import io.github.batchq.report.TableFormat;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
    description = {
      "Compare the points of an experiment with a baseline: paired differences and ratios under common random",
      "numbers, with intervals and verdicts; and select the best with a guaranteed probability."
    })
final class CompareCommand implements Callable<Integer> {
  private static final int MOST_ROWS = 60;
  private static final int MOST_REPLICATIONS = 1000;

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

  /** picocli fills the fields. */
  @SuppressWarnings("NullAway.Init")
  CompareCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    if (threads < 1) {
      throw new BadInputException("--threads must be at least 1, found " + threads);
    }
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
    if (out != null) {
      ResultFolder.check(out);
    }

    RunResults results = Runner.run(experiment, threads, ProgressLine.onStandardError());
    ResultTable differences = comparison.table(results, compared, confidence);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("compare.csv", bytes(differences));
    ResultTable best = null;
    if (selection != null) {
      ProgressLine progress = ProgressLine.onStandardError();
      best = selection.select(experiment, comparison, results, threads, progress::selecting);
      progress.done();
      files.put("select.csv", bytes(best));
    }
    if (out != null) {
      ResultFolder.write(out, files);
    }
    print(comparison, differences, best);
    if (out != null && table.format == TableFormat.TABLE) {
      say(out + ": " + String.join(", ", files.keySet()));
    }
    return 0;
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
    say("");
    say("baseline: " + comparison.baselineText() + "; difference and ratio are to it, in the same");
    say(
        "replications with the same traffic (common random numbers). ci is the half-width of the paired");
    say(
        "t-interval, ratio.low and ratio.high are Fieller's interval; the level of each (Bonferroni) is such");
    say(
        "that all verdicts of a group about one metric hold together with "
            + ResultTable.cell(confidence)
            + ".");
    say(
        "variance.ratio: how many times as many replications independent traffic would have needed for");
    say("the same ci; below 1, common random numbers did harm.");
    if (best != null) {
      say("");
      table.print(best);
      say("");
      say(
          "Procedure KN (Kim, Nelson 2001): where the best mean of a group is better than all others by the");
      say(
          "indifference or more, it is selected with probability "
              + ResultTable.cell(confidence)
              + " or more. replications: how many a");
      say(
          "point was in play for, until it was eliminated or the selection ended; mean is over these.");
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

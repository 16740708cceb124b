package io.github.batchq.cli;

import io.github.batchq.experiment.ChartSpec;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.JournalFile;
import io.github.batchq.experiment.Manifest;
import io.github.batchq.experiment.ResultFolder;
import io.github.batchq.experiment.ResultTable;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.experiment.Runner;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.report.Chart;
import io.github.batchq.report.ChartStyle;
import io.github.batchq.report.ComparisonTable;
import io.github.batchq.report.TableFormat;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code batchq run}: simulates an experiment, writes its results and charts, prints theory beside
 * simulation.
 */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description =
        "Simulate an experiment, write its results and charts, print theory beside simulation.")
final class RunCommand implements Callable<Integer> {
  private static final int MOST_ROWS = 60;

  @Mixin private ExperimentOptions options;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "results folder (default: results/<name>)")
  private @Nullable Path out;

  @Option(names = "--threads", paramLabel = "T", description = "threads (default: all processors)")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--resume",
      description = "take over the finished runs of an interrupted sweep of the same experiment")
  private boolean resume;

  @Option(names = "--restart", description = "begin anew and forget those runs")
  private boolean restart;

  @Mixin private TableOptions table;

  @Option(
      names = "--show",
      split = ",",
      paramLabel = "METRIC",
      description = "metrics with theory to print, or all (default: the first of the file)")
  private List<String> shown = List.of();

  @Option(
      names = "--style",
      paramLabel = "STYLE",
      description =
          "what charts are drawn for: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private ChartStyle style = ChartStyle.SCREEN;

  @Spec private CommandSpec spec;

  /** picocli fills the fields. */
  @SuppressWarnings("NullAway.Init")
  RunCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    if (threads < 1) {
      throw new BadInputException("--threads must be at least 1, found " + threads);
    }
    Experiment experiment = options.read();
    checkShown(experiment);
    Path folder = out == null ? Path.of("results", experiment.name()) : out;
    ResultFolder.check(folder);
    Instant start = Instant.now();
    checkLeft(experiment, folder);
    JournalFile journal = JournalFile.open(folder, experiment, resume);
    RunResults results;
    try (journal) {
      results = Runner.run(experiment, threads, ProgressLine.onStandardError(), journal);
    }
    Duration duration = Duration.between(start, Instant.now());
    ResultTable summary = results.summary();

    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("summary.csv", summary.toCsv().getBytes(StandardCharsets.UTF_8));
    files.put("replications.csv", results.replications().toCsv().getBytes(StandardCharsets.UTF_8));
    files.put(
        Manifest.FILE,
        Manifest.of(
            experiment,
            spec.root().commandLine().getParseResult().originalArgs(),
            threads,
            start,
            duration));
    try {
      for (ChartSpec chart : experiment.charts()) {
        files.putAll(new Chart(chart, summary, Manifest::unit, style).files());
      }
    } finally {
      // A chart that cannot be drawn loses none of the numbers, and all files appear together.
      ResultFolder.write(folder, files);
      journal.remove();
    }
    print(experiment, results, summary, folder, files.keySet().stream().toList(), duration);
    return 0;
  }

  /** Runs that an interrupted sweep has finished are not lost by mistake. */
  private void checkLeft(Experiment experiment, Path folder) {
    if (resume && restart) {
      throw new BadInputException("--resume and --restart exclude each other");
    }
    int left = resume || restart ? 0 : JournalFile.left(folder, experiment);
    if (left > 0) {
      throw new BadInputException(
          folder
              + " has "
              + left
              + " finished runs of an interrupted sweep of this experiment: --resume goes on,"
              + " --restart begins anew");
    }
  }

  private void print(
      Experiment experiment,
      RunResults results,
      ResultTable summary,
      Path folder,
      List<String> files,
      Duration duration) {
    PrintWriter console = spec.commandLine().getOut();
    ResultTable comparison = shown(ComparisonTable.of(summary), experiment);
    if (table.format == TableFormat.TABLE) {
      table.print(ComparisonTable.firstRows(comparison, MOST_ROWS));
      if (comparison.rows().size() > MOST_ROWS) {
        console.println(
            (comparison.rows().size() - MOST_ROWS)
                + " more rows: see summary.csv, or print them with --format csv");
      }
      console.println();
      console.println(leftovers(experiment, results));
      double seconds = Math.max(duration.toMillis(), 1) / 1e3;
      console.printf(
          Locale.ROOT,
          "%d points, %d runs, %.1f million requests in %.1f s (%.1f million requests/s)%n",
          experiment.points().size(),
          runs(experiment, results),
          results.requests() / 1e6,
          seconds,
          results.requests() / seconds / 1e6);
      console.println(folder + ": " + String.join(", ", files));
    } else {
      table.print(comparison);
    }
    console.flush();
  }

  /** The rows of the metrics to print. */
  private ResultTable shown(ResultTable comparison, Experiment experiment) {
    int column = comparison.columns().indexOf("metric");
    List<String> names = shown.isEmpty() ? List.of(experiment.metrics().get(0).id()) : shown;
    return names.contains("all")
        ? comparison
        : new ResultTable(
            comparison.columns(),
            comparison.rows().stream().filter(row -> names.contains(row.get(column))).toList());
  }

  private void checkShown(Experiment experiment) {
    List<String> known = experiment.metrics().stream().map(Metric::id).toList();
    for (String name : shown) {
      if (!name.equals("all") && !known.contains(name)) {
        throw new BadInputException(
            "--show takes metrics of the experiment or all, found '"
                + name
                + "' (allowed: "
                + String.join(", ", known)
                + ")");
      }
    }
  }

  private static int runs(Experiment experiment, RunResults results) {
    int runs = 0;
    for (int p = 0; p < experiment.points().size(); p++) {
      runs += results.replications(p);
    }
    return runs;
  }

  /** How many partial batches were flushed and how many requests were discarded, over all runs. */
  private static String leftovers(Experiment experiment, RunResults results) {
    return "partial batches flushed per run: "
        + range(experiment, results, "batches.flushed")
        + "; requests discarded per run: "
        + range(experiment, results, "requests.discarded");
  }

  private static String range(Experiment experiment, RunResults results, String id) {
    Metric metric = Metric.named(id);
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int p = 0; p < experiment.points().size(); p++) {
      for (int r = 0; r < results.replications(p); r++) {
        double value = results.value(p, r, metric);
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    return least == most
        ? String.format(Locale.ROOT, "%.0f", least)
        : String.format(Locale.ROOT, "%.0f to %.0f", least, most);
  }
}

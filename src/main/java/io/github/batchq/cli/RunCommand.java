package io.github.batchq.cli;

import io.github.batchq.engine.Runner;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ChartSpec;
import io.github.batchq.model.Require;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.Chart;
import io.github.batchq.report.ChartStyle;
import io.github.batchq.report.Paragraph;
import io.github.batchq.report.TableFormat;
import io.github.batchq.results.JournalFile;
import io.github.batchq.results.Manifest;
import io.github.batchq.results.ResultFolder;
import io.github.batchq.results.StoredResults;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
 * {@code batchq run}: simulates an experiment, writes its results and charts, prints theory beside
 * simulation.
 */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description =
        "Simulate an experiment, write its results and charts, print theory beside simulation.",
    footerHeading = "%nExample:%n",
    footer = "  batchq run experiments/quickstart.yaml --set scenario.policy.batchSize=16")
final class RunCommand implements Callable<Integer> {
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
      description =
          "metrics to print, or all (default: those of the file if they are at most five, else the"
              + " first three)")
  private List<String> shown = List.of();

  @Option(
      names = "--style",
      paramLabel = "STYLE",
      description =
          "what charts are drawn for: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private ChartStyle style = ChartStyle.SCREEN;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Require.INPUT.atLeast("--threads", threads, 1);
    Experiment experiment = options.read();
    checkShown(experiment);
    if (resume && restart) {
      throw new BadInputException("--resume and --restart exclude each other");
    }
    Path name = out == null ? Path.of("results", experiment.name()) : out;
    try (ResultFolder folder = ResultFolder.open(name)) {
      folder.protect(options.inputs(experiment));
      folder.expect(names(experiment));
      if (!folder.isLocked()) {
        spec.commandLine()
            .getErr()
            .println("batchq: " + name + " cannot be locked: let no other run write there");
      }
      run(experiment, folder);
    }
    return 0;
  }

  /** The files that a run will write. */
  private static List<String> names(Experiment experiment) {
    List<String> names =
        new ArrayList<>(List.of(StoredResults.SUMMARY, StoredResults.REPLICATIONS, Manifest.FILE));
    for (ChartSpec chart : experiment.charts()) {
      names.addAll(Chart.fileNames(chart.file()));
    }
    return names;
  }

  private void run(Experiment experiment, ResultFolder folder) throws InterruptedException {
    Path name = folder.name();
    Instant start = Instant.now();
    checkLeft(experiment, name);
    JournalFile journal = JournalFile.open(name, experiment, resume);
    RunResults results;
    ResultTable summary;
    Duration duration;
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (journal;
        ProgressLine progress = ProgressLine.onStandardError(() -> interrupted(journal, folder))) {
      results = Runner.run(experiment, threads, progress, journal);
      duration = Duration.between(start, Instant.now());
      summary = results.summary();
    }
    files.put(StoredResults.SUMMARY, summary.toCsv().getBytes(StandardCharsets.UTF_8));
    files.put(
        StoredResults.REPLICATIONS,
        results.replications().toCsv().getBytes(StandardCharsets.UTF_8));
    files.put(
        Manifest.FILE,
        Manifest.of(
            experiment,
            spec.root().commandLine().getParseResult().originalArgs(),
            threads,
            start,
            duration,
            files));
    try {
      for (ChartSpec chart : experiment.charts()) {
        files.putAll(new Chart(chart, summary, Metric::unitOf, style).files());
      }
    } finally {
      // The numbers are kept even if a chart cannot be drawn, and all files appear together.
      write(files, folder, journal);
      journal.remove();
      print(new RunReport(experiment, results, summary, shown), name, files, duration);
    }
  }

  private static void write(Map<String, byte[]> files, ResultFolder folder, JournalFile journal) {
    try {
      folder.write(files);
    } catch (BadInputException e) {
      throw new BadInputException(e.getMessage() + "; " + kept(journal, folder.name()), e);
    }
  }

  private static String interrupted(JournalFile journal, ResultFolder folder) {
    String kept = kept(journal, folder.name());
    folder.close();
    return kept;
  }

  /** A sentence that says what is kept of an interrupted run. */
  private static String kept(JournalFile journal, Path folder) {
    int runs = journal.stop();
    return runs == 0
        ? "no run was finished, nothing is kept"
        : (runs == 1 ? "1 finished run is" : runs + " finished runs are")
            + " kept in "
            + folder.resolve(JournalFile.NAME)
            + ": the same command with --resume goes on from there";
  }

  /** Refuses to overwrite the runs of an interrupted sweep by mistake. */
  private void checkLeft(Experiment experiment, Path folder) {
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

  private void print(RunReport report, Path folder, Map<String, byte[]> files, Duration duration) {
    if (table.format == TableFormat.TABLE) {
      PrintWriter console = spec.commandLine().getOut();
      console.print(report.text(table.width(), folder, duration));
      console.print(
          Paragraph.wrapped(folder + ": " + String.join(", ", files.keySet()), table.width()));
      console.flush();
    } else {
      table.print(report.rows());
    }
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
}

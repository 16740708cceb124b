package io.github.batchq.cli;

import io.github.batchq.expectation.TheoryEffort;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.report.ChartStyle;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What is computed, shown and drawn of the results of an experiment. */
@Command
final class ResultOptions {
  @Option(
      names = "--show",
      split = ",",
      paramLabel = "METRIC",
      description =
          "metrics to print, or all (default: those of the file if they are at most five, else the"
              + " first three)")
  List<String> shown = List.of();

  @Option(
      names = "--theory",
      paramLabel = "EFFORT",
      description =
          "theory beside the results: ${COMPLETION-CANDIDATES}; cheap leaves out waiting times and"
              + " whatever takes more than about 0.1 ms a point, off leaves out all but the verdicts"
              + " on stability (default: all, and cheap beyond "
              + TheoryEffort.MOST_POINTS
              + " points)")
  private @Nullable TheoryEffort theory;

  @Option(
      names = "--style",
      paramLabel = "STYLE",
      description =
          "what charts are drawn for: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  ChartStyle style = ChartStyle.SCREEN;

  @Option(
      names = "--gzip",
      description =
          "compress the tables: summary.csv.gz and replications.csv.gz, which batchq reads as well")
  boolean gzip;

  /** How much theory stands beside the results. */
  TheoryEffort theory(Experiment experiment) {
    return theory == null ? TheoryEffort.ofSweep(experiment.points().size()) : theory;
  }

  /**
   * Refuses a choice of theory where none is written.
   *
   * @param reason why there is none
   * @throws BadInputException if theory is chosen
   */
  void refuseTheory(String reason) {
    if (theory != null) {
      throw new BadInputException("--theory " + reason);
    }
  }

  /**
   * Refuses to show what is not measured.
   *
   * @throws BadInputException if a metric is none of the experiment's
   */
  void check(Experiment experiment) {
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

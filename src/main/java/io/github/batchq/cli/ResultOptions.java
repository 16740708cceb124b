package io.github.batchq.cli;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.report.ChartStyle;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What is shown and drawn of the results of an experiment. */
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

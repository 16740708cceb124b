package io.github.batchq.cli;

import io.github.batchq.metric.Metric;
import io.github.batchq.model.ChartSpec;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.Chart;
import io.github.batchq.report.ChartStyle;
import io.github.batchq.results.ResultFolder;
import io.github.batchq.results.StoredResults;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code batchq plot}: draws the charts of a results folder again, from its files alone. */
@Command(
    name = "plot",
    mixinStandardHelpOptions = true,
    description =
        "Draw the charts of a results folder again, from its summary.csv and manifest.json alone.",
    footerHeading = "%nExample:%n",
    footer = "  batchq plot results/quickstart --style PAPER")
final class PlotCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "results folder, such as results/quickstart")
  private Path folder;

  @Option(
      names = "--style",
      paramLabel = "STYLE",
      description =
          "what charts are drawn for: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private ChartStyle style = ChartStyle.SCREEN;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    StoredResults stored = StoredResults.of(folder);
    List<ChartSpec> charts = stored.charts();
    ResultTable summary = stored.summary();
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (ChartSpec chart : charts) {
      files.putAll(new Chart(chart, summary, Metric::unitOf, style).files());
    }
    ResultFolder.write(folder, files);
    PrintWriter console = spec.commandLine().getOut();
    console.println(folder + ": " + String.join(", ", files.keySet()));
    console.flush();
    return 0;
  }
}

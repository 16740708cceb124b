package io.github.batchq.cli;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.experiment.TheoryExtent;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.ChartSpec;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.Chart;
import io.github.batchq.report.Paragraph;
import io.github.batchq.report.TableFormat;
import io.github.batchq.results.Execution;
import io.github.batchq.results.Manifest;
import io.github.batchq.results.Parts;
import io.github.batchq.results.StoredResults;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is written and printed of the runs of an experiment, whether one command made them all or
 * they come from parts.
 *
 * @param summary the summary of the results
 * @param options what is shown and drawn
 * @param table how it is printed
 * @param console where to
 */
record RunOutput(
    Experiment experiment,
    RunResults results,
    ResultTable summary,
    ResultOptions options,
    TableOptions table,
    PrintWriter console) {

  /** The files that will be written. */
  static List<String> names(Experiment experiment) {
    List<String> names =
        new ArrayList<>(List.of(StoredResults.SUMMARY, StoredResults.REPLICATIONS, Manifest.FILE));
    for (ChartSpec chart : experiment.charts()) {
      names.addAll(Chart.fileNames(chart.file()));
    }
    return names;
  }

  /**
   * Writes and prints.
   *
   * @param execution how the runs were made
   * @param parts the parts that they come from, or null
   * @param effort what they took, for the last line
   * @param folder where the files go
   * @param writer writes them there
   */
  void write(
      Execution execution,
      @Nullable Parts parts,
      String effort,
      Path folder,
      Consumer<Map<String, byte[]>> writer) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(StoredResults.SUMMARY, summary.toCsv().getBytes(StandardCharsets.UTF_8));
    files.put(
        StoredResults.REPLICATIONS,
        results.replications().toCsv().getBytes(StandardCharsets.UTF_8));
    TheoryExtent theory = results.theory(options.theory(experiment));
    files.put(Manifest.FILE, Manifest.of(experiment, execution, files, parts, theory));
    try {
      for (ChartSpec chart : experiment.charts()) {
        files.putAll(new Chart(chart, summary, Metric::unitOf, options.style).files());
      }
    } finally {
      // A chart that cannot be drawn loses none of the numbers, and all files appear together.
      writer.accept(files);
      print(theory, effort, folder, files);
    }
  }

  private void print(TheoryExtent theory, String effort, Path folder, Map<String, byte[]> files) {
    RunReport report = new RunReport(experiment, results, summary, theory, options.shown);
    if (table.format == TableFormat.TABLE) {
      console.print(report.text(table.width(), folder, effort));
      console.print(
          Paragraph.wrapped(folder + ": " + String.join(", ", files.keySet()), table.width()));
      console.flush();
    } else {
      table.print(report.rows());
    }
  }
}

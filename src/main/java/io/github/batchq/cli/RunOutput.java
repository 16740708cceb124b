package io.github.batchq.cli;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.experiment.Summary;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.ChartSpec;
import io.github.batchq.report.Chart;
import io.github.batchq.report.Paragraph;
import io.github.batchq.report.TableFormat;
import io.github.batchq.results.Execution;
import io.github.batchq.results.FileContent;
import io.github.batchq.results.Manifest;
import io.github.batchq.results.Parts;
import io.github.batchq.results.ResultFolder;
import io.github.batchq.results.StoredResults;
import io.github.batchq.results.TableFile;
import java.io.PrintWriter;
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
    Summary summary,
    ResultOptions options,
    TableOptions table,
    PrintWriter console) {

  /** The files that will be written. */
  static List<String> names(Experiment experiment, ResultOptions options) {
    List<String> names = new ArrayList<>();
    for (String table : StoredResults.TABLES) {
      names.add(options.gzip ? table + TableFile.GZIP : table);
    }
    names.add(Manifest.FILE);
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
      ResultFolder folder,
      Consumer<Map<String, FileContent>> writer) {
    List<TableFile> tables =
        List.of(
            new TableFile(StoredResults.SUMMARY, summary.table(), options.gzip),
            new TableFile(StoredResults.REPLICATIONS, results.replications(), options.gzip));
    Map<String, FileContent> files = new LinkedHashMap<>();
    tables.forEach(file -> files.put(file.name(), file));
    files.put(
        Manifest.FILE,
        out -> out.write(Manifest.of(experiment, execution, tables, parts, summary.theory())));
    try {
      for (ChartSpec chart : experiment.charts()) {
        files.putAll(
            FileContent.of(
                new Chart(chart, summary.table(), Metric::unitOf, options.style).files()));
      }
    } finally {
      // A chart that cannot be drawn loses none of the numbers, and all files appear together.
      writer.accept(files);
      for (String table : StoredResults.TABLES) {
        // Tables of an earlier run are not those of this manifest.
        folder.remove(options.gzip ? table : table + TableFile.GZIP);
      }
      print(effort, folder.name(), files);
    }
  }

  private void print(String effort, Path folder, Map<String, FileContent> files) {
    RunReport report =
        new RunReport(experiment, results, summary.table(), summary.theory(), options.shown);
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

package io.github.batchq.cli;

import io.github.batchq.experiment.RunResults;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.ComparisonTable;
import io.github.batchq.report.TableFormat;
import io.github.batchq.results.ResultFolder;
import io.github.batchq.study.PolicyComparison;
import io.github.batchq.study.PolicySelection;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code batchq compare} writes and prints, whether one command made the runs or they come
 * from parts.
 *
 * @param table how it is printed
 * @param console where to
 */
record CompareOutput(TableOptions table, PrintWriter console) {
  /** Name of the table of differences. */
  static final String COMPARISON_FILE = "compare.csv";

  private static final String SELECTION_FILE = "select.csv";
  private static final int MOST_ROWS = 60;
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

  /**
   * Writes and prints.
   *
   * @param best the selection, or null
   * @param folder where the tables go, or null
   */
  void write(
      CompareQuestion question,
      RunResults results,
      @Nullable ResultTable best,
      @Nullable ResultFolder folder) {
    PolicyComparison comparison = PolicyComparison.of(results.experiment(), question.baseline());
    ResultTable differences = comparison.table(results, question.metrics(), question.confidence());
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(COMPARISON_FILE, bytes(differences));
    if (best != null) {
      files.put(SELECTION_FILE, bytes(best));
    }
    if (folder != null) {
      folder.write(files);
    }
    print(comparison, differences, best, question.confidence());
    if (table.format == TableFormat.TABLE) {
      WholeBatchNote.of(results.experiment(), question.metrics().stream().map(Metric::id).toList())
          .ifPresent(table::say);
      if (folder != null) {
        say(folder + ": " + String.join(", ", files.keySet()));
      }
    }
  }

  private void print(
      PolicyComparison comparison,
      ResultTable differences,
      @Nullable ResultTable best,
      double confidence) {
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
    console.println(line);
    console.flush();
  }

  private static byte[] bytes(ResultTable rows) {
    return rows.toCsv().getBytes(StandardCharsets.UTF_8);
  }
}

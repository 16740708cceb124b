package io.github.batchq.report;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import java.util.List;

/**
 * Tells what the columns of a summary are.
 *
 * @param swept paths that the sweep varied, in the order of the file
 * @param metrics metrics that have a mean and an interval
 */
public record SummaryColumns(List<String> swept, List<String> metrics) {
  /** The column with the half-width of the 95 % confidence interval of a metric. */
  public static String interval(String metric) {
    return metric + ".ci95";
  }

  /** The column with theory's value of a metric. */
  public static String theory(String metric) {
    return metric + ".theory";
  }

  /** The column that says whether theory's value is exact, a bound or an approximation. */
  public static String kind(String metric) {
    return metric + ".theory.kind";
  }

  /**
   * Reads the header: a metric is a column with a column of its intervals, and the columns before
   * the first metric are the swept paths.
   *
   * @throws BadInputException if there is no metric
   */
  public static SummaryColumns of(ResultTable summary) {
    List<String> columns = summary.columns();
    List<String> metrics =
        columns.stream().filter(column -> summary.has(interval(column))).toList();
    if (metrics.isEmpty()) {
      throw new BadInputException(
          "this is not a summary: no column has its intervals beside it under '<metric>.ci95'; the"
              + " table has "
              + String.join(", ", columns));
    }
    return new SummaryColumns(columns.subList(0, columns.indexOf(metrics.get(0))), metrics);
  }
}

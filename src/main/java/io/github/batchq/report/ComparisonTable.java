package io.github.batchq.report;

import io.github.batchq.model.ResultTable;
import java.util.ArrayList;
import java.util.List;

/** Sets simulation and theory side by side, from a summary. */
public final class ComparisonTable {
  /** Room for the rounding of sums in a bound that holds with equality. */
  private static final double ROUNDING = 1e-9;

  private static final List<String> COLUMNS =
      List.of(
          "metric",
          "simulated",
          "ci95",
          "theory",
          "kind",
          "difference",
          "relative",
          "in half-widths",
          "holds");

  private ComparisonTable() {}

  /**
   * The comparison of the metrics for which theory has a value at some point.
   *
   * @throws io.github.batchq.model.BadInputException if the table is not a summary
   */
  public static ResultTable of(ResultTable summary) {
    return of(
        summary,
        SummaryColumns.of(summary).metrics().stream()
            .filter(metric -> summary.has(SummaryColumns.theory(metric)))
            .toList());
  }

  /**
   * One row for each point of the sweep and each of some metrics: the swept values, the metric, the
   * simulated mean and the half-width of its interval, theory's value and its kind (empty where it
   * has none), the difference simulated - theory, also as a share of theory's value (empty where
   * that is 0) and in half-widths of the interval (empty without an interval, or when it has no
   * width), and whether a bound holds (yes or no; empty for exact values and approximations), and
   * whether the point is stable. A bound fails only when it is violated by more than the
   * half-width.
   *
   * @throws io.github.batchq.model.BadInputException if the table is not a summary
   */
  public static ResultTable of(ResultTable summary, List<String> metrics) {
    SummaryColumns columns = SummaryColumns.of(summary);
    List<String> names = new ArrayList<>(columns.swept());
    names.addAll(COLUMNS);
    if (summary.has("stability")) {
      names.add("stability");
    }
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < summary.rows().size(); row++) {
      for (String metric : metrics) {
        List<String> cells = new ArrayList<>();
        for (String path : columns.swept()) {
          cells.add(summary.text(row, path));
        }
        compare(summary, row, metric, cells);
        if (summary.has("stability")) {
          cells.add(summary.text(row, "stability"));
        }
        rows.add(cells);
      }
    }
    return new ResultTable(names, rows);
  }

  /**
   * The first rows of a table, so that a long sweep can be printed; how many are left out is the
   * difference of the numbers of rows.
   */
  public static ResultTable firstRows(ResultTable table, int limit) {
    return table.rows().size() <= limit
        ? table
        : new ResultTable(table.columns(), table.rows().subList(0, limit));
  }

  private static void compare(ResultTable summary, int row, String metric, List<String> cells) {
    String theoryCell = theoryCell(summary, row, SummaryColumns.theory(metric));
    String kind = theoryCell(summary, row, SummaryColumns.kind(metric));
    double simulated = summary.number(row, metric);
    double halfWidth = summary.number(row, SummaryColumns.interval(metric));
    double theory = theoryCell.isEmpty() ? Double.NaN : Double.parseDouble(theoryCell);
    double difference = simulated - theory;
    cells.add(metric);
    cells.add(summary.text(row, metric));
    cells.add(summary.text(row, SummaryColumns.interval(metric)));
    cells.add(theoryCell);
    cells.add(kind);
    cells.add(ResultTable.cell(difference));
    cells.add(theory == 0 ? "" : ResultTable.cell(difference / theory));
    cells.add(halfWidth > 0 ? ResultTable.cell(difference / halfWidth) : "");
    cells.add(holds(kind, simulated, theory, halfWidth));
  }

  /** A cell of theory; empty where theory is silent at all points, so that there is no column. */
  private static String theoryCell(ResultTable summary, int row, String column) {
    return summary.has(column) ? summary.text(row, column) : "";
  }

  private static String holds(String kind, double simulated, double theory, double halfWidth) {
    double excess =
        switch (kind) {
          case "upper-bound" -> simulated - theory;
          case "lower-bound" -> theory - simulated;
          default -> Double.NaN;
        };
    if (Double.isNaN(excess)) {
      return "";
    }
    double room = Math.max(Double.isNaN(halfWidth) ? 0 : halfWidth, ROUNDING * Math.abs(theory));
    return excess <= room ? "yes" : "no";
  }
}

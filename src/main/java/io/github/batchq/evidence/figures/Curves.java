package io.github.batchq.evidence.figures;

import io.github.batchq.model.ChartSpec;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.Chart;
import io.github.batchq.report.ChartStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A chart of numbers that are not the summary of one experiment. */
final class Curves {
  private static final String SERIES = "series";
  private static final String X = "x";
  private static final String Y = "y";

  private final String xLabel;
  private final String yLabel;
  private final String note;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param note what points and lines are
   */
  Curves(String xLabel, String yLabel, String note) {
    this.xLabel = xLabel;
    this.yLabel = yLabel;
    this.note = note;
  }

  /** Adds a point of a line of theory. */
  void line(String series, double x, double y) {
    add(series, x, Double.NaN, Double.NaN, y);
  }

  /**
   * Adds a point with its interval.
   *
   * @param halfWidth NaN where it has none
   */
  void point(String series, double x, double y, double halfWidth) {
    add(series, x, y, halfWidth, Double.NaN);
  }

  private void add(String series, double x, double y, double halfWidth, double theory) {
    rows.add(
        List.of(
            series,
            ResultTable.cell(x),
            ResultTable.cell(y),
            ResultTable.cell(halfWidth),
            ResultTable.cell(theory)));
  }

  /** The chart as files, by name. */
  Map<String, byte[]> files(String name, ChartStyle style, boolean logX) {
    ResultTable table = new ResultTable(List.of(SERIES, X, Y, Y + ".ci95", Y + ".theory"), rows);
    ChartSpec.Scale xScale = logX ? ChartSpec.Scale.LOG : ChartSpec.Scale.LINEAR;
    ChartSpec spec =
        ChartSpec.of(name, X, Y, SERIES, new ChartSpec.Axes(xLabel, yLabel, xScale, null), note);
    return new Chart(spec, table, metric -> "1", style).files();
  }
}

package io.github.batchq.report;

import io.github.batchq.model.ChartSpec;
import io.github.batchq.model.ResultTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A chart of points, and of lines beside them, that are not the summary of one experiment. */
public final class SeriesRows {
  private final String seriesColumn;
  private final String xColumn;
  private final String yColumn;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param seriesColumn what the column of the series is called in the table beside the chart
   * @param xColumn what the column of the abscissa is called
   * @param yColumn what that of the points is called
   */
  public SeriesRows(String seriesColumn, String xColumn, String yColumn) {
    this.seriesColumn = seriesColumn;
    this.xColumn = xColumn;
    this.yColumn = yColumn;
  }

  /** Adds a point of a line. */
  public void line(String series, double x, double y) {
    add(series, x, Double.NaN, Double.NaN, y);
  }

  /** Adds a point. */
  public void point(String series, double x, double y) {
    add(series, x, y, Double.NaN, Double.NaN);
  }

  /**
   * Adds a point with its interval.
   *
   * @param halfWidth NaN where it has none
   */
  public void point(String series, double x, double y, double halfWidth) {
    add(series, x, y, halfWidth, Double.NaN);
  }

  /** Adds what others have, after what is there. */
  public void addAll(SeriesRows others) {
    rows.addAll(others.rows);
  }

  private void add(String series, double x, double y, double halfWidth, double line) {
    rows.add(
        List.of(
            series,
            ResultTable.cell(x),
            ResultTable.cell(y),
            ResultTable.cell(halfWidth),
            ResultTable.cell(line)));
  }

  /**
   * The chart and its table as files.
   *
   * @param name name of the files, without extension
   * @param note what points and lines are
   */
  public Map<String, byte[]> files(
      String name, ChartSpec.Axes axes, String note, ChartStyle style) {
    ResultTable table =
        new ResultTable(
            List.of(seriesColumn, xColumn, yColumn, yColumn + ".ci95", yColumn + ".theory"), rows);
    ChartSpec spec = ChartSpec.of(name, xColumn, yColumn, seriesColumn, axes, note);
    return new Chart(spec, table, metric -> "1", style).files();
  }
}

package io.github.batchq.evidence.figures;

import io.github.batchq.model.ChartSpec;
import io.github.batchq.report.ChartStyle;
import io.github.batchq.report.SeriesRows;
import java.util.Map;

/** A chart of numbers that are not the summary of one experiment. */
final class Curves {
  private final String xLabel;
  private final String yLabel;
  private final String note;
  private final SeriesRows rows = new SeriesRows("series", "x", "y");

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
    rows.line(series, x, y);
  }

  /**
   * Adds a point with its interval.
   *
   * @param halfWidth NaN where it has none
   */
  void point(String series, double x, double y, double halfWidth) {
    rows.point(series, x, y, halfWidth);
  }

  /** The chart as files, by name. */
  Map<String, byte[]> files(String name, ChartStyle style, boolean logX) {
    ChartSpec.Scale xScale = logX ? ChartSpec.Scale.LOG : ChartSpec.Scale.LINEAR;
    return rows.files(name, new ChartSpec.Axes(xLabel, yLabel, xScale, null), note, style);
  }
}

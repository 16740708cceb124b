package io.github.batchq.experiment;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A chart as the experiment file describes it: simulation as points with their intervals, theory as
 * lines.
 *
 * @param file name of the files to write, without extension
 * @param x swept path on the horizontal axis
 * @param y metric on the vertical axis
 * @param series swept path that tells the series apart; null for one series
 * @param theory whether to draw theory; true when absent
 * @param title text above the chart; none when absent
 * @param where swept paths with the value at which to draw, for sweeps over more paths than the
 *     chart shows
 * @param xLabel label of the horizontal axis; derived from the path when absent
 * @param yLabel label of the vertical axis; derived from the metric and its unit when absent
 * @param xMax right end of the horizontal axis; fitted to the data when absent
 * @param yMin lower end of the vertical axis; fitted to the data when absent
 * @param yMax upper end of the vertical axis, where an overloaded system leaves the chart; fitted
 *     when absent
 */
public record ChartSpec(
    String file,
    String x,
    String y,
    @Nullable String series,
    @Nullable Boolean theory,
    @Nullable String title,
    @Nullable Map<String, String> where,
    @Nullable String xLabel,
    @Nullable String yLabel,
    @Nullable Double xMax,
    @Nullable Double yMin,
    @Nullable Double yMax) {

  /** Whether theory is drawn. */
  public boolean withTheory() {
    return theory == null || theory;
  }
}

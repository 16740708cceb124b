package io.github.batchq.model;

import java.util.List;
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
 * @param joined whether lines join the simulated points of a series, for the eye; only without
 *     theory, false when absent
 * @param title text above the chart; none when absent
 * @param where swept paths with the value at which to draw, for sweeps over more paths than the
 *     chart shows
 * @param only values of {@code series} that are drawn, in this order; all when absent
 * @param xLabel label of the horizontal axis; derived from the path when absent
 * @param yLabel label of the vertical axis; derived from the metric and its unit when absent
 * @param xMax right end of the horizontal axis; fitted to the data when absent
 * @param yMin lower end of the vertical axis; fitted to the data when absent
 * @param yMax upper end of the vertical axis, where an overloaded system leaves the chart; fitted
 *     when absent
 * @param xScale scale of the horizontal axis; linear when absent
 * @param yScale scale of the vertical axis; linear when absent
 * @param thresholds vertical lines with labels; none when absent
 * @param plotted points of the base paper to draw too; none when absent
 * @param panel swept path of which each value has a panel of its own, one below the other with one
 *     horizontal axis; one panel when absent
 * @param intervals how intervals are drawn; as bars when absent
 * @param legend where the legend stands; below the plot when absent
 * @param note what points and lines are; derived from what is drawn when absent
 */
public record ChartSpec(
    String file,
    String x,
    String y,
    @Nullable String series,
    @Nullable Boolean theory,
    @Nullable Boolean joined,
    @Nullable String title,
    @Nullable Map<String, String> where,
    @Nullable List<String> only,
    @Nullable String xLabel,
    @Nullable String yLabel,
    @Nullable Double xMax,
    @Nullable Double yMin,
    @Nullable Double yMax,
    @Nullable Scale xScale,
    @Nullable Scale yScale,
    @Nullable List<Threshold> thresholds,
    @Nullable Plotted plotted,
    @Nullable String panel,
    @Nullable Intervals intervals,
    @Nullable Legend legend,
    @Nullable String note) {

  /** Scale of an axis. */
  public enum Scale {
    LINEAR,
    LOG
  }

  /** How the intervals of simulated means are drawn. */
  public enum Intervals {
    BARS,
    BAND
  }

  /** Where the legend stands. */
  public enum Legend {
    BELOW,
    INSIDE,
    NONE
  }

  /**
   * A vertical line.
   *
   * @param x where it stands, in the unit of the horizontal axis
   * @param label text beside its upper end; none when absent
   */
  public record Threshold(double x, @Nullable String label) {}

  /**
   * Points that the base paper plots, drawn as hollow markers.
   *
   * @param figure which figure, such as {@code fig3}
   * @param series name of the paper's series, {@code *} standing for the value of our series, or of
   *     our panel where there is one series only: {@code k=*}
   */
  public record Plotted(String figure, String series) {
    /** The paper's name of a series of ours. */
    public String name(String value) {
      return series.replace("*", value);
    }
  }

  /**
   * A chart with nothing but what it shows.
   *
   * @param file name of the files to write, without extension
   * @param x swept path on the horizontal axis
   * @param y metric on the vertical axis
   * @param series swept path that tells the series apart; null for one series
   */
  public static ChartSpec of(String file, String x, String y, @Nullable String series) {
    return new ChartSpec(
        file, x, y, series, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null);
  }

  /**
   * The same chart with labels at its axes, a scale of the horizontal one, and a note of what
   * points and lines are.
   */
  public ChartSpec labelled(String xAxis, String yAxis, Scale xAxisScale, String explained) {
    return with(xAxis, yAxis, xAxisScale, yScale, explained);
  }

  /** The same chart with another scale of the vertical axis. */
  public ChartSpec scaled(Scale yAxisScale) {
    return with(xLabel, yLabel, xScale, yAxisScale, note);
  }

  private ChartSpec with(
      @Nullable String xAxis,
      @Nullable String yAxis,
      @Nullable Scale xAxisScale,
      @Nullable Scale yAxisScale,
      @Nullable String explained) {
    return new ChartSpec(
        file,
        x,
        y,
        series,
        theory,
        joined,
        title,
        where,
        only,
        xAxis,
        yAxis,
        xMax,
        yMin,
        yMax,
        xAxisScale,
        yAxisScale,
        thresholds,
        plotted,
        panel,
        intervals,
        legend,
        explained);
  }

  /** Whether theory is drawn. */
  public boolean withTheory() {
    return theory == null || theory;
  }

  /** Whether lines join simulated points. */
  public boolean joinsPoints() {
    return joined != null && joined;
  }

  /** Whether the horizontal axis is logarithmic. */
  public boolean logX() {
    return xScale == Scale.LOG;
  }

  /** Whether the vertical axis is logarithmic. */
  public boolean logY() {
    return yScale == Scale.LOG;
  }

  /** The vertical lines. */
  public List<Threshold> lines() {
    return thresholds == null ? List.of() : thresholds;
  }
}

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
    @Key(about = "name of the files, without extension", example = "latency") String file,
    @Key(about = "swept path on the horizontal axis", example = "arrivals.rate") String x,
    @Key(about = "metric on the vertical axis", example = "latency.mean") String y,
    @Key(
            about = "swept path whose values are the series",
            absent = "one series",
            example = "policy.bins")
        @Nullable String series,
    @Key(about = "whether theory is drawn as lines", absent = "true", example = "false")
        @Nullable Boolean theory,
    @Key(
            about = "whether lines join the simulated points of a series; only without theory",
            absent = "false",
            example = "true")
        @Nullable Boolean joined,
    @Key(about = "text above the chart", absent = "none", example = "Mean latency")
        @Nullable String title,
    @Key(
            about =
                "swept paths with the value at which the chart is drawn, for sweeps over more paths than it shows",
            absent = "the sweep has no other paths",
            example = "{policy.batchSize: 8}")
        @Nullable Map<String, String> where,
    @Key(
            type = "list of values",
            about = "values of series that are drawn, in this order",
            absent = "all",
            example = "[4, 1]")
        @Nullable List<String> only,
    @Key(
            about = "label of the horizontal axis",
            absent = "made from the path",
            example = "arrival rate [req/s]")
        @Nullable String xLabel,
    @Key(
            about = "label of the vertical axis",
            absent = "made from the metric and its unit",
            example = "mean latency [s]")
        @Nullable String yLabel,
    @Key(
            about = "right end of the horizontal axis",
            unit = "that of the axis",
            range = "finite, above the least value",
            absent = "fitted to the data",
            example = "1")
        @Nullable Double xMax,
    @Key(
            about = "lower end of the vertical axis",
            unit = "that of the axis",
            range = "finite, below yMax",
            absent = "fitted to the data",
            example = "0")
        @Nullable Double yMin,
    @Key(
            about = "upper end of the vertical axis, where an overloaded system leaves the chart",
            unit = "that of the axis",
            range = "finite, above yMin",
            absent = "fitted to the data",
            example = "150")
        @Nullable Double yMax,
    @Key(about = "scale of the horizontal axis", absent = "linear", example = "linear")
        @Nullable Scale xScale,
    @Key(about = "scale of the vertical axis", absent = "linear", example = "linear")
        @Nullable Scale yScale,
    @Key(
            about = "vertical lines with labels",
            absent = "none",
            example = "[{x: 0.4, label: capacity of one bin}]")
        @Nullable List<Threshold> thresholds,
    @Key(
            about = "points of the base paper that are drawn too",
            absent = "none",
            example = "{figure: fig3, series: 'k=*'}")
        @Nullable Plotted plotted,
    @Key(
            about = "swept path of which each value has a panel of its own, one below the other",
            absent = "one panel",
            example = "servers")
        @Nullable String panel,
    @Key(about = "how intervals are drawn", absent = "bars", example = "band")
        @Nullable Intervals intervals,
    @Key(about = "where the legend stands", absent = "below", example = "inside")
        @Nullable Legend legend,
    @Key(
            about = "what points and lines are",
            absent = "made from what is drawn",
            example = "'Points: simulation with 95 % intervals'")
        @Nullable String note) {

  /** Checks the ends of the axes, as far as they say something without the data. */
  public ChartSpec {
    requireFinite("xMax", xMax);
    requireFinite("yMin", yMin);
    requireFinite("yMax", yMax);
    if (yMin != null && yMax != null && yMin >= yMax) {
      throw new IllegalArgumentException("yMin must be below yMax, found " + yMin + " and " + yMax);
    }
  }

  private static void requireFinite(String name, @Nullable Double value) {
    if (value != null) {
      Require.ARGUMENT.finite(name, value);
    }
  }

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
  public record Threshold(
      @Key(
              about = "where it stands",
              unit = "that of the horizontal axis",
              range = "finite",
              example = "0.4")
          double x,
      @Key(about = "text beside its upper end", absent = "none", example = "capacity of one bin")
          @Nullable String label) {
    public Threshold {
      requireFinite("x", x);
    }
  }

  /**
   * Points that the base paper plots, drawn as hollow markers.
   *
   * @param figure which figure, such as {@code fig3}
   * @param series name of the paper's series, {@code *} standing for the value of our series, or of
   *     our panel where there is one series only: {@code k=*}
   */
  public record Plotted(
      @Key(about = "figure of arXiv:2412.04504", example = "fig3") String figure,
      @Key(
              about = "the paper's name of a series, in which * stands for the value of ours",
              example = "'k=*'")
          String series) {
    /** The paper's name of a series of ours. */
    public String name(String value) {
      return series.replace("*", value);
    }
  }

  /**
   * Labels and scales of the axes, as far as they are not derived from what is drawn.
   *
   * @param xLabel label of the horizontal axis
   * @param yLabel label of the vertical axis
   * @param xScale scale of the horizontal axis
   * @param yScale scale of the vertical axis
   */
  public record Axes(
      @Nullable String xLabel,
      @Nullable String yLabel,
      @Nullable Scale xScale,
      @Nullable Scale yScale) {
    private static final Axes DERIVED = new Axes(null, null, null, null);
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
    return of(file, x, y, series, Axes.DERIVED, null);
  }

  /**
   * A chart that says itself what its axes are.
   *
   * @param file name of the files to write, without extension
   * @param x swept path on the horizontal axis
   * @param y metric on the vertical axis
   * @param series swept path that tells the series apart; null for one series
   * @param axes labels and scales
   * @param note what points and lines are; derived from what is drawn when null
   */
  public static ChartSpec of(
      String file, String x, String y, @Nullable String series, Axes axes, @Nullable String note) {
    return new ChartSpec(
        file,
        x,
        y,
        series,
        /* theory= */ null,
        /* joined= */ null,
        /* title= */ null,
        /* where= */ null,
        /* only= */ null,
        axes.xLabel(),
        axes.yLabel(),
        /* xMax= */ null,
        /* yMin= */ null,
        /* yMax= */ null,
        axes.xScale(),
        axes.yScale(),
        /* thresholds= */ null,
        /* plotted= */ null,
        /* panel= */ null,
        /* intervals= */ null,
        /* legend= */ null,
        note);
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

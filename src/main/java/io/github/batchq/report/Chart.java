package io.github.batchq.report;

import io.github.batchq.experiment.ChartSpec;
import io.github.batchq.experiment.ResultTable;
import io.github.batchq.model.BadInputException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.font.FontRenderContext;
import java.awt.geom.Line2D;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.block.GridArrangement;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * A chart of a summary at the width of one column of a paper: simulation as points with the 95 %
 * confidence intervals of their means, theory as lines through the swept points. Series differ in
 * colour, marker and dashes, so that a print in grey can be read.
 */
public final class Chart {
  /** Width in points: 3.3 inches. */
  static final double WIDTH = 3.3 * ChartFiles.POINTS;

  /** Height in points with up to two rows of legend. */
  static final double HEIGHT = 2.5 * ChartFiles.POINTS;

  /** Height of a row of the legend. */
  private static final double LEGEND_ROW = 11;

  /** Width of the mark and of the white space of an entry of the legend. */
  private static final double LEGEND_MARK = 29;

  private static final float TEXT = 8;
  private static final float SMALL_TEXT = 7;
  static final float NOTE_TEXT = 6.5f;
  private static final Color INK = new Color(0x333333);
  private static final Color GRID = new Color(0xE3E3E3);

  /** From so many points in a series on, markers are small. */
  private static final int DENSE = 20;

  private final ChartSpec spec;
  private final List<ChartSeries> series;
  private final String xLabel;
  private final String yLabel;
  private final Ticks xTicks;
  private final Ticks yTicks;

  /**
   * Reads what the chart shows.
   *
   * @param spec the chart as the experiment file describes it
   * @param summary one row for each point of the sweep
   * @param unitOfMetric unit of the metric of a name; 1 or nothing for a share
   * @throws BadInputException if the chart names what the summary does not have, if the values on
   *     the horizontal axis are not numbers, or if it leaves open which of several values to draw
   */
  public Chart(ChartSpec spec, ResultTable summary, Function<String, String> unitOfMetric) {
    this.spec = spec;
    this.series = ChartData.read(spec, summary);
    if (series.size() > Marks.MOST) {
      throw new BadInputException(
          "chart '"
              + spec.file()
              + "': series '"
              + spec.series()
              + "' has "
              + series.size()
              + " values, and a reader tells at most "
              + Marks.MOST
              + " apart");
    }
    this.xLabel = spec.xLabel() != null ? spec.xLabel() : AxisLabels.ofPath(spec.x());
    this.yLabel =
        spec.yLabel() != null
            ? spec.yLabel()
            : AxisLabels.ofMetric(spec.y(), unitOfMetric.apply(spec.y()));
    this.xTicks = xTicks();
    this.yTicks = yTicks();
  }

  /** The chart as files: name with extension to content, as svg, pdf and png. */
  public Map<String, byte[]> files() {
    return new ChartFiles(draw(), WIDTH, height()).named(spec.file());
  }

  /** The chart before it is drawn. */
  JFreeChart draw() {
    XYPlot plot = new XYPlot(simulation(), axis(xLabel, xTicks), axis(yLabel, yTicks), points());
    plot.setDataset(1, theory());
    plot.setRenderer(1, lines());
    plot.setRangeGridlinePaint(GRID);
    plot.setRangeGridlineStroke(new BasicStroke(0.4f));
    plot.setFixedLegendItems(legendItems());
    JFreeChart chart = framed(plot);
    chart.addSubtitle(title(note(), NOTE_TEXT, RectangleEdge.BOTTOM));
    if (series.size() > 1) {
      chart.addSubtitle(legend(plot));
    }
    if (spec.title() != null) {
      chart.addSubtitle(title(spec.title(), TEXT, RectangleEdge.TOP));
    }
    return chart;
  }

  /** A chart of the plot in the house's style: white, without frame or vertical grid. */
  static JFreeChart framed(XYPlot plot) {
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinesVisible(false);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setInsets(RectangleInsets.ZERO_INSETS);
    JFreeChart chart = new JFreeChart(null, ChartFont.size(TEXT), plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setBorderVisible(false);
    chart.setPadding(new RectangleInsets(4, 0, 1, 5));
    return chart;
  }

  /** What points and lines are. */
  String note() {
    boolean intervals = points(p -> p.halfWidth() > 0 ? p.y() : Double.NaN).getCount() > 0;
    Set<String> kinds = new LinkedHashSet<>();
    for (ChartSeries one : series) {
      for (ChartSeries.Point point : one.points()) {
        if (Double.isFinite(point.theory())) {
          kinds.add(
              switch (point.kind()) {
                case "upper-bound" -> "upper bound";
                case "lower-bound" -> "lower bound";
                case "approximation" -> "approximation";
                default -> "theory";
              });
        }
      }
    }
    return "points: simulation"
        + (intervals ? ", 95 % CI" : "")
        + (kinds.isEmpty() ? "" : "; lines: " + String.join(", ", kinds));
  }

  private double height() {
    return HEIGHT + LEGEND_ROW * Math.max(0, legendRows() - 2);
  }

  /** Rows of the legend, when its widest entry sets the width of a column. */
  private int legendRows() {
    FontRenderContext context = new FontRenderContext(null, true, true);
    double widest =
        series.stream()
            .mapToDouble(
                one -> ChartFont.size(SMALL_TEXT).getStringBounds(one.label(), context).getWidth())
            .max()
            .orElse(0);
    int perRow = (int) Math.max(1, Math.floor((WIDTH - 12) / (widest + LEGEND_MARK)));
    return (series.size() + perRow - 1) / perRow;
  }

  private Ticks xTicks() {
    DoubleSummaryStatistics all = points(ChartSeries.Point::x);
    boolean integers =
        series.stream()
            .flatMap(one -> one.points().stream())
            .allMatch(point -> point.x() == Math.rint(point.x()));
    double margin = margin(all.getMin(), all.getMax(), 0.03);
    double low = all.getMin() - margin;
    double high = spec.xMax() == null ? all.getMax() + margin : spec.xMax();
    if (high <= all.getMin()) {
      throw new BadInputException(
          "chart '"
              + spec.file()
              + "': xMax is "
              + spec.xMax()
              + ", expected more than the least x, "
              + Numerals.plain(all.getMin()));
    }
    return Ticks.of(low, high, 10, integers);
  }

  private Ticks yTicks() {
    double right = xTicks.high();
    DoubleSummaryStatistics all = new DoubleSummaryStatistics();
    for (ChartSeries one : series) {
      for (ChartSeries.Point point : one.points()) {
        if (point.x() <= right) {
          for (double value : new double[] {point.low(), point.high(), point.theory()}) {
            if (Double.isFinite(value)) {
              all.accept(value);
            }
          }
        }
      }
    }
    if (all.getCount() == 0) {
      throw new BadInputException(
          "chart '" + spec.file() + "': '" + spec.y() + "' has no value at any of its points");
    }
    double top = spec.yMax() == null ? all.getMax() : Math.min(spec.yMax(), all.getMax());
    double margin = margin(Math.min(all.getMin(), top), top, 0.05);
    double low = spec.yMin() == null ? all.getMin() - margin : spec.yMin();
    if (spec.yMin() == null && low < 0 && all.getMin() >= 0) {
      low = 0;
    }
    double high = spec.yMax() == null ? all.getMax() + margin : spec.yMax();
    if (low >= high && spec.yMin() == null) {
      low = high - Math.max(Math.abs(high), 1);
    }
    if (low >= high) {
      throw new BadInputException(
          "chart '"
              + spec.file()
              + "': the vertical axis would run from "
              + Numerals.plain(low)
              + " to "
              + Numerals.plain(high)
              + ", expected yMin below yMax and below the greatest value");
    }
    return Ticks.of(low, high, 7, false);
  }

  private static double margin(double low, double high, double share) {
    return high > low ? share * (high - low) : Math.max(0.5 * Math.abs(high), 0.5);
  }

  private DoubleSummaryStatistics points(Function<ChartSeries.Point, Double> value) {
    return series.stream()
        .flatMap(one -> one.points().stream())
        .mapToDouble(value::apply)
        .filter(Double::isFinite)
        .summaryStatistics();
  }

  private YIntervalSeriesCollection simulation() {
    YIntervalSeriesCollection collection = new YIntervalSeriesCollection();
    for (ChartSeries one : series) {
      YIntervalSeries points = new YIntervalSeries(one.label());
      for (ChartSeries.Point point : one.points()) {
        if (Double.isFinite(point.y())) {
          points.add(point.x(), point.y(), point.low(), point.high());
        }
      }
      collection.addSeries(points);
    }
    return collection;
  }

  /** Where theory has no value the line breaks. */
  private XYSeriesCollection theory() {
    XYSeriesCollection collection = new XYSeriesCollection();
    for (ChartSeries one : series) {
      XYSeries line = new XYSeries(one.label());
      for (ChartSeries.Point point : one.points()) {
        line.add(point.x(), Double.isFinite(point.theory()) ? point.theory() : Double.NaN);
      }
      collection.addSeries(line);
    }
    return collection;
  }

  private XYErrorRenderer points() {
    PointsRenderer renderer = new PointsRenderer();
    renderer.setDrawXError(false);
    renderer.setCapLength(2.4);
    renderer.setErrorStroke(new BasicStroke(0.5f));
    renderer.setDefaultLinesVisible(false);
    renderer.setDefaultShapesVisible(true);
    renderer.setDefaultShapesFilled(true);
    renderer.setDrawOutlines(true);
    renderer.setUseFillPaint(true);
    renderer.setUseOutlinePaint(true);
    for (int s = 0; s < series.size(); s++) {
      renderer.setSeriesPaint(s, Marks.colour(s));
      renderer.setSeriesFillPaint(s, fill(s));
      renderer.setSeriesOutlinePaint(s, Marks.colour(s));
      renderer.setSeriesOutlineStroke(s, new BasicStroke(0.5f));
      renderer.setSeriesShape(s, Marks.marker(s, markerSize()));
    }
    return renderer;
  }

  private XYLineAndShapeRenderer lines() {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setDrawSeriesLineAsPath(true);
    for (int s = 0; s < series.size(); s++) {
      renderer.setSeriesPaint(s, Marks.colour(s));
      renderer.setSeriesStroke(s, Marks.line(s, 0.8f));
    }
    return renderer;
  }

  private double markerSize() {
    int most = series.stream().mapToInt(one -> one.points().size()).max().orElse(0);
    return most >= DENSE ? 2.6 : 3.6;
  }

  private static Color fill(int series) {
    return Marks.filled(series) ? Marks.colour(series) : Color.WHITE;
  }

  private LegendItemCollection legendItems() {
    LegendItemCollection items = new LegendItemCollection();
    for (int s = 0; s < series.size(); s++) {
      items.add(
          new LegendItem(
              series.get(s).label(),
              null,
              null,
              null,
              true,
              Marks.marker(s, 3.6),
              true,
              fill(s),
              true,
              Marks.colour(s),
              new BasicStroke(0.5f),
              series.get(s).hasTheory(),
              new Line2D.Double(-9, 0, 9, 0),
              Marks.line(s, 0.8f),
              Marks.colour(s)));
    }
    return items;
  }

  private LegendTitle legend(XYPlot plot) {
    int rows = legendRows();
    int perRow = (series.size() + rows - 1) / rows;
    GridArrangement grid = new GridArrangement(rows, perRow);
    LegendTitle legend = new LegendTitle(plot, grid, grid);
    style(legend);
    legend.setMargin(RectangleInsets.ZERO_INSETS);
    legend.setLegendItemGraphicPadding(new RectangleInsets(1, 3, 1, 2));
    legend.setItemLabelPadding(new RectangleInsets(0.5, 1, 0.5, 3));
    return legend;
  }

  /** The look of every legend: small, below the plot, without a frame. */
  static void style(LegendTitle legend) {
    legend.setItemFont(ChartFont.size(SMALL_TEXT));
    legend.setItemPaint(INK);
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setFrame(BlockBorder.NONE);
    legend.setBackgroundPaint(null);
    legend.setPadding(new RectangleInsets(2, 0, 0, 0));
  }

  static TextTitle title(String text, float size, RectangleEdge position) {
    TextTitle title = new TextTitle(text, ChartFont.size(size));
    title.setPaint(INK);
    title.setPosition(position);
    title.setMargin(RectangleInsets.ZERO_INSETS);
    title.setPadding(new RectangleInsets(1, 0, 1, 0));
    return title;
  }

  static NumberAxis axis(String label, Ticks ticks) {
    NumberAxis axis = new NumberAxis(label);
    axis.setLabelFont(ChartFont.size(TEXT));
    axis.setTickLabelFont(ChartFont.size(SMALL_TEXT));
    axis.setLabelPaint(INK);
    axis.setTickLabelPaint(INK);
    axis.setAxisLinePaint(INK);
    axis.setTickMarkPaint(INK);
    axis.setAxisLineStroke(new BasicStroke(0.6f));
    axis.setTickMarkStroke(new BasicStroke(0.6f));
    axis.setTickMarkOutsideLength(2.5f);
    axis.setLabelInsets(new RectangleInsets(1, 1, 1, 1));
    axis.setTickLabelInsets(new RectangleInsets(1.5, 2, 1.5, 2));
    axis.setRange(ticks.low(), ticks.high());
    axis.setTickUnit(new NumberTickUnit(ticks.step(), new TickFormat(ticks)), false, true);
    return axis;
  }

  /** Tick labels that do not depend on the language of the machine. */
  private static final class TickFormat extends NumberFormat {
    private static final long serialVersionUID = 1L;
    private final transient Ticks ticks;

    TickFormat(Ticks ticks) {
      this.ticks = ticks;
    }

    @Override
    public StringBuffer format(double number, StringBuffer out, FieldPosition position) {
      return out.append(ticks.label(number));
    }

    @Override
    public StringBuffer format(long number, StringBuffer out, FieldPosition position) {
      return format((double) number, out, position);
    }

    @Override
    public Number parse(String source, ParsePosition position) {
      throw new UnsupportedOperationException("labels are only written");
    }
  }
}

package io.github.batchq.report;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ChartSpec;
import io.github.batchq.model.Numerals;
import io.github.batchq.model.ResultTable;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.font.FontRenderContext;
import java.awt.geom.Line2D;
import java.nio.charset.StandardCharsets;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.annotations.XYTitleAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.block.GridArrangement;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;

/**
 * A chart of a summary at the width of one column of a paper: simulation as points with the 95 %
 * confidence intervals of their means, theory as lines through the swept points, points of the base
 * paper as hollow markers. Series differ in colour, marker and dashes, so that a print in grey can
 * be read. Panels stand one below the other over one horizontal axis.
 */
public final class Chart {
  /** Width in points: 3.3 inches. */
  static final double WIDTH = ChartStyle.PAPER.width();

  /** Height in points with up to two rows of legend. */
  static final double HEIGHT = ChartStyle.PAPER.height();

  /** Height of one of several panels, and of what is around them. */
  private static final double PANEL_HEIGHT = 88;

  private static final double AROUND_PANELS = 62;

  /** The share of a panel's width that its name may take. */
  private static final double LABEL_WIDTH = 0.4;

  private static final double LABEL_HEIGHT = 0.2;

  /** Space between panels. */
  private static final double PANEL_GAP = 9;

  /** Height of a row of the legend. */
  private static final double LEGEND_ROW = 11;

  /** Width of the mark and of the white space of an entry of the legend. */
  private static final double LEGEND_MARK = 29;

  private static final float TEXT = 8;
  private static final float SMALL_TEXT = 7;
  static final float NOTE_TEXT = 6.5f;
  static final Color INK = new Color(0x333333);

  private final ChartSpec spec;
  private final ChartStyle style;
  private final Map<String, List<ChartSeries>> panels;

  /** The series of the panel with the most of them: what the legend shows. */
  private final List<ChartSeries> series;

  private final String xLabel;
  private final String yLabel;
  private final Ticks xTicks;
  private final Map<String, Ticks> yTicks;

  /**
   * Reads what the chart shows, to be drawn for the screen.
   *
   * @param spec the chart as the experiment file describes it
   * @param summary one row for each point of the sweep
   * @param unitOfMetric unit of the metric of a name; 1 or nothing for a share
   * @throws BadInputException if the chart names what the summary does not have, if the values on
   *     the horizontal axis are not numbers, or if it leaves open which of several values to draw
   */
  public Chart(ChartSpec spec, ResultTable summary, Function<String, String> unitOfMetric) {
    this(spec, summary, unitOfMetric, ChartStyle.SCREEN);
  }

  /**
   * Reads what the chart shows.
   *
   * @param spec the chart as the experiment file describes it
   * @param summary one row for each point of the sweep
   * @param unitOfMetric unit of the metric of a name; 1 or nothing for a share
   * @param style what it is drawn for
   * @throws BadInputException if the chart names what the summary does not have, if the values on
   *     the horizontal axis are not numbers, or if it leaves open which of several values to draw
   */
  public Chart(
      ChartSpec spec,
      ResultTable summary,
      Function<String, String> unitOfMetric,
      ChartStyle style) {
    this.spec = spec;
    this.style = style;
    this.panels = ChartData.read(spec, summary);
    List<ChartSeries> most = List.of();
    for (List<ChartSeries> ofPanel : panels.values()) {
      most = ofPanel.size() > most.size() ? ofPanel : most;
    }
    this.series = most;
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
    this.yTicks = new LinkedHashMap<>();
    panels.forEach((label, ofPanel) -> yTicks.put(label, yTicks(ofPanel)));
  }

  /**
   * The chart as files, name with extension to content: as svg, pdf and png, and as a csv table of
   * what it shows.
   */
  public Map<String, byte[]> files() {
    Map<String, byte[]> files =
        new LinkedHashMap<>(new ChartFiles(draw(), style, height()).named(spec.file()));
    files.put(spec.file() + ".csv", table().toCsv().getBytes(StandardCharsets.UTF_8));
    return files;
  }

  /** Names of the files of a chart, as {@link #files()} has them. */
  public static List<String> fileNames(String file) {
    return Stream.of(".svg", ".pdf", ".png", ".csv").map(file::concat).toList();
  }

  /**
   * What the chart shows, one row for each point, for readers who draw with tools of their own:
   * panel, series, x, simulated mean, ends of its interval, theory's value and its kind, and the
   * paper's points.
   */
  public ResultTable table() {
    List<List<String>> rows = new ArrayList<>();
    panels.forEach(
        (panel, ofPanel) -> {
          for (ChartSeries one : ofPanel) {
            for (ChartSeries.ChartPoint point : one.points()) {
              rows.add(
                  List.of(
                      panel,
                      one.label(),
                      ResultTable.cell(point.x()),
                      ResultTable.cell(point.y()),
                      ResultTable.cell(point.low()),
                      ResultTable.cell(point.high()),
                      ResultTable.cell(point.theory()),
                      point.kind(),
                      ""));
            }
            for (PaperFigures.PlottedPoint point : one.plotted()) {
              rows.add(
                  List.of(
                      panel,
                      one.label(),
                      ResultTable.cell(point.x()),
                      "",
                      "",
                      "",
                      "",
                      "",
                      ResultTable.cell(point.y())));
            }
          }
        });
    return new ResultTable(
        List.of("panel", "series", "x", "simulated", "low", "high", "theory", "kind", "plotted"),
        rows);
  }

  /** The chart before it is drawn. */
  JFreeChart draw() {
    XYPlot plot = panels.size() == 1 ? single() : combined();
    plot.setFixedLegendItems(legendItems());
    JFreeChart chart = framed(plot);
    chart.addSubtitle(title(note(), NOTE_TEXT, RectangleEdge.BOTTOM));
    ChartSpec.Legend legend = spec.legend() == null ? ChartSpec.Legend.BELOW : spec.legend();
    if (series.size() > 1 && legend == ChartSpec.Legend.BELOW) {
      chart.addSubtitle(legend(plot));
    } else if (series.size() > 1 && legend == ChartSpec.Legend.INSIDE && panels.size() == 1) {
      plot.addAnnotation(legendInside(plot));
    }
    if (spec.title() != null && style.titled()) {
      chart.addSubtitle(title(spec.title(), TEXT, RectangleEdge.TOP));
    }
    return chart;
  }

  private XYPlot single() {
    Map.Entry<String, List<ChartSeries>> only = panels.entrySet().iterator().next();
    XYPlot plot =
        new ChartPanel(spec, only.getValue())
            .plot(xAxis(), scaled(yLabel, yTicks.values().iterator().next(), spec.logY()));
    if (!only.getKey().isEmpty()) {
      label(plot, only.getKey(), only.getValue());
    }
    return plot;
  }

  private XYPlot combined() {
    CombinedDomainXYPlot combined = new CombinedDomainXYPlot(xAxis());
    combined.setGap(PANEL_GAP);
    panels.forEach(
        (label, ofPanel) -> {
          XYPlot plot =
              new ChartPanel(spec, ofPanel)
                  .plot(
                      combined.getDomainAxis(),
                      scaled(yLabel, Objects.requireNonNull(yTicks.get(label)), spec.logY()));
          plot.setBackgroundPaint(null);
          plot.setOutlineVisible(false);
          plot.setDomainGridlinesVisible(false);
          plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
          label(plot, label, ofPanel);
          combined.add(plot);
        });
    return combined;
  }

  /** The name of a panel in the upper corner that covers fewer points, the right one if equal. */
  private static void label(XYPlot plot, String label, List<ChartSeries> ofPanel) {
    boolean left = near(plot, ofPanel, 1) > near(plot, ofPanel, 0);
    ValueAxis axis = plot.getDomainAxis();
    XYTextAnnotation text =
        new XYTextAnnotation(
            (left ? " " : "") + label,
            left ? axis.getLowerBound() : axis.getUpperBound(),
            plot.getRangeAxis().getUpperBound());
    text.setFont(ChartFont.size(SMALL_TEXT));
    text.setPaint(INK);
    text.setTextAnchor(left ? TextAnchor.TOP_LEFT : TextAnchor.TOP_RIGHT);
    plot.addAnnotation(text);
  }

  /** How many points lie where the name of a panel would stand. */
  private static long near(XYPlot plot, List<ChartSeries> ofPanel, double corner) {
    return ofPanel.stream()
        .flatMap(one -> one.points().stream())
        .filter(
            point ->
                Math.abs(share(plot.getDomainAxis(), point.x()) - corner) < LABEL_WIDTH
                    && share(plot.getRangeAxis(), point.y()) > 1 - LABEL_HEIGHT)
        .count();
  }

  private ValueAxis xAxis() {
    return spec.logX()
        ? logAxis(xLabel, xTicks, points(ChartSeries.ChartPoint::x).allMatch(Chart::isPowerOfTwo))
        : axis(xLabel, xTicks);
  }

  private static boolean isPowerOfTwo(double x) {
    return x >= 1 && x <= 1 << 30 && x == Math.rint(x) && Integer.bitCount((int) x) == 1;
  }

  private static ValueAxis scaled(String label, Ticks ticks, boolean logarithmic) {
    return logarithmic ? logAxis(label, ticks, false) : axis(label, ticks);
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
    if (spec.note() != null) {
      return spec.note();
    }
    boolean intervals = points(p -> p.halfWidth() > 0 ? p.y() : Double.NaN).count() > 0;
    Set<String> kinds = new LinkedHashSet<>();
    for (ChartSeries one : all().toList()) {
      for (ChartSeries.ChartPoint point : one.points()) {
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
        + (spec.joinsPoints() ? ", joined for the eye" : "")
        + (kinds.isEmpty() ? "" : "; lines: " + String.join(", ", kinds))
        + (all().allMatch(one -> one.plotted().isEmpty()) ? "" : "; hollow: the paper")
        + (all().allMatch(one -> Double.isNaN(one.overloadedFrom())) ? "" : "; arrows: overloaded");
  }

  private Stream<ChartSeries> all() {
    return panels.values().stream().flatMap(List::stream);
  }

  private double height() {
    if (panels.size() > 1) {
      return AROUND_PANELS + panels.size() * PANEL_HEIGHT + LEGEND_ROW * legendRows();
    }
    boolean below = spec.legend() == null || spec.legend() == ChartSpec.Legend.BELOW;
    return style.height() + (below ? LEGEND_ROW * Math.max(0, legendRows() - 2) : 0);
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
    int perRow = (int) Math.max(1, Math.floor((style.width() - 12) / (widest + LEGEND_MARK)));
    return (series.size() + perRow - 1) / perRow;
  }

  private Ticks xTicks() {
    double[] all =
        DoubleStream.concat(
                points(ChartSeries.ChartPoint::x),
                all()
                    .flatMap(one -> one.plotted().stream())
                    .mapToDouble(PaperFigures.PlottedPoint::x))
            .toArray();
    DoubleSummaryStatistics range = DoubleStream.of(all).summaryStatistics();
    boolean integers = DoubleStream.of(all).allMatch(x -> x == Math.rint(x));
    double least = range.getMin();
    if (spec.logX()) {
      return logTicks("x", least, spec.xMax() == null ? range.getMax() : spec.xMax());
    }
    double margin = margin(least, range.getMax(), 0.03);
    double low = least - margin;
    double high = spec.xMax() == null ? range.getMax() + margin : spec.xMax();
    if (high <= least) {
      throw new BadInputException(
          "chart '"
              + spec.file()
              + "': xMax is "
              + spec.xMax()
              + ", expected more than the least x, "
              + Numerals.plain(least));
    }
    return Ticks.of(low, high, 10, integers);
  }

  private Ticks logTicks(String axis, double low, double high) {
    if (!(low > 0)) {
      throw new BadInputException(
          "chart '"
              + spec.file()
              + "': a logarithmic "
              + axis
              + " axis needs positive values, found "
              + Numerals.plain(low));
    }
    double margin = high > low ? Math.pow(high / low, 0.04) : 1.5;
    return new Ticks(low / margin, high * margin, 1);
  }

  private Ticks yTicks(List<ChartSeries> ofPanel) {
    double right = xTicks.high();
    DoubleSummaryStatistics all = new DoubleSummaryStatistics();
    for (ChartSeries one : ofPanel) {
      for (ChartSeries.ChartPoint point : one.points()) {
        if (point.x() <= right) {
          for (double value : new double[] {point.low(), point.high(), point.theory()}) {
            accept(all, value);
          }
        }
      }
      one.plotted().stream()
          .filter(point -> point.x() <= right)
          .forEach(point -> accept(all, point.y()));
    }
    if (all.getCount() == 0) {
      throw new BadInputException(
          "chart '" + spec.file() + "': '" + spec.y() + "' has no value at any of its points");
    }
    double top = spec.yMax() == null ? all.getMax() : Math.min(spec.yMax(), all.getMax());
    if (spec.logY()) {
      return logTicks("y", spec.yMin() == null ? all.getMin() : spec.yMin(), top);
    }
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
    return Ticks.of(low, high, panels.size() > 1 ? 4 : 7, false);
  }

  private static double margin(double low, double high, double share) {
    return high > low ? share * (high - low) : Math.max(0.5 * Math.abs(high), 0.5);
  }

  /** On a logarithmic axis a value that is not positive has no place. */
  private void accept(DoubleSummaryStatistics all, double value) {
    if (Double.isFinite(value) && (value > 0 || !spec.logY())) {
      all.accept(value);
    }
  }

  private DoubleStream points(Function<ChartSeries.ChartPoint, Double> value) {
    return all()
        .flatMap(one -> one.points().stream())
        .mapToDouble(value::apply)
        .filter(Double::isFinite);
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
              series.get(s).hasPoints(),
              Marks.marker(s, 3.6),
              true,
              ChartPanel.fill(s, spec.plotted() != null),
              true,
              Marks.colour(s),
              new BasicStroke(0.5f),
              spec.joinsPoints() || series.get(s).hasTheory(),
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

  /** The legend in the corner of the plot where it covers the fewest points. */
  private XYTitleAnnotation legendInside(XYPlot plot) {
    GridArrangement grid = new GridArrangement(series.size(), 1);
    LegendTitle legend = new LegendTitle(plot, grid, grid);
    style(legend);
    legend.setLegendItemGraphicPadding(new RectangleInsets(0, 3, 0, 2));
    legend.setItemLabelPadding(new RectangleInsets(0, 1, 0, 3));
    double[] best = {1, 1};
    long fewest = Long.MAX_VALUE;
    for (double[] corner : new double[][] {{0, 1}, {1, 1}, {0, 0}, {1, 0}}) {
      long covered = covered(plot, corner[0], corner[1]);
      if (covered < fewest) {
        fewest = covered;
        best = corner;
      }
    }
    RectangleAnchor anchor =
        best[0] == 0
            ? best[1] == 0 ? RectangleAnchor.BOTTOM_LEFT : RectangleAnchor.TOP_LEFT
            : best[1] == 0 ? RectangleAnchor.BOTTOM_RIGHT : RectangleAnchor.TOP_RIGHT;
    return new XYTitleAnnotation(best[0], best[1], legend, anchor);
  }

  /** How many points lie in the corner that the legend would take. */
  private long covered(XYPlot plot, double right, double top) {
    double wide = 0.35;
    double high = Math.min(0.9, 0.085 * series.size());
    return all()
        .flatMap(one -> one.points().stream())
        .filter(
            point ->
                Math.abs(share(plot.getDomainAxis(), point.x()) - right) < wide
                    && (Math.abs(share(plot.getRangeAxis(), point.y()) - top) < high
                        || Math.abs(share(plot.getRangeAxis(), point.theory()) - top) < high))
        .count();
  }

  private static double share(ValueAxis axis, double value) {
    double low = axis.getLowerBound();
    double high = axis.getUpperBound();
    return axis instanceof LogarithmicAxis
        ? Math.log(value / low) / Math.log(high / low)
        : (value - low) / (high - low);
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
    dress(axis, ticks);
    axis.setTickUnit(new NumberTickUnit(ticks.step(), new TickFormat(ticks)), false, true);
    return axis;
  }

  static ValueAxis logAxis(String label, Ticks ticks, boolean binary) {
    LogarithmicAxis axis = new LogarithmicAxis(label, binary);
    dress(axis, ticks);
    axis.setMinorTickMarksVisible(true);
    axis.setMinorTickMarkOutsideLength(1.2f);
    return axis;
  }

  private static void dress(ValueAxis axis, Ticks ticks) {
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

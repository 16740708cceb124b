package io.github.batchq.report;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.GridArrangement;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * Draws curves with the bands that they lie in, such as distribution functions. Curves differ in
 * colour and dashes, so that a print in grey can be read.
 */
public final class CurveChart {
  /** Opacity of a band. */
  private static final float OPACITY = 0.25f;

  private static final Color GRID = new Color(0xE3E3E3);

  /** Letters of a legend's row, its height, and the letters that a mark takes. */
  private static final int ROW_LETTERS = 62;

  private static final double ROW = 11;
  private static final int MARK_LETTERS = 9;

  private final String name;
  private final String xLabel;
  private final String yLabel;
  private final boolean logY;
  private final String note;
  private final List<Curve> curves;

  /**
   * A point of a curve.
   *
   * @param x where it is
   * @param y its height
   * @param low lower end of its interval; NaN where there is none
   * @param high upper end of its interval; NaN where there is none
   */
  public record CurvePoint(double x, double y, double low, double high) {}

  /**
   * A curve.
   *
   * @param label as the legend says it; empty where there is only one
   * @param points in the order of x
   */
  public record Curve(String label, List<CurvePoint> points) {}

  /**
   * @param name name of the files, without extension
   * @param xLabel label of the horizontal axis, with its unit
   * @param yLabel label of the vertical axis, with its unit
   * @param logY whether the vertical axis is logarithmic; then values that are not positive have no
   *     place
   * @param note what curves and bands are
   * @param curves the curves
   * @throws BadInputException if there are more than a reader tells apart, or nothing to draw
   */
  public CurveChart(
      String name, String xLabel, String yLabel, boolean logY, String note, List<Curve> curves) {
    if (curves.size() > Marks.MOST) {
      throw new BadInputException(
          "a reader tells at most " + Marks.MOST + " curves apart, found " + curves.size());
    }
    this.name = name;
    this.xLabel = xLabel;
    this.yLabel = yLabel;
    this.logY = logY;
    this.note = note;
    this.curves =
        curves.stream()
            .map(
                curve ->
                    new Curve(
                        curve.label(),
                        curve.points().stream().filter(point -> !logY || point.y() > 0).toList()))
            .toList();
    if (this.curves.stream().allMatch(curve -> curve.points().isEmpty())) {
      throw new BadInputException("chart '" + name + "' has nothing to draw");
    }
  }

  /** The chart as svg, pdf and png, and as a csv table of what it shows: name to content. */
  public Map<String, byte[]> files() {
    double height = Chart.HEIGHT + ROW * Math.max(0, rows() - 2);
    Map<String, byte[]> files = new LinkedHashMap<>(BoxChart.files(draw(), name, height));
    List<List<String>> cells = new ArrayList<>();
    for (Curve curve : curves) {
      for (CurvePoint point : curve.points()) {
        cells.add(
            List.of(
                curve.label(),
                ResultTable.cell(point.x()),
                ResultTable.cell(point.y()),
                ResultTable.cell(point.low()),
                ResultTable.cell(point.high())));
      }
    }
    ResultTable table = new ResultTable(List.of("series", "x", "y", "low", "high"), cells);
    files.put(name + ".csv", table.toCsv().getBytes(StandardCharsets.UTF_8));
    return files;
  }

  /** The chart before it is drawn. */
  JFreeChart draw() {
    DoubleSummaryStatistics x = new DoubleSummaryStatistics();
    DoubleSummaryStatistics y = new DoubleSummaryStatistics();
    for (Curve curve : curves) {
      for (CurvePoint point : curve.points()) {
        x.accept(point.x());
        y.accept(point.y());
        if (!Double.isNaN(point.high())) {
          y.accept(point.high());
        }
      }
    }
    double right = x.getMax() + 0.02 * (x.getMax() - x.getMin());
    ValueAxis xAxis =
        Chart.axis(
            xLabel, Ticks.of(x.getMin(), right > x.getMin() ? right : x.getMin() + 1, 8, false));
    double low = logY ? y.getMin() / 1.2 : 0;
    double high = logY ? Math.max(2 * low, 1.1 * y.getMax()) : 1.05 * y.getMax();
    ValueAxis yAxis =
        logY
            ? Chart.logAxis(yLabel, new Ticks(low, high, 1), false)
            : Chart.axis(yLabel, Ticks.of(low, high > 0 ? high : 1, 7, false));
    XYPlot plot = new XYPlot(lines(), xAxis, yAxis, lineRenderer());
    plot.setDataset(1, bands(low));
    plot.setRenderer(1, bandRenderer());
    plot.setRangeGridlinePaint(GRID);
    plot.setRangeGridlineStroke(new BasicStroke(0.4f));
    JFreeChart chart = Chart.framed(plot);
    chart.addSubtitle(Chart.title(note, Chart.NOTE_TEXT, RectangleEdge.BOTTOM));
    if (curves.size() > 1) {
      plot.setFixedLegendItems(legendItems());
      int perRow = (curves.size() + rows() - 1) / rows();
      GridArrangement grid = new GridArrangement(rows(), perRow);
      LegendTitle legend = new LegendTitle(plot, grid, grid);
      Chart.style(legend);
      chart.addSubtitle(legend);
    }
    return chart;
  }

  /** Rows of the legend, when its widest entry sets the width of a column. */
  private int rows() {
    int widest = curves.stream().mapToInt(curve -> curve.label().length()).max().orElse(0);
    int perRow = Math.max(1, ROW_LETTERS / (widest + MARK_LETTERS));
    return (curves.size() + perRow - 1) / perRow;
  }

  private XYSeriesCollection lines() {
    XYSeriesCollection collection = new XYSeriesCollection();
    for (int c = 0; c < curves.size(); c++) {
      // Points of a step lie above each other, and stay in their order.
      XYSeries line = new XYSeries(c, false);
      curves.get(c).points().forEach(point -> line.add(point.x(), point.y()));
      collection.addSeries(line);
    }
    return collection;
  }

  private YIntervalSeriesCollection bands(double bottom) {
    YIntervalSeriesCollection collection = new YIntervalSeriesCollection();
    for (int c = 0; c < curves.size(); c++) {
      YIntervalSeries band = new YIntervalSeries(c);
      for (CurvePoint point : curves.get(c).points()) {
        if (!Double.isNaN(point.low())) {
          band.add(point.x(), point.y(), Math.max(bottom, point.low()), point.high());
        }
      }
      collection.addSeries(band);
    }
    return collection;
  }

  private XYLineAndShapeRenderer lineRenderer() {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setDrawSeriesLineAsPath(true);
    for (int c = 0; c < curves.size(); c++) {
      renderer.setSeriesPaint(c, Marks.colour(c));
      renderer.setSeriesStroke(c, Marks.line(c, 1));
    }
    return renderer;
  }

  private DeviationRenderer bandRenderer() {
    DeviationRenderer renderer = new DeviationRenderer(false, false);
    renderer.setAlpha(OPACITY);
    for (int c = 0; c < curves.size(); c++) {
      renderer.setSeriesFillPaint(c, Marks.colour(c));
    }
    return renderer;
  }

  private LegendItemCollection legendItems() {
    LegendItemCollection items = new LegendItemCollection();
    for (int c = 0; c < curves.size(); c++) {
      LegendItem item = new LegendItem(curves.get(c).label(), Marks.colour(c));
      item.setShapeVisible(false);
      item.setLineVisible(true);
      item.setLine(new Line2D.Double(-10, 0, 10, 0));
      item.setLineStroke(Marks.line(c, 1));
      item.setLinePaint(Marks.colour(c));
      items.add(item);
    }
    return items;
  }
}

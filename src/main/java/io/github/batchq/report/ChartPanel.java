package io.github.batchq.report;

import io.github.batchq.model.ChartSpec;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * The plot of a chart, or of one of its panels: simulation as points with intervals (dataset 0),
 * theory as lines (1), bands of intervals (2), points of the paper as hollow markers (3), arrows
 * where a series is overloaded (4).
 */
final class ChartPanel {
  private static final Color GRID = new Color(0xE3E3E3);
  private static final Color THRESHOLD = new Color(0x888888);

  /** Markers are small in series of this many points or more. */
  private static final int DENSE = 20;

  /** How much larger the paper's marker is than ours, in points. */
  private static final double RING = 2.4;

  /** Room above a label that stands upright, for the arrows. */
  private static final String BELOW_ARROWS = "      ";

  /** Opacity of a band. */
  private static final float OPACITY = 0.25f;

  private final ChartSpec spec;
  private final List<ChartSeries> series;

  ChartPanel(ChartSpec spec, List<ChartSeries> series) {
    this.spec = spec;
    this.series = series;
  }

  /** The colour inside the markers of a series: its own, or white. */
  static Color fill(int series, boolean plotted) {
    // Hollow markers are the paper's where it has any.
    return plotted || Marks.filled(series) ? Marks.colour(series) : Color.WHITE;
  }

  XYPlot plot(ValueAxis xAxis, ValueAxis yAxis) {
    boolean band = spec.intervals() == ChartSpec.Intervals.BAND;
    XYPlot plot = new XYPlot(simulation(!band), xAxis, yAxis, points());
    plot.setDataset(1, curves());
    plot.setRenderer(1, lines());
    if (band) {
      plot.setDataset(2, simulation(true));
      plot.setRenderer(2, bands());
    }
    if (spec.plotted() != null) {
      plot.setDataset(3, plotted());
      plot.setRenderer(3, rings());
    }
    boolean overloaded = series.stream().anyMatch(one -> !Double.isNaN(one.overloadedFrom()));
    if (overloaded) {
      plot.setDataset(4, overloaded(yAxis.getUpperBound()));
      plot.setRenderer(4, arrows());
    }
    plot.setRangeGridlinePaint(GRID);
    plot.setRangeGridlineStroke(new BasicStroke(0.4f));
    for (ChartSpec.Threshold threshold : spec.lines()) {
      addThreshold(plot, threshold, overloaded ? BELOW_ARROWS : " ");
    }
    return plot;
  }

  private static void addThreshold(XYPlot plot, ChartSpec.Threshold threshold, String above) {
    ValueMarker line =
        new ValueMarker(
            threshold.x(), THRESHOLD, new BasicStroke(0.5f, 0, 0, 1, new float[] {2, 2}, 0));
    plot.addDomainMarker(line);
    if (threshold.label() != null) {
      XYTextAnnotation label =
          new XYTextAnnotation(
              threshold.label() + above, threshold.x(), plot.getRangeAxis().getUpperBound());
      label.setFont(ChartFont.size(Chart.NOTE_TEXT - 1));
      label.setPaint(Chart.INK);
      label.setTextAnchor(TextAnchor.BOTTOM_RIGHT);
      label.setRotationAnchor(TextAnchor.BOTTOM_RIGHT);
      label.setRotationAngle(-Math.PI / 2);
      plot.addAnnotation(label);
    }
  }

  private YIntervalSeriesCollection simulation(boolean intervals) {
    YIntervalSeriesCollection collection = new YIntervalSeriesCollection();
    for (ChartSeries one : series) {
      YIntervalSeries points = new YIntervalSeries(one.label());
      for (ChartSeries.ChartPoint point : one.points()) {
        if (Double.isFinite(point.y())) {
          points.add(
              point.x(),
              point.y(),
              intervals ? point.low() : point.y(),
              intervals ? point.high() : point.y());
        }
      }
      collection.addSeries(points);
    }
    return collection;
  }

  /**
   * The points that lines join: theory's values, or the simulated ones. A line breaks where there
   * is no value.
   */
  private XYSeriesCollection curves() {
    XYSeriesCollection collection = new XYSeriesCollection();
    for (ChartSeries one : series) {
      XYSeries line = new XYSeries(one.label());
      for (ChartSeries.ChartPoint point : one.points()) {
        double y = spec.joinsPoints() ? point.y() : point.theory();
        line.add(point.x(), Double.isFinite(y) ? y : Double.NaN);
      }
      collection.addSeries(line);
    }
    return collection;
  }

  private XYSeriesCollection plotted() {
    XYSeriesCollection collection = new XYSeriesCollection();
    for (ChartSeries one : series) {
      XYSeries points = new XYSeries(one.label());
      for (PaperFigures.PlottedPoint point : one.plotted()) {
        points.add(point.x(), point.y());
      }
      collection.addSeries(points);
    }
    return collection;
  }

  /** An arrow out of the top of the chart, where a queue begins to grow without bound. */
  private XYSeriesCollection overloaded(double top) {
    XYSeriesCollection collection = new XYSeriesCollection();
    for (ChartSeries one : series) {
      XYSeries arrow = new XYSeries(one.label());
      if (!Double.isNaN(one.overloadedFrom())) {
        arrow.add(one.overloadedFrom(), top);
      }
      collection.addSeries(arrow);
    }
    return collection;
  }

  private XYLineAndShapeRenderer arrows() {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    for (int s = 0; s < series.size(); s++) {
      renderer.setSeriesPaint(s, Marks.colour(s));
      renderer.setSeriesShape(s, Marks.ARROW);
    }
    return renderer;
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
      renderer.setSeriesFillPaint(s, fill(s, spec.plotted() != null));
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

  private DeviationRenderer bands() {
    DeviationRenderer renderer = new DeviationRenderer(false, false);
    renderer.setAlpha(OPACITY);
    for (int s = 0; s < series.size(); s++) {
      renderer.setSeriesFillPaint(s, Marks.colour(s));
    }
    return renderer;
  }

  private XYLineAndShapeRenderer rings() {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    for (int s = 0; s < series.size(); s++) {
      renderer.setSeriesPaint(s, Marks.colour(s));
      renderer.setSeriesShapesFilled(s, false);
      renderer.setSeriesOutlineStroke(s, new BasicStroke(0.4f));
      renderer.setSeriesShape(s, Marks.marker(s, markerSize() + RING));
    }
    return renderer;
  }

  private double markerSize() {
    int most = series.stream().mapToInt(one -> one.points().size()).max().orElse(0);
    double size = most >= DENSE ? 2.6 : 3.6;
    return spec.plotted() == null ? size : 0.7 * size;
  }
}

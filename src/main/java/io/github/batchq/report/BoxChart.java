package io.github.batchq.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Paint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYBoxAnnotation;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeriesCollection;

/** Draws rectangles with texts over two axes, of which timelines and heat maps are made. */
final class BoxChart {
  static final Color EDGE = new Color(0x666666);
  private static final BasicStroke STROKE = new BasicStroke(0.4f);
  private static final float TEXT = 6.5f;

  private final XYPlot plot;

  BoxChart(ValueAxis xAxis, ValueAxis yAxis) {
    this.plot = new XYPlot(new XYSeriesCollection(), xAxis, yAxis, new XYLineAndShapeRenderer());
    plot.setRangeGridlinesVisible(false);
  }

  /** Adds a rectangle. */
  void box(double x0, double y0, double x1, double y1, Paint fill) {
    plot.addAnnotation(new XYBoxAnnotation(x0, y0, x1, y1, STROKE, EDGE, fill));
  }

  /** Adds a text with its middle at a place. */
  void text(double x, double y, String text, Color colour) {
    XYTextAnnotation annotation = new XYTextAnnotation(text, x, y);
    annotation.setFont(ChartFont.size(TEXT));
    annotation.setPaint(colour);
    annotation.setTextAnchor(TextAnchor.CENTER);
    plot.addAnnotation(annotation);
  }

  /** An axis with a name at each of 0, 1, ..., to the right or upwards. */
  static SymbolAxis names(String label, List<String> names) {
    SymbolAxis axis = new SymbolAxis(label, names.toArray(String[]::new));
    axis.setGridBandsVisible(false);
    axis.setRange(-0.5, names.size() - 0.5);
    axis.setLabelFont(ChartFont.size(8));
    axis.setTickLabelFont(ChartFont.size(7));
    axis.setLabelPaint(Chart.INK);
    axis.setTickLabelPaint(Chart.INK);
    axis.setAxisLineVisible(false);
    axis.setTickMarksVisible(false);
    axis.setLabelInsets(new RectangleInsets(1, 1, 1, 1));
    return axis;
  }

  /**
   * As {@link #names}, but from top to bottom. Boxes are not drawn over an inverted axis, so the
   * order of the names is reversed.
   */
  static SymbolAxis downwards(String label, List<String> names) {
    List<String> turned = new ArrayList<>(names);
    Collections.reverse(turned);
    return names(label, turned);
  }

  JFreeChart draw() {
    return Chart.framed(plot);
  }

  static Map<String, byte[]> files(JFreeChart chart, String name, double height) {
    return new ChartFiles(chart, Chart.WIDTH, height).named(name);
  }
}

package io.github.batchq.report;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Law;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYAreaRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Draws the bins of several rules over the density of the lengths, at the width of one column of a
 * paper: the density as an area, averaged over narrow cells, so that observed lengths have one too,
 * and the boundaries of each rule as vertical lines of its own colour, dashes and height.
 */
public final class BoundaryChart {
  /** Cells over the horizontal axis for a smooth law, and for observed lengths. */
  private static final int CELLS = 300;

  private static final int OBSERVED_CELLS = 60;

  /** The axis shows at least this share of the requests. */
  private static final double SHOWN = 0.99;

  private static final Color AREA = new Color(0xDDDDDD);

  private final Law law;
  private final Map<String, BinBoundaries> rules;
  private final Ticks xTicks;

  /**
   * @param law law of the lengths
   * @param rules the boundaries of each rule, by the name in the legend, in its order
   */
  public BoundaryChart(Law law, Map<String, BinBoundaries> rules) {
    this.law = law;
    this.rules = new LinkedHashMap<>(rules);
    double last = law.quantile(SHOWN);
    for (BinBoundaries boundaries : rules.values()) {
      for (double boundary : boundaries.inner()) {
        last = Math.max(last, 1.02 * boundary);
      }
    }
    double low = law.lower() < 0.1 * last ? 0 : law.lower();
    double end = Math.min(law.upper(), last);
    double high = end > low ? end : low + Math.max(1, low);
    this.xTicks = Ticks.of(low, high, 8, false);
  }

  /** The chart as files: name with extension to content, as svg, pdf and png. */
  public Map<String, byte[]> files(String name) {
    return new ChartFiles(draw(), Chart.WIDTH, Chart.HEIGHT).named(name);
  }

  /** The chart before it is drawn. */
  JFreeChart draw() {
    XYSeries density = density();
    double top = density.getMaxY() > 0 ? 1.25 * density.getMaxY() : 1;
    XYAreaRenderer area = new XYAreaRenderer(XYAreaRenderer.AREA);
    area.setSeriesPaint(0, AREA);
    XYPlot plot =
        new XYPlot(
            new XYSeriesCollection(density),
            Chart.axis("length", xTicks),
            Chart.axis("density", Ticks.of(0, top, 5, false)),
            area);
    plot.setRangeGridlinesVisible(false);
    LegendItemCollection items = new LegendItemCollection();
    int rule = 0;
    for (Map.Entry<String, BinBoundaries> entry : rules.entrySet()) {
      // Lines of different heights stay apart where two rules agree.
      double height = top * (1 - 0.22 * rule / Math.max(1, rules.size() - 1));
      BasicStroke stroke = Marks.line(rule, 1f);
      for (double boundary : entry.getValue().inner()) {
        plot.addAnnotation(
            new XYLineAnnotation(boundary, 0, boundary, height, stroke, Marks.colour(rule)));
      }
      items.add(
          new LegendItem(
              entry.getKey(),
              null,
              null,
              null,
              new Line2D.Double(-9, 0, 9, 0),
              stroke,
              Marks.colour(rule)));
      rule++;
    }
    plot.setFixedLegendItems(items);
    JFreeChart chart = Chart.framed(plot);
    chart.addSubtitle(
        Chart.title(
            "area: density of the lengths; lines: boundaries between bins",
            Chart.NOTE_TEXT,
            RectangleEdge.BOTTOM));
    chart.addSubtitle(legend(plot));
    return chart;
  }

  private static LegendTitle legend(XYPlot plot) {
    LegendTitle legend = new LegendTitle(plot);
    Chart.style(legend);
    legend.setLegendItemGraphicPadding(new RectangleInsets(1, 6, 1, 2));
    return legend;
  }

  /** The density as steps: the mass of each narrow cell over its width. */
  private XYSeries density() {
    int cells = law.breakpoints().length > CELLS / 2 ? OBSERVED_CELLS : CELLS;
    XYSeries steps = new XYSeries("density", false, true);
    double width = (xTicks.high() - xTicks.low()) / cells;
    for (int i = 0; i < cells; i++) {
      double from = xTicks.low() + i * width;
      double mass = law.cdf(from + width) - law.cdf(from);
      steps.add(from, mass / width);
      steps.add(from + width, mass / width);
    }
    return steps;
  }
}

package io.github.batchq.report;

import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.data.xy.IntervalXYDataset;
import org.jfree.data.xy.XYDataset;

/**
 * Points with error bars. A point without an interval has no bar, and a marker on the edge of the
 * plot is drawn whole, while one beyond the axis is not drawn. A line of the grid leaves the axis
 * free.
 */
final class PointsRenderer extends XYErrorRenderer {
  private static final long serialVersionUID = 1L;

  /** How far a marker may reach out of the plot, in points. */
  private static final double REACH = 4;

  /** Share of the axis within which a line of the grid would lie on the axis line. */
  private static final double AT_THE_AXIS = 1e-3;

  @Override
  public void drawItem(
      Graphics2D g2,
      XYItemRendererState state,
      Rectangle2D dataArea,
      PlotRenderingInfo info,
      XYPlot plot,
      ValueAxis domainAxis,
      ValueAxis rangeAxis,
      XYDataset dataset,
      int series,
      int item,
      CrosshairState crosshairState,
      int pass) {
    // An interval without its point would puzzle the reader: both stay out where the point is cut
    // off.
    if (!domainAxis.getRange().contains(dataset.getXValue(series, item))
        || !rangeAxis.getRange().contains(dataset.getYValue(series, item))) {
      return;
    }
    IntervalXYDataset intervals = (IntervalXYDataset) dataset;
    Shape clip = g2.getClip();
    if (pass > 0) {
      g2.setClip(
          new Rectangle2D.Double(
              dataArea.getX() - REACH,
              dataArea.getY() - REACH,
              dataArea.getWidth() + 2 * REACH,
              dataArea.getHeight() + 2 * REACH));
    } else if (!(intervals.getEndYValue(series, item) > intervals.getStartYValue(series, item))) {
      return;
    }
    super.drawItem(
        g2,
        state,
        dataArea,
        info,
        plot,
        domainAxis,
        rangeAxis,
        dataset,
        series,
        item,
        crosshairState,
        pass);
    g2.setClip(clip);
  }

  @Override
  public void drawRangeLine(
      Graphics2D g2,
      XYPlot plot,
      ValueAxis axis,
      Rectangle2D dataArea,
      double value,
      Paint paint,
      Stroke stroke) {
    if (value > axis.getLowerBound() + AT_THE_AXIS * axis.getRange().getLength()) {
      super.drawRangeLine(g2, plot, axis, dataArea, value, paint, stroke);
    }
  }
}

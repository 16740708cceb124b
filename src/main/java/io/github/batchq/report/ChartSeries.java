package io.github.batchq.report;

import java.util.List;

/**
 * One series of a chart.
 *
 * @param label as the legend says it
 * @param points sorted by x
 * @param plotted what the base paper plots of it; empty if it does not, or is not asked for
 */
record ChartSeries(String label, List<ChartPoint> points, List<PaperFigures.PlottedPoint> plotted) {
  ChartSeries {
    points = List.copyOf(points);
    plotted = List.copyOf(plotted);
  }

  /**
   * A swept point.
   *
   * @param x value of the swept path
   * @param y simulated mean; infinite at an overloaded point, NaN where there is none
   * @param halfWidth half-width of its interval; NaN where there is none
   * @param theory theory's value; NaN where there is none
   * @param kind what theory's value is; empty where there is none
   */
  record ChartPoint(double x, double y, double halfWidth, double theory, String kind) {
    /** Lower end of the interval, or the point itself. */
    double low() {
      return Double.isNaN(halfWidth) ? y : y - halfWidth;
    }

    /** Upper end of the interval, or the point itself. */
    double high() {
      return Double.isNaN(halfWidth) ? y : y + halfWidth;
    }
  }

  /** The smallest x at which the series is infinite; NaN if it never is. */
  double overloadedFrom() {
    return points.stream()
        .filter(point -> point.y() == Double.POSITIVE_INFINITY)
        .mapToDouble(ChartPoint::x)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Whether theory draws anything here. */
  boolean hasTheory() {
    return points.stream().anyMatch(point -> Double.isFinite(point.theory()));
  }

  /** Whether simulation draws anything here. */
  boolean hasPoints() {
    return points.stream().anyMatch(point -> Double.isFinite(point.y()));
  }
}

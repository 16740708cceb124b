package io.github.batchq.report;

/** What a chart is drawn for. */
public enum ChartStyle {
  /**
   * One column of a paper, 3.3 inches wide, 8 point letters, with the chart's title if it has one.
   */
  SCREEN(3.3, 2.5, 1, 300, true),
  /** The same without a title: the caption says it. */
  PAPER(3.3, 2.5, 1, 300, false),
  /** A slide of 10 by 5.6 inches with 18 point letters and the title. */
  SLIDES(10, 5.625, 2.25, 150, true);

  private final double width;
  private final double height;
  private final double scale;
  private final int dotsPerInch;
  private final boolean titled;

  ChartStyle(double width, double height, double scale, int dotsPerInch, boolean titled) {
    this.width = width;
    this.height = height;
    this.scale = scale;
    this.dotsPerInch = dotsPerInch;
    this.titled = titled;
  }

  /** Width in points before scaling. */
  double width() {
    return width * ChartFiles.POINTS / scale;
  }

  /** Height of a chart of one panel in points before scaling. */
  double height() {
    return height * ChartFiles.POINTS / scale;
  }

  /** By how much everything is enlarged. */
  double scale() {
    return scale;
  }

  /** Pixels in an inch of a picture in pixels. */
  int dotsPerInch() {
    return dotsPerInch;
  }

  /** Whether the title is drawn. */
  boolean titled() {
    return titled;
  }
}

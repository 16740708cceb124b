package io.github.batchq.report;

import io.github.batchq.model.Numerals;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.ui.RectangleEdge;

/**
 * Draws timelines of servers as a Gantt chart: each request is a bar of its own service time,
 * followed in grey by the time that it holds its place after it is done.
 */
public final class TimelineChart {
  private static final Color WASTE = new Color(0xDDDDDD);

  /** Brightness from 0 to 255 above which dark letters are easier to read. */
  private static final double BRIGHT = 140;

  /** Space between the bars of two batches' requests, as a share of a row. */
  private static final double GAP = 0.08;

  /** The share of its place that a bar fills. */
  private static final double FILLED = 0.92;

  private static final double HEIGHT = 125;

  /** Height of a chart without its lanes, and the most that lanes take, in points. */
  private static final double AROUND = 45;

  private static final double MOST_LANES = 430;

  /** Height of a lane whose bars have texts, and where there are more lanes than fit. */
  private static final double LANE = 10;

  /** Width of the plot and of a digit, in points. */
  private static final double PLOT_WIDTH = 185;

  private static final double DIGIT = 4.2;

  private final List<String> rows;
  private final List<Bar> bars;
  private final Ticks ticks;
  private final double height;
  private final String note;

  /**
   * One policy's timeline.
   *
   * @param label name of the policy
   * @param batches its batches in the order of service, each with the service times of its requests
   *     in seconds
   */
  public record Row(String label, List<List<Double>> batches) {}

  /**
   * A request on a server. Times are seconds.
   *
   * @param row the server, from 0
   * @param lane its place there, from 0
   * @param start when it got the place
   * @param done when all was done that it needs
   * @param end when the place was free again
   * @param text what stands in the bar, if it fits
   * @param colour number of its colour, from 0
   */
  public record Bar(
      int row, int lane, double start, double done, double end, String text, int colour) {}

  /**
   * Batches on one server, one after the other.
   *
   * @param rows timelines, from top to bottom
   */
  public TimelineChart(List<Row> rows) {
    this.rows = rows.stream().map(Row::label).toList();
    this.bars = new ArrayList<>();
    double last = 0;
    for (int row = 0; row < rows.size(); row++) {
      double start = 0;
      for (List<Double> batch : rows.get(row).batches()) {
        double end = start + longest(batch);
        for (int j = 0; j < batch.size(); j++) {
          double seconds = batch.get(j);
          bars.add(new Bar(row, j, start, start + seconds, end, Numerals.plain(seconds), j));
        }
        start = end;
      }
      last = Math.max(last, start);
    }
    this.ticks = Ticks.of(0, 1.02 * (last > 0 ? last : 1), 12, true);
    this.height = HEIGHT;
    this.note = "bars: service times [s]; grey: wasted, waiting for the batch's longest request";
  }

  /**
   * The first seconds of servers.
   *
   * @param rows names of the servers, from top to bottom
   * @param bars the requests; what is after the end is not drawn
   * @param seconds where the chart ends
   * @param note what bars are
   */
  public TimelineChart(List<String> rows, List<Bar> bars, double seconds, String note) {
    this.rows = List.copyOf(rows);
    this.ticks = Ticks.of(0, seconds, 7, false);
    double high = rows.size() * lanes(bars) * LANE;
    this.height = AROUND + Math.max(3 * LANE, Math.min(MOST_LANES, high));
    boolean roomy = high <= MOST_LANES;
    this.bars =
        bars.stream()
            .filter(bar -> bar.start() < seconds)
            .map(bar -> cut(bar, seconds, roomy))
            .toList();
    this.note = note;
  }

  /** A bar up to the end of the chart, with its text if there is room. */
  private static Bar cut(Bar bar, double seconds, boolean roomy) {
    double done = Math.min(seconds, bar.done());
    double width = (done - bar.start()) / seconds * PLOT_WIDTH;
    boolean fits = roomy && width >= DIGIT * bar.text().length();
    return new Bar(
        bar.row(),
        bar.lane(),
        bar.start(),
        done,
        Math.min(seconds, bar.end()),
        fits ? bar.text() : "",
        bar.colour());
  }

  private static int lanes(List<Bar> bars) {
    return 1 + bars.stream().mapToInt(Bar::lane).max().orElse(0);
  }

  /** The chart as files: name with extension to content, as svg, pdf and png. */
  public Map<String, byte[]> files(String name) {
    return BoxChart.files(draw(), name, height);
  }

  /** The chart before it is drawn. */
  JFreeChart draw() {
    BoxChart chart = new BoxChart(Chart.axis("time [s]", ticks), BoxChart.downwards("", rows));
    double high = (1 - 2 * GAP) / lanes(bars);
    for (Bar bar : bars) {
      double upper = rows.size() - 1 - bar.row() + 0.5 - GAP - bar.lane() * high;
      double lower = upper - FILLED * high;
      Color colour = Marks.colour(bar.colour());
      chart.box(bar.start(), lower, bar.done(), upper, colour);
      if (!bar.text().isEmpty()) {
        chart.text(
            bar.start() + (bar.done() - bar.start()) / 2,
            (lower + upper) / 2,
            bar.text(),
            ink(colour));
      }
      if (bar.done() < bar.end()) {
        chart.box(bar.done(), lower, bar.end(), upper, WASTE);
      }
    }
    JFreeChart drawn = chart.draw();
    drawn.addSubtitle(Chart.title(note, Chart.NOTE_TEXT, RectangleEdge.BOTTOM));
    return drawn;
  }

  /** White on dark bars, dark on bright ones. */
  private static Color ink(Color bar) {
    double brightness = 0.3 * bar.getRed() + 0.59 * bar.getGreen() + 0.11 * bar.getBlue();
    return brightness > BRIGHT ? Color.BLACK : Color.WHITE;
  }

  private static double longest(List<Double> batch) {
    return batch.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }
}

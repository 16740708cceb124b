package io.github.batchq.report;

import io.github.batchq.model.Numerals;
import java.awt.Color;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.ui.RectangleEdge;

/**
 * Draws timelines of batches on one server as a Gantt chart: each request is a bar of its own
 * service time from the start of its batch, followed in grey by the time that it holds its place
 * after it is done.
 */
public final class TimelineChart {
  private static final Color WASTE = new Color(0xDDDDDD);
  private static final Color TEXT_ON_COLOUR = Color.WHITE;

  /** Space between the bars of two batches' requests, as a share of a row. */
  private static final double GAP = 0.08;

  /** The share of its place that a bar fills. */
  private static final double FILLED = 0.92;

  private static final double HEIGHT = 125;

  private final List<Row> rows;

  /**
   * One policy's timeline.
   *
   * @param label name of the policy
   * @param batches its batches in the order of service, each with the service times of its requests
   *     in seconds
   */
  public record Row(String label, List<List<Double>> batches) {}

  /**
   * @param rows timelines, from top to bottom
   */
  public TimelineChart(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  /** The chart as files: name with extension to content, as svg, pdf and png. */
  public Map<String, byte[]> files(String name) {
    return BoxChart.files(draw(), name, HEIGHT);
  }

  /** The chart before it is drawn. */
  JFreeChart draw() {
    double last =
        rows.stream()
            .mapToDouble(row -> row.batches().stream().mapToDouble(TimelineChart::longest).sum())
            .max()
            .orElse(1);
    BoxChart chart =
        new BoxChart(
            Chart.axis("time [s]", Ticks.of(0, 1.02 * last, 12, true)),
            BoxChart.downwards("", rows.stream().map(Row::label).toList()));
    for (int i = 0; i < rows.size(); i++) {
      double top = rows.size() - 1 - i + 0.5 - GAP;
      double start = 0;
      for (List<Double> batch : rows.get(i).batches()) {
        double end = start + longest(batch);
        double high = (1 - 2 * GAP) / batch.size();
        for (int j = 0; j < batch.size(); j++) {
          double upper = top - j * high;
          double lower = upper - FILLED * high;
          double done = start + batch.get(j);
          chart.box(start, lower, done, upper, Marks.colour(j));
          chart.text(
              start + batch.get(j) / 2,
              (lower + upper) / 2,
              Numerals.plain(batch.get(j)),
              TEXT_ON_COLOUR);
          if (done < end) {
            chart.box(done, lower, end, upper, WASTE);
          }
        }
        start = end;
      }
    }
    JFreeChart drawn = chart.draw();
    drawn.addSubtitle(
        Chart.title(
            "bars: service times [s]; grey: wasted, waiting for the batch's longest request",
            Chart.NOTE_TEXT,
            RectangleEdge.BOTTOM));
    return drawn;
  }

  private static double longest(List<Double> batch) {
    return batch.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }
}

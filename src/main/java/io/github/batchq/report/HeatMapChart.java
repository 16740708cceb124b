package io.github.batchq.report;

import io.github.batchq.model.Numerals;
import java.awt.Color;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.ui.RectangleEdge;

/**
 * Draws a confusion matrix: counts by true bin (rows) and predicted bin (columns), where the shade
 * of a cell is its share of the row.
 */
public final class HeatMapChart {
  private static final Color DARK = new Color(0x08306B);

  /** The share of a row from which the shade is so dark that the text on it must be white. */
  private static final double DARK_FROM = 0.45;

  private static final double HEIGHT = 215;

  private final List<List<Double>> counts;
  private final String title;

  /**
   * @param counts a square matrix, rows true and columns predicted, each row with a positive sum
   * @param title text above the map
   */
  public HeatMapChart(List<List<Double>> counts, String title) {
    this.counts = List.copyOf(counts);
    this.title = title;
  }

  /** The chart as files: name with extension to content, as svg, pdf and png. */
  public Map<String, byte[]> files(String name) {
    return BoxChart.files(draw(), name, HEIGHT);
  }

  /** The chart before it is drawn. */
  JFreeChart draw() {
    int size = counts.size();
    List<String> names = IntStream.rangeClosed(1, size).mapToObj(Integer::toString).toList();
    BoxChart chart =
        new BoxChart(BoxChart.names("predicted bin", names), BoxChart.downwards("true bin", names));
    for (int i = 0; i < size; i++) {
      double sum = counts.get(i).stream().mapToDouble(Double::doubleValue).sum();
      for (int j = 0; j < size; j++) {
        double count = counts.get(i).get(j);
        double share = count / sum;
        double y = size - 1 - i;
        chart.box(j - 0.5, y - 0.5, j + 0.5, y + 0.5, shade(share));
        chart.text(j, y, Numerals.plain(count), share > DARK_FROM ? Color.WHITE : Chart.INK);
      }
    }
    JFreeChart drawn = chart.draw();
    drawn.addSubtitle(
        Chart.title("counts; shade: share of the true bin", Chart.NOTE_TEXT, RectangleEdge.BOTTOM));
    drawn.addSubtitle(Chart.title(title, 8, RectangleEdge.TOP));
    return drawn;
  }

  /** The shade of a share, from white to a dark blue. */
  static Color shade(double share) {
    return new Color(
        mix(DARK.getRed(), share), mix(DARK.getGreen(), share), mix(DARK.getBlue(), share));
  }

  private static int mix(int dark, double share) {
    return (int) Math.round(255 + share * (dark - 255));
  }
}

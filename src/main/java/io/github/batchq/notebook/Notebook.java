package io.github.batchq.notebook;

import io.github.batchq.metric.Metric;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ChartSpec;
import io.github.batchq.model.ResultTable;
import io.github.batchq.random.Law;
import io.github.batchq.report.BoundaryChart;
import io.github.batchq.report.Chart;
import io.github.batchq.report.ComparisonTable;
import io.github.batchq.report.TableFormat;
import io.github.batchq.study.SimulationResults;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * Results as a notebook shows them: a cell that ends with one of these calls shows its text or its
 * picture, in any Java kernel.
 *
 * <pre>{@code
 * import static io.github.batchq.notebook.Notebook.*;
 *
 * table(results, "throughput", "latency.mean")
 * chart(results, "arrivals.rate", "throughput", "policy.bins")
 * }</pre>
 */
public final class Notebook {
  private Notebook() {}

  /**
   * Simulation and theory of some metrics in aligned columns, one line for each point of a sweep.
   *
   * @param metrics their names, at least one
   */
  public static String table(SimulationResults results, String... metrics) {
    return text(results.table(metrics));
  }

  /**
   * Simulation against theory, one line for each metric that theory knows, with their difference.
   *
   * @param metrics their names, at least one of which theory knows
   */
  public static String comparison(SimulationResults results, String... metrics) {
    return text(ComparisonTable.of(results.table(metrics)));
  }

  /**
   * Rows of numbers and words in aligned columns, numbers rounded to six significant digits.
   *
   * @param columns names of the columns, all different
   * @param rows each as long as {@code columns}
   */
  public static String table(List<String> columns, List<? extends List<?>> rows) {
    return text(
        new ResultTable(
            columns,
            rows.stream().map(row -> row.stream().<String>map(String::valueOf).toList()).toList()));
  }

  /**
   * A metric over a swept path: simulation as points with their intervals, theory as a line.
   *
   * @param x path of the horizontal axis, whose values are numbers
   * @param metric name of the metric on the vertical axis
   */
  public static BufferedImage chart(SimulationResults results, String x, String metric) {
    return draw(results, x, metric, null);
  }

  /**
   * A metric over a swept path, a series for each value of another.
   *
   * @param x path of the horizontal axis, whose values are numbers
   * @param metric name of the metric on the vertical axis
   * @param series path that tells the series apart
   */
  public static BufferedImage chart(
      SimulationResults results, String x, String metric, String series) {
    return draw(results, x, metric, series);
  }

  /**
   * The bins of some rules as lines over the density of the lengths.
   *
   * @param law law of the lengths
   * @param rules the boundaries of each rule, by the name in the legend, in its order
   */
  public static BufferedImage chart(Law law, Map<String, BinBoundaries> rules) {
    return image(new BoundaryChart(law, rules).files("chart"));
  }

  private static String text(ResultTable table) {
    return TableFormat.TABLE.render(table).stripTrailing();
  }

  private static BufferedImage draw(
      SimulationResults results, String x, String metric, @Nullable String series) {
    ChartSpec spec = ChartSpec.of("chart", x, metric, series);
    return image(new Chart(spec, results.table(metric), Metric::unitOf).files());
  }

  private static BufferedImage image(Map<String, byte[]> files) {
    byte[] png = files.get("chart.png");
    try {
      return ImageIO.read(new ByteArrayInputStream(png));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

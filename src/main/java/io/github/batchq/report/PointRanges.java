package io.github.batchq.report;

import io.github.batchq.model.Numerals;
import io.github.batchq.model.ResultTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sums up a sweep with too many points for a table: how many of them are stable, critical and so
 * on, and the least and the largest value of each metric with the point where it is.
 *
 * @param table the points and the metrics
 */
public record PointRanges(PointTable table) {
  private static final String STABILITY = "stability";
  private static final String LEAST = "least";

  /**
   * The text, at most {@code width} characters wide unless names are longer, ending with a line
   * feed.
   */
  public String render(int width) {
    ResultTable summary = table.summary();
    String points = summary.rows().size() + " points";
    if (summary.has(STABILITY)) {
      Map<String, Long> verdicts =
          IntStream.range(0, summary.rows().size())
              .mapToObj(point -> summary.text(point, STABILITY))
              .collect(Collectors.groupingBy(v -> v, LinkedHashMap::new, Collectors.counting()));
      points +=
          verdicts.entrySet().stream()
              .map(verdict -> verdict.getValue() + " " + verdict.getKey())
              .collect(Collectors.joining(", ", ": ", ""));
    }
    return Paragraph.wrapped(points + ".", width) + table.above(width) + "\n" + extremes(width);
  }

  /** Where a metric is least or largest among the points at which it is finite. */
  private record Extreme(String metric, String which, int point) {}

  private List<Extreme> extremes() {
    List<Extreme> extremes = new ArrayList<>();
    for (String metric : table.metrics()) {
      int least = -1;
      int most = -1;
      for (int point = 0; point < table.summary().rows().size(); point++) {
        double value = value(point, metric);
        if (Double.isFinite(value)) {
          least = least < 0 || value < value(least, metric) ? point : least;
          most = most < 0 || value > value(most, metric) ? point : most;
        }
      }
      if (least >= 0) {
        extremes.add(new Extreme(metric, LEAST, least));
        extremes.add(new Extreme(metric, "most", most));
      }
    }
    return extremes;
  }

  /** The points that the text shows. */
  public Set<Integer> points() {
    return extremes().stream().map(Extreme::point).collect(Collectors.toCollection(TreeSet::new));
  }

  private String extremes(int width) {
    List<String> swept = table.varyingPaths();
    List<List<String>> rows = extremes().stream().map(extreme -> row(extreme, swept)).toList();
    if (rows.isEmpty()) {
      return "No metric is finite anywhere.\n";
    }
    List<String> headers = new ArrayList<>(List.of("metric", "", "simulated", "theory"));
    headers.addAll(swept);
    boolean[] right = new boolean[headers.size()];
    for (int c = 2; c < right.length; c++) {
      int column = c;
      right[c] =
          column < headers.size() - swept.size()
              || rows.stream().allMatch(row -> Numerals.isNumber(row.get(column)));
    }
    TextTable plain = TextTable.of(headers, rows, right);
    return plain.width() <= width
        ? plain.render()
        : new TextTable(plain.columns().stream().map(c -> c.wrappedAfter('.')).toList()).render();
  }

  private double value(int point, String metric) {
    return table.summary().number(point, metric);
  }

  private List<String> row(Extreme extreme, List<String> swept) {
    String metric = extreme.metric();
    int point = extreme.point();
    List<String> row = new ArrayList<>();
    row.add(extreme.which().equals(LEAST) ? table.withUnit(metric) : "");
    row.addAll(
        List.of(extreme.which(), table.simulated(point, metric), table.theory(point, metric)));
    swept.forEach(path -> row.add(Numerals.rounded(table.summary().text(point, path))));
    return row;
  }
}

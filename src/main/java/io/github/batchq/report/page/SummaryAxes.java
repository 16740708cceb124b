package io.github.batchq.report.page;

import io.github.batchq.model.ChartSpec;
import io.github.batchq.model.Numerals;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.SummaryColumns;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the points of a sweep are laid out in a chart.
 *
 * @param x the swept path on the horizontal axis; empty where nothing is swept
 * @param series the one whose values are the series; null where nothing else is swept
 * @param others those of which one value is shown at a time
 */
public record SummaryAxes(String x, @Nullable String series, List<String> others) {
  private static final String POLICY = "policy";
  private static final String RATE = "arrivals.rate";

  public SummaryAxes {
    others = List.copyOf(others);
  }

  /**
   * The layouts that the charts of an experiment take, or one where it has none: the arrival rate
   * or the first path with numbers on the horizontal axis, and the policy or the first other path
   * as series.
   */
  public static List<SummaryAxes> of(ResultTable summary, List<ChartSpec> charts) {
    List<String> swept = SummaryColumns.of(summary).swept();
    LinkedHashSet<SummaryAxes> found = new LinkedHashSet<>();
    for (ChartSpec chart : charts) {
      String series = chart.series() == null ? chart.panel() : chart.series();
      found.add(new SummaryAxes(chart.x(), series, rest(swept, chart.x(), series)));
    }
    return found.isEmpty() ? List.of(chosen(summary, swept)) : List.copyOf(found);
  }

  private static SummaryAxes chosen(ResultTable summary, List<String> swept) {
    if (swept.isEmpty()) {
      return new SummaryAxes("", null, List.of());
    }
    Optional<String> rate = swept.stream().filter(RATE::equals).findFirst();
    String x =
        rate.or(() -> swept.stream().filter(path -> isNumeric(summary, path)).findFirst())
            .orElse(swept.get(0));
    List<String> rest = rest(swept, x, null);
    String series = rest.contains(POLICY) ? POLICY : rest.isEmpty() ? null : rest.get(0);
    return new SummaryAxes(x, series, rest(swept, x, series));
  }

  private static List<String> rest(List<String> swept, String x, @Nullable String series) {
    List<String> rest = new ArrayList<>(swept);
    rest.remove(x);
    rest.remove(series);
    return rest;
  }

  /** The path whose values compete: that of the series, or the only one; empty without any. */
  public String competing() {
    return series == null ? x : series;
  }

  /** Whether all values of a path are numbers. */
  static boolean isNumeric(ResultTable summary, String path) {
    return column(summary, path).stream().allMatch(Numerals::isNumber);
  }

  /** The different values of a column, in the order of the table. */
  static List<String> values(ResultTable table, String column) {
    return List.copyOf(new LinkedHashSet<>(column(table, column)));
  }

  /** The texts of a column. */
  static List<String> column(ResultTable table, String column) {
    return column.isEmpty()
        ? List.of()
        : IntStream.range(0, table.rows().size()).mapToObj(row -> table.text(row, column)).toList();
  }
}

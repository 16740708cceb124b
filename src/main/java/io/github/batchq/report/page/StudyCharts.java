package io.github.batchq.report.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.AxisLabels;
import io.github.batchq.report.page.PageChart.Choice;
import io.github.batchq.report.page.RankedSpecification.Value;
import io.github.batchq.report.page.Specification.Equal;
import io.github.batchq.report.page.Specification.Hover;
import java.util.ArrayList;
import java.util.List;

/** Charts of the tables of {@code batchq capacity} and {@code batchq compare}. */
final class StudyCharts implements ChartChoice {
  static final String CAPACITY = "capacity.csv";
  static final String COMPARISON = "compare.csv";
  static final String WITHIN = "rate.within";
  static final String BEYOND = "rate.beyond";

  @Override
  public List<PageChart> charts(PageInput input) {
    List<PageChart> charts = new ArrayList<>();
    ResultTable capacity = input.tables().get(CAPACITY);
    if (capacity != null && capacity.has(WITHIN)) {
      charts.add(capacity(capacity));
    }
    ResultTable comparison = input.tables().get(COMPARISON);
    if (comparison != null && comparison.has("ratio.low")) {
      charts.add(comparison(comparison));
    }
    return charts;
  }

  private static PageChart capacity(ResultTable table) {
    String title = "Largest arrival rates";
    RankedSpecification ranked =
        new RankedSpecification(title, "arrival rate [req/s]", false, List.of());
    for (int row = 0; row < table.rows().size(); row++) {
      ranked.add(
          new Value(
              label(table, row, WITHIN),
              Double.NaN,
              table.number(row, WITHIN),
              table.number(row, BEYOND),
              table.has("theory") ? table.number(row, "theory") : Double.NaN,
              true),
          Specification.object());
    }
    return PageChart.plain(
        "capacity",
        title,
        "Bars of lines: from the last rate that was shown to be carried to the first that was shown"
            + " not to be. Ticks: theory.",
        ranked.specification(List.of()),
        CAPACITY);
  }

  private static PageChart comparison(ResultTable table) {
    List<String> metrics = SummaryAxes.values(table, "metric");
    String title = "Differences to the baseline";
    RankedSpecification ranked =
        new RankedSpecification(
            title,
            "mean, as a multiple of the baseline's",
            false,
            List.of(new Equal("metric", metrics.get(0))));
    for (int row = 0; row < table.rows().size(); row++) {
      if (table.text(row, "verdict").isEmpty()) {
        continue; // the baseline itself
      }
      ObjectNode more = Specification.object().put("metric", table.text(row, "metric"));
      more.put("verdict", table.text(row, "verdict"));
      ranked.add(
          new Value(
              label(table, row, "metric"),
              table.number(row, "ratio"),
              table.number(row, "ratio.low"),
              table.number(row, "ratio.high"),
              1,
              !table.text(row, "verdict").equals("worse")),
          more);
    }
    return new PageChart(
        "comparison",
        title,
        "Points: ratios of means with their intervals; ticks: the baseline. Orange is worse.",
        ranked.specification(List.of(new Hover("verdict", "verdict", false))),
        metrics.stream()
            .map(
                metric ->
                    new Choice(
                        metric, AxisLabels.ofMetric(metric) + ", as a multiple of the baseline's"))
            .toList(),
        List.of(),
        List.of(),
        COMPARISON);
  }

  /** What names a row: its cells before a column, numbers with what they are. */
  static String label(ResultTable table, int row, String before) {
    List<String> parts =
        table.columns().subList(0, table.columns().indexOf(before)).stream()
            .filter(path -> !table.text(row, path).isEmpty())
            .map(path -> SeriesNames.of(table, path).of(table.text(row, path)))
            .toList();
    return parts.isEmpty() ? "the system" : String.join(", ", parts);
  }
}

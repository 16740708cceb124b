package io.github.batchq.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.AxisLabels;
import io.github.batchq.report.SummaryColumns;
import io.github.batchq.report.page.PageChart.Choice;
import io.github.batchq.report.page.PointsSpecification.Point;
import io.github.batchq.report.page.RankedSpecification.Value;
import io.github.batchq.report.page.Specification.Equal;
import io.github.batchq.report.page.Specification.Hover;
import java.util.ArrayList;
import java.util.List;

/**
 * Charts of the tables of {@code batchq plan}: what the metrics cost, the best of every family, and
 * what changes would do to the winner, with the requirements as lines.
 */
final class PlanCharts implements ChartChoice {
  private static final String COST = "cost";

  @Override
  public List<PageChart> charts(PageInput input) {
    if (!input.manifest().has("plan")) {
      return List.of();
    }
    List<PageChart> charts = new ArrayList<>();
    ResultTable frontier = input.tables().get("frontier.csv");
    if (frontier != null && !frontier.rows().isEmpty()) {
      charts.addAll(frontier(input, frontier));
    }
    ranked(input, charts, "families", "family", "The best of every family", true);
    ranked(input, charts, "finalists", "label", "The finalists", false);
    ranked(input, charts, "sensitivity", "change", "What changes would do to the best", false);
    return charts;
  }

  private static List<PageChart> frontier(PageInput input, ResultTable table) {
    List<PageChart> charts = new ArrayList<>();
    for (String metric : SummaryColumns.of(table).metrics()) {
      String label = label(input, metric);
      String title = "What it costs: " + AxisLabels.ofMetric(metric);
      PointsSpecification points = new PointsSpecification(title, "cost", label, true, List.of());
      double require = require(input, metric);
      points.require(require);
      for (int row = 0; row < table.rows().size(); row++) {
        double value = table.number(row, metric);
        double half = table.number(row, SummaryColumns.interval(metric));
        points.add(
            new Point(
                "frontier",
                table.text(row, COST),
                value,
                value - half,
                value + half,
                Double.NaN,
                ""),
            Specification.object()
                .put("label", table.text(row, "label"))
                .put("servers", table.text(row, "servers")));
      }
      charts.add(
          PageChart.plain(
              "frontier-" + charts.size(),
              title,
              "Points: configurations of which no other is cheaper and better, with their"
                  + " intervals, and the number of servers beside each."
                  + (Double.isNaN(require) ? "" : " Line: the requirement."),
              points.specification(
                  true,
                  List.of(
                      new Hover("label", "configuration", false),
                      new Hover("servers", "servers", false)),
                  "servers"),
              "frontier.csv"));
    }
    return charts;
  }

  private static void ranked(
      PageInput input, List<PageChart> charts, String name, String by, String title, boolean bars) {
    ResultTable table = input.tables().get(name + ".csv");
    if (table == null || table.rows().isEmpty()) {
      return;
    }
    List<String> metrics = SummaryColumns.of(table).metrics();
    RankedSpecification ranked =
        new RankedSpecification(
            title,
            label(input, metrics.get(0)),
            bars,
            List.of(new Equal("metric", metrics.get(0))));
    List<Hover> hover = new ArrayList<>();
    for (String column : List.of("best", COST, "servers", "kept", "why")) {
      if (table.has(column)) {
        hover.add(new Hover(column, column, false));
      }
    }
    for (String metric : metrics) {
      for (int row = 0; row < table.rows().size(); row++) {
        ObjectNode more = Specification.object().put("metric", metric);
        for (Hover one : hover) {
          more.put(one.field(), table.text(row, one.field()));
        }
        double value = table.number(row, metric);
        double half = table.number(row, SummaryColumns.interval(metric));
        ranked.add(
            new Value(
                named(table, row, by),
                value,
                value - half,
                value + half,
                require(input, metric),
                !table.has("kept") || !table.text(row, "kept").matches("no|false")),
            more);
      }
    }
    charts.add(
        new PageChart(
            name,
            title,
            "With 95 % intervals; ticks: the requirement. Orange: a requirement is not kept.",
            ranked.specification(hover),
            metrics.stream().map(metric -> new Choice(metric, label(input, metric))).toList(),
            List.of(),
            List.of(),
            name + ".csv"));
  }

  /** What a row is about; the number of servers is what families differ in. */
  private static String named(ResultTable table, int row, String by) {
    boolean counted =
        by.equals("family") && table.has("servers") && !table.text(row, "servers").isEmpty();
    return table.text(row, by) + (counted ? " on " + table.text(row, "servers") : "");
  }

  private static String label(PageInput input, String metric) {
    return AxisLabels.ofMetric(metric, input.unitOfMetric().apply(metric));
  }

  /** What the plan requires of a metric; NaN where nothing. */
  private static double require(PageInput input, String metric) {
    JsonNode require = input.manifest().path("plan").path("require").path(metric);
    return require.isNumber() ? require.asDouble() : Double.NaN;
  }
}

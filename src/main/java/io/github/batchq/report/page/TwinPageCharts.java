package io.github.batchq.report.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.AxisLabels;
import io.github.batchq.report.page.FigureCharts.Labels;
import io.github.batchq.report.page.PageChart.Choice;
import io.github.batchq.report.page.PointsSpecification.Point;
import io.github.batchq.report.page.RankedSpecification.Value;
import io.github.batchq.report.page.Specification.Equal;
import io.github.batchq.report.page.Specification.Hover;
import java.util.ArrayList;
import java.util.List;

/** Charts of the tables of {@code batchq twin}. */
final class TwinPageCharts implements ChartChoice {
  static final String TWIN = "twin.csv";
  private static final String REQUESTS = "requests.csv";
  private static final String WHAT_IF = "what-if.csv";
  private static final String MEASURED = "measured";

  /** More points than this hide each other. */
  private static final int MOST_REQUESTS = 1000;

  @Override
  public List<PageChart> charts(PageInput input) {
    List<PageChart> charts = new ArrayList<>();
    ResultTable twin = input.tables().get(TWIN);
    if (twin != null && twin.has("replayed")) {
      charts.add(twin(twin));
    }
    ResultTable requests = input.tables().get(REQUESTS);
    if (requests != null && requests.has("replayed end [s]")) {
      charts.add(requests(requests));
    }
    ResultTable whatIf = input.tables().get(WHAT_IF);
    if (whatIf != null && whatIf.has("what if")) {
      charts.add(whatIf(whatIf));
    }
    for (String time : List.of("ttft", "tpot", "latency")) {
      ResultTable shares = input.tables().get(time + "-cdf.csv");
      if (twin != null && shares != null && FigureCharts.isFigure(shares)) {
        charts.add(
            FigureCharts.chart(
                time + "-cdf",
                new Labels("Shares of requests by " + time, time + " [s]", "share up to it"),
                "Points: measured; line: replayed.",
                shares,
                ""));
      }
    }
    return charts;
  }

  private static PageChart twin(ResultTable table) {
    List<String> metrics = known(table, MEASURED);
    String title = "Measured and replayed";
    RankedSpecification ranked =
        new RankedSpecification(title, "replayed over measured", false, List.of());
    for (int row = 0; row < table.rows().size(); row++) {
      double measured = table.number(row, MEASURED);
      if (!metrics.contains(table.text(row, "metric"))) {
        continue;
      }
      ObjectNode more = Specification.object().put("verdict", table.text(row, "verdict"));
      Specification.put(more, MEASURED, measured);
      Specification.put(more, "replayed", table.number(row, "replayed"));
      more.put("unit", table.text(row, "unit"));
      ranked.add(
          new Value(
              AxisLabels.ofMetric(table.text(row, "metric")),
              table.number(row, "replayed") / measured,
              table.number(row, "low") / measured,
              table.number(row, "high") / measured,
              1,
              !table.text(row, "verdict").equals("outside")),
          more);
    }
    return PageChart.plain(
        "twin",
        title,
        "Points: the replay; lines: where 95 % of simulated runs are; ticks: the measured run."
            + " Orange: the measured value is outside.",
        ranked.specification(
            List.of(
                new Hover(MEASURED, MEASURED, true),
                new Hover("replayed", "replayed", true),
                new Hover("unit", "in", false),
                new Hover("verdict", "verdict", false))),
        TWIN);
  }

  private static List<String> known(ResultTable table, String column) {
    List<String> known = new ArrayList<>();
    for (int row = 0; row < table.rows().size(); row++) {
      double value = table.number(row, column);
      if (Double.isFinite(value) && value != 0) {
        known.add(table.text(row, "metric"));
      }
    }
    return known;
  }

  private static PageChart requests(ResultTable table) {
    String title = "Time in system of single requests";
    PointsSpecification points =
        new PointsSpecification(title, "measured [s]", "replayed [s]", true, List.of());
    int every = 1 + table.rows().size() / MOST_REQUESTS;
    double most = 0;
    for (int row = 0; row < table.rows().size(); row += every) {
      double arrival = table.number(row, "arrival [s]");
      double measured = table.number(row, "measured end [s]") - arrival;
      double replayed = table.number(row, "replayed end [s]") - arrival;
      if (Double.isFinite(measured) && Double.isFinite(replayed)) {
        most = Math.max(most, Math.max(measured, replayed));
        points.add(
            point(table.text(row, "part"), measured, replayed, Double.NaN),
            Specification.object().put("request", table.text(row, "request")));
      }
    }
    points.add(point("equal", 0, Double.NaN, 0), Specification.object());
    points.add(point("equal", most, Double.NaN, most), Specification.object());
    return PageChart.plain(
        "requests",
        title,
        "Points: requests; line: where both agree."
            + (every == 1 ? "" : " Every " + every + "th request is drawn."),
        points.specification(false, List.of(new Hover("request", "request", false)), null),
        REQUESTS);
  }

  private static Point point(String series, double x, double value, double theory) {
    return new Point(series, ResultTable.cell(x), value, Double.NaN, Double.NaN, theory, "");
  }

  private static PageChart whatIf(ResultTable table) {
    List<String> metrics = SummaryAxes.values(table, "metric");
    String title = "The same requests under other servers";
    RankedSpecification ranked =
        new RankedSpecification(
            title,
            axis(table, metrics.get(0)),
            false,
            List.of(new Equal("metric", metrics.get(0))));
    for (int row = 0; row < table.rows().size(); row++) {
      ObjectNode more = Specification.object().put("metric", table.text(row, "metric"));
      Specification.put(more, "before", table.number(row, "as it was"));
      Specification.put(more, "after", table.number(row, "what if"));
      Specification.put(more, "share", table.number(row, "difference [%]"));
      ranked.add(
          new Value(
              table.text(row, "alternative"),
              table.number(row, "difference"),
              table.number(row, "low"),
              table.number(row, "high"),
              0,
              true),
          more);
    }
    return new PageChart(
        "what-if",
        title,
        "Points: differences to the run as it was; lines: 95 % of the differences of simulated"
            + " runs.",
        ranked.specification(
            List.of(
                new Hover("before", "as it was", true),
                new Hover("after", "what if", true),
                new Hover("share", "difference [%]", true))),
        metrics.stream().map(metric -> new Choice(metric, axis(table, metric))).toList(),
        List.of(),
        List.of(),
        WHAT_IF);
  }

  private static String axis(ResultTable table, String metric) {
    String unit = table.text(SummaryAxes.column(table, "metric").indexOf(metric), "unit");
    return "difference in " + AxisLabels.ofMetric(metric, unit);
  }
}

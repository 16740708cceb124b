package io.github.batchq.report.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.model.ChartSpec;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.AxisLabels;
import io.github.batchq.report.SummaryColumns;
import io.github.batchq.report.page.PageChart.Choice;
import io.github.batchq.report.page.PageChart.Figure;
import io.github.batchq.report.page.PageChart.Slice;
import io.github.batchq.report.page.PointsSpecification.Point;
import io.github.batchq.report.page.Specification.Equal;
import io.github.batchq.report.page.Specification.Hover;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Charts of the points of a sweep: any metric over each horizontal axis that a chart names. */
final class SummaryCharts implements ChartChoice {
  private static final String NOTE =
      "Points: simulation, with the 95 % intervals of their means. Lines: theory; exact ones are"
          + " solid, bounds dashed, approximations dotted. Arrows at the top: overloaded points, or"
          + " points beyond the axis. Click a name in the legend to see it alone, with shift to add"
          + " another, and beside the names to see all.";

  private static final String STABILITY = "stability";
  private static final String LOAD = "stability.load";
  private static final String RUNS = "replications";

  @Override
  public List<PageChart> charts(PageInput input) {
    ResultTable summary = input.summary();
    if (summary == null) {
      return List.of();
    }
    List<PageChart> charts = new ArrayList<>();
    for (SummaryAxes axes : SummaryAxes.of(summary, input.charts())) {
      if (!axes.x().isEmpty()) { // a single point is told in words
        charts.add(chart(input, summary, axes, charts.size()));
      }
    }
    return charts;
  }

  private static PageChart chart(
      PageInput input, ResultTable summary, SummaryAxes axes, int number) {
    List<String> metrics = metrics(input, summary, axes);
    SeriesNames names = SeriesNames.of(summary, axes.competing());
    List<Choice> choices = metrics.stream().map(metric -> choice(input, metric)).toList();
    List<Slice> slices =
        axes.others().stream()
            .map(path -> new Slice(path, path, SummaryAxes.values(summary, path)))
            .toList();
    List<Equal> chosen = new ArrayList<>(List.of(new Equal("metric", metrics.get(0))));
    slices.forEach(slice -> chosen.add(new Equal(slice.field(), slice.values().get(0))));
    String over = AxisLabels.ofPath(axes.x());
    String title = "Every metric against " + unitless(over);
    PointsSpecification points =
        new PointsSpecification(
            title, over, choices.get(0).label(), SummaryAxes.isNumeric(summary, axes.x()), chosen);
    for (String metric : metrics) {
      for (int row = 0; row < summary.rows().size(); row++) {
        points.add(point(summary, row, axes, names, metric), more(summary, row, axes, metric));
      }
    }
    List<Hover> hover = new ArrayList<>();
    if (summary.has(STABILITY)) {
      hover.add(new Hover("stability", "stability", false));
      hover.add(new Hover("load", "load", true));
    }
    if (summary.has(RUNS)) {
      hover.add(new Hover("runs", "replications", true));
    }
    hover.add(new Hover("point", "row of the table", true));
    ObjectNode specification = points.specification(joined(input, axes), hover, null);
    return new PageChart(
        "sweep" + (number == 0 ? "" : "-" + number),
        title,
        NOTE,
        specification,
        choices,
        slices,
        figures(input, axes, names, metrics),
        PageInput.SUMMARY);
  }

  private static String unitless(String label) {
    return label.replaceAll(" \\[.*]", "");
  }

  private static Choice choice(PageInput input, String metric) {
    return new Choice(metric, AxisLabels.ofMetric(metric, input.unitOfMetric().apply(metric)));
  }

  /** The metrics that have a value somewhere, first those that the charts of these axes show. */
  private static List<String> metrics(PageInput input, ResultTable summary, SummaryAxes axes) {
    List<String> metrics = new ArrayList<>();
    input.charts().stream()
        .filter(chart -> chart.x().equals(axes.x()))
        .map(ChartSpec::y)
        .forEach(metrics::add);
    metrics.addAll(SummaryColumns.of(summary).metrics());
    List<String> measured =
        metrics.stream().distinct().filter(metric -> hasValue(summary, metric)).toList();
    return measured.isEmpty() ? metrics : measured;
  }

  private static boolean hasValue(ResultTable summary, String metric) {
    for (int row = 0; row < summary.rows().size(); row++) {
      if (!Double.isNaN(summary.number(row, metric))) {
        return true;
      }
    }
    return false;
  }

  private static Point point(
      ResultTable summary, int row, SummaryAxes axes, SeriesNames names, String metric) {
    double value = summary.number(row, metric);
    double half = summary.number(row, SummaryColumns.interval(metric));
    String theory = SummaryColumns.theory(metric);
    String kind = SummaryColumns.kind(metric);
    String series = axes.series();
    return new Point(
        series == null ? "all" : names.of(summary.text(row, series)),
        summary.text(row, axes.x()),
        value,
        value - half,
        value + half,
        summary.has(theory) ? summary.number(row, theory) : Double.NaN,
        summary.has(kind) ? summary.text(row, kind) : "");
  }

  private static ObjectNode more(ResultTable summary, int row, SummaryAxes axes, String metric) {
    ObjectNode more = Specification.object().put("metric", metric).put("point", row + 1);
    axes.others().forEach(path -> more.put(path, summary.text(row, path)));
    if (summary.has(STABILITY)) {
      more.put("stability", summary.text(row, STABILITY));
      Specification.put(more, "load", summary.number(row, LOAD));
    }
    if (summary.has(RUNS)) {
      Specification.put(more, "runs", summary.number(row, RUNS));
    }
    return more;
  }

  private static boolean joined(PageInput input, SummaryAxes axes) {
    return input.charts().stream()
        .filter(chart -> chart.x().equals(axes.x()))
        .findFirst()
        .map(ChartSpec::joinsPoints)
        .orElse(false);
  }

  private static List<Figure> figures(
      PageInput input, SummaryAxes axes, SeriesNames names, List<String> metrics) {
    List<Figure> figures = new ArrayList<>();
    for (ChartSpec chart : input.charts()) {
      boolean here =
          chart.x().equals(axes.x())
              && Objects.equals(
                  chart.series() == null ? chart.panel() : chart.series(), axes.series())
              && metrics.contains(chart.y());
      if (here) {
        List<String> only = chart.only() == null ? List.of() : chart.only();
        figures.add(
            new Figure(
                chart.title() == null ? chart.file() : chart.title(),
                chart.y(),
                chart.logY(),
                chart.yMax() == null ? Double.NaN : chart.yMax(),
                only.stream().map(names::of).toList(),
                chart.where() == null ? Map.of() : new TreeMap<>(chart.where())));
      }
    }
    return figures;
  }
}

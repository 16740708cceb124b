package io.github.batchq.report.page;

import io.github.batchq.model.Numerals;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.AxisLabels;
import io.github.batchq.report.SummaryColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer of a sweep in words: who is best where, whom the runs do not tell from it, and what is
 * overloaded.
 */
final class RunAnswer {
  private static final String STABILITY = "stability";

  /** As many names are listed; of more, only how many. */
  private static final int FEW = 4;

  /** A smaller lead names no winner: it may be that of how a run begins and ends. */
  private static final double LEAST_LEAD = 0.01;

  private static final Pattern WITH_UNIT = Pattern.compile("(.*?)(?: \\[(.*)])?");

  private final PageInput input;
  private final ResultTable summary;
  private final SummaryAxes axes;
  private final SeriesNames names;
  private final StringBuilder html = new StringBuilder();

  private RunAnswer(PageInput input, ResultTable summary) {
    this.input = input;
    this.summary = summary;
    this.axes = SummaryAxes.of(summary, input.charts()).get(0);
    this.names = SeriesNames.of(summary, axes.competing());
  }

  /** The answer as HTML; empty for a folder without a sweep. */
  static String html(PageInput input) {
    ResultTable summary = input.summary();
    return summary == null ? "" : new RunAnswer(input, summary).html();
  }

  private String html() {
    html.append("<ul>\n");
    if (axes.x().isEmpty()) {
      SummaryColumns.of(summary).metrics().forEach(this::value);
    }
    input.contests().forEach(this::contest);
    regime("overloaded", "Overloaded, so that queues grow without bound: ");
    regime("critical", "Too near to the capacity for runs of this length to tell: ");
    if (summary.has(STABILITY) && !SummaryAxes.column(summary, STABILITY).contains("overloaded")) {
      item("Nothing is overloaded.");
    }
    html.append("</ul>\n");
    input.contests().forEach(this::table);
    return html.toString();
  }

  private void item(String words) {
    html.append("<li>").append(words).append("</li>\n");
  }

  /** What was measured at the only point. */
  private void value(String metric) {
    double value = summary.number(0, metric);
    double half = summary.number(0, SummaryColumns.interval(metric));
    if (!Double.isNaN(value)) {
      item(
          Html.text(
              AxisLabels.ofMetric(metric, input.unitOfMetric().apply(metric))
                  + ": "
                  + Numerals.measured(value, half)));
    }
  }

  /** One sentence for each metric: where who is best, and where others cannot be told from it. */
  private void contest(String metric, ResultTable found) {
    String label = Html.text(AxisLabels.ofMetric(metric, input.unitOfMetric().apply(metric)));
    if (found.columns().isEmpty()) {
      item(
          "Nothing is compared in "
              + label
              + ": that needs two or more runs of every point, all finite or none.");
      return;
    }
    Map<String, List<Integer>> wins = new LinkedHashMap<>();
    List<Integer> close = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    Set<String> alike = new LinkedHashSet<>();
    for (int row = 0; row < found.rows().size(); row++) {
      String best = found.text(row, "best");
      if (best.isEmpty()) {
        continue; // nobody takes part
      }
      if (lead(found, row) < LEAST_LEAD) {
        close.add(row);
        continue;
      }
      wins.computeIfAbsent(best, name -> new ArrayList<>()).add(row);
      String others = found.text(row, "not told from it");
      if (!others.isEmpty()) {
        open.add(row);
        Arrays.stream(others.split(", ", -1)).map(names::of).forEach(alike::add);
      }
    }
    List<String> sentences = new ArrayList<>();
    wins.forEach(
        (best, rows) ->
            sentences.add(
                "<strong>"
                    + Html.text(names.of(best))
                    + "</strong>"
                    + at(found, rows)
                    + leads(found, rows)));
    String words =
        sentences.isEmpty() ? "" : "Best by " + label + ": " + String.join("; ", sentences) + ".";
    if (!open.isEmpty()) {
      boolean everywhere = open.size() == found.rows().size() && open.size() > 1;
      words +=
          " The runs do not tell "
              + listed(alike)
              + " from it"
              + (everywhere ? " everywhere" : at(found, open))
              + ".";
    }
    if (!close.isEmpty()) {
      words +=
          (words.isEmpty() ? "By " + label + " the" : " The")
              + " best is less than 1 % ahead of the next"
              + at(found, close)
              + ".";
    }
    if (!words.isEmpty()) {
      item(words);
    }
  }

  /** The lead over the first that the runs tell from the best, as a share; NaN without such. */
  private static double lead(ResultTable found, int row) {
    return Math.abs(found.number(row, "ratio") - 1);
  }

  /** By how much the best is better than the first that the runs tell from it. */
  private static String leads(ResultTable found, List<Integer> rows) {
    DoubleSummaryStatistics leads =
        rows.stream()
            .mapToDouble(row -> 100 * lead(found, row))
            .filter(Double::isFinite)
            .summaryStatistics();
    if (leads.getCount() == 0) {
      return "";
    }
    String least = Numerals.digits(leads.getMin(), 2);
    String most = Numerals.digits(leads.getMax(), 2);
    return ", by " + (least.equals(most) ? most : least + " to " + most) + " % over the next";
  }

  private static String listed(Set<String> names) {
    return names.size() > FEW ? names.size() + " others" : Html.text(String.join(", ", names));
  }

  /** Where rows are: the values of one path, or how many of all. */
  private static String at(ResultTable found, List<Integer> rows) {
    String path = found.columns().get(0);
    if (path.equals("best")) {
      return "";
    }
    if (!found.columns().get(1).equals("best")) {
      return " at " + rows.size() + " of " + found.rows().size() + " places of the sweep";
    }
    List<String> values = rows.stream().map(row -> found.text(row, path)).toList();
    return Html.text(at(path, values, found));
  }

  /** Such as " at arrival rate 1 to 5 req/s". */
  private static String at(String path, List<String> values, ResultTable table) {
    Matcher label = WITH_UNIT.matcher(AxisLabels.ofPath(path));
    return label.matches()
        ? " at "
            + label.group(1)
            + " "
            + ranges(values, SummaryAxes.values(table, path))
            + (label.group(2) == null ? "" : " " + label.group(2))
        : "";
  }

  /** Values as ranges of neighbours among all, such as "1 to 5, 8". */
  private static String ranges(List<String> values, List<String> all) {
    List<String> parts = new ArrayList<>();
    int first = 0;
    while (first < values.size()) {
      int last = first;
      int place = all.indexOf(values.get(first));
      while (last + 1 < values.size()
          && all.indexOf(values.get(last + 1)) == place + last + 1 - first) {
        last++;
      }
      String from = Numerals.rounded(values.get(first));
      String to = Numerals.rounded(values.get(last));
      parts.add(last == first ? from : from + (last == first + 1 ? " and " : " to ") + to);
      first = last + 1;
    }
    return String.join(", ", parts);
  }

  /** Which series have points of a regime, and where. */
  private void regime(String regime, String words) {
    if (!summary.has(STABILITY)) {
      return;
    }
    Map<String, LinkedHashSet<String>> places = new LinkedHashMap<>();
    for (int row = 0; row < summary.rows().size(); row++) {
      if (summary.text(row, STABILITY).equals(regime)) {
        places
            .computeIfAbsent(series(row), name -> new LinkedHashSet<>())
            .add(axes.x().isEmpty() ? "" : summary.text(row, axes.x()));
      }
    }
    if (places.isEmpty()) {
      return;
    }
    // Series that share their places stand together.
    Map<String, List<String>> shared = new LinkedHashMap<>();
    places.forEach(
        (name, xs) ->
            shared
                .computeIfAbsent(
                    axes.x().isEmpty() ? "" : at(axes.x(), List.copyOf(xs), summary),
                    where -> new ArrayList<>())
                .add(name));
    List<String> parts = new ArrayList<>();
    shared.forEach((where, names) -> parts.add(Html.text(String.join(", ", names) + where)));
    item(words + String.join("; ", parts) + ".");
  }

  private String series(int row) {
    String series = axes.series();
    return series == null ? "the system" : names.of(summary.text(row, series));
  }

  private void table(String metric, ResultTable found) {
    if (found.rows().isEmpty()) {
      return;
    }
    html.append("<details><summary>Best by ");
    html.append(Html.text(AxisLabels.ofMetric(metric)));
    html.append(", point by point</summary>\n<div class=\"scroll\"><table><thead><tr>");
    found
        .columns()
        .forEach(column -> html.append("<th scope=\"col\">" + Html.text(column) + "</th>"));
    html.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : found.rows()) {
      html.append("<tr>");
      row.forEach(cell -> html.append(Html.element("td", Numerals.rounded(cell))));
      html.append("</tr>\n");
    }
    html.append("</tbody></table></div></details>\n");
  }
}

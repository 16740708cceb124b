package io.github.batchq.report.page;

import io.github.batchq.model.Numerals;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.AxisLabels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The answers in words of the tables of {@code compare}, {@code capacity} and {@code twin}. */
final class StudyAnswer {
  private StudyAnswer() {}

  /** One sentence for each table that a folder has, as HTML; empty where it has none of them. */
  static String html(PageInput input) {
    List<String> sentences = new ArrayList<>();
    ResultTable capacity = input.tables().get(StudyCharts.CAPACITY);
    if (capacity != null && capacity.has(StudyCharts.WITHIN)) {
      capacity(capacity).ifPresent(row -> sentences.add(carries(capacity, row)));
    }
    ResultTable comparison = input.tables().get(StudyCharts.COMPARISON);
    if (comparison != null && comparison.has("verdict")) {
      verdicts(comparison, "Against the baseline", sentences);
    }
    ResultTable twin = input.tables().get(TwinPageCharts.TWIN);
    if (twin != null && twin.has("verdict")) {
      twin(twin, sentences);
    }
    return sentences.isEmpty()
        ? ""
        : sentences.stream()
            .map(sentence -> Html.element("li", sentence))
            .collect(Collectors.joining("\n", "<ul>\n", "\n</ul>\n"));
  }

  /** The row that carries most. */
  private static OptionalInt capacity(ResultTable table) {
    return IntStream.range(0, table.rows().size())
        .filter(row -> Double.isFinite(table.number(row, StudyCharts.WITHIN)))
        .reduce(
            (most, row) ->
                table.number(row, StudyCharts.WITHIN) > table.number(most, StudyCharts.WITHIN)
                    ? row
                    : most);
  }

  private static String carries(ResultTable table, int row) {
    String name = StudyCharts.label(table, row, StudyCharts.WITHIN);
    double beyond = table.number(row, StudyCharts.BEYOND);
    List<String> alike =
        IntStream.range(0, table.rows().size())
            .filter(other -> other != row)
            .filter(
                other ->
                    table.number(other, StudyCharts.BEYOND) > table.number(row, StudyCharts.WITHIN))
            .mapToObj(other -> StudyCharts.label(table, other, StudyCharts.WITHIN))
            .toList();
    return "Most is carried by "
        + name
        + ": "
        + Numerals.rounded(table.text(row, StudyCharts.WITHIN))
        + " req/s are shown to be within"
        + (Double.isFinite(beyond)
            ? ", " + Numerals.rounded(table.text(row, StudyCharts.BEYOND)) + " beyond"
            : "")
        + "."
        + (alike.isEmpty() ? "" : " Not told from it: " + String.join(", ", alike) + ".");
  }

  /** For each metric who is better, who is worse, and of whom that cannot be told. */
  private static void verdicts(ResultTable table, String start, List<String> sentences) {
    Map<String, Map<String, List<String>>> metrics = new LinkedHashMap<>();
    for (int row = 0; row < table.rows().size(); row++) {
      String verdict = table.text(row, "verdict");
      if (!verdict.isEmpty()) {
        metrics
            .computeIfAbsent(table.text(row, "metric"), metric -> new LinkedHashMap<>())
            .computeIfAbsent(verdict, words -> new ArrayList<>())
            .add(StudyCharts.label(table, row, "metric"));
      }
    }
    metrics.forEach(
        (metric, found) ->
            sentences.add(
                start
                    + ", by "
                    + AxisLabels.ofMetric(metric)
                    + ": "
                    + found.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + String.join("; ", entry.getValue()))
                        .collect(Collectors.joining(". ", "", "."))));
  }

  private static void twin(ResultTable table, List<String> sentences) {
    List<String> verdicts = SummaryAxes.column(table, "verdict");
    List<String> outside = new ArrayList<>();
    for (int row = 0; row < verdicts.size(); row++) {
      if (verdicts.get(row).equals("outside")) {
        outside.add(AxisLabels.ofMetric(table.text(row, "metric")));
      }
    }
    long inside = verdicts.stream().filter("inside"::equals).count();
    if (inside + outside.size() > 0) {
      sentences.add(
          "Of "
              + (inside + outside.size())
              + " measured values "
              + inside
              + " are where 95 % of the simulated runs are"
              + (outside.isEmpty() ? "." : "; outside: " + String.join(", ", outside) + "."));
    }
  }
}

package io.github.batchq.report;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ChartSpec;
import io.github.batchq.model.Numerals;
import io.github.batchq.model.ResultTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Picks the rows of a summary that a chart shows, and checks that it can show them. */
final class ChartData {
  /**
   * Points of the paper within this distance of ours are at the same place; they are read off to
   * some 1e-6.
   */
  private static final double SAME_ABSCISSA = 1e-4;

  /** With fewer points of the paper than this at our abscissas, all of its points are shown. */
  private static final int FEW = 4;

  private final ChartSpec spec;
  private final ResultTable summary;
  private final SummaryColumns columns;

  private ChartData(ChartSpec spec, ResultTable summary) {
    this.spec = spec;
    this.summary = summary;
    this.columns = SummaryColumns.of(summary);
  }

  /**
   * The series of each panel of a chart in the order of the summary, by the label of the panel;
   * that of a single panel is empty.
   *
   * @throws BadInputException if the chart names what is not there, or leaves open which of several
   *     values to draw
   */
  static Map<String, List<ChartSeries>> read(ChartSpec spec, ResultTable summary) {
    return new ChartData(spec, summary).read();
  }

  private Map<String, List<ChartSeries>> read() {
    String y = spec.y();
    if (!summary.has(spec.x()) || !columns.swept().contains(spec.x())) {
      throw bad("x", spec.x(), "a swept path; there are " + list(columns.swept()));
    }
    if (!columns.metrics().contains(y)) {
      throw bad("y", y, "a metric of the summary; there are " + list(columns.metrics()));
    }
    requireSwept("series", spec.series());
    String panel = spec.panel();
    requireSwept("panel", panel);
    List<Integer> rows = rows();
    checkNothingElseVaries(rows);
    Map<String, List<Integer>> panels = new LinkedHashMap<>();
    for (int row : rows) {
      String value = panel == null ? "" : summary.text(row, panel);
      panels.computeIfAbsent(value, v -> new ArrayList<>()).add(row);
    }
    Map<String, List<ChartSeries>> result = new LinkedHashMap<>();
    panels.forEach(
        (value, ofPanel) ->
            result.put(panel == null ? "" : label(panel, value), series(ofPanel, value)));
    return result;
  }

  private void requireSwept(String key, @Nullable String path) {
    if (path != null && !columns.swept().contains(path)) {
      throw bad(key, path, "a swept path; there are " + list(columns.swept()));
    }
  }

  private List<ChartSeries> series(List<Integer> rows, String panel) {
    String y = spec.y();
    boolean theory = spec.withTheory() && summary.has(SummaryColumns.theory(y));
    boolean kinds = theory && summary.has(SummaryColumns.kind(y));
    Map<String, List<ChartSeries.ChartPoint>> series = new LinkedHashMap<>();
    for (int row : rows) {
      String value = spec.series() == null ? "" : summary.text(row, spec.series());
      series
          .computeIfAbsent(value, v -> new ArrayList<>())
          .add(
              new ChartSeries.ChartPoint(
                  x(row),
                  summary.number(row, y),
                  summary.number(row, SummaryColumns.interval(y)),
                  theory ? summary.number(row, SummaryColumns.theory(y)) : Double.NaN,
                  kinds ? summary.text(row, SummaryColumns.kind(y)) : ""));
    }
    List<ChartSeries> result = new ArrayList<>();
    series.forEach(
        (value, points) -> {
          points.sort(Comparator.comparingDouble(ChartSeries.ChartPoint::x));
          String path = spec.series();
          result.add(
              new ChartSeries(
                  path == null ? AxisLabels.ofMetric(y) : label(path, value),
                  points,
                  plotted(path == null ? panel : value, points)));
        });
    return result;
  }

  /** The paper's points at our abscissas where it has some of them, else all of its points. */
  private List<PaperFigures.PlottedPoint> plotted(String value, List<ChartSeries.ChartPoint> ours) {
    ChartSpec.Plotted plotted = spec.plotted();
    if (plotted == null) {
      return List.of();
    }
    List<PaperFigures.PlottedPoint> all =
        new PaperFigures().series(plotted.figure(), plotted.name(value));
    List<PaperFigures.PlottedPoint> common =
        all.stream()
            .filter(
                point ->
                    ours.stream().anyMatch(our -> Math.abs(our.x() - point.x()) < SAME_ABSCISSA))
            .toList();
    return common.size() < FEW ? all : common;
  }

  /** The rows that {@code where} selects. */
  private List<Integer> rows() {
    Map<String, String> where = new TreeMap<>(spec.where() == null ? Map.of() : spec.where());
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < summary.rows().size(); row++) {
      rows.add(row);
    }
    where.forEach(
        (path, value) -> {
          if (!columns.swept().contains(path)) {
            throw bad("where", path, "a swept path; there are " + list(columns.swept()));
          }
          Set<String> seen = values(rows, path);
          rows.removeIf(row -> !Numerals.same(summary.text(row, path), value));
          if (rows.isEmpty()) {
            throw bad(
                "where", path + ": " + value, "a value of the sweep; there are " + list(seen));
          }
        });
    if (rows.isEmpty()) {
      throw new BadInputException("chart '" + spec.file() + "': the summary has no rows");
    }
    return only(rows);
  }

  /** The rows of the series that {@code only} lists, in its order. */
  private List<Integer> only(List<Integer> rows) {
    String series = spec.series();
    List<String> only = spec.only();
    if (only == null || series == null) {
      return rows;
    }
    List<Integer> kept = new ArrayList<>();
    for (String value : only) {
      int before = kept.size();
      rows.stream()
          .filter(row -> Numerals.same(summary.text(row, series), value))
          .forEach(kept::add);
      if (kept.size() == before) {
        throw bad("only", value, "a value of the series; there are " + list(values(rows, series)));
      }
    }
    return kept;
  }

  /**
   * A path that the chart neither shows nor fixes must not put several points at one place; one
   * that varies together with x or the series does not.
   */
  private void checkNothingElseVaries(List<Integer> rows) {
    String series = spec.series();
    String panel = spec.panel();
    long places =
        rows.stream()
            .map(
                row ->
                    List.of(
                        summary.text(row, spec.x()),
                        series == null ? "" : summary.text(row, series),
                        panel == null ? "" : summary.text(row, panel)))
            .distinct()
            .count();
    if (places == rows.size()) {
      return;
    }
    for (String path : columns.swept()) {
      Set<String> values = values(rows, path);
      if (!path.equals(spec.x())
          && !path.equals(series)
          && !path.equals(panel)
          && values.size() > 1) {
        throw new BadInputException(
            "chart '"
                + spec.file()
                + "': "
                + path
                + " varies too ("
                + list(values)
                + "); make it the series or choose one value in where");
      }
    }
  }

  private Set<String> values(List<Integer> rows, String path) {
    Set<String> values = new LinkedHashSet<>();
    for (int row : rows) {
      values.add(summary.text(row, path));
    }
    return values;
  }

  private double x(int row) {
    String text = summary.text(row, spec.x());
    if (!Numerals.isNumber(text)) {
      throw new BadInputException(
          "chart '"
              + spec.file()
              + "': x is "
              + spec.x()
              + ", whose value '"
              + text
              + "' is not a number; swept paths with numbers are "
              + list(columns.swept().stream().filter(this::isNumeric).toList()));
    }
    return Double.parseDouble(text);
  }

  private boolean isNumeric(String path) {
    for (int row = 0; row < summary.rows().size(); row++) {
      if (!Numerals.isNumber(summary.text(row, path))) {
        return false;
      }
    }
    return true;
  }

  /**
   * The label of a value: "bins = 4" for a number under policy.bins, and a text such as the name of
   * a policy as it is.
   */
  private static String label(String path, String value) {
    return Numerals.isNumber(value)
        ? AxisLabels.lastPart(path) + " = " + Numerals.rounded(value)
        : value;
  }

  private BadInputException bad(String key, String found, String expected) {
    return new BadInputException(
        "chart '" + spec.file() + "': " + key + " is '" + found + "', expected " + expected);
  }

  private static String list(Iterable<String> names) {
    String list = String.join(", ", names);
    return list.isEmpty() ? "none" : list;
  }
}

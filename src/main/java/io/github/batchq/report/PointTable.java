package io.github.batchq.report;

import io.github.batchq.model.Numerals;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.TextTable.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Shows what was measured as a person reads it: one row for each point of a sweep with its swept
 * values, each metric as {@code value ± half-width} of its interval, and theory's value and its
 * kind beside it where theory has one somewhere. What is the same at all points is said in a line
 * above.
 *
 * @param summary a summary of a run
 * @param metrics names of the metrics to show, which have a value at some point
 * @param unit unit of a metric, empty or 1 for a share
 */
public record PointTable(ResultTable summary, List<String> metrics, UnaryOperator<String> unit) {
  private static final String STABILITY = "stability";

  private static final String THEORY = "theory";

  /** The sign that stands before a value of theory, by its kind. */
  private static final Map<String, String> SIGNS = signs();

  public PointTable {
    metrics = List.copyOf(metrics);
  }

  private static Map<String, String> signs() {
    Map<String, String> signs = new LinkedHashMap<>();
    signs.put("exact", "");
    signs.put("approximation", "~");
    signs.put("lower-bound", ">=");
    signs.put("upper-bound", "<=");
    return Collections.unmodifiableMap(signs);
  }

  /** All points, by their rows in the summary. */
  public Set<Integer> points() {
    return points(summary).boxed().collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Whether a metric has a value, which may be infinite, at some point of a summary. */
  public static boolean hasValue(ResultTable summary, String metric) {
    return points(summary).anyMatch(point -> !summary.text(point, metric).isEmpty());
  }

  private static IntStream points(ResultTable summary) {
    return IntStream.range(0, summary.rows().size());
  }

  /**
   * The table, at most {@code width} characters wide unless names are longer. Where it would be
   * wider, headers take several lines, then swept values are shortened, and in the end there are
   * several tables one below the other, each with some of the metrics; those of a single point are
   * then its rows.
   *
   * @param width characters of a line
   */
  public String render(int width) {
    List<Column> keys = keys();
    List<List<Column>> measured = metrics.stream().map(this::measured).toList();
    List<Column> stability = varies(STABILITY) ? List.of(column(STABILITY)) : List.of();
    List<Column> plain = concatenated(keys, measured, stability);
    if (fits(plain, width)) {
      return above(width) + new TextTable(plain).render();
    }
    if (summary.rows().size() == 1) {
      return above(width) + onePoint().render();
    }
    measured = measured.stream().map(columns -> wrapped(columns, ' ')).toList();
    for (List<Column> swept : List.of(keys, wrapped(keys, '.'))) {
      List<Column> columns = concatenated(swept, measured, stability);
      if (fits(columns, width)) {
        return above(width) + new TextTable(columns).render();
      }
    }
    return above(width) + tables(wrapped(shortened(keys), '.'), measured, stability, width);
  }

  private static boolean fits(List<Column> columns, int width) {
    return new TextTable(columns).width() <= width;
  }

  private static List<Column> concatenated(
      List<Column> keys, List<List<Column>> measured, List<Column> stability) {
    List<Column> columns = new ArrayList<>(keys);
    measured.forEach(columns::addAll);
    columns.addAll(stability);
    return columns;
  }

  private static List<Column> wrapped(List<Column> columns, char end) {
    return columns.stream().map(column -> column.wrappedAfter(end)).toList();
  }

  private static List<Column> shortened(List<Column> columns) {
    return columns.stream()
        .map(c -> new Column(c.header(), SweptValues.shortened(c.cells()), c.right()))
        .toList();
  }

  /** Tables with as many metrics each as fit; the first one ends with the stability. */
  private static String tables(
      List<Column> keys, List<List<Column>> measured, List<Column> stability, int width) {
    List<String> tables = new ArrayList<>();
    List<Column> last = stability;
    int first = 0;
    for (int end = 1; end <= measured.size(); end++) {
      boolean full =
          end == measured.size()
              || !fits(concatenated(keys, measured.subList(first, end + 1), last), width);
      if (full) {
        List<Column> columns = concatenated(keys, measured.subList(first, end), last);
        tables.add(new TextTable(columns).render());
        last = List.of();
        first = end;
      }
    }
    return String.join("\n", tables);
  }

  /** The metrics of the only point, one in each row. */
  private TextTable onePoint() {
    List<Column> columns = new ArrayList<>();
    columns.add(TextTable.column("metric", metrics.stream().map(this::withUnit).toList(), false));
    columns.add(
        TextTable.column(
            "simulated", metrics.stream().map(metric -> simulated(0, metric)).toList(), true));
    if (metrics.stream().anyMatch(this::hasTheory)) {
      columns.add(
          TextTable.column(
              THEORY, metrics.stream().map(metric -> theory(0, metric)).toList(), true));
    }
    return new TextTable(columns);
  }

  /** A line that says what all points have in common. */
  String above(int width) {
    List<String> common = new ArrayList<>();
    for (String name : fixed()) {
      if (!varies(name)) {
        common.add(name + " = " + summary.text(0, name));
      }
    }
    String where = summary.rows().size() == 1 ? "one point: " : "all points: ";
    return common.isEmpty()
        ? ""
        : Paragraph.wrapped(where + String.join(", ", common), width) + "\n";
  }

  /** Names of the columns that say what a point is. */
  private List<String> fixed() {
    List<String> names = new ArrayList<>(SummaryColumns.of(summary).swept());
    if (summary.has(STABILITY)) {
      names.add(STABILITY);
    }
    return names;
  }

  private boolean varies(String name) {
    if (!summary.has(name) || summary.rows().isEmpty()) {
      return false;
    }
    String first = summary.text(0, name);
    return points(summary).anyMatch(point -> !summary.text(point, name).equals(first));
  }

  private List<Column> keys() {
    return varyingPaths().stream().map(this::column).toList();
  }

  /** The swept paths whose values are not the same everywhere. */
  List<String> varyingPaths() {
    return SummaryColumns.of(summary).swept().stream().filter(this::varies).toList();
  }

  private Column column(String name) {
    List<String> cells = points(summary).mapToObj(point -> summary.text(point, name)).toList();
    boolean numbers = cells.stream().allMatch(Numerals::isNumber);
    return TextTable.column(name, cells.stream().map(Numerals::rounded).toList(), numbers);
  }

  /** A metric's column, and that of theory where it has a value somewhere. */
  private List<Column> measured(String metric) {
    List<Column> columns = new ArrayList<>();
    columns.add(
        TextTable.column(
            withUnit(metric),
            points(summary).mapToObj(point -> simulated(point, metric)).toList(),
            true));
    if (hasTheory(metric)) {
      columns.add(
          TextTable.column(
              THEORY, points(summary).mapToObj(point -> theory(point, metric)).toList(), true));
    }
    return columns;
  }

  /** A metric with its unit, such as {@code latency.mean [s]}. */
  String withUnit(String metric) {
    String of = unit.apply(metric);
    return of.isEmpty() || of.equals("1") ? metric : metric + " [" + of + "]";
  }

  String simulated(int point, String metric) {
    return Numerals.measured(summary.number(point, metric), halfWidth(point, metric));
  }

  double halfWidth(int point, String metric) {
    return summary.number(point, SummaryColumns.interval(metric));
  }

  private boolean hasTheory(String metric) {
    return summary.has(SummaryColumns.theory(metric))
        && hasValue(summary, SummaryColumns.theory(metric));
  }

  String theory(int point, String metric) {
    if (!hasTheory(metric)) {
      return "";
    }
    double value = summary.number(point, SummaryColumns.theory(metric));
    return signed(
        summary.text(point, SummaryColumns.kind(metric)),
        Numerals.beside(value, halfWidth(point, metric)));
  }

  /** A value of theory with the sign of its kind. */
  static String signed(String kind, String value) {
    return value.isEmpty() ? "" : (SIGNS.getOrDefault(kind, "") + " " + value).strip();
  }

  /** A sentence that says what the columns mean, and mentions only columns that are there. */
  public String meaning() {
    StringBuilder meaning = new StringBuilder(interval());
    Set<String> kinds = new LinkedHashSet<>();
    boolean silent = false;
    for (String metric : metrics.stream().filter(this::hasTheory).toList()) {
      for (int point = 0; point < summary.rows().size(); point++) {
        String kind = summary.text(point, SummaryColumns.kind(metric));
        silent |= kind.isEmpty();
        kinds.add(kind);
      }
    }
    List<String> said =
        new ArrayList<>(
            SIGNS.entrySet().stream()
                .filter(sign -> kinds.contains(sign.getKey()))
                .map(sign -> (sign.getValue() + " " + sign.getKey()).strip())
                .toList());
    if (said.isEmpty()) {
      meaning.append("; theory is silent");
    } else {
      meaning.append("; theory: ").append(String.join(", ", said));
      meaning.append(silent ? ", empty where it is silent" : "");
    }
    if (metrics.stream().anyMatch(this::isSomewhereInfinite)) {
      meaning.append("; ").append(Numerals.INFINITE).append(": grows without bound");
    }
    return meaning.append(".").toString();
  }

  private boolean isSomewhereInfinite(String metric) {
    return points(summary).anyMatch(point -> Double.isInfinite(summary.number(point, metric)));
  }

  /** What the two numbers of a measured value are. */
  private String interval() {
    boolean known =
        metrics.stream()
            .anyMatch(
                metric ->
                    points(summary).anyMatch(point -> !Double.isNaN(halfWidth(point, metric))));
    IntSummaryStatistics runs =
        points(summary)
            .map(point -> (int) summary.number(point, "replications"))
            .summaryStatistics();
    if (runs.getMax() == 1) {
      return known
          ? "Value of one run ± half-width of its 95 % interval by batch means, where it has one"
          : "Value of one run, which gives no interval";
    }
    String number =
        runs.getMin() == runs.getMax()
            ? Integer.toString(runs.getMin())
            : runs.getMin() + " to " + runs.getMax();
    return "Mean of " + number + " runs" + (known ? " ± half-width of its 95 % interval" : "");
  }
}

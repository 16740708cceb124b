package io.github.batchq.study;

import io.github.batchq.metric.MeasuredDifference;
import io.github.batchq.metric.MeasuredValue;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.NearestName;
import io.github.batchq.model.ResultTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Is the gain real? Two sides of measured or simulated runs, metric by metric: differences and
 * ratios with intervals, a verdict, and how much more would have to be measured where there is
 * none. Where a side has several runs, each is one observation; where it has one, its requests tell
 * how far its values may be off ({@link MeasuredValue}).
 *
 * @param a the side that the other is compared with
 * @param b the other side
 * @param named metrics to compare; those that both sides tell when empty
 * @param paired whether run i of one side met the same requests as run i of the other
 * @param confidence two-sided level of each interval, in (0,1)
 */
public record Significance(
    ComparedRuns a, ComparedRuns b, List<String> named, boolean paired, double confidence) {
  private static final List<String> COLUMNS =
      List.of(
          "metric",
          "A",
          "B",
          "difference",
          "low",
          "high",
          "ratio",
          "ratio.low",
          "ratio.high",
          "df",
          "over",
          "verdict",
          "more",
          "why");

  public Significance {
    named = List.copyOf(named);
  }

  /**
   * One row for each point and metric: swept values where there are several points, the metric, the
   * values of A and B, B - A and B / A with the ends of their intervals and the degrees of freedom,
   * what the intervals are taken over, the verdict on B, how many more runs on each side, or
   * requests in each run, would tell, and why there is no interval.
   *
   * @throws BadInputException if the sides have no metric or point in common, or runs that are to
   *     be paired are not as many
   */
  public ResultTable table() {
    List<String> metrics = metrics();
    boolean single = a.points().size() == 1 && b.points().size() == 1;
    if (!single && !a.paths().equals(b.paths())) {
      throw new BadInputException(
          "A sweeps "
              + ComparedRuns.words(a.paths())
              + " and B "
              + ComparedRuns.words(b.paths())
              + ": points are compared where all swept values are the same, or where each side has"
              + " one");
    }
    List<String> columns = new ArrayList<>(single ? List.of() : a.paths());
    columns.addAll(COLUMNS);
    List<List<String>> rows = new ArrayList<>();
    a.points()
        .forEach(
            (point, runs) -> {
              List<ComparedRun> others =
                  single ? b.all() : b.points().getOrDefault(point, List.of());
              if (!others.isEmpty()) {
                checkPairs(runs, others);
                for (String metric : metrics) {
                  List<String> row = new ArrayList<>(single ? List.of() : point);
                  row.addAll(compare(runs, others, metric));
                  rows.add(row);
                }
              }
            });
    if (rows.isEmpty()) {
      throw new BadInputException(
          "A and B have no point in common: of the values of "
              + ComparedRuns.words(a.paths())
              + " that one sweeps, the other has none");
    }
    return new ResultTable(columns, rows);
  }

  private List<String> metrics() {
    Set<String> known = new LinkedHashSet<>(a.metrics());
    known.addAll(b.metrics());
    known.removeIf(metric -> !a.tells(metric) || !b.tells(metric));
    if (named.isEmpty() && known.isEmpty()) {
      throw new BadInputException(
          "A and B have no metric in common: A tells "
              + String.join(", ", a.metrics())
              + ", and B "
              + String.join(", ", b.metrics()));
    }
    for (String metric : named) {
      if (!a.tells(metric) || !b.tells(metric)) {
        throw new BadInputException(
            "--metric: "
                + (a.tells(metric) ? "B" : b.tells(metric) ? "A" : "neither side")
                + " tells '"
                + metric
                + "'; "
                + NearestName.hint(metric, known));
      }
    }
    return named.isEmpty() ? List.copyOf(known) : named.stream().distinct().toList();
  }

  private void checkPairs(List<ComparedRun> runs, List<ComparedRun> others) {
    if (paired && (runs.size() < 2 || runs.size() != others.size())) {
      throw new BadInputException(
          "--paired takes two runs or more on each side, and as many in the same order, found "
              + runs.size()
              + " and "
              + others.size());
    }
  }

  private List<String> compare(List<ComparedRun> runs, List<ComparedRun> others, String metric) {
    MeasuredDifference found =
        paired
            ? MeasuredDifference.paired(
                values(runs, metric),
                values(others, metric),
                confidence,
                ComparedRun.direction(metric))
            : MeasuredDifference.independent(
                measured(runs, metric),
                measured(others, metric),
                confidence,
                ComparedRun.direction(metric));
    boolean known = found.degreesOfFreedom() > 0;
    boolean valued = !Double.isNaN(found.difference());
    return List.of(
        metric,
        ResultTable.cell(found.baseline()),
        ResultTable.cell(found.value()),
        ResultTable.cell(found.difference()),
        ResultTable.cell(found.low()),
        ResultTable.cell(found.high()),
        ResultTable.cell(found.ratio()),
        ResultTable.cell(found.ratioLow()),
        ResultTable.cell(found.ratioHigh()),
        known ? ResultTable.cell(found.degreesOfFreedom()) : "",
        over(runs, others),
        found.verdict().toString(),
        more(runs, others, metric, found.enlargement()),
        known || Double.isInfinite(found.difference())
            ? ""
            : valued ? why(runs, others, metric) : "no value on both sides");
  }

  private static MeasuredValue measured(List<ComparedRun> runs, String metric) {
    return runs.size() == 1
        ? runs.get(0).measured(metric)
        : MeasuredValue.overRuns(values(runs, metric));
  }

  private static double[] values(List<ComparedRun> runs, String metric) {
    return runs.stream().mapToDouble(run -> run.measured(metric).value()).toArray();
  }

  private String over(List<ComparedRun> runs, List<ComparedRun> others) {
    if (paired) {
      return "pairs of runs";
    }
    boolean several = runs.size() > 1;
    if (several != others.size() > 1) {
      return several ? "runs of A, requests of B" : "requests of A, runs of B";
    }
    return several ? "runs" : "requests";
  }

  /** How many more runs on each side, or requests in each run. */
  private static String more(
      List<ComparedRun> runs, List<ComparedRun> others, String metric, double enlargement) {
    if (Double.isNaN(enlargement) || runs.size() > 1 != others.size() > 1) {
      return "";
    }
    boolean several = runs.size() > 1;
    int size =
        several
            ? Math.max(runs.size(), others.size())
            : Math.max(runs.get(0).requests(metric), others.get(0).requests(metric));
    return (long) Math.ceil((enlargement - 1) * size) + (several ? " runs" : " requests");
  }

  /** Why there is no interval. */
  private static String why(List<ComparedRun> runs, List<ComparedRun> others, String metric) {
    int fewest = MeasuredValue.fewestRequests(ComparedRun.level(metric));
    for (List<ComparedRun> side : List.of(runs, others)) {
      ComparedRun run = side.get(0);
      if (side.size() == 1 && !run.knowsRequests(metric)) {
        return "one run has one value of it: give several runs";
      }
      if (side.size() == 1 && run.requests(metric) < fewest) {
        return "one run needs " + fewest + " requests for it: give longer ones, or several";
      }
    }
    return "requests of a run depend on each other for too long: give longer ones, or several";
  }
}

package io.github.batchq.study;

import io.github.batchq.expectation.Stability.Regime;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.metric.GroupedEstimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.PairedComparison;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import io.github.batchq.scenario.Horizon;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sets the points of an experiment beside a baseline. Points with the same values of all other
 * swept paths form a group: the baseline and its alternatives, which meet the same traffic.
 */
public final class PolicyComparison {
  private final Experiment experiment;
  private final Baseline baseline;
  private final List<Integer> commonColumns;
  private final List<Group> groups;

  /**
   * Points that differ in the paths of the baseline alone.
   *
   * @param baseline index of its point
   * @param alternatives indices of the others, at least one, in the order of the sweep
   */
  record Group(int baseline, List<Integer> alternatives) {}

  private PolicyComparison(Experiment experiment, Baseline baseline, List<Integer> commonColumns) {
    this.experiment = experiment;
    this.baseline = baseline;
    this.commonColumns = commonColumns;
    this.groups = groups();
  }

  /**
   * Groups the points of an experiment.
   *
   * @param baseline texts {@code PATH=VALUE}, such as {@code policy=standard} or {@code
   *     policy.bins=1}; a path that belongs to one swept path may be shortened, and so may the
   *     value of a whole part
   * @throws BadInputException if a path or a value is not in the sweep or may be several, if a
   *     group has no baseline, if there is nothing to compare it with, if a group mixes finite runs
   *     with the steady state, or if there are fewer than two replications, or replications that do
   *     not meet the same traffic
   */
  public static PolicyComparison of(Experiment experiment, List<String> baseline) {
    Baseline found = Baseline.of(experiment, baseline);
    if (experiment.replications() < 2) {
      throw new BadInputException(
          "a comparison needs 2 replications or more, found "
              + experiment.replications()
              + ": set 'replications' in the file or --replications");
    }
    if (!experiment.varianceReduction().isCommon()) {
      throw new BadInputException(
          "a comparison pairs replications that meet the same traffic: leave out"
              + " commonRandomNumbers: false of the file's varianceReduction");
    }
    List<Integer> common =
        IntStream.range(0, experiment.paths().size())
            .filter(column -> !found.columns().contains(column))
            .boxed()
            .toList();
    return new PolicyComparison(experiment, found, common);
  }

  private List<Group> groups() {
    Map<List<String>, List<Integer>> points = new LinkedHashMap<>();
    for (int p = 0; p < experiment.points().size(); p++) {
      points.computeIfAbsent(common(p), values -> new ArrayList<>()).add(p);
    }
    List<Group> found = new ArrayList<>();
    for (List<Integer> members : points.values()) {
      Map<Boolean, List<Integer>> split =
          members.stream()
              .collect(Collectors.partitioningBy(p -> baseline.holds(experiment.points().get(p))));
      List<Integer> baselines = split.getOrDefault(true, List.of());
      List<Integer> alternatives = split.getOrDefault(false, List.of());
      if (baselines.size() != 1) {
        throw new BadInputException(
            "the sweep has the baseline "
                + baselineText()
                + (baselines.isEmpty() ? " not" : " more than once")
                + at(members.get(0))
                + (baselines.isEmpty()
                    ? ": name every path that varies with it in a --baseline of its own"
                    : ""));
      }
      for (int point : alternatives) {
        checkHorizons(baselines.get(0), point);
      }
      if (!alternatives.isEmpty()) {
        found.add(new Group(baselines.get(0), List.copyOf(alternatives)));
      }
    }
    if (found.isEmpty()) {
      throw new BadInputException(
          "the sweep has nothing to compare with the baseline " + baselineText());
    }
    return List.copyOf(found);
  }

  /** A value of a finite run and one of the steady state answer different questions. */
  private void checkHorizons(int baseline, int alternative) {
    Horizon one = experiment.points().get(baseline).scenario().horizon();
    Horizon other = experiment.points().get(alternative).scenario().horizon();
    if (one != other) {
      throw new BadInputException(
          "a comparison takes points of one horizon, found "
              + one
              + " at "
              + String.join(", ", experiment.points().get(baseline).values())
              + " and "
              + other
              + " at "
              + String.join(", ", experiment.points().get(alternative).values())
              + ": set 'horizon: finite' or 'horizon: steady' in the scenario");
    }
  }

  /** Groups in the order of the sweep. */
  List<Group> members() {
    return groups;
  }

  /** The baseline as a text, such as {@code policy.bins = 1}. */
  public String baselineText() {
    return IntStream.range(0, baseline.columns().size())
        .mapToObj(
            i ->
                experiment.paths().get(baseline.columns().get(i))
                    + " = "
                    + baseline.values().get(i))
        .collect(Collectors.joining(", "));
  }

  /** Names of the swept paths: those that a group has in common, then those of the baseline. */
  List<String> paths() {
    return named(experiment.paths());
  }

  /** A point's values of {@link #paths}. */
  List<String> values(int point) {
    return named(experiment.points().get(point).values());
  }

  private List<String> named(List<String> texts) {
    List<String> named = new ArrayList<>();
    commonColumns.forEach(column -> named.add(texts.get(column)));
    baseline.columns().forEach(column -> named.add(texts.get(column)));
    return named;
  }

  private List<String> common(int point) {
    List<String> values = experiment.points().get(point).values();
    return commonColumns.stream().map(values::get).toList();
  }

  /** Where a group is, such as {@code " at arrivals.rate = 0.2"}; empty if there is one group. */
  String at(int point) {
    List<String> values = common(point);
    return IntStream.range(0, values.size())
        .mapToObj(i -> experiment.paths().get(commonColumns.get(i)) + " = " + values.get(i))
        .collect(Collectors.joining(", ", values.isEmpty() ? "" : " at ", ""));
  }

  /**
   * One row for each alternative and metric: swept values, metric, the baseline's mean, the
   * alternative's, their difference with the half-width and the level of its interval and its
   * degrees of freedom, their ratio with its interval, the variance ratio and the verdict, all as
   * {@link PairedComparison} has them. A time at an overloaded point is infinite: worse than one
   * that is not, and beyond telling from another such.
   *
   * @param results of this experiment
   * @param metrics what to compare
   * @param confidence with which the verdicts of one group about one metric hold together, in (0,1)
   */
  public ResultTable table(RunResults results, List<Metric> metrics, double confidence) {
    List<String> columns = new ArrayList<>(paths());
    columns.addAll(
        List.of(
            "metric",
            "baseline",
            "mean",
            "difference",
            "ci",
            "level",
            "df",
            "ratio",
            "ratio.low",
            "ratio.high",
            "variance.ratio",
            "verdict"));
    List<List<String>> rows = new ArrayList<>();
    for (Group group : groups) {
      for (int alternative : group.alternatives()) {
        for (Metric metric : metrics) {
          List<String> row = new ArrayList<>(values(alternative));
          row.add(metric.id());
          row.addAll(
              isKnown(results, group.baseline(), metric) && isKnown(results, alternative, metric)
                  ? compared(results, group, alternative, metric, confidence)
                  : overloaded(results, group.baseline(), alternative, metric));
          rows.add(row);
        }
      }
    }
    return new ResultTable(columns, rows);
  }

  /** Whether runs tell the metric's value, or that it has none; otherwise it is infinite. */
  private static boolean isKnown(RunResults results, int point, Metric metric) {
    return !metric.isUnbounded()
        || results.stability(point).regime() != Regime.OVERLOADED
        || Double.isNaN(results.estimate(point, metric).mean());
  }

  private List<String> compared(
      RunResults results, Group group, int alternative, Metric metric, double confidence) {
    PairedComparison pair =
        PairedComparison.of(
            sample(results, group.baseline(), metric),
            sample(results, alternative, metric),
            confidence,
            group.alternatives().size(),
            metric.direction());
    return List.of(
        ResultTable.cell(pair.baseline()),
        ResultTable.cell(pair.mean()),
        ResultTable.cell(pair.difference()),
        ResultTable.cell(pair.halfWidth()),
        ResultTable.cell(pair.level()),
        Integer.toString(pair.degreesOfFreedom()),
        ResultTable.cell(pair.ratio()),
        ResultTable.cell(pair.ratioLow()),
        ResultTable.cell(pair.ratioHigh()),
        ResultTable.cell(pair.varianceRatio()),
        pair.verdict().toString());
  }

  /** A time that grows without bound is worse than any other; two such have no difference. */
  private static List<String> overloaded(
      RunResults results, int baseline, int alternative, Metric metric) {
    boolean baselineIsKnown = isKnown(results, baseline, metric);
    boolean alternativeIsKnown = isKnown(results, alternative, metric);
    PairedComparison.Ranking verdict =
        baselineIsKnown
            ? PairedComparison.Ranking.WORSE
            : alternativeIsKnown
                ? PairedComparison.Ranking.BETTER
                : PairedComparison.Ranking.CANNOT_TELL;
    return List.of(
        mean(results, baseline, metric, baselineIsKnown),
        mean(results, alternative, metric, alternativeIsKnown),
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        verdict.toString());
  }

  private static String mean(RunResults results, int point, Metric metric, boolean known) {
    return ResultTable.cell(
        known ? results.estimate(point, metric).mean() : Double.POSITIVE_INFINITY);
  }

  /** The independent values of a metric at a point: one for each replication or pair of them. */
  private double[] sample(RunResults results, int point, Metric metric) {
    double[] values =
        IntStream.range(0, experiment.firstReplications())
            .mapToDouble(replication -> results.value(point, replication, metric))
            .toArray();
    return GroupedEstimate.means(values, experiment.varianceReduction().groupSize());
  }
}

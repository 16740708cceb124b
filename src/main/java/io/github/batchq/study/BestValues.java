package io.github.batchq.study;

import io.github.batchq.expectation.Stability;
import io.github.batchq.metric.Direction;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.PairedComparison;
import io.github.batchq.metric.PairedComparison.Ranking;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.NearestName;
import io.github.batchq.model.Require;
import io.github.batchq.model.ResultTable;
import io.github.batchq.results.StoredResults;
import io.github.batchq.results.StoredTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds where each of several systems wins: for every combination of the other swept values, the
 * one with the best mean, those that its runs do not tell from it, and by how much it beats the
 * next. Systems are judged by paired differences of replications in the same traffic; each of the m
 * - 1 differences of a row has the level 1 - (1 - confidence) / (m - 1). Whichever system is truly
 * the best, its own m - 1 differences hold together with the confidence (Bonferroni), and where
 * they do, it is named or among those not told from the named one. The interval of the lead over
 * the next has the same level, but the data have chosen both, so it covers less surely.
 *
 * @param given the swept path whose values compete; null for {@code policy} where that is swept, or
 *     the only one that is
 * @param metric what they compete in; one that has a good direction
 * @param confidence by which the truly best one is named or listed, in (0,1)
 * @param without values that take no part
 */
public record BestValues(
    @Nullable String given, Metric metric, double confidence, List<String> without) {
  private static final String STABILITY = "stability";
  private static final String POLICY = "policy";

  public BestValues {
    without = List.copyOf(without);
    if (metric.direction() == Direction.NEITHER) {
      throw new BadInputException(
          "--metric needs one of which less or more is better, found " + metric.id());
    }
    Require.INPUT.share("--confidence", confidence);
  }

  /** A value that competes at one point, with its replications. */
  private record Contestant(String value, List<Double> sample) {
    double mean() {
      return Arrays.stream(values()).average().orElseThrow();
    }

    double[] values() {
      return sample.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  /**
   * Reads a results folder and finds the best.
   *
   * @return one row for each combination of the other swept values: these, the best, its mean,
   *     those not told from it, the next, the ratio of its mean to the best one's with its
   *     interval, and how many are overloaded and so take no part; nor do values without the metric
   * @throws BadInputException if the folder does not have what is needed, or if finite runs would
   *     compete with a steady state
   */
  public ResultTable find(Path folder) {
    // Tables without a manifest, such as those put together by hand, are taken as they are.
    StoredResults stored = StoredResults.hasManifest(folder) ? StoredResults.of(folder) : null;
    ResultTable summary =
        stored == null ? StoredTable.read(folder.resolve(StoredResults.SUMMARY)) : stored.summary();
    ResultTable runs =
        stored == null
            ? StoredTable.read(folder.resolve(StoredResults.REPLICATIONS))
            : stored.replications();
    int firstMeasured = runs.columns().indexOf("replication");
    if (firstMeasured < 0) {
      throw new BadInputException(
          folder
              + "/replications.csv: no results of batchq run, the column 'replication' is missing");
    }
    List<String> swept = runs.columns().subList(0, firstMeasured);
    String path = given == null ? competing(swept, folder) : given;
    require(path, swept, "swept path of " + folder);
    require(
        metric.id(),
        runs.columns().subList(firstMeasured + 1, runs.columns().size()),
        "metric of " + folder);
    Map<List<String>, List<Contestant>> groups = new LinkedHashMap<>();
    Map<List<String>, Integer> overloaded = new LinkedHashMap<>();
    Map<List<String>, Boolean> horizons = new HashMap<>();
    List<String> others = swept.stream().filter(other -> !other.equals(path)).toList();
    Map<List<String>, List<Double>> samples = samples(runs, swept);
    without.forEach(value -> require(value, values(summary, path), "value of " + path));
    for (int row = 0; row < summary.rows().size(); row++) {
      int at = row;
      if (without.contains(summary.text(row, path))) {
        continue;
      }
      List<String> group = others.stream().map(other -> summary.text(at, other)).toList();
      List<Double> sample =
          samples.getOrDefault(swept.stream().map(p -> summary.text(at, p)).toList(), List.of());
      if (sample.size() < 2 || sample.size() != count(summary, row, sample.size())) {
        throw new BadInputException(
            folder
                + "/replications.csv: "
                + sample.size()
                + " runs of the point "
                + String.join(", ", swept.stream().map(p -> summary.text(at, p)).toList())
                + ", where comparing needs two or more and all that summary.csv counts");
      }
      groups.computeIfAbsent(group, g -> new ArrayList<>());
      overloaded.putIfAbsent(group, 0);
      boolean finite = isFinite(summary, row);
      if (horizons.computeIfAbsent(group, g -> finite) != finite) {
        throw new BadInputException(
            folder
                + ": what competes must have one horizon, found finite runs beside the steady state"
                + (others.isEmpty() ? "" : " at " + String.join(", ", group))
                + ": leave values out with --without, or run with one 'horizon' in the scenario");
      }
      double mean = summary.number(row, metric.id());
      if (Double.isFinite(mean)) {
        groups.get(group).add(new Contestant(summary.text(row, path), sample));
      } else if (Double.isInfinite(mean)) {
        overloaded.merge(group, 1, Integer::sum);
      } // NaN: this policy has no such metric, as whole batches have no time to the first token
    }
    List<String> columns = new ArrayList<>(others);
    columns.addAll(
        List.of(
            "best",
            metric.id(),
            "not told from it",
            "next",
            "ratio",
            "at.least",
            "at.most",
            "overloaded"));
    List<List<String>> rows = new ArrayList<>();
    groups.forEach(
        (group, contestants) -> {
          List<String> row = new ArrayList<>(group);
          row.addAll(best(contestants));
          row.add(Integer.toString(overloaded.getOrDefault(group, 0)));
          rows.add(row);
        });
    return new ResultTable(columns, rows);
  }

  /**
   * How many replications a row has by the summary, or {@code found} where a folder of an old
   * version does not say.
   */
  private static int count(ResultTable summary, int row, int found) {
    return summary.has("replications") ? (int) summary.number(row, "replications") : found;
  }

  /** The path that competes where none is named. */
  private static String competing(List<String> swept, Path folder) {
    if (swept.contains(POLICY)) {
      return POLICY;
    }
    if (swept.size() == 1) {
      return swept.get(0);
    }
    throw new BadInputException(
        folder
            + (swept.isEmpty()
                ? ": nothing is swept there, so nothing competes"
                : ": say with --over which of the swept paths competes: "
                    + String.join(", ", swept)));
  }

  private static List<String> values(ResultTable summary, String path) {
    return IntStream.range(0, summary.rows().size())
        .mapToObj(row -> summary.text(row, path))
        .distinct()
        .toList();
  }

  /** Whether a row is of finite runs; never where a folder of an old version does not say. */
  private static boolean isFinite(ResultTable summary, int row) {
    return summary.has(STABILITY)
        && summary.text(row, STABILITY).equals(Stability.Regime.FINITE.toString());
  }

  private static void require(String name, List<String> allowed, String what) {
    if (!allowed.contains(name)) {
      throw new BadInputException(
          "'" + name + "' is no " + what + "; " + NearestName.hint(name, allowed));
    }
  }

  /** The replications of every point. */
  private Map<List<String>, List<Double>> samples(ResultTable runs, List<String> swept) {
    Map<List<String>, List<Double>> samples = new HashMap<>();
    for (int row = 0; row < runs.rows().size(); row++) {
      int at = row;
      samples
          .computeIfAbsent(
              swept.stream().map(p -> runs.text(at, p)).toList(), point -> new ArrayList<>())
          .add(runs.number(row, metric.id()));
    }
    return samples;
  }

  /** The cells of a row from the best to the ratio's interval. */
  private List<String> best(List<Contestant> contestants) {
    if (contestants.isEmpty()) {
      return List.of("", "", "", "", "", "", "");
    }
    Comparator<Contestant> order = Comparator.comparingDouble(Contestant::mean);
    List<Contestant> ranked =
        contestants.stream()
            .sorted(metric.direction() == Direction.LOWER_IS_BETTER ? order : order.reversed())
            .toList();
    Contestant best = ranked.get(0);
    List<String> alike = new ArrayList<>();
    List<String> next = List.of("", "", "", "");
    for (Contestant other : ranked.subList(1, ranked.size())) {
      PairedComparison pair =
          PairedComparison.of(
              best.values(), other.values(), confidence, ranked.size() - 1, metric.direction());
      if (pair.verdict() != Ranking.WORSE) {
        alike.add(other.value()); // also behind the next: a noisy one may have a larger mean
      } else if (next.get(0).isEmpty()) {
        next =
            List.of(
                other.value(),
                ResultTable.cell(pair.ratio()),
                ResultTable.cell(pair.ratioLow()),
                ResultTable.cell(pair.ratioHigh()));
      }
    }
    List<String> cells = new ArrayList<>();
    cells.addAll(List.of(best.value(), ResultTable.cell(best.mean()), String.join(", ", alike)));
    cells.addAll(next);
    return cells;
  }
}

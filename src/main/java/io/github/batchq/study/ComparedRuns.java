package io.github.batchq.study;

import io.github.batchq.expectation.Stability;
import io.github.batchq.metric.GroupedEstimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import io.github.batchq.results.StoredResults;
import io.github.batchq.workload.Trace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The runs of one side of a comparison: measured ones, or those of results folders, point by point.
 *
 * @param paths names of the swept paths of the folders; none for measured runs
 * @param points the runs at each combination of swept values
 */
public record ComparedRuns(List<String> paths, Map<List<String>, List<ComparedRun>> points) {
  private static final String STABILITY = "stability";
  private static final String REPLICATION = "replication";

  /** The runs as they were given; an unmodifiable view of each. */
  public ComparedRuns {
    paths = List.copyOf(paths);
  }

  /**
   * A measured run.
   *
   * @param trace a trace that tells when its requests were answered, or how long that took
   * @param warmUp number of its first requests that are left out, at least 0
   * @throws BadInputException if it tells neither, or fewer than two requests are left
   */
  public static ComparedRuns of(Trace trace, int warmUp) {
    if (trace.size() - warmUp < 2) {
      throw new BadInputException(
          trace.name()
              + ": --warm-up leaves fewer than two of its "
              + trace.size()
              + " requests, found "
              + warmUp);
    }
    ComparedRun run = ComparedRun.of(trace, warmUp);
    if (run.times().isEmpty()) {
      throw new BadInputException(
          trace.name()
              + " cannot be compared: it tells neither when its requests ended or had their first"
              + " tokens, nor how long they took; say which columns do, such as --column end=NAME,"
              + " --column firstToken=NAME or --column serviceTime=NAME");
    }
    return new ComparedRuns(List.of(), Map.of(List.of(), List.of(run)));
  }

  /**
   * The runs of a results folder of {@code batchq run}; antithetic pairs are one run.
   *
   * @throws BadInputException if it is none
   */
  public static ComparedRuns of(Path folder) {
    StoredResults stored = StoredResults.of(folder);
    ResultTable runs = stored.replications();
    int replication = runs.columns().indexOf(REPLICATION);
    List<String> paths = runs.columns().subList(0, replication);
    Map<List<String>, List<Integer>> rows = new LinkedHashMap<>();
    for (int row = 0; row < runs.rows().size(); row++) {
      rows.computeIfAbsent(runs.rows().get(row).subList(0, replication), p -> new ArrayList<>())
          .add(row);
    }
    ResultTable summary = stored.summary();
    Map<List<String>, List<ComparedRun>> points = new LinkedHashMap<>();
    for (int point = 0; point < summary.rows().size(); point++) {
      boolean overloaded =
          summary.has(STABILITY)
              && summary.text(point, STABILITY).equals(Stability.Regime.OVERLOADED.toString());
      List<String> values = summary.rows().get(point).subList(0, paths.size());
      int[] own =
          rows.getOrDefault(values, List.of()).stream().mapToInt(Integer::intValue).toArray();
      points.put(
          values,
          IntStream.range(0, own.length / stored.groupSize())
              .mapToObj(
                  group ->
                      run(
                          folder,
                          runs,
                          Arrays.copyOfRange(
                              own, group * stored.groupSize(), (group + 1) * stored.groupSize()),
                          overloaded))
              .toList());
    }
    return new ComparedRuns(paths, points);
  }

  private static ComparedRun run(Path folder, ResultTable table, int[] group, boolean overloaded) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (String name :
        table.columns().subList(table.columns().indexOf(REPLICATION) + 1, table.columns().size())) {
      double[] found = Arrays.stream(group).mapToDouble(row -> table.number(row, name)).toArray();
      double mean = GroupedEstimate.means(found, found.length)[0];
      boolean infinite = overloaded && Metric.named(name).isUnbounded() && !Double.isNaN(mean);
      values.put(name, infinite ? Double.POSITIVE_INFINITY : mean);
    }
    return new ComparedRun(folder.toString(), Map.of(), values);
  }

  /**
   * Several files or folders as one side.
   *
   * @param all at least one
   * @throws BadInputException if a run is there twice, or folders sweep different paths
   */
  public static ComparedRuns together(List<ComparedRuns> all) {
    Map<List<String>, List<ComparedRun>> points = new LinkedHashMap<>();
    for (ComparedRuns some : all) {
      if (!some.paths.equals(all.get(0).paths)) {
        throw new BadInputException(
            some.name()
                + " cannot be on one side with "
                + all.get(0).name()
                + ": it sweeps "
                + words(some.paths)
                + ", the other "
                + words(all.get(0).paths));
      }
      some.points.forEach(
          (point, runs) -> {
            List<ComparedRun> there = points.computeIfAbsent(point, p -> new ArrayList<>());
            checkOnce(there, runs);
            there.addAll(runs);
          });
    }
    return new ComparedRuns(all.get(0).paths, points);
  }

  /** Refuses runs that would count twice; runs of one folder may be alike. */
  private static void checkOnce(List<ComparedRun> there, List<ComparedRun> more) {
    for (ComparedRun run : more) {
      for (ComparedRun other : there) {
        if (isSame(run, other)) {
          throw new BadInputException(
              "a run is there twice on one side, in "
                  + other.name()
                  + " and in "
                  + run.name()
                  + ": leave one out; simulated runs need another --seed");
        }
      }
    }
  }

  private static boolean isSame(ComparedRun run, ComparedRun other) {
    return run.values().equals(other.values())
        && run.times().keySet().equals(other.times().keySet())
        && run.times().keySet().stream()
            .allMatch(what -> Arrays.equals(run.times().get(what), other.times().get(what)));
  }

  static String words(List<String> paths) {
    return paths.isEmpty() ? "nothing" : String.join(", ", paths);
  }

  /** Any of its runs: all tell the same metrics, but for files of several formats. */
  List<ComparedRun> all() {
    return points.values().stream().flatMap(List::stream).toList();
  }

  /** What messages call it. */
  String name() {
    return all().isEmpty() ? "a folder without runs" : all().get(0).name();
  }

  /** The metrics that all of its runs tell, of those that the first has where none are named. */
  List<String> metrics() {
    return all().get(0).metrics().stream().filter(this::tells).toList();
  }

  /** Whether all of its runs tell a metric. */
  boolean tells(String metric) {
    return all().stream().allMatch(run -> run.tells(metric));
  }
}

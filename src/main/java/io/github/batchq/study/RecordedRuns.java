package io.github.batchq.study;

import io.github.batchq.engine.RunFunction;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Pair;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import io.github.batchq.results.RequestsFile;
import io.github.batchq.scenario.RequestRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * The times of single requests, by point of a sweep and replication: of runs that are made for it,
 * or of a table that {@code --requests-out} wrote. Requests of the warm-up, and those that never
 * left, are not among them.
 */
public final class RecordedRuns {
  /** Most requests that are kept in memory, of two numbers each. */
  public static final long MOST_REQUESTS = 20_000_000;

  private final RequestDuration time;
  private final boolean tokens;
  private final Map<String, Map<String, Kept>> points = new LinkedHashMap<>();

  /** Times and lengths of the requests of a replication. */
  private static final class Kept {
    private final DoubleStream.Builder times = DoubleStream.builder();
    private final DoubleStream.Builder lengths = DoubleStream.builder();
  }

  private RecordedRuns(RequestDuration time, boolean tokens) {
    this.time = time;
    this.tokens = tokens;
  }

  /**
   * Makes all replications of some points, and keeps a time of their requests.
   *
   * @param points their numbers, from 0
   * @throws BadInputException if there are too many requests, or none to be told apart
   */
  public static RecordedRuns of(Experiment experiment, List<Integer> points, RequestDuration time) {
    if (experiment.varianceReduction().runs() > 1) {
      throw new BadInputException(
          "with Sobol points a replication is the mean of short runs, whose requests are not told"
              + " apart");
    }
    long requests =
        points.stream()
            .mapToLong(point -> experiment.points().get(point).scenario().requests())
            .map(number -> number * experiment.firstReplications())
            .sum();
    if (requests > MOST_REQUESTS) {
      throw new BadInputException(
          requests
              + " requests are more than the "
              + MOST_REQUESTS
              + " that are looked at together: choose --point, fewer --replications, or less"
              + " --set scenario.requests");
    }
    boolean tokens =
        points.stream()
            .allMatch(
                point -> experiment.points().get(point).scenario().measurementTerms().tokens());
    RecordedRuns runs = new RecordedRuns(time, tokens);
    RunFunction function = RunFunction.of(experiment, null);
    for (int point : points) {
      String label = label(experiment.paths(), experiment.points().get(point).values());
      for (int r = 0; r < experiment.firstReplications(); r++) {
        Kept kept = runs.kept(label, Integer.toString(r));
        function.record(new Pair(point, r), row -> runs.keep(kept, row));
      }
    }
    return runs;
  }

  private void keep(Kept kept, RequestRow row) {
    if (row.measured()) {
      keep(
          kept,
          time.of(
              row.arrival(), row.formed(), row.start(), row.firstToken(), row.end(), row.length()),
          row.length());
    }
  }

  private static void keep(Kept kept, double seconds, double length) {
    if (!Double.isNaN(seconds)) {
      kept.times.add(seconds);
      kept.lengths.add(length);
    }
  }

  /**
   * Reads a time of the requests of a table.
   *
   * @throws BadInputException if it lacks a column, or has no number where there must be one
   */
  public static RecordedRuns of(ResultTable table, RequestDuration time) {
    int swept = table.columns().indexOf(RequestsFile.REPLICATION);
    if (swept < 0) {
      throw new BadInputException(
          "there is no column '"
              + RequestsFile.REPLICATION
              + "': expected what batchq run --requests-out writes");
    }
    List<String> paths = table.columns().subList(0, swept);
    boolean tokens = table.has(RequestsFile.TOKENS);
    String length = tokens ? RequestsFile.TOKENS : RequestsFile.SECONDS;
    RecordedRuns runs = new RecordedRuns(time, tokens);
    for (int row = 0; row < table.rows().size(); row++) {
      List<String> cells = table.rows().get(row);
      Kept kept = runs.kept(label(paths, cells.subList(0, swept)), cells.get(swept));
      if (table.number(row, "measured") == 1) {
        double ofRequest = table.number(row, length);
        keep(
            kept,
            time.of(
                table.number(row, "arrival_s"),
                table.number(row, "formed_s"),
                table.number(row, "start_s"),
                table.number(row, "first_token_s"),
                table.number(row, "end_s"),
                ofRequest),
            ofRequest);
      }
    }
    return runs;
  }

  /** The unit of the lengths of requests. */
  public String unitOfLengths() {
    return tokens ? "tokens" : "s";
  }

  private Kept kept(String point, String replication) {
    return points
        .computeIfAbsent(point, key -> new LinkedHashMap<>())
        .computeIfAbsent(replication, key -> new Kept());
  }

  /** What a curve of a point is called: by the ends of the swept paths and the values. */
  private static String label(List<String> paths, List<String> values) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      String path = paths.get(i);
      parts.add(path.substring(path.lastIndexOf('.') + 1) + "=" + values.get(i));
    }
    return String.join(", ", parts);
  }

  /**
   * The distributions of the time, by the swept values of their points.
   *
   * @throws BadInputException if no request of a replication has this time
   */
  public Map<String, Distributions> distributions() {
    Map<String, Distributions> all = new LinkedHashMap<>();
    points.forEach(
        (label, replications) ->
            all.put(
                label,
                new Distributions(
                    replications.values().stream()
                        .map(
                            kept ->
                                new Distributions.Replication(
                                    kept.times.build().toArray(), kept.lengths.build().toArray()))
                        .toList())));
    return all;
  }
}

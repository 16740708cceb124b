package io.github.batchq.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ChartSpec;
import io.github.batchq.model.LazyList;
import io.github.batchq.model.Require;
import io.github.batchq.model.ResultTable.Cells;
import io.github.batchq.random.Generator;
import io.github.batchq.scenario.PreparedScenario;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An experiment, read from its file and checked: every point is prepared, so nothing that the file
 * says can fail once runs have begun.
 *
 * @param name name of the results folder
 * @param paths swept paths within the scenario
 * @param points the points of the sweep
 * @param sampling how often each point is run, and from which random numbers
 * @param metrics what is written, in the order of the file
 * @param measured what runs measure: what is written, and what is asked for besides, in the order
 *     of {@link Metric#ALL}
 * @param charts what is drawn
 * @param resolved the file as a tree, with what the command line set, for the manifest
 * @param skippedRows file, line and reason of the malformed lines that were left out, at most 1000
 * @param folder where relative names of data files in the tree start
 */
public record Experiment(
    String name,
    List<String> paths,
    List<Point> points,
    Sampling sampling,
    List<Metric> metrics,
    List<Metric> measured,
    List<ChartSpec> charts,
    JsonNode resolved,
    List<String> skippedRows,
    Path folder) {

  /** Most replications of a point: their measurements fill tens of gigabytes. */
  public static final int MOST_REPLICATIONS = 10_000_000;

  /** The keys below which texts may name data files. */
  public static final List<String> PARTS_WITH_FILES = List.of("scenario", "sweep");

  /**
   * How many replications are taken for granted where there is a precision to reach: as many as any
   * method of variance reduction needs.
   */
  private static final int ENOUGH = 4;

  public Experiment {
    measured = MeasuredMetrics.of(measured, sampling);
  }

  /** A point of the sweep. */
  public static final class Point {
    private final List<String> values;
    private final Supplier<PreparedScenario> scenario;

    /**
     * @param values texts of the swept values, one for each path
     * @param scenario prepares what to run; every time the same
     */
    public Point(List<String> values, Supplier<PreparedScenario> scenario) {
      this.values = values;
      this.scenario = scenario;
    }

    /** Texts of the swept values, one for each path. */
    public List<String> values() {
      return values;
    }

    /** What to run. It may be prepared anew, so who needs it again and again keeps it. */
    public PreparedScenario scenario() {
      return scenario.get();
    }

    /** The same point, which also measures what these metrics need. */
    public Point measuring(List<Metric> metrics) {
      return new Point(values, () -> scenario().measuring(metrics));
    }

    /** Where it is in the sweep, for messages; empty if there is no sweep. */
    public String at() {
      return values.isEmpty() ? "" : " (at " + String.join(", ", values) + ")";
    }
  }

  private void checkReduction(String where) {
    if (!varianceReduction().changesRuns()) {
      return;
    }
    for (Point point : points) {
      try {
        varianceReduction().check(point.scenario(), precision() == null ? replications() : ENOUGH);
      } catch (IllegalArgumentException e) {
        throw new BadInputException(where + ": " + e.getMessage(), e);
      }
    }
  }

  private static void checkReplications(String what, int number) {
    Require.INPUT.atLeast(what, number, 1);
    Require.INPUT.atMost(what, number, MOST_REPLICATIONS);
  }

  /** Refuses more runs than there are numbers of streams, which have 32 bits. */
  private static void checkRuns(int points, int replications) {
    if ((long) points * replications > Integer.MAX_VALUE) {
      throw new BadInputException(
          "the experiment has "
              + points
              + " points of up to "
              + replications
              + " replications; all together must be at most "
              + Integer.MAX_VALUE);
    }
  }

  /** Number of independent runs of each point that is asked for, at least 1. */
  public int replications() {
    return sampling.replications();
  }

  /** What is asked for beyond that number, or null. */
  public @Nullable Precision precision() {
    return sampling.precision();
  }

  /** How runs are made to vary less. */
  public VarianceReduction varianceReduction() {
    return sampling.varianceReduction();
  }

  /** Seed of the random streams. */
  public long seed() {
    return sampling.seed();
  }

  /** What makes the random numbers. */
  public Generator generator() {
    return sampling.generator();
  }

  /** Replications that every point has. */
  public int firstReplications() {
    return sampling.firstReplications();
  }

  /** How many replications a point may have. */
  public int mostReplications() {
    return sampling.mostReplications();
  }

  /**
   * The same experiment with another number of replications.
   *
   * @throws BadInputException if that is not at least 1 or more than can be made
   */
  public Experiment withReplications(int number) {
    return with(points, measured, sampling.withReplications(number))
        .checked(key -> "--replications");
  }

  /**
   * This experiment, if its numbers of runs can be made, and made to vary less as asked.
   *
   * @param where what the user calls a key, for messages
   * @throws BadInputException if they cannot
   */
  public Experiment checked(UnaryOperator<String> where) {
    checkReplications(where.apply("replications"), replications());
    if (precision() != null) {
      checkReplications(where.apply("precision.maxReplications"), mostReplications());
    }
    checkRuns(points.size(), mostReplications());
    checkReduction(where.apply("varianceReduction"));
    return this;
  }

  /**
   * Columns with the swept values of points.
   *
   * @param pointOfRow index of the point that a row is about
   */
  Map<String, Cells> sweptCells(IntUnaryOperator pointOfRow) {
    Map<String, Cells> columns = new LinkedHashMap<>();
    for (int i = 0; i < paths.size(); i++) {
      int path = i;
      columns.put(paths.get(i), row -> points.get(pointOfRow.applyAsInt(row)).values().get(path));
    }
    return columns;
  }

  /**
   * Where the texts of its scenario and sweep lead if they name files: its data files are among
   * these paths, and most of the others are not there.
   */
  public List<Path> named() {
    return PARTS_WITH_FILES.stream()
        .flatMap(part -> texts(resolved.path(part)))
        .distinct()
        .flatMap(this::path)
        .toList();
  }

  private static Stream<String> texts(JsonNode node) {
    return node.isTextual()
        ? Stream.of(node.asText())
        : node.valueStream().flatMap(Experiment::texts);
  }

  private Stream<Path> path(String name) {
    try {
      return Stream.of(folder.resolve(name));
    } catch (InvalidPathException e) {
      // No file can have this name.
      return Stream.empty();
    }
  }

  /** The same experiment, which also measures these metrics. */
  public Experiment measuring(List<Metric> others) {
    return with(
        new LazyList<>(points.size(), point -> points.get(point).measuring(others)),
        measuredWith(others),
        sampling);
  }

  /** What runs measure where these metrics are asked for besides. */
  public List<Metric> measuredWith(List<Metric> others) {
    return MeasuredMetrics.of(Stream.concat(measured.stream(), others.stream()).toList(), sampling);
  }

  /** The same experiment about other points, which have a value for each of its paths. */
  public Experiment withPoints(List<Point> others) {
    return with(others, measured, sampling);
  }

  /** The same experiment with another seed. */
  public Experiment withSeed(long other) {
    return with(points, measured, sampling.withSeed(other));
  }

  private Experiment with(
      List<Point> otherPoints, List<Metric> otherMeasured, Sampling otherSampling) {
    return new Experiment(
        name,
        paths,
        otherPoints,
        otherSampling,
        metrics,
        otherMeasured,
        charts,
        resolved,
        skippedRows,
        folder);
  }
}

package io.github.batchq.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ChartSpec;
import io.github.batchq.random.Generator;
import io.github.batchq.scenario.PreparedScenario;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
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
 * @param replications number of independent runs of each point, at least 1
 * @param precision what is asked for beyond that number, or null
 * @param varianceReduction how runs are made to vary less
 * @param seed seed of the random streams
 * @param generator what makes the random numbers
 * @param metrics what is written, in the order of the file
 * @param charts what is drawn
 * @param resolved the file as a tree, with what the command line set, for the manifest
 * @param skippedRows file, line and reason of the malformed lines that were left out, at most 1000
 * @param folder where relative names of data files in the tree start
 */
public record Experiment(
    String name,
    List<String> paths,
    List<Point> points,
    int replications,
    @Nullable Precision precision,
    VarianceReduction varianceReduction,
    long seed,
    Generator generator,
    List<Metric> metrics,
    List<ChartSpec> charts,
    JsonNode resolved,
    List<String> skippedRows,
    Path folder) {

  /** Replications of a point whose measurements fill tens of gigabytes. */
  public static final int MOST_REPLICATIONS = 10_000_000;

  /** With a precision to reach, as many replications are made as a method needs. */
  private static final int ENOUGH = 4;

  /**
   * A point of the sweep.
   *
   * @param values texts of the swept values, one for each path
   * @param scenario what to run
   */
  public record Point(List<String> values, PreparedScenario scenario) {
    /** The same point, which also measures what these metrics need. */
    public Point measuring(List<Metric> metrics) {
      return new Point(values, scenario.measuring(metrics));
    }

    /** Where it is in the sweep, for messages; empty if there is no sweep. */
    public String at() {
      return values.isEmpty() ? "" : " (at " + String.join(", ", values) + ")";
    }
  }

  private void checkReduction(String where) {
    for (Point point : points) {
      try {
        varianceReduction.check(point.scenario(), precision == null ? replications : ENOUGH);
      } catch (IllegalArgumentException e) {
        throw new BadInputException(where + ": " + e.getMessage(), e);
      }
    }
  }

  private static void checkReplications(String what, int number) {
    if (number < 1 || number > MOST_REPLICATIONS) {
      throw new BadInputException(
          what
              + " must be at "
              + (number < 1 ? "least 1" : "most " + MOST_REPLICATIONS)
              + ", found "
              + number);
    }
  }

  /** The streams of all runs are numbered by whole numbers of 32 bits. */
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

  /** Replications that every point has. */
  public int firstReplications() {
    if (precision == null) {
      return replications;
    }
    return inGroups(Math.min(Math.max(Precision.FEWEST, replications), precision.most()));
  }

  /** Replications that a point may have. */
  public int mostReplications() {
    return precision == null ? replications : inGroups(precision.most());
  }

  /** What a precision adds comes in whole groups. */
  private int inGroups(int number) {
    return number - number % varianceReduction.groupSize();
  }

  /**
   * The same experiment with another number of replications.
   *
   * @throws BadInputException if that is not at least 1 or more than can be made
   */
  public Experiment withReplications(int number) {
    return with(points, number, seed).checked(key -> "--replications");
  }

  /**
   * This experiment, if its numbers of runs can be made, and made to vary less as asked.
   *
   * @param where what the user calls a key, for messages
   * @throws BadInputException if they cannot
   */
  public Experiment checked(UnaryOperator<String> where) {
    checkReplications(where.apply("replications"), replications);
    if (precision != null) {
      checkReplications(where.apply("precision.maxReplications"), precision.most());
    }
    checkRuns(points.size(), mostReplications());
    checkReduction(where.apply("varianceReduction"));
    return this;
  }

  /**
   * Where the texts of its scenario and sweep lead if they name files: its data files are among
   * these paths, and most of the others are not there.
   */
  public List<Path> named() {
    return Stream.of("scenario", "sweep")
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

  /** The same experiment, which also measures what these metrics need. */
  public Experiment measuring(List<Metric> others) {
    return with(points.stream().map(point -> point.measuring(others)).toList(), replications, seed);
  }

  /** The same experiment with another seed. */
  public Experiment withSeed(long other) {
    return with(points, replications, other);
  }

  private Experiment with(List<Point> otherPoints, int otherReplications, long otherSeed) {
    return new Experiment(
        name,
        paths,
        otherPoints,
        otherReplications,
        precision,
        varianceReduction,
        otherSeed,
        generator,
        metrics,
        charts,
        resolved,
        skippedRows,
        folder);
  }
}

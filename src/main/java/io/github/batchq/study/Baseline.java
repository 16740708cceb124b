package io.github.batchq.study;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.NearestName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the other points of an experiment are compared with: a value of one swept path or of
 * several.
 *
 * @param columns places of the paths among the experiment's paths, all different
 * @param values for each a text that the sweep has there
 */
record Baseline(List<Integer> columns, List<String> values) {
  /**
   * Finds a baseline.
   *
   * @param settings texts {@code PATH=VALUE}, at least one. A path is written as in the sweep or
   *     without its beginning or end, as long as one path of the sweep is meant. A value is a text
   *     or number of the sweep, or the beginning of a part: {@code standard} and {@code
   *     multi-bin(bins=2)} mean {@code standard(batchSize=8)} and {@code multi-bin(bins=2,
   *     batchSize=8)}
   * @throws BadInputException if a path or a value is unknown or ambiguous
   */
  static Baseline of(Experiment experiment, List<String> settings) {
    if (experiment.paths().isEmpty()) {
      throw new BadInputException(
          "--baseline takes a value of a sweep, and the experiment sweeps nothing");
    }
    List<Integer> columns = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new BadInputException(
            "--baseline takes PATH=VALUE, such as policy=standard, found '" + setting + "'");
      }
      int column = column(experiment.paths(), setting.substring(0, equals));
      if (columns.contains(column)) {
        throw new BadInputException(
            "--baseline names " + experiment.paths().get(column) + " twice: it has one value");
      }
      columns.add(column);
      values.add(value(experiment, column, setting.substring(equals + 1)));
    }
    return new Baseline(List.copyOf(columns), List.copyOf(values));
  }

  /** Whether a point has the baseline's values. */
  boolean holds(Experiment.Point point) {
    return columns.stream().map(point.values()::get).toList().equals(values);
  }

  private static int column(List<String> paths, String name) {
    if (paths.contains(name)) {
      return paths.indexOf(name);
    }
    List<String> found =
        paths.stream()
            .filter(path -> path.startsWith(name + ".") || path.endsWith("." + name))
            .toList();
    if (found.size() == 1) {
      return paths.indexOf(found.get(0));
    }
    throw new BadInputException(
        found.isEmpty()
            ? "--baseline takes a path that the experiment sweeps, found '"
                + name
                + "'; "
                + NearestName.hint(name, paths)
            : "--baseline "
                + name
                + " may be any of "
                + String.join(", ", found)
                + ": write one in full");
  }

  private static String value(Experiment experiment, int column, String value) {
    String path = experiment.paths().get(column);
    List<String> known =
        experiment.points().stream()
            .map(point -> point.values().get(column))
            .distinct()
            .collect(Collectors.toList());
    List<String> found = known.stream().filter(text -> same(text, value)).toList();
    if (found.isEmpty()) {
      found = known.stream().filter(text -> begins(text, value)).toList();
    }
    if (found.isEmpty()) {
      throw new BadInputException(
          "--baseline " + path + "=" + value + ": the sweep has " + String.join("; ", known));
    }
    if (found.size() > 1) {
      throw new BadInputException(
          "--baseline "
              + path
              + "="
              + value
              + " may be any of "
              + String.join("; ", found)
              + ": write more of it");
    }
    return found.get(0);
  }

  private static boolean same(String text, String value) {
    try {
      return new BigDecimal(text).compareTo(new BigDecimal(value)) == 0;
    } catch (NumberFormatException e) {
      return closed(text).equals(closed(value));
    }
  }

  /**
   * Whether the text is a part of a scenario, such as {@code standard(batchSize=8)}, that begins
   * with the value.
   */
  private static boolean begins(String text, String value) {
    String part = closed(text);
    String beginning = closed(value);
    if (beginning.endsWith(")")) {
      beginning = beginning.substring(0, beginning.length() - 1);
    }
    return part.startsWith(beginning + "(") || part.startsWith(beginning + ",");
  }

  /** The text without its blanks. */
  private static String closed(String text) {
    return text.replace(" ", "");
  }
}

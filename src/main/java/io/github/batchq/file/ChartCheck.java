package io.github.batchq.file;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ChartSpec;
import io.github.batchq.model.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Checks before any run that the charts of an experiment can be drawn from its points. */
public final class ChartCheck {
  /** Other files of a results folder; a chart has files of its own name. */
  private static final List<String> TAKEN =
      List.of("summary", "replications", "manifest", "compare", "select", "capacity");

  /** Letters of a name that every usual file system takes with an ending such as {@code .svg}. */
  private static final int LONGEST = 250;

  private ChartCheck() {}

  /**
   * Checks all charts.
   *
   * @param paths the swept paths
   * @param points for each point the texts of its values, one for each path
   * @param metrics names of the metrics that are written
   * @param under where in the tree the experiment is: nothing, or a path that ends with a point
   * @throws BadInputException if one names what is not there, or shows one value where several
   *     points fall
   */
  public static void check(
      List<ChartSpec> charts,
      List<String> paths,
      List<List<String>> points,
      List<String> metrics,
      YamlTree tree,
      String under) {
    // In a manifest there are no lines to name.
    UnaryOperator<String> place =
        path -> tree.place(path) + (under.isEmpty() ? "" : ", key '" + path + "'");
    List<String> files = new ArrayList<>();
    for (int i = 0; i < charts.size(); i++) {
      ChartSpec chart = charts.get(i);
      String at = under + "charts[" + i + "]";
      require(chart.x(), paths, "swept path", place.apply(at + ".x"));
      require(chart.y(), metrics, "metric of this experiment", place.apply(at + ".y"));
      if (chart.series() != null) {
        require(chart.series(), paths, "swept path", place.apply(at + ".series"));
      }
      if (chart.panel() != null) {
        require(chart.panel(), paths, "swept path", place.apply(at + ".panel"));
      }
      if (chart.where() != null) {
        for (String path : chart.where().keySet()) {
          require(path, paths, "swept path", place.apply(at + ".where." + path));
        }
      }
      if (chart.joinsPoints() && chart.withTheory()) {
        throw new BadInputException(
            place.apply(at + ".joined")
                + ": lines are theory's where a chart has it; join points with theory: false");
      }
      checkOnly(chart, paths, points, place.apply(at + ".only"));
      checkFile(chart.file(), files, place.apply(at + ".file") + ": ");
      files.add(chart.file().toLowerCase(Locale.ROOT));
      checkPoints(chart, paths, points, place.apply(at) + ": chart " + chart.file());
    }
  }

  /** Names that differ in case alone are one where the file system ignores it. */
  private static void checkFile(String file, List<String> earlier, String where) {
    String folded = file.toLowerCase(Locale.ROOT);
    if (TAKEN.contains(folded) || folded.startsWith("best-")) {
      throw new BadInputException(
          where
              + "'"
              + file
              + "' is the name of another file of the results, give the chart another one");
    }
    if (!file.matches("[A-Za-z0-9][A-Za-z0-9._-]*") || earlier.contains(folded)) {
      throw new BadInputException(
          where
              + "file names a chart by letters, digits, '.', '_' and '-', differently from the others"
              + " (whatever the case), found '"
              + file
              + "'");
    }
    if (file.length() > LONGEST) {
      throw new BadInputException(
          where + "file has at most " + LONGEST + " letters, found " + file.length());
    }
  }

  private static void require(String name, List<String> allowed, String what, String place) {
    if (!allowed.contains(name)) {
      throw new BadInputException(
          place + ": '" + name + "' is no " + what + "; " + NearestName.hint(name, allowed));
    }
  }

  private static void checkOnly(
      ChartSpec chart, List<String> paths, List<List<String>> points, String place) {
    if (chart.only() == null) {
      return;
    }
    if (chart.series() == null) {
      throw new BadInputException(place + ": only lists values of the series, which is missing");
    }
    if (chart.only().isEmpty()) {
      throw new BadInputException(place + ": only is empty; leave the key out for all values");
    }
    int series = paths.indexOf(chart.series());
    List<String> values = points.stream().map(point -> point.get(series)).distinct().toList();
    chart.only().forEach(value -> require(value, values, "value of " + chart.series(), place));
  }

  private static void checkPoints(
      ChartSpec chart, List<String> paths, List<List<String>> points, String where) {
    Map<String, String> fixed = chart.where() == null ? Map.of() : chart.where();
    List<List<String>> drawn =
        points.stream()
            .filter(
                values ->
                    fixed.entrySet().stream()
                        .allMatch(
                            entry ->
                                values.get(paths.indexOf(entry.getKey())).equals(entry.getValue())))
            .toList();
    if (drawn.isEmpty()) {
      throw new BadInputException(where + ": no point of the sweep has " + fixed);
    }
    int x = paths.indexOf(chart.x());
    int series = chart.series() == null ? x : paths.indexOf(chart.series());
    int panel = chart.panel() == null ? x : paths.indexOf(chart.panel());
    drawn.forEach(values -> requireNumber(values.get(x), chart.x(), where));
    long places =
        drawn.stream()
            .map(values -> List.of(values.get(x), values.get(series), values.get(panel)))
            .distinct()
            .count();
    if (places == drawn.size()) {
      return;
    }
    for (int i = 0; i < paths.size(); i++) {
      int index = i;
      if (i != x
          && i != series
          && i != panel
          && drawn.stream().map(values -> values.get(index)).distinct().count() > 1) {
        throw new BadInputException(
            where
                + ": the swept path "
                + paths.get(i)
                + " varies but is neither x nor series nor panel; fix it with where: {"
                + paths.get(i)
                + ": "
                + drawn.get(0).get(i)
                + "}");
      }
    }
    throw new BadInputException(where + ": several points of the sweep have the same values");
  }

  private static void requireNumber(String value, String path, String where) {
    try {
      Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new BadInputException(
          where + ": the horizontal axis needs numbers, found '" + value + "' for " + path, e);
    }
  }
}

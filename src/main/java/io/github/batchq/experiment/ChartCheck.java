package io.github.batchq.experiment;

import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks before any run that the charts of an experiment can be drawn from its points. */
final class ChartCheck {
  /** Tables of a results folder; a chart has a table of its own name. */
  private static final List<String> TAKEN = List.of("summary", "replications");

  private ChartCheck() {}

  /**
   * Checks all charts.
   *
   * @throws BadInputException if one names what is not there, or shows one value where several
   *     points fall
   */
  static void check(
      List<ChartSpec> charts,
      List<String> paths,
      List<Experiment.Point> points,
      List<Metric> metrics,
      YamlTree tree) {
    List<String> ids = metrics.stream().map(Metric::id).toList();
    List<String> files = new ArrayList<>();
    for (int i = 0; i < charts.size(); i++) {
      ChartSpec chart = charts.get(i);
      String at = "charts[" + i + "]";
      require(chart.x(), paths, "swept path", tree.place(at + ".x"));
      require(chart.y(), ids, "metric of this experiment", tree.place(at + ".y"));
      if (chart.series() != null) {
        require(chart.series(), paths, "swept path", tree.place(at + ".series"));
      }
      if (chart.panel() != null) {
        require(chart.panel(), paths, "swept path", tree.place(at + ".panel"));
      }
      if (chart.where() != null) {
        for (String path : chart.where().keySet()) {
          require(path, paths, "swept path", tree.place(at + ".where." + path));
        }
      }
      if (chart.joinsPoints() && chart.withTheory()) {
        throw new BadInputException(
            tree.place(at + ".joined")
                + ": lines are theory's where a chart has it; join points with theory: false");
      }
      checkOnly(chart, paths, points, tree.place(at + ".only"));
      if (TAKEN.contains(chart.file())) {
        throw new BadInputException(
            tree.place(at + ".file")
                + ": '"
                + chart.file()
                + "' is the name of a table of the results, give the chart another one");
      }
      if (!chart.file().matches("[A-Za-z0-9][A-Za-z0-9._-]*") || files.contains(chart.file())) {
        throw new BadInputException(
            tree.place(at + ".file")
                + ": file names a chart by letters, digits, '.', '_' and '-', differently from the others, found '"
                + chart.file()
                + "'");
      }
      files.add(chart.file());
      checkPoints(chart, paths, points, tree.place(at) + ": chart " + chart.file());
    }
  }

  private static void require(String name, List<String> allowed, String what, String place) {
    if (!allowed.contains(name)) {
      throw new BadInputException(
          place + ": '" + name + "' is no " + what + "; " + NearestName.hint(name, allowed));
    }
  }

  private static void checkOnly(
      ChartSpec chart, List<String> paths, List<Experiment.Point> points, String place) {
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
    List<String> values =
        points.stream().map(point -> point.values().get(series)).distinct().toList();
    chart.only().forEach(value -> require(value, values, "value of " + chart.series(), place));
  }

  private static void checkPoints(
      ChartSpec chart, List<String> paths, List<Experiment.Point> points, String where) {
    Map<String, String> fixed = chart.where() == null ? Map.of() : chart.where();
    List<List<String>> drawn =
        points.stream()
            .map(Experiment.Point::values)
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

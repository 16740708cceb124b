package io.github.batchq.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.expectation.TheoryOverlays;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Precision;
import io.github.batchq.experiment.Sampling;
import io.github.batchq.experiment.VarianceReduction;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.metric.MeasurementTerms;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRows;
import io.github.batchq.model.ChartSpec;
import io.github.batchq.model.Key;
import io.github.batchq.model.LazyList;
import io.github.batchq.model.NearestName;
import io.github.batchq.random.Generator;
import io.github.batchq.scenario.Inputs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The file of an experiment: reads it and checks everything in it, so that nothing that it says can
 * fail once runs have begun.
 */
public final class ExperimentFile {
  /** Metrics that need more of a scenario than times. */
  private static final List<String> NEEDING_TERMS =
      List.of("slo.attainment", "goodput", "cost.per.million.tokens");

  private ExperimentFile() {}

  /** What a file says beside its scenario and sweep. */
  public record Header(
      @Key(
              about = "name of the results folder",
              range = "letters, digits, '.', '_' and '-', first a letter or digit",
              example = "bins")
          String name,
      @Key(
              about = "what the experiment is, for those who read its results",
              absent = "none",
              example = "Four bins against one")
          @Nullable String title,
      @Key(
              about = "what is simulated",
              example =
                  "{arrivals: {process: poisson, rate: 0.5}, service: {law: uniform, min: 1, max: 20}, policy: {type: standard, batchSize: 8}, requests: 2000}")
          JsonNode scenario,
      @Key(
              type = "map of lists, or of ranges",
              about =
                  "values of paths within the scenario; all combinations are run, the first path varying slowest. A value that is a map may have a label of its own for tables and charts, and under zip stand maps of paths whose values go together",
              absent = "one point",
              example =
                  "{policy.batchSize: [4, 8], arrivals.rate: {from: 0.2, to: 0.6, step: 0.2}}")
          @Nullable JsonNode sweep,
      @Key(
              about = "independent runs of each point",
              unit = "replications",
              range = "1 to 10 million",
              absent = "1",
              example = "10")
          @Nullable Integer replications,
      @Key(
              about = "adds replications until intervals are narrow enough",
              absent = "no replications are added",
              example = "{metric: latency.mean, relative: 0.05}")
          @Nullable Precision precision,
      @Key(
              about = "how runs are made to vary less",
              absent = "common random numbers alone",
              example = "{antithetic: true}")
          @Nullable VarianceReduction varianceReduction,
      @Key(
              about = "seed of the random streams: the same seed, the same bytes",
              unit = "1",
              range = "any",
              absent = "1",
              example = "42")
          @Nullable Long seed,
      @Key(about = "generator of the random numbers", absent = "lfsr258", example = "l64x128mix")
          @Nullable String generator,
      @Key(
              about = "metrics that are written, in this order",
              absent = "all",
              example = "[throughput, latency.mean]")
          @Nullable List<String> metrics,
      @Key(
              about = "charts that are drawn",
              absent = "none",
              example =
                  "[{file: latency, x: arrivals.rate, y: latency.mean, series: policy.batchSize}]")
          @Nullable List<ChartSpec> charts) {}

  /**
   * Reads an experiment.
   *
   * @param file the YAML file; {@code -} is standard input
   * @param settings values that the command line sets, by their path from the top of the file
   * @throws BadInputException if anything in it is wrong: the message names the place, what was
   *     found and what is allowed
   */
  public static Experiment read(Path file, Map<String, String> settings) {
    return read(file, settings, BadRows.none());
  }

  /**
   * Reads an experiment.
   *
   * @param file the YAML file; {@code -} is standard input
   * @param settings values that the command line sets, by their path from the top of the file
   * @param bad what becomes of malformed lines of traces
   * @throws BadInputException if anything in it is wrong: the message names the place, what was
   *     found and what is allowed
   */
  public static Experiment read(Path file, Map<String, String> settings, BadRows bad) {
    DataFile named = DataFile.of(file.toString(), Path.of(""));
    YamlTree tree = YamlTree.read(named).withSettings(settings);
    // What comes through a pipe names its data files from where the command runs.
    Path folder = named.endsWithTheCommand() ? null : file.toAbsolutePath().getParent();
    return prepare(tree, settings, folder == null ? Path.of("") : folder, bad);
  }

  /**
   * Prepares an experiment again that was read before.
   *
   * @param name where the tree stands, for messages
   * @param resolved the tree of the experiment that was read
   * @param folder where relative names of data files in it start
   * @param bad what becomes of malformed lines of traces
   * @throws BadInputException as {@link #read} does, where a data file is no longer what it was
   */
  public static Experiment again(String name, ObjectNode resolved, Path folder, BadRows bad) {
    YamlTree tree = new YamlTree(name, resolved, Map.of(), Map.of());
    return prepare(tree, Map.of(), folder, bad);
  }

  private static Experiment prepare(
      YamlTree tree, Map<String, String> settings, Path folder, BadRows bad) {
    Binder binder = new Binder(folder);
    Header header = binder.bind(tree.root(), Header.class, "", tree);
    checkName(header.name(), tree);
    int replications = header.replications() == null ? 1 : header.replications();
    List<Metric> metrics = metrics(header.metrics(), tree);
    checkPrecision(header.precision(), tree);
    List<Metric> measured = new ArrayList<>(metrics);
    if (header.precision() != null) {
      measured.add(header.precision().of());
    }
    Sweep sweep = Sweep.read(tree);
    checkSettings(settings, sweep);
    List<Experiment.Point> points = points(tree, sweep, binder, bad, measured);
    if (header.precision() != null) {
      checkRandom(points, tree);
    }
    if (header.metrics() != null) {
      checkMeasurable(metrics, points, tree);
    }
    List<ChartSpec> charts = header.charts() == null ? List.of() : List.copyOf(header.charts());
    VarianceReduction reduction =
        header.varianceReduction() == null ? VarianceReduction.NONE : header.varianceReduction();
    ChartCheck.check(
        charts,
        sweep.paths(),
        new LazyList<>(points.size(), point -> points.get(point).values()),
        metrics.stream().map(Metric::id).toList(),
        tree,
        "");
    return new Experiment(
            header.name(),
            sweep.paths(),
            points,
            new Sampling(
                replications,
                header.precision(),
                reduction,
                header.seed() == null ? 1 : header.seed(),
                generator(header.generator(), tree)),
            metrics,
            measured,
            charts,
            tree.root(),
            Stream.concat(bad.reasons().stream(), bad.notes().stream()).toList(),
            folder)
        .checked(key -> tree.place(key) + ": " + key.substring(key.lastIndexOf('.') + 1));
  }

  /** The points, whose scenarios are prepared when they are asked for; all are checked here. */
  private static List<Experiment.Point> points(
      YamlTree tree, Sweep sweep, Binder binder, BadRows bad, List<Metric> measured) {
    SweptScenarios scenarios =
        new SweptScenarios(
            tree, sweep, binder, new Inputs(bad, new TheoryOverlays()::knownCapacity), measured);
    List<Experiment.Point> points =
        new LazyList<>(
            sweep.points().size(),
            point ->
                new Experiment.Point(
                    sweep.points().get(point).stream().map(Sweep::text).toList(),
                    () -> scenarios.prepared(point)));
    for (int p = 0; p < points.size(); p++) {
      scenarios.prepared(p);
    }
    return points;
  }

  /** A value that is set for the scenario but swept over would be lost without a word. */
  private static void checkSettings(Map<String, String> settings, Sweep sweep) {
    for (String setting : settings.keySet()) {
      for (String path : sweep.paths()) {
        if (("scenario." + path).equals(setting) || setting.startsWith("scenario." + path + ".")) {
          throw new BadInputException(
              "--set "
                  + setting
                  + ": the sweep gives "
                  + path
                  + " its values; set them with --set 'sweep."
                  + path
                  + "=[...]'");
        }
      }
    }
  }

  /** Refuses a name that could be no folder. */
  static void checkName(String name, YamlTree tree) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,199}")) {
      throw new BadInputException(
          tree.place("name")
              + ": name becomes a folder, so it has at most 200 letters, digits, '.', '_' and '-', found '"
              + name
              + "'");
    }
  }

  private static Generator generator(@Nullable String name, YamlTree tree) {
    if (name == null) {
      return Generator.LFSR258;
    }
    return Generator.named(name)
        .orElseThrow(
            () ->
                new BadInputException(
                    tree.place("generator")
                        + ": unknown generator '"
                        + name
                        + "'; "
                        + NearestName.hint(name, Generator.ids())));
  }

  private static List<Metric> metrics(@Nullable List<String> names, YamlTree tree) {
    if (names == null) {
      return Metric.ALL;
    }
    List<Metric> metrics = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String place = tree.place("metrics[" + i + "]");
      Metric metric = BadInputException.naming(place, () -> Metric.named(name));
      if (metrics.contains(metric)) {
        throw new BadInputException(place + ": metric '" + name + "' is listed twice");
      }
      metrics.add(metric);
    }
    if (metrics.isEmpty()) {
      throw new BadInputException(
          tree.place("metrics") + ": metrics is empty; leave the key out for all");
    }
    return List.copyOf(metrics);
  }

  /** A metric that is asked for by name must have what it needs. */
  private static void checkMeasurable(
      List<Metric> metrics, List<Experiment.Point> points, YamlTree tree) {
    if (metrics.stream().map(Metric::id).noneMatch(NEEDING_TERMS::contains)) {
      // The points of a large sweep are prepared no second time.
      return;
    }
    for (Experiment.Point point : points) {
      MeasurementTerms terms = point.scenario().measurementTerms();
      for (int i = 0; i < metrics.size(); i++) {
        String needs =
            switch (metrics.get(i).id()) {
              case "slo.attainment", "goodput" ->
                  terms.limits() == null ? "'limits', such as {ttft: 1, tpot: 0.05} in s" : "";
              case "cost.per.million.tokens" ->
                  terms.price() == null ? "'price', of a server per hour" : "";
              default -> "";
            };
        if (!needs.isEmpty()) {
          throw new BadInputException(
              tree.place("metrics[" + i + "]")
                  + ": metric '"
                  + metrics.get(i).id()
                  + "' needs the scenario's key "
                  + needs);
        }
      }
    }
  }

  private static void checkPrecision(@Nullable Precision precision, YamlTree tree) {
    if (precision != null) {
      BadInputException.naming(
          tree.place("precision.metric"), () -> Metric.named(precision.metric()));
    }
  }

  /** Replications that are all the same have no interval that more of them would narrow. */
  private static void checkRandom(List<Experiment.Point> points, YamlTree tree) {
    for (Experiment.Point point : points) {
      if (!point.scenario().isRandom()) {
        throw new BadInputException(
            tree.place("precision")
                + ": precision adds replications, and "
                + (point.scenario().isReplay()
                    ? "those of a replayed trace are all the same: leave it out, or resample the"
                        + " trace by process: trace-bootstrap"
                    : "nothing is random here, so all are the same: leave it out")
                + point.at());
      }
    }
  }
}

package io.github.batchq.cli;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.ExperimentFile;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that name an experiment and change values in it. */
@Command
final class ExperimentOptions {
  @Parameters(index = "0", paramLabel = "FILE", description = "experiment file (YAML)")
  Path file;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "set a value of the file, such as --set scenario.policy.bins=4; may be repeated")
  List<String> settings = List.of();

  @Option(
      names = "--replications",
      paramLabel = "N",
      description = "independent runs of each point")
  @Nullable Integer replications;

  @Option(names = "--seed", paramLabel = "S", description = "seed of the random streams")
  @Nullable Long seed;

  @Mixin private BadLineOptions badLines;

  /** The files that an experiment reads: its own, and all that a text in it names. */
  List<Path> inputs(Experiment experiment) {
    List<Path> inputs = new ArrayList<>(experiment.named());
    inputs.add(file);
    return inputs;
  }

  /**
   * Refuses options that change an experiment where there is none.
   *
   * @param what there is instead
   * @throws BadInputException if there are such
   */
  void refuseFor(String what) {
    if (!settings.isEmpty() || replications != null || seed != null) {
      throw new BadInputException(
          "--set, --replications and --seed change an experiment, and " + file + " is " + what);
    }
  }

  Experiment read() {
    BadRows bad = badLines.rows();
    Experiment experiment = ExperimentFile.read(file, values(settings), bad);
    badLines.report(bad);
    if (replications != null) {
      experiment = experiment.withReplications(replications);
    }
    return seed == null ? experiment : experiment.withSeed(seed);
  }

  /**
   * What {@code --set} sets.
   *
   * @param settings PATH=VALUE each
   * @throws BadInputException if one is something else, or a path is there twice
   */
  static Map<String, String> values(List<String> settings) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new BadInputException(
            "--set takes PATH=VALUE, such as scenario.policy.bins=4, found '" + setting + "'");
      }
      String path = setting.substring(0, equals);
      if (values.put(path, setting.substring(equals + 1)) != null) {
        throw new BadInputException("--set gives " + path + " twice");
      }
    }
    return values;
  }
}

package io.github.batchq.cli;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.scenario.Horizon;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code batchq validate}: checks an experiment without running it. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Check an experiment file and the data it names without running it.",
    footerHeading = "%nExample:%n",
    footer = "  batchq validate experiments/quickstart.yaml")
final class ValidateCommand implements Callable<Integer> {
  @Mixin private ExperimentOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Experiment experiment = options.read();
    long requests =
        experiment.points().stream().mapToLong(point -> point.scenario().requests()).sum()
            * experiment.replications();
    PrintWriter console = spec.commandLine().getOut();
    console.println(
        options.file
            + " is valid: "
            + experiment.points().size()
            + " points x "
            + experiment.replications()
            + " replications, "
            + requests
            + " requests in all, "
            + experiment.charts().size()
            + " charts");
    horizonByDefault(experiment).forEach(console::println);
    console.flush();
    return 0;
  }

  /** A line for each horizon that the file does not set, so that the arrivals decide. */
  private static List<String> horizonByDefault(Experiment experiment) {
    return Arrays.stream(Horizon.values())
        .flatMap(
            horizon -> {
              long points =
                  experiment.points().stream()
                      .map(Experiment.Point::scenario)
                      .filter(
                          scenario ->
                              !scenario.runSetup().horizonGiven() && scenario.horizon() == horizon)
                      .count();
              return points == 0 ? Stream.empty() : Stream.of(byDefault(horizon, points));
            })
        .toList();
  }

  private static String byDefault(Horizon horizon, long points) {
    return "horizon: "
        + horizon
        + " by default at "
        + points
        + " points, "
        + switch (horizon) {
          case STEADY -> "whose arrivals are generated: what happens in the long run";
          case FINITE ->
              "whose arrivals replay a trace or all come at time 0: what becomes of these requests";
        };
  }
}

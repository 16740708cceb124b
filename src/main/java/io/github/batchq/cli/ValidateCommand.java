package io.github.batchq.cli;

import io.github.batchq.experiment.Experiment;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code batchq validate}: checks an experiment without running it. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Check an experiment file and the data it names without running it.")
final class ValidateCommand implements Callable<Integer> {
  @Mixin private ExperimentOptions options;

  @Spec private CommandSpec spec;

  /** picocli fills the fields. */
  @SuppressWarnings("NullAway.Init")
  ValidateCommand() {}

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
    console.flush();
    return 0;
  }
}

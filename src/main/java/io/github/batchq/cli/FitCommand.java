package io.github.batchq.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code batchq fit}: models from measurements and traces. */
@Command(
    name = "fit",
    mixinStandardHelpOptions = true,
    description = "Fit models to measurements and traces.",
    subcommands = {
      FitServiceCommand.class,
      FitWorkloadCommand.class,
      FitPredictorCommand.class,
      HelpCommand.class
    })
final class FitCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}

package io.github.batchq.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code batchq theory}: what theory says, without simulation. */
@Command(
    name = "theory",
    mixinStandardHelpOptions = true,
    description = "Evaluate theory without simulation.",
    subcommands = {
      TheoryThroughputCommand.class,
      TheoryBinsCommand.class,
      TheoryBoundariesCommand.class,
      TheoryBoundsCommand.class,
      TheoryErrorsCommand.class,
      TheoryLatencyCommand.class,
      TheoryBestBinsCommand.class,
      TheoryBulkCommand.class,
      TheoryTimeoutCommand.class,
      TheoryContinuousCommand.class,
      TheoryCheckCommand.class,
      HelpCommand.class
    })
final class TheoryCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}

package io.github.batchq.cli;

import io.github.batchq.model.BadInputException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code batchq help}: what {@code --help} says of a command, nested ones too. */
@Command(
    name = "help",
    mixinStandardHelpOptions = true,
    description = "Show the help of a command, such as batchq help theory bins.")
final class HelpCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "the command, word by word")
  private List<String> words = List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine command = Objects.requireNonNull(spec.parent()).commandLine();
    for (String word : words) {
      CommandLine next = command.getSubcommands().get(word);
      if (next == null) {
        throw new BadInputException(UnknownWord.command(word, command));
      }
      command = next;
    }
    command.usage(spec.commandLine().getOut());
    return 0;
  }
}

package io.github.batchq.cli;

import io.github.batchq.file.LawCall;
import io.github.batchq.model.BadRows;
import io.github.batchq.random.Law;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** Reads the laws that options give. */
final class LawOption {
  private LawOption() {}

  /**
   * The law of a call. What is to be known of a file that it names is said on standard error.
   *
   * @param command the command that the option is of
   */
  static Law read(String call, CommandSpec command) {
    BadRows told = BadRows.none();
    Law law = LawCall.law(call, Path.of(""), told);
    BadLineOptions.tell(told, command);
    return law;
  }
}

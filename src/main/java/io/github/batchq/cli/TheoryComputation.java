package io.github.batchq.cli;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How every command of theory computes: progress is told meanwhile, and what a formula refuses is
 * bad input, told in one sentence.
 */
final class TheoryComputation {
  private TheoryComputation() {}

  /**
   * What the work returns, which tells of its progress itself.
   *
   * @param command the command after {@code batchq theory}, such as {@code latency}
   * @throws BadInputException if a formula refuses its numbers
   */
  static <T> T of(String command, Function<ProgressLine, T> work) {
    return BadInputException.naming(
        "theory " + command,
        () -> {
          try (ProgressLine progress = ProgressLine.onStandardError()) {
            return work.apply(progress);
          }
        });
  }

  /**
   * The table of one system; progress tells, by the time, that it is at work.
   *
   * @param command as for {@link #of}
   * @throws BadInputException likewise
   */
  static ResultTable ofOneSystem(String command, Supplier<ResultTable> table) {
    return of(
        command,
        progress -> {
          progress.computing();
          return table.get();
        });
  }
}

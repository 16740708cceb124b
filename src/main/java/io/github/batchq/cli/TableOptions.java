package io.github.batchq.cli;

import io.github.batchq.experiment.ResultTable;
import io.github.batchq.report.TableFormat;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command prints its table. */
final class TableOptions {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "how to print the table: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  TableFormat format = TableFormat.TABLE;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** picocli fills the fields. */
  @SuppressWarnings("NullAway.Init")
  TableOptions() {}

  void print(ResultTable table) {
    PrintWriter console = command.commandLine().getOut();
    console.print(format.render(table));
    console.flush();
  }
}

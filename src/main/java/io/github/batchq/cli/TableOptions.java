package io.github.batchq.cli;

import io.github.batchq.model.ResultTable;
import io.github.batchq.report.Paragraph;
import io.github.batchq.report.TableFormat;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say how a command prints its table. */
@Command
final class TableOptions {
  /** A narrower terminal breaks lines itself. */
  private static final int LEAST_WIDTH = 60;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "how to print the table: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  TableFormat format = TableFormat.TABLE;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Prints a table that has rows. */
  void print(ResultTable table) {
    print(table, "Nothing to show.");
  }

  /**
   * Prints a table; a person gets a sentence in place of one without rows.
   *
   * @param whyEmpty why there may be nothing, a sentence
   */
  void print(ResultTable table, String whyEmpty) {
    PrintWriter console = command.commandLine().getOut();
    console.print(isForPeople() && table.rows().isEmpty() ? whyEmpty + "\n" : format.render(table));
    console.flush();
  }

  /** Prints a table of words, for the console in lines that fit there. */
  void printWords(ResultTable table) {
    PrintWriter console = command.commandLine().getOut();
    console.print(format.renderWithin(table, width()));
    console.flush();
  }

  /** Whether people read the table, and not another program. */
  boolean isForPeople() {
    return format == TableFormat.TABLE || format == TableFormat.MARKDOWN;
  }

  /** Says a sentence below a table, for a person. */
  void say(String sentence) {
    PrintWriter console = command.commandLine().getOut();
    console.print(Paragraph.wrapped(sentence, width()));
    console.flush();
  }

  /** Characters of a line: those of the terminal, as the launcher says, at most 100. */
  int width() {
    return Math.min(
        Paragraph.WIDTH,
        Math.max(LEAST_WIDTH, Integer.getInteger("batchq.columns", Paragraph.WIDTH)));
  }
}

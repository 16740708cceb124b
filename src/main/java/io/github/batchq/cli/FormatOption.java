package io.github.batchq.cli;

import io.github.batchq.report.TableFormat;
import picocli.CommandLine.Option;

/** The form of a command's table. */
final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "how to print the table: ${COMPLETION-CANDIDATES} (default: table)")
  private TableFormat format = TableFormat.TABLE;

  /** picocli fills the fields. */
  FormatOption() {}

  TableFormat format() {
    return format;
  }
}

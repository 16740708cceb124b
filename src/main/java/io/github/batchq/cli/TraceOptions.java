package io.github.batchq.cli;

import io.github.batchq.file.TraceChoice;
import io.github.batchq.workload.Trace;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that choose a trace. */
@Command
final class TraceOptions {
  @Parameters(
      index = "0",
      paramLabel = "TRACE",
      description = "file of the trace, may be zipped; - is standard input")
  private String file;

  @Mixin private TraceFormatOptions formats;

  @Option(
      names = "--from",
      paramLabel = "S",
      description = "only from S seconds after the first arrival on")
  @Nullable Double from;

  @Option(
      names = "--to",
      paramLabel = "S",
      description = "only before S seconds after the first arrival")
  @Nullable Double to;

  /** The file of the trace. */
  Path path() {
    return Path.of(file);
  }

  TraceChoice choice() {
    return formats.choice(file);
  }

  /** Says on standard error what the file was taken for. */
  void announce(TraceChoice choice) {
    formats.announce(choice);
  }

  /** Reads what was chosen. */
  Trace read(TraceChoice choice) {
    return formats.read(choice, from, to);
  }
}

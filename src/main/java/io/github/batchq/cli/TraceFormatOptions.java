package io.github.batchq.cli;

import io.github.batchq.file.TraceChoice;
import io.github.batchq.workload.Trace;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say how files of traces are read, and which of their requests. */
@Command
final class TraceFormatOptions {
  @Mixin private TraceLayoutOptions layout;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "of a burstgpt trace, only requests to this model")
  private @Nullable String model;

  @Option(
      names = "--log",
      paramLabel = "TYPE",
      description = "of a burstgpt trace, only requests of this log type")
  private @Nullable String log;

  /** A file by these options. */
  TraceChoice choice(String file) {
    Map<String, String> filters = new LinkedHashMap<>();
    TraceLayoutOptions.put(filters, "model", model);
    TraceLayoutOptions.put(filters, "log", log);
    return layout.choice(file, filters);
  }

  /** Says on standard error what a file was taken for. */
  void announce(TraceChoice choice) {
    layout.announce(choice);
  }

  /**
   * Reads what was chosen.
   *
   * @param from start of the part that is read, in seconds after the first arrival; all when null
   * @param to its end
   */
  Trace read(TraceChoice choice, @Nullable Double from, @Nullable Double to) {
    return layout.read(choice, from, to);
  }
}

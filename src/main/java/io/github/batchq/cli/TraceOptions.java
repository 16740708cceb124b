package io.github.batchq.cli;

import io.github.batchq.file.TraceChoice;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRows;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.Traces;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that choose a trace. */
@Command
final class TraceOptions {
  @Mixin private TraceFileOptions source;

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
    return source.path();
  }

  TraceChoice choice() {
    Map<String, String> filters = new LinkedHashMap<>();
    TraceFileOptions.put(filters, "model", model);
    TraceFileOptions.put(filters, "log", log);
    return source.choice(filters);
  }

  /** Says on standard error what the file was taken for. */
  void announce(TraceChoice choice) {
    source.announce(choice);
  }

  /** Reads what was chosen. */
  Trace read(TraceChoice choice) {
    BadRows bad = source.badLines().rows();
    Trace trace =
        BadInputException.naming(
            "--from and --to", () -> new Traces(bad).get(choice.spec(), from, to));
    source.badLines().report(bad);
    return trace;
  }
}

package io.github.batchq.cli;

import io.github.batchq.file.TraceChoice;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRows;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.Traces;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  @Option(
      names = "--trace-format",
      paramLabel = "FORMAT",
      description =
          "azure, burstgpt, vidur, csv or jsonl (default: what the first line of the file tells)")
  private @Nullable String format;

  @Option(
      names = "--column",
      paramLabel = "WHAT=NAME",
      description =
          "which column of a csv trace, or key of a jsonl trace, is arrivalTime or gap, tokens or"
              + " serviceTime, and promptTokens; may be repeated")
  private List<String> columns = List.of();

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

  @Mixin private BadLineOptions badLines;

  /** The file of the trace. */
  Path path() {
    return Path.of(file);
  }

  TraceChoice choice() {
    Map<String, String> others = new LinkedHashMap<>();
    for (String column : columns) {
      int equals = column.indexOf('=');
      if (equals < 1) {
        throw new BadInputException(
            "--column takes WHAT=NAME, such as tokens=output_tokens, found '" + column + "'");
      }
      if (others.put(column.substring(0, equals), column.substring(equals + 1)) != null) {
        throw new BadInputException("--column gives " + column.substring(0, equals) + " twice");
      }
    }
    if (model != null) {
      others.put("model", model);
    }
    if (log != null) {
      others.put("log", log);
    }
    return TraceChoice.of(file, format, others);
  }

  /** Reads what was chosen. */
  Trace read(TraceChoice choice) {
    BadRows bad = badLines.rows();
    Trace trace =
        BadInputException.naming(
            "--from and --to", () -> new Traces(bad).get(choice.spec(), from, to));
    badLines.report(bad);
    return trace;
  }
}

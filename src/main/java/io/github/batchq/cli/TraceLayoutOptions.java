package io.github.batchq.cli;

import io.github.batchq.file.TraceChoice;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRows;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.Traces;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say how the columns, keys and rows of files of traces are read. */
@Command
final class TraceLayoutOptions {
  @Option(
      names = "--trace-format",
      paramLabel = "FORMAT",
      description =
          "format of the file, of those that 'batchq list formats' shows (default: what the file"
              + " itself tells)")
  private @Nullable String format;

  @Option(
      names = "--column",
      paramLabel = "WHAT=NAME",
      description =
          "which column of a table, or key of JSON objects, is arrivalTime or gap, tokens or"
              + " serviceTime, promptTokens, predicted, firstToken or end; a format that is told has"
              + " columns of its own, which this overrides; may be repeated")
  private List<String> columns = List.of();

  @Option(
      names = "--time-unit",
      paramLabel = "UNIT",
      description =
          "unit of arrival and service times that are numbers: s, ms, us or ns (default: that of the"
              + " format, else s)")
  private @Nullable String timeUnit;

  @Option(
      names = "--keep-zero",
      description = "keep requests of length 0, which are left out otherwise")
  private boolean keepZero;

  @Option(
      names = "--decimal",
      paramLabel = "MARK",
      description =
          "comma or point: what separates the whole part of a number from the rest in a table"
              + " (default: as the table tells)")
  private @Nullable String decimal;

  @Option(
      names = "--rows",
      paramLabel = "PATH",
      description =
          "where a JSON document has its requests, such as /benchmarks/0/requests; parallel lists"
              + " are columns such as start_times[]")
  private @Nullable String rows;

  @Option(
      names = "--run",
      paramLabel = "N",
      description = "which run of a result file with several (default: 1)")
  private @Nullable Integer run;

  @Mixin private BadLineOptions badLines;

  /**
   * A file by these options.
   *
   * @param more other keys of its format
   */
  TraceChoice choice(String file, Map<String, String> more) {
    Map<String, String> chosen = new LinkedHashMap<>();
    for (String column : columns) {
      int equals = column.indexOf('=');
      if (equals < 1) {
        throw new BadInputException(
            "--column takes WHAT=NAME, such as tokens=output_tokens, found '" + column + "'");
      }
      if (chosen.put(column.substring(0, equals), column.substring(equals + 1)) != null) {
        throw new BadInputException("--column gives " + column.substring(0, equals) + " twice");
      }
    }
    Map<String, String> others = new LinkedHashMap<>();
    put(others, "timeUnit", timeUnit);
    put(others, "keepZero", keepZero ? "true" : null);
    put(others, "decimal", decimal);
    put(others, "rows", rows);
    put(others, "run", run == null ? null : run.toString());
    others.putAll(more);
    return TraceChoice.of(file, format, chosen, others);
  }

  static void put(Map<String, String> keys, String key, @Nullable String value) {
    if (value != null) {
      keys.put(key, value);
    }
  }

  /** Says on standard error what a file was taken for. */
  void announce(TraceChoice choice) {
    badLines.say(choice.words());
  }

  /**
   * Reads what was chosen.
   *
   * @param from start of the part that is read, in seconds after the first arrival; all when null
   * @param to its end
   */
  Trace read(TraceChoice choice, @Nullable Double from, @Nullable Double to) {
    BadRows bad = badLines.rows();
    Trace trace =
        BadInputException.naming(
            "--from and --to", () -> new Traces(bad).get(choice.spec(), from, to));
    badLines.report(bad);
    return trace;
  }

  /** What becomes of malformed lines. */
  BadLineOptions badLines() {
    return badLines;
  }
}

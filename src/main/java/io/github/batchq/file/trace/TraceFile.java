package io.github.batchq.file.trace;

import io.github.batchq.file.data.CsvReader;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.data.DecimalMark;
import io.github.batchq.file.data.FileHead;
import io.github.batchq.file.data.FileHead.Layout;
import io.github.batchq.file.data.JsonDocumentReader;
import io.github.batchq.file.data.JsonLinesReader;
import io.github.batchq.file.data.TableReader;
import io.github.batchq.file.data.UnitOfTime;
import io.github.batchq.file.trace.TraceColumn.Role;
import io.github.batchq.file.trace.TraceColumn.Since;
import io.github.batchq.model.BadRows;
import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.TraceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A trace in a file of some format. Columns that are named here take the place of those that the
 * format has: a column of a table, a key of JSON objects, or a JSON pointer into them such as
 * {@code /usage/completion_tokens}.
 *
 * @param format the format
 * @param file the file
 * @param arrivalTime column of arrival times, as numbers or as dates and times, in any order; with
 *     neither it nor {@code gap}, the trace tells no arrival times
 * @param gap column of the gaps before each request
 * @param serviceTime column of service times
 * @param tokens column of generated tokens
 * @param promptTokens column of prompt tokens
 * @param predicted column of lengths that were predicted
 * @param firstToken column of the times of first tokens, on the clock of the arrival times
 * @param end column of the times of last tokens, on the clock of the arrival times
 * @param timeUnit unit of all these times; that of the format, or seconds, when absent
 * @param keepZero whether requests of length 0 are kept; they are left out when absent
 * @param decimal what separates the whole part of a number from the rest; as the file tells when
 *     absent
 * @param rows path to the rows in a JSON document; that of the format when absent
 * @param run which run of a result file with several is read, from 1; the first when absent
 * @param model only requests to this model; all when absent
 * @param log only requests of this log type; all when absent
 */
public record TraceFile(
    @Key(type = "text", about = "the format", example = "csv") TraceFormat format,
    @Key(about = "the file; gzip is told by its content", example = "'resource:sample-trace.csv'")
        DataFile file,
    @Key(
            about = "column of the arrival times, as numbers or as dates and times, in any order",
            absent = "that of the format, or requests have no arrival times, or gap is given",
            example = "arrival")
        @Nullable String arrivalTime,
    @Key(
            about = "column of the gaps before each request",
            absent = "arrivalTime is given",
            example = "gap",
            insteadOf = "arrivalTime")
        @Nullable String gap,
    @Key(
            about = "column of the service times",
            absent = "tokens is given",
            example = "seconds",
            insteadOf = "tokens")
        @Nullable String serviceTime,
    @Key(
            about = "column of the numbers of generated tokens",
            absent = "that of the format, or serviceTime is given",
            example = "generated")
        @Nullable String tokens,
    @Key(
            about = "column of the numbers of prompt tokens",
            absent = "that of the format, or no prompts",
            example = "prompt")
        @Nullable String promptTokens,
    @Key(
            about = "column of the lengths that were predicted, for the predictor recorded",
            absent = "none",
            example = "guess")
        @Nullable String predicted,
    @Key(
            about = "column of the times of first tokens, on the clock of the arrival times",
            absent = "that of the format, or none",
            example = "first")
        @Nullable String firstToken,
    @Key(
            about = "column of the times of last tokens, on the clock of the arrival times",
            absent = "that of the format, or none",
            example = "last")
        @Nullable String end,
    @Key(
            about = "unit of arrival times, gaps and service times that are numbers",
            absent = "that of the format, or s unless the numbers say otherwise",
            example = "s")
        @Nullable UnitOfTime timeUnit,
    @Key(
            about = "whether requests of length 0 are kept",
            absent = "false: they are left out, counted and told",
            example = "true")
        @Nullable Boolean keepZero,
    @Key(
            about = "what separates the whole part of a number from the rest, in tables",
            absent =
                "as the file tells: comma or point in tables with semicolons or tabs, else point",
            example = "point")
        @Nullable DecimalMark decimal,
    @Key(
            about =
                "path of a JSON document to its list of requests, or to the object with parallel lists, whose columns then have [] behind their names; * for the number of the run",
            absent = "that of the format, or the document itself",
            example = "/benchmarks/*/requests")
        @Nullable String rows,
    @Key(
            about = "which run of a result file with several",
            unit = "1",
            range = "at least 1",
            absent = "1; that there are more is told",
            example = "2")
        @Nullable Integer run,
    @Key(
            about = "only requests to this model, in formats that tell it, such as burstgpt",
            absent = "all models",
            example = "ChatGPT")
        @Nullable String model,
    @Key(
            about = "only requests of this log type, in formats that tell it, such as burstgpt",
            absent = "all types",
            example = "API log")
        @Nullable String log)
    implements TraceSpec {
  /**
   * Checks that arrival and length each have one column, and that the format has what is chosen.
   */
  public TraceFile {
    if (arrivalTime != null && gap != null) {
      throw new IllegalArgumentException(
          "a "
              + format.name()
              + " trace names either the column arrivalTime or the column gap, found both");
    }
    boolean lengthIsNamed = serviceTime != null || tokens != null;
    if ((serviceTime != null && tokens != null) || (format.byColumn() && !lengthIsNamed)) {
      throw new IllegalArgumentException(
          "a "
              + format.name()
              + " trace names either the column serviceTime or the column tokens, found "
              + (tokens == null ? "neither" : "both"));
    }
    checkFilter(format, "model", model);
    checkFilter(format, "log", log);
    if (run != null) {
      Require.ARGUMENT.atLeast("run", run, 1);
    }
  }

  private static void checkFilter(TraceFormat format, String key, @Nullable String value) {
    if (value != null && !format.filters().containsKey(key)) {
      throw new IllegalArgumentException(
          "the format " + format.name() + " does not tell what '" + key + "' would choose by");
    }
  }

  /** A file of a format as it is. */
  public static TraceFile of(TraceFormat format, DataFile file) {
    return new TraceFile(
        format, file, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null);
  }

  @Override
  public Trace read(BadRows bad) {
    if (!file.exists()) {
      format.explainMissing(file);
    }
    FileHead head = format.byColumn() ? null : FileHead.of(file);
    List<TraceColumn> columns = columns(head);
    List<String> names = new ArrayList<>();
    columns.forEach(column -> names.add(column.names().get(0)));
    filters().forEach(filter -> names.add(filter.column()));
    if (head != null && head.layout() == Layout.TABLE && namesNoColumn()) {
      // What tells a format is there, or the file is of another.
      format.signs().stream().filter(sign -> !sign.contains("|")).forEach(names::add);
    }
    try (TableReader reader = open(head, names)) {
      return new TraceRows(this, columns, reader, bad).read();
    }
  }

  private TableReader open(@Nullable FileHead head, List<String> names) {
    Layout layout = format.layout();
    if (layout == null) {
      layout = head == null ? Layout.TABLE : head.layout();
    }
    return switch (layout) {
      case TABLE -> CsvReader.open(file, names, decimal);
      case LINES -> JsonLinesReader.open(file, names);
      case DOCUMENT -> JsonDocumentReader.open(file, path(), run == null ? 1 : run, names);
    };
  }

  private boolean namesNoColumn() {
    return Stream.of(Role.values()).allMatch(role -> named(role) == null);
  }

  private String path() {
    return rows == null ? format.rows() : rows;
  }

  /** Which column is what, each by the one name that the file has. */
  private List<TraceColumn> columns(@Nullable FileHead head) {
    List<TraceColumn> columns = new ArrayList<>();
    for (Role role : Role.values()) {
      String named = named(role);
      boolean replaced =
          (role == Role.ARRIVAL_TIME && gap != null)
              || (role == Role.TOKENS && serviceTime != null);
      if (named != null) {
        UnitOfTime unit = timeUnit == null ? UnitOfTime.S : timeUnit;
        columns.add(new TraceColumn(role, List.of(named), unit, Since.CLOCK, false));
      } else if (!replaced) {
        format.columns().stream()
            .filter(column -> column.role() == role)
            .flatMap(column -> Stream.ofNullable(present(column, head)))
            .forEach(columns::add);
      }
    }
    return columns;
  }

  private @Nullable TraceColumn present(TraceColumn column, @Nullable FileHead head) {
    List<String> there =
        column.names().stream().filter(name -> head != null && head.has(path(), name)).toList();
    if (there.isEmpty() && column.optional()) {
      return null;
    }
    boolean timed = column.role() == Role.ARRIVAL_TIME && timeUnit != null;
    return new TraceColumn(
        column.role(),
        List.of(there.isEmpty() ? column.names().get(0) : there.get(0)),
        timed ? timeUnit : column.unit(),
        column.since(),
        column.optional());
  }

  private @Nullable String named(Role role) {
    return switch (role) {
      case ARRIVAL_TIME -> arrivalTime;
      case GAP -> gap;
      case SERVICE_TIME -> serviceTime;
      case TOKENS -> tokens;
      case PROMPT_TOKENS -> promptTokens;
      case PREDICTED -> predicted;
      case FIRST_TOKEN -> firstToken;
      case END -> end;
      case BLOCKS, FAILED -> null;
    };
  }

  /** A column by which requests are chosen, and the value that is wanted. */
  record Filter(String key, String column, String value) {}

  List<Filter> filters() {
    List<Filter> filters = new ArrayList<>();
    format
        .filters()
        .forEach(
            (key, column) -> {
              String value = key.equals("model") ? model : log;
              if (value != null) {
                filters.add(new Filter(key, column, value));
              }
            });
    return filters;
  }

  /** Whether the unit of the arrival times is known, not guessed. */
  boolean unitIsKnown() {
    return timeUnit != null
        || (arrivalTime == null && gap == null && format.column(Role.ARRIVAL_TIME).isPresent());
  }
}

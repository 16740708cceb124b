package io.github.batchq.file.trace;

import io.github.batchq.file.data.JsonDocumentReader;
import io.github.batchq.file.data.TableReader;
import io.github.batchq.file.data.UnitOfTime;
import io.github.batchq.file.trace.TraceColumn.Role;
import io.github.batchq.file.trace.TraceFile.Filter;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRows;
import io.github.batchq.workload.PromptBlocks;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.Trace.LengthUnit;
import io.github.batchq.workload.TraceBuilder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes a trace of the rows of a file, and tells what it left out and what it changed. */
final class TraceRows {
  private static final double DAY = 86_400;

  private final TraceFile spec;
  private final TableReader reader;
  private final BadRows bad;
  private final Map<Role, Integer> places = new EnumMap<>(Role.class);
  private final List<TraceColumn> columns;
  private final List<Filter> filters;
  private final TraceBuilder trace;
  private final @Nullable ArrivalClock clock;
  private final boolean inSeconds;
  private final boolean keepZero;
  private final int length;
  private final int prompt;
  private final int predicted;
  private final int firstToken;
  private final int end;
  private final int blocks;
  private final int[] failed;
  private long requests;
  private long zeros;

  /**
   * @param spec what was asked for
   * @param columns the columns of the reader, followed by those of the filters
   * @param reader the file
   * @param bad what becomes of malformed rows, and remembers what is told
   */
  TraceRows(TraceFile spec, List<TraceColumn> columns, TableReader reader, BadRows bad) {
    this.spec = spec;
    this.columns = columns;
    this.reader = reader;
    this.bad = bad;
    for (int i = 0; i < columns.size(); i++) {
      places.put(columns.get(i).role(), i);
    }
    this.filters = spec.filters();
    this.keepZero = Boolean.TRUE.equals(spec.keepZero());
    this.inSeconds = places.containsKey(Role.SERVICE_TIME);
    this.length = place(inSeconds ? Role.SERVICE_TIME : Role.TOKENS);
    this.prompt = place(Role.PROMPT_TOKENS);
    this.predicted = place(Role.PREDICTED);
    this.firstToken = place(Role.FIRST_TOKEN);
    this.end = place(Role.END);
    this.blocks = place(Role.BLOCKS);
    this.failed =
        IntStream.range(0, columns.size())
            .filter(i -> columns.get(i).role() == Role.FAILED)
            .toArray();
    boolean byGap = places.containsKey(Role.GAP);
    int arrival = place(byGap ? Role.GAP : Role.ARRIVAL_TIME);
    this.clock =
        arrival < 0 ? null : new ArrivalClock(reader, arrival, byGap, columns.get(arrival).unit());
    this.trace =
        new TraceBuilder(
            new TraceBuilder.Told(
                clock != null, predicted >= 0, firstToken >= 0, end >= 0, blocks >= 0),
            keepZero);
  }

  private int place(Role role) {
    return places.getOrDefault(role, -1);
  }

  /** Reads all rows. */
  Trace read() {
    reader.forEachRow(this::add, bad);
    if (trace.size() == 0 && requests + trace.failures() + zeros + filters.size() > 0) {
      throw new BadInputException(
          "trace file "
              + spec.file().location()
              + " has no answered request"
              + filters.stream().map(TraceRows::words).collect(Collectors.joining()));
    }
    Trace read =
        trace.build(spec.file().toString(), inSeconds ? LengthUnit.SECONDS : LengthUnit.TOKENS);
    if (clock != null) {
      checkTimes(clock, read);
    }
    notes(read).forEach(note -> bad.note(spec.file() + note));
    return read;
  }

  private static String words(Filter filter) {
    return (filter.key().equals("model") ? " to model '" : " of log type '") + filter.value() + "'";
  }

  private void add() {
    if (clock != null) {
      clock.count();
    }
    for (int i = 0; i < filters.size(); i++) {
      if (!reader.text(columns.size() + i).equals(filters.get(i).value())) {
        return;
      }
    }
    for (int column : failed) {
      if (reader.holds(column)) {
        trace.fail();
        return;
      }
    }
    double size = reader.number(length);
    if (size == 0 && !keepZero) {
      zeros++;
      return;
    }
    double time = clock == null ? 0 : clock.time();
    double first = firstToken < 0 ? Double.NaN : timeOf(firstToken, time, Double.NaN);
    trace.add(
        new TraceBuilder.Row(
            reader.row(),
            time,
            inSeconds ? seconds(length, size) : size,
            prompt < 0 ? 0 : reader.number(prompt),
            predicted < 0 ? Double.NaN : reader.number(predicted),
            first,
            end < 0 ? Double.NaN : timeOf(end, time, first),
            blocks < 0 ? null : PromptBlocks.of(blocks())));
    requests++;
  }

  /** The numbers of the blocks of this row's prompt. */
  private int[] blocks() {
    String text = reader.holds(blocks) ? reader.text(blocks) : "";
    if (text.isEmpty()) {
      return new int[0];
    }
    String[] numbers = text.split(" ", -1);
    int[] ids = new int[numbers.length];
    for (int i = 0; i < ids.length; i++) {
      double id = reader.number(blocks, numbers[i]);
      ids[i] = (int) id;
      if (ids[i] != id || id < 0) {
        throw reader.refuse(
            reader.column(blocks)
                + " must have whole numbers from 0 to 2147483647, found "
                + numbers[i]);
      }
    }
    return ids;
  }

  private double seconds(int column, double value) {
    UnitOfTime unit = columns.get(column).unit();
    return unit == null ? value : unit.seconds(value);
  }

  /** A time on the clock of the arrival times; not a number where the row does not tell it. */
  private double timeOf(int column, double arrival, double first) {
    if (!reader.holds(column)) {
      return Double.NaN;
    }
    return switch (columns.get(column).since()) {
      case CLOCK -> clock == null ? Double.NaN : clock.time(column);
      case ARRIVAL -> arrival + seconds(column, reader.number(column));
      case FIRST_TOKEN -> first + seconds(column, reader.number(column));
    };
  }

  /** Refuses times that are hardly seconds, until somebody says so. */
  private void checkTimes(ArrivalClock times, Trace read) {
    double mean = read.duration() / (read.size() - 1);
    String epoch = times.epochUnit();
    if (spec.unitIsKnown()
        || times.isOfDates()
        || (epoch.isEmpty() && !(mean > DAY) && !loneGap(read))) {
      return;
    }
    throw new BadInputException(
        spec.file()
            + ": are the times of '"
            + times.column()
            + "' seconds? "
            + (epoch.isEmpty() ? "Their mean gap is " + days(mean) : epoch)
            + ", and the largest gap, "
            + days(trace.largestGap())
            + ", is before "
            + reader.place(trace.afterLargestGap())
            + ": say --time-unit "
            + times.likelyUnit()
            + " (timeUnit in an experiment file), or whichever of s, ms, us and ns they are in");
  }

  /** Whether one gap is longer than a day and than all others together. */
  private boolean loneGap(Trace read) {
    return read.size() > 2 && trace.largestGap() > DAY && trace.largestGap() > read.duration() / 2;
  }

  private static String days(double seconds) {
    return seconds < DAY
        ? String.format(Locale.ROOT, "%.4g s", seconds)
        : String.format(Locale.ROOT, "%.4g days", seconds / DAY);
  }

  private List<String> notes(Trace read) {
    List<String> notes = new ArrayList<>();
    if (!spec.format().remark().isEmpty()) {
      notes.add(": " + spec.format().remark());
    }
    if (reader instanceof JsonDocumentReader document && document.runs() > 1) {
      int run = spec.run() == null ? 1 : spec.run();
      notes.add(
          " has "
              + document.runs()
              + " runs; run "
              + run
              + " is read, and another by run (--run on the command line)");
    }
    if (clock != null && spec.unitIsKnown() && loneGap(read)) {
      notes.add(
          ": the largest gap, "
              + days(trace.largestGap())
              + " before "
              + reader.place(trace.afterLargestGap())
              + ", is longer than all others together");
    }
    long failures = trace.failures();
    long all = requests + zeros + failures;
    if (failures > 0) {
      notes.add(": " + of(failures, all) + " failed and left out");
    }
    if (zeros > 0) {
      notes.add(
          ": "
              + of(zeros, all)
              + " without an answer, of length 0, and left out; keepZero (--keep-zero on the"
              + " command line) keeps such");
    }
    if (trace.late() > 0) {
      notes.add(
          ": "
              + trace.late()
              + (trace.late() == 1 ? " row is" : " rows are")
              + " earlier than one above; sorted by arrival");
    }
    return notes;
  }

  private static String of(long some, long all) {
    return some + " of " + all + (some == 1 ? " requests is" : " requests are");
  }
}

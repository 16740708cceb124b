package io.github.batchq.file.trace;

import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.data.TableReader;
import io.github.batchq.model.BadRows;
import io.github.batchq.model.Excerpt;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.Trace.LengthUnit;
import io.github.batchq.workload.TraceBuilder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which column of a file is what.
 *
 * @param arrivalTime column of arrival times, or null
 * @param gap column of the gaps before each request, or null
 * @param serviceTime column of service times, or null
 * @param tokens column of generated tokens, or null
 * @param promptTokens column of prompt tokens, or null
 */
record TraceColumns(
    @Nullable String arrivalTime,
    @Nullable String gap,
    @Nullable String serviceTime,
    @Nullable String tokens,
    @Nullable String promptTokens) {

  /** Checks that arrival and length each have one column. */
  void check(String format) {
    if ((arrivalTime == null) == (gap == null)) {
      throw new IllegalArgumentException(
          "a "
              + format
              + " trace names either the column arrivalTime or the column gap, found "
              + (gap == null ? "neither" : "both"));
    }
    if ((serviceTime == null) == (tokens == null)) {
      throw new IllegalArgumentException(
          "a "
              + format
              + " trace names either the column serviceTime or the column tokens, found "
              + (tokens == null ? "neither" : "both"));
    }
  }

  /** Reads a file, opened for the named columns. */
  Trace read(
      DataFile file, BiFunction<DataFile, List<String>, ? extends TableReader> open, BadRows bad) {
    List<String> columns = new ArrayList<>();
    columns.add(Objects.requireNonNullElse(arrivalTime, gap));
    columns.add(Objects.requireNonNullElse(serviceTime, tokens));
    if (promptTokens != null) {
      columns.add(promptTokens);
    }
    try (TableReader reader = open.apply(file, columns)) {
      TraceBuilder trace = new TraceBuilder();
      Clock clock = new Clock();
      reader.forEachRow(
          () ->
              trace.add(
                  clock.arrivalTime(reader),
                  reader.number(1),
                  promptTokens == null ? 0 : reader.number(2)),
          bad);
      return trace.build(file.toString(), tokens == null ? LengthUnit.SECONDS : LengthUnit.TOKENS);
    }
  }

  /** How arrival times are written. */
  private enum Notation {
    DATES,
    NUMBERS,
    /** Numbers with more digits than a double has, such as nanoseconds since 1970. */
    LONG_NUMBERS
  }

  /** Tells arrival times, all as the first of them is written, or sums of gaps. */
  private final class Clock {
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-.*");
    private static final Pattern PLAIN = Pattern.compile("[-+]?[0-9]{1,40}(\\.[0-9]{0,40})?");

    /** All whole numbers with so many digits are doubles. */
    private static final int WHOLE_DIGITS = 15;

    /** No printed double has more. */
    private static final int DIGITS = 17;

    private final Timestamps timestamps = new Timestamps();
    private @Nullable Notation notation;
    private BigDecimal origin = BigDecimal.ZERO;
    private double sum;

    double arrivalTime(TableReader reader) {
      return gap == null ? time(reader) : sumOfGaps(reader);
    }

    private double sumOfGaps(TableReader reader) {
      double value = reader.number(0);
      if (value < 0) {
        throw reader.refuse("the gap must be at least 0, found " + value);
      }
      sum += value;
      return sum;
    }

    private double time(TableReader reader) {
      Notation present = notation == null ? notation(reader.text(0)) : notation;
      double time =
          switch (present) {
            case DATES -> timestamps.seconds(reader, 0);
            case NUMBERS -> reader.number(0);
            case LONG_NUMBERS -> sinceFirst(reader);
          };
      notation = present;
      return time;
    }

    /** The difference is taken before digits are lost. */
    private double sinceFirst(TableReader reader) {
      String text = reader.text(0);
      if (!PLAIN.matcher(text).matches()) {
        throw reader.refuse(
            reader.column(0)
                + " is '"
                + Excerpt.of(text)
                + "', a number without an exponent was expected, as in the lines above");
      }
      BigDecimal value = new BigDecimal(text);
      if (notation == null) {
        origin = value;
      }
      return value.subtract(origin).doubleValue();
    }

    private static Notation notation(String text) {
      if (DATE.matcher(text).matches()) {
        return Notation.DATES;
      }
      long digits = text.chars().filter(Character::isDigit).count();
      boolean whole = text.indexOf('.') < 0;
      return digits > (whole ? WHOLE_DIGITS : DIGITS) && PLAIN.matcher(text).matches()
          ? Notation.LONG_NUMBERS
          : Notation.NUMBERS;
    }
  }
}

package io.github.batchq.file.trace;

import io.github.batchq.file.data.TableReader;
import io.github.batchq.file.data.UnitOfTime;
import io.github.batchq.model.Excerpt;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells the times of rows in seconds, all as the first of them is written, or sums of gaps. The
 * origin is the same for all of them.
 */
final class ArrivalClock {
  private static final Pattern PLAIN = Pattern.compile("[-+]?[0-9]{1,40}(\\.[0-9]{0,40})?");

  /** All whole numbers with so many digits are doubles. */
  private static final int WHOLE_DIGITS = 15;

  /** No printed double has more. */
  private static final int DIGITS = 17;

  /** What the whole part of a time since 1970 has so many digits in. */
  private static final Map<Integer, UnitOfTime> EPOCHS =
      Map.of(13, UnitOfTime.MS, 16, UnitOfTime.US, 19, UnitOfTime.NS);

  private static final Map<UnitOfTime, String> WORDS =
      Map.of(
          UnitOfTime.MS,
          "milliseconds",
          UnitOfTime.US,
          "microseconds",
          UnitOfTime.NS,
          "nanoseconds");

  private final TableReader reader;
  private final int arrival;
  private final boolean byGap;
  private final UnitOfTime unit;
  private final Timestamps timestamps = new Timestamps();
  private @Nullable Notation notation;
  private BigDecimal origin = BigDecimal.ZERO;
  private double sum;
  private String firstText = "";
  private String firstPlace = "";

  /** How times are written. */
  private enum Notation {
    DATES,
    NUMBERS,
    /** Numbers with more digits than a double has, such as nanoseconds since 1970. */
    LONG_NUMBERS
  }

  /**
   * @param reader the file
   * @param arrival column of the arrival times or gaps
   * @param byGap whether it tells gaps
   * @param unit their unit; null for dates
   */
  ArrivalClock(TableReader reader, int arrival, boolean byGap, @Nullable UnitOfTime unit) {
    this.reader = reader;
    this.arrival = arrival;
    this.byGap = byGap;
    this.unit = unit == null ? UnitOfTime.S : unit;
  }

  /** Counts the gap before this row, which passes whether the row is left out or not. */
  void count() {
    if (byGap) {
      double value = reader.number(arrival);
      if (value < 0) {
        throw reader.refuse("the gap must be at least 0, found " + value);
      }
      sum += value;
    }
  }

  /** The arrival time of this row, which was counted. */
  double time() {
    return byGap ? unit.seconds(sum) : time(arrival);
  }

  /** The time in a column of this row. */
  double time(int column) {
    Notation present = notation == null ? notation(reader.text(column)) : notation;
    double time =
        switch (present) {
          case DATES -> timestamps.seconds(reader, column);
          case NUMBERS -> unit.seconds(reader.number(column));
          case LONG_NUMBERS -> sinceFirst(column);
        };
    if (notation == null) {
      firstText = reader.text(column);
      firstPlace = reader.place(reader.row());
      notation = present;
    }
    return time;
  }

  /** The difference is taken before digits are lost. */
  private double sinceFirst(int column) {
    String text = reader.text(column);
    if (!PLAIN.matcher(text).matches()) {
      throw reader.refuse(
          reader.column(column)
              + " is '"
              + Excerpt.of(text)
              + "', a number without an exponent was expected, as in the lines above");
    }
    BigDecimal value = new BigDecimal(text);
    if (notation == null) {
      origin = value;
    }
    return value.subtract(origin).scaleByPowerOfTen(-unit.digits()).doubleValue();
  }

  private static Notation notation(String text) {
    if (Timestamps.isDate(text)) {
      return Notation.DATES;
    }
    long digits = text.chars().filter(Character::isDigit).count();
    boolean whole = text.indexOf('.') < 0;
    return digits > (whole ? WHOLE_DIGITS : DIGITS) && PLAIN.matcher(text).matches()
        ? Notation.LONG_NUMBERS
        : Notation.NUMBERS;
  }

  /** Whether times are dates. */
  boolean isOfDates() {
    return notation == Notation.DATES;
  }

  /** Name of the column. */
  String column() {
    return reader.column(arrival);
  }

  /** What the digits of the first time say, in words; empty if they may be seconds. */
  String epochUnit() {
    UnitOfTime likely = epoch();
    return likely == null
        ? ""
        : "The one in "
            + firstPlace
            + ", '"
            + Excerpt.of(firstText)
            + "', looks like "
            + WORDS.get(likely)
            + " since 1970";
  }

  /** The unit that the times are likely to have. */
  UnitOfTime likelyUnit() {
    UnitOfTime likely = epoch();
    return likely == null ? UnitOfTime.S : likely;
  }

  private @Nullable UnitOfTime epoch() {
    if (byGap || notation == null || isOfDates() || !PLAIN.matcher(firstText).matches()) {
      return null;
    }
    BigDecimal whole = new BigDecimal(firstText).abs();
    return EPOCHS.get(whole.precision() - whole.scale());
  }
}

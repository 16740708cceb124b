package io.github.batchq.file.trace;

import io.github.batchq.file.data.TableReader;
import io.github.batchq.model.BadRowException;
import io.github.batchq.model.Excerpt;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads times such as 2023-11-16 18:15:46.6805900 or 2024-05-12T00:00:00.003+00:00 as seconds since
 * the first of them, to the nanosecond.
 */
final class Timestamps {
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("[uuuu-M-d][uuuu/M/d][uuuuMMdd][d.M.uuuu][' ']['T'][H:mm[:ss]][HHmmss]")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalEnd()
          .appendPattern("[' '][XXX][XX][X]")
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  private static final Pattern DATE =
      Pattern.compile(
          "[0-9]{4}[-/].*|[0-9]{8}T.*|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{4}.*",
          Pattern.CASE_INSENSITIVE);

  /** Whether the day or the month comes first is not told. */
  private static final Pattern DAY_OR_MONTH = Pattern.compile("[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}.*");

  /** Zones that have the offset 0, and names of zones behind an offset. */
  private static final Pattern ZONE =
      Pattern.compile("( ?(UTC|GMT))$|(?<=[Z0-9])\\[[A-Za-z_/+-]+[0-9]*\\]$");

  /** Where the seconds end in the usual form, and how many digits may follow their point. */
  private static final int SECONDS_END = 19;

  private static final int NANO_DIGITS = 9;

  /** Nanoseconds of so many seconds are a long. */
  private static final long COUNTABLE = 9_000_000_000L;

  private @Nullable Instant first;

  /** Whether there were times without an offset, which are UTC, and times elsewhere. */
  private boolean bare;

  private boolean elsewhere;

  /** Whether a text is a date and time, right or wrong. */
  static boolean isDate(String text) {
    return DATE.matcher(text).matches();
  }

  /** The text with a point before fractions of a second, and with an offset for a zone of none. */
  private static String plain(String text) {
    String pointed = text.indexOf(',') < 0 ? text : text.replace(',', '.');
    char last = pointed.isEmpty() ? ' ' : pointed.charAt(pointed.length() - 1);
    if (last != ']' && last != 'C' && last != 'T') {
      return pointed;
    }
    return ZONE.matcher(pointed).replaceFirst(match -> match.group(2) == null ? "" : "Z");
  }

  /**
   * The time in a cell of the present row.
   *
   * @throws io.github.batchq.model.BadRowException if it is no time of the calendar, or only one of
   *     this time and those before tells its distance from UTC
   */
  double seconds(TableReader reader, int column) {
    String text = reader.text(column);
    Instant usual = elsewhere ? null : usual(text);
    if (usual != null) {
      bare = true;
      return since(usual);
    }
    int slash = text.indexOf('/');
    if (slash >= 0 && slash <= 2 && DAY_OR_MONTH.matcher(text).matches()) {
      throw refuse(
          reader,
          column,
          "whose day or month may come first; a date such as 2024-05-10 was expected");
    }
    try {
      TemporalAccessor parsed = FORMAT.parse(plain(text));
      boolean told = parsed.isSupported(ChronoField.OFFSET_SECONDS);
      ZoneOffset offset = told ? ZoneOffset.from(parsed) : ZoneOffset.UTC;
      if (told ? bare && !offset.equals(ZoneOffset.UTC) : elsewhere) {
        throw refuse(
            reader,
            column,
            told
                ? "with an offset from UTC, where times above have none"
                : "without an offset from UTC, where times above have one");
      }
      bare |= !told;
      elsewhere |= !offset.equals(ZoneOffset.UTC);
      return since(LocalDateTime.from(parsed).toInstant(offset));
    } catch (DateTimeException e) {
      throw refuse(
          reader,
          column,
          e.getCause() == null
              ? "a time such as 2023-11-16 18:15:46.6805900 was expected"
              : "which is no time of the calendar");
    }
  }

  private static BadRowException refuse(TableReader reader, int column, String reason) {
    return reader.refuse(
        reader.column(column) + " is '" + Excerpt.of(reader.text(column)) + "', " + reason);
  }

  private double since(Instant time) {
    if (first == null) {
      first = time;
    }
    Duration since = Duration.between(first, time);
    return Math.abs(since.getSeconds()) < COUNTABLE
        ? since.toNanos() / 1e9
        : since.getSeconds() + since.getNano() / 1e9;
  }

  /**
   * The time of a text such as 2023-11-16 18:15:46.68, which the formatter takes longer for; null
   * for all others, and for the days of which not every month has one.
   */
  private static @Nullable Instant usual(String text) {
    int length = text.length();
    if (length < SECONDS_END
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || (text.charAt(10) != ' ' && text.charAt(10) != 'T')
        || text.charAt(13) != ':'
        || text.charAt(16) != ':'
        || (length > SECONDS_END && text.charAt(SECONDS_END) != '.')
        || length == SECONDS_END + 1
        || length > SECONDS_END + 1 + NANO_DIGITS) {
      return null;
    }
    int month = digits(text, 5, 7);
    int day = digits(text, 8, 10);
    int hour = digits(text, 11, 13);
    int minute = digits(text, 14, 16);
    int second = digits(text, 17, SECONDS_END);
    int year = digits(text, 0, 4);
    int nanos = digits(text, Math.min(length, SECONDS_END + 1), length);
    if (year < 0 || nanos < 0 || hour < 0 || minute < 0 || second < 0) {
      return null;
    }
    if (month < 1 || month > 12 || day < 1 || day > 28) {
      return null;
    }
    if (hour > 23 || minute > 59 || second > 59) {
      return null;
    }
    for (int i = length; i <= SECONDS_END + NANO_DIGITS; i++) {
      nanos *= 10;
    }
    long days = LocalDate.of(year, month, day).toEpochDay();
    return Instant.ofEpochSecond(((days * 24 + hour) * 60 + minute) * 60 + second, nanos);
  }

  /** The number of some digits; negative if there is something else. */
  private static int digits(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}

package io.github.batchq.file.trace;

import io.github.batchq.file.data.TableReader;
import io.github.batchq.model.Excerpt;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
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
    String found = reader.column(column) + " is '" + Excerpt.of(text) + "', ";
    int slash = text.indexOf('/');
    if (slash >= 0 && slash <= 2 && DAY_OR_MONTH.matcher(text).matches()) {
      throw reader.refuse(
          found + "whose day or month may come first; a date such as 2024-05-10 was expected");
    }
    try {
      TemporalAccessor parsed = FORMAT.parse(plain(text));
      boolean told = parsed.isSupported(ChronoField.OFFSET_SECONDS);
      ZoneOffset offset = told ? ZoneOffset.from(parsed) : ZoneOffset.UTC;
      if (told ? bare && !offset.equals(ZoneOffset.UTC) : elsewhere) {
        throw reader.refuse(
            found
                + (told
                    ? "with an offset from UTC, where times above have none"
                    : "without an offset from UTC, where times above have one"));
      }
      bare |= !told;
      elsewhere |= !offset.equals(ZoneOffset.UTC);
      Instant time = LocalDateTime.from(parsed).toInstant(offset);
      if (first == null) {
        first = time;
      }
      Duration since = Duration.between(first, time);
      return Math.abs(since.getSeconds()) < COUNTABLE
          ? since.toNanos() / 1e9
          : since.getSeconds() + since.getNano() / 1e9;
    } catch (DateTimeException e) {
      throw reader.refuse(
          found
              + (e.getCause() == null
                  ? "a time such as 2023-11-16 18:15:46.6805900 was expected"
                  : "which is no time of the calendar"));
    }
  }
}

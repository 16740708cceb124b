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
import org.jspecify.annotations.Nullable;

/**
 * Reads times such as 2023-11-16 18:15:46.6805900 or 2024-05-12T00:00:00.003+00:00 as seconds since
 * the first of them, to the nanosecond.
 */
final class Timestamps {
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd[' ']['T']HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendPattern("[XXX]")
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  /** Nanoseconds of so many seconds are a long. */
  private static final long COUNTABLE = 9_000_000_000L;

  private @Nullable Instant first;

  /** Whether there were times without an offset, which are UTC, and times elsewhere. */
  private boolean bare;

  private boolean elsewhere;

  /**
   * The time in a cell of the present row.
   *
   * @throws io.github.batchq.model.BadRowException if it is no time of the calendar, or only one of
   *     this time and those before tells its distance from UTC
   */
  double seconds(TableReader reader, int column) {
    String text = reader.text(column);
    String found = reader.column(column) + " is '" + Excerpt.of(text) + "', ";
    try {
      TemporalAccessor parsed = FORMAT.parse(text);
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

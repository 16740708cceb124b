package io.github.batchq.workload;

import io.github.batchq.model.TableReader;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
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
          .toFormatter();

  private @Nullable Instant first;

  /** The time in a cell of the present row. */
  double seconds(TableReader reader, int column) {
    String text = reader.text(column);
    try {
      TemporalAccessor parsed = FORMAT.parse(text);
      ZoneOffset offset =
          parsed.isSupported(ChronoField.OFFSET_SECONDS)
              ? ZoneOffset.ofTotalSeconds(parsed.get(ChronoField.OFFSET_SECONDS))
              : ZoneOffset.UTC;
      Instant time = LocalDateTime.from(parsed).toInstant(offset);
      if (first == null) {
        first = time;
      }
      return first.until(time, ChronoUnit.NANOS) / 1e9;
    } catch (DateTimeParseException e) {
      throw reader.refuse(
          reader.column(column)
              + " is '"
              + text
              + "', a time such as 2023-11-16 18:15:46.6805900 was expected");
    }
  }
}

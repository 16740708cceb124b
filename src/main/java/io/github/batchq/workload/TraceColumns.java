package io.github.batchq.workload;

import io.github.batchq.model.BadRows;
import io.github.batchq.model.DataFile;
import io.github.batchq.model.TableReader;
import io.github.batchq.workload.Trace.LengthUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
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
      TraceBuilder trace = new TraceBuilder(reader);
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

  /** Tells arrival times, which may be seconds, times of a day, or sums of gaps. */
  private final class Clock {
    private final Timestamps timestamps = new Timestamps();
    private double sum;

    double arrivalTime(TableReader reader) {
      if (gap == null) {
        // A date has a '-' after its year, where a number has digits, a point or an exponent.
        String text = reader.text(0);
        return text.length() > 4 && text.charAt(4) == '-'
            ? timestamps.seconds(reader, 0)
            : reader.number(0);
      }
      double value = reader.number(0);
      if (value < 0) {
        throw reader.refuse("the gap must be at least 0, found " + value);
      }
      sum += value;
      return sum;
    }
  }
}

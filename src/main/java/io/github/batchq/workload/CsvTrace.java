package io.github.batchq.workload;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.CsvReader;
import io.github.batchq.model.DataFile;
import io.github.batchq.workload.Trace.LengthUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A trace in any CSV file with a header line, told which column is what.
 *
 * @param file the CSV file
 * @param arrivalTime column of arrival times in seconds, not decreasing; null if {@code gap} is
 *     given
 * @param gap column of the gaps before each request in seconds; null if {@code arrivalTime} is
 *     given
 * @param serviceTime column of service times in seconds; null if {@code tokens} is given
 * @param tokens column of generated tokens; null if {@code serviceTime} is given
 * @param promptTokens column of prompt tokens; none when absent
 */
public record CsvTrace(
    DataFile file,
    @Nullable String arrivalTime,
    @Nullable String gap,
    @Nullable String serviceTime,
    @Nullable String tokens,
    @Nullable String promptTokens)
    implements TraceSpec {
  /** Checks that arrival and length each have one column. */
  public CsvTrace {
    if ((arrivalTime == null) == (gap == null)) {
      throw new IllegalArgumentException(
          "a csv trace names either the column arrivalTime or the column gap, found "
              + (gap == null ? "neither" : "both"));
    }
    if ((serviceTime == null) == (tokens == null)) {
      throw new IllegalArgumentException(
          "a csv trace names either the column serviceTime or the column tokens, found "
              + (tokens == null ? "neither" : "both"));
    }
  }

  @Override
  public Trace read() {
    if (!file.exists()) {
      throw new BadInputException(
          "trace file "
              + file.location()
              + " does not exist; name it with --set scenario.arrivals.trace.file=PATH");
    }
    List<String> columns = new ArrayList<>();
    columns.add(Objects.requireNonNullElse(arrivalTime, gap));
    columns.add(Objects.requireNonNullElse(serviceTime, tokens));
    if (promptTokens != null) {
      columns.add(promptTokens);
    }
    try (CsvReader reader = CsvReader.open(file, columns)) {
      TraceBuilder trace = new TraceBuilder(reader);
      double time = 0;
      while (reader.next()) {
        double value = reader.number(0);
        if (gap != null && value < 0) {
          throw reader.refuse("the gap must be at least 0, found " + value);
        }
        time = gap == null ? value : time + value;
        trace.add(time, reader.number(1), promptTokens == null ? 0 : reader.number(2));
      }
      return trace.build(file.name(), tokens == null ? LengthUnit.SECONDS : LengthUnit.TOKENS);
    }
  }
}

package io.github.batchq.workload;

import io.github.batchq.model.BadRows;
import io.github.batchq.model.CsvReader;
import io.github.batchq.model.DataFile;
import org.jspecify.annotations.Nullable;

/**
 * A trace in any CSV file with a header line, told which column is what.
 *
 * @param file the CSV file
 * @param arrivalTime column of arrival times, in seconds or as dates and times, not decreasing;
 *     null if {@code gap} is given
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
    new TraceColumns(arrivalTime, gap, serviceTime, tokens, promptTokens).check("csv");
  }

  @Override
  public Trace read(BadRows bad) {
    return columns().read(file, CsvReader::open, bad);
  }

  private TraceColumns columns() {
    return new TraceColumns(arrivalTime, gap, serviceTime, tokens, promptTokens);
  }
}

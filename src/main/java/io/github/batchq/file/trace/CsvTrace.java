package io.github.batchq.file.trace;

import io.github.batchq.file.data.CsvReader;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.model.BadRows;
import io.github.batchq.model.Key;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.TraceSpec;
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
    @Key(about = "CSV file with a header line", example = "'resource:sample-trace.csv'")
        DataFile file,
    @Key(
            about =
                "column of the arrival times, in s or as dates and times, which do not decrease",
            absent = "gap is given",
            example = "arrival")
        @Nullable String arrivalTime,
    @Key(
            about = "column of the gaps before each request, in s",
            absent = "arrivalTime is given",
            example = "gap",
            insteadOf = "arrivalTime")
        @Nullable String gap,
    @Key(
            about = "column of the service times, in s",
            absent = "tokens is given",
            example = "seconds",
            insteadOf = "tokens")
        @Nullable String serviceTime,
    @Key(
            about = "column of the numbers of generated tokens",
            absent = "serviceTime is given",
            example = "generated")
        @Nullable String tokens,
    @Key(
            about = "column of the numbers of prompt tokens",
            absent = "no prompts",
            example = "prompt")
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

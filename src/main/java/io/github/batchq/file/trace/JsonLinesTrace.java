package io.github.batchq.file.trace;

import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.data.JsonLinesReader;
import io.github.batchq.model.BadRows;
import io.github.batchq.model.Key;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.TraceSpec;
import org.jspecify.annotations.Nullable;

/**
 * A trace in a file with one JSON object in each line, told which key is what: a key of the
 * objects, or a JSON pointer into them such as {@code /usage/completion_tokens}.
 *
 * @param file the file
 * @param arrivalTime key of arrival times, in seconds or as dates and times, not decreasing; null
 *     if {@code gap} is given
 * @param gap key of the gaps before each request in seconds; null if {@code arrivalTime} is given
 * @param serviceTime key of service times in seconds; null if {@code tokens} is given
 * @param tokens key of generated tokens; null if {@code serviceTime} is given
 * @param promptTokens key of prompt tokens; none when absent
 */
public record JsonLinesTrace(
    @Key(
            about = "file with one JSON object in each line",
            example = "'resource:sample-trace.jsonl'")
        DataFile file,
    @Key(
            about = "key of the arrival times, in s or as dates and times, which do not decrease",
            absent = "gap is given",
            example = "time")
        @Nullable String arrivalTime,
    @Key(
            about = "key of the gaps before each request, in s",
            absent = "arrivalTime is given",
            example = "/timing/gap",
            insteadOf = "arrivalTime")
        @Nullable String gap,
    @Key(
            about = "key of the service times, in s",
            absent = "tokens is given",
            example = "/timing/seconds",
            insteadOf = "tokens")
        @Nullable String serviceTime,
    @Key(
            about = "key of the numbers of generated tokens",
            absent = "serviceTime is given",
            example = "/usage/completion_tokens")
        @Nullable String tokens,
    @Key(
            about = "key of the numbers of prompt tokens",
            absent = "no prompts",
            example = "/usage/prompt_tokens")
        @Nullable String promptTokens)
    implements TraceSpec {
  /** Checks that arrival and length each have one column. */
  public JsonLinesTrace {
    new TraceColumns(arrivalTime, gap, serviceTime, tokens, promptTokens).check("jsonl");
  }

  @Override
  public Trace read(BadRows bad) {
    return columns().read(file, JsonLinesReader::open, bad);
  }

  private TraceColumns columns() {
    return new TraceColumns(arrivalTime, gap, serviceTime, tokens, promptTokens);
  }
}

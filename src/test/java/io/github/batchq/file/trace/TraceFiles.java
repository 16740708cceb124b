package io.github.batchq.file.trace;

import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.data.UnitOfTime;
import org.jspecify.annotations.Nullable;

/** Descriptions of trace files, for tests. */
public final class TraceFiles {
  private TraceFiles() {}

  private static TraceFormat format(String name) {
    return TraceFormats.named(name).orElseThrow();
  }

  /** A file of a format as it is. */
  public static TraceFile of(String format, DataFile file) {
    return TraceFile.of(format(format), file);
  }

  /** A file whose columns are named. */
  public static TraceFile columns(
      String format,
      DataFile file,
      @Nullable String arrivalTime,
      @Nullable String gap,
      @Nullable String serviceTime,
      @Nullable String tokens,
      @Nullable String promptTokens) {
    return timed(format, file, arrivalTime, gap, serviceTime, tokens, promptTokens, null);
  }

  /** A file whose columns are named, and the unit of its times. */
  public static TraceFile timed(
      String format,
      DataFile file,
      @Nullable String arrivalTime,
      @Nullable String gap,
      @Nullable String serviceTime,
      @Nullable String tokens,
      @Nullable String promptTokens,
      @Nullable UnitOfTime unit) {
    return new TraceFile(
        format(format),
        file,
        arrivalTime,
        gap,
        serviceTime,
        tokens,
        promptTokens,
        null,
        null,
        null,
        unit,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** A CSV file. */
  public static TraceFile csv(
      DataFile file,
      @Nullable String arrivalTime,
      @Nullable String gap,
      @Nullable String serviceTime,
      @Nullable String tokens,
      @Nullable String promptTokens) {
    return columns("csv", file, arrivalTime, gap, serviceTime, tokens, promptTokens);
  }

  /** A file of JSON lines. */
  public static TraceFile jsonl(
      DataFile file,
      @Nullable String arrivalTime,
      @Nullable String gap,
      @Nullable String serviceTime,
      @Nullable String tokens,
      @Nullable String promptTokens) {
    return columns("jsonl", file, arrivalTime, gap, serviceTime, tokens, promptTokens);
  }

  /** A file of BurstGPT. */
  public static TraceFile burstGpt(DataFile file, @Nullable String model, @Nullable String log) {
    return new TraceFile(
        format("burstgpt"),
        file,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        model,
        log);
  }
}

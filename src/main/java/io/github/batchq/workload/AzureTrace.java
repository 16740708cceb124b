package io.github.batchq.workload;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.CsvReader;
import io.github.batchq.model.DataFile;
import io.github.batchq.workload.Trace.LengthUnit;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A trace in the format of the Azure LLM inference traces of 2023: a CSV file with the columns
 * {@code TIMESTAMP}, {@code ContextTokens}, {@code GeneratedTokens}. Lengths are generated tokens.
 * The traces are public: GitHub, Azure/AzurePublicDataset (CC-BY 4.0); P. Patel et al., "Splitwise:
 * Efficient generative LLM inference using phase splitting", ISCA 2024.
 *
 * @param file the CSV file
 */
public record AzureTrace(DataFile file) implements TraceSpec {
  private static final List<String> COLUMNS =
      List.of("TIMESTAMP", "ContextTokens", "GeneratedTokens");

  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();

  @Override
  public Trace read() {
    if (!file.exists()) {
      throw new BadInputException(
          "trace file "
              + file.location()
              + " does not exist; the Azure LLM inference traces are public"
              + " (GitHub, Azure/AzurePublicDataset, AzureLLMInferenceTrace_conv.csv and _code.csv, CC-BY 4.0):"
              + " fetch one and name it with --set scenario.arrivals.trace.file=PATH");
    }
    try (CsvReader reader = CsvReader.open(file, COLUMNS)) {
      TraceBuilder trace = new TraceBuilder(reader);
      LocalDateTime start = null;
      while (reader.next()) {
        LocalDateTime time = timestamp(reader);
        start = start == null ? time : start;
        trace.add(start.until(time, ChronoUnit.NANOS) / 1e9, reader.number(2), reader.number(1));
      }
      return trace.build(file.name(), LengthUnit.TOKENS);
    }
  }

  private static LocalDateTime timestamp(CsvReader reader) {
    try {
      return LocalDateTime.parse(reader.text(0), TIMESTAMP);
    } catch (DateTimeParseException e) {
      throw reader.refuse(
          "TIMESTAMP is '"
              + reader.text(0)
              + "', a time such as 2023-11-16 18:15:46.6805900 was expected");
    }
  }
}

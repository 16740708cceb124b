package io.github.batchq.file.trace;

import io.github.batchq.file.data.CsvReader;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRows;
import io.github.batchq.model.Key;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.Trace.LengthUnit;
import io.github.batchq.workload.TraceBuilder;
import io.github.batchq.workload.TraceSpec;
import java.util.List;

/**
 * A trace in the format of the Azure LLM inference traces of 2023 and 2024: a CSV file with the
 * columns {@code TIMESTAMP}, {@code ContextTokens}, {@code GeneratedTokens}. Lengths are generated
 * tokens. Times may have an offset from UTC, as they do in 2024. The traces are public: GitHub,
 * Azure/AzurePublicDataset (CC-BY 4.0); P. Patel et al., "Splitwise: Efficient generative LLM
 * inference using phase splitting", ISCA 2024; J. Stojkovic et al., "DynamoLLM: Designing LLM
 * inference clusters for performance and energy efficiency", arXiv:2408.00741.
 *
 * @param file the CSV file
 */
public record AzureTrace(
    @Key(
            about = "CSV file with the columns TIMESTAMP, ContextTokens and GeneratedTokens",
            example = "'resource:sample-azure.csv'")
        DataFile file)
    implements TraceSpec {
  private static final List<String> COLUMNS =
      List.of("TIMESTAMP", "ContextTokens", "GeneratedTokens");

  @Override
  public Trace read(BadRows bad) {
    if (!file.exists()) {
      throw new BadInputException(
          "trace file "
              + file.location()
              + " does not exist; the Azure LLM inference traces are public"
              + " (GitHub, Azure/AzurePublicDataset, AzureLLMInferenceTrace_conv.csv and others, CC-BY 4.0):"
              + " fetch one and name it with --set scenario.arrivals.trace.file=PATH");
    }
    try (CsvReader reader = CsvReader.open(file, COLUMNS)) {
      TraceBuilder trace = new TraceBuilder();
      Timestamps times = new Timestamps();
      reader.forEachRow(
          () -> trace.add(times.seconds(reader, 0), reader.number(2), reader.number(1)), bad);
      return trace.build(file.toString(), LengthUnit.TOKENS);
    }
  }
}

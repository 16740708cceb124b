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
import org.jspecify.annotations.Nullable;

/**
 * A trace in the format of BurstGPT (Y. Wang et al., "BurstGPT: A Real-World Workload Dataset to
 * Optimize LLM Serving Systems", arXiv:2401.17644; github.com/HPMLL/BurstGPT): a CSV file with the
 * columns {@code Timestamp} (seconds), {@code Model}, {@code Request tokens}, {@code Response
 * tokens}, {@code Total tokens}, {@code Log Type}. Lengths are response tokens. Requests that got
 * no response, which the data set marks by 0 response tokens, are left out.
 *
 * @param file the CSV file
 * @param model only requests to this model, such as {@code ChatGPT}; all when absent
 * @param log only requests of this log type, such as {@code API log}; all when absent
 */
public record BurstGptTrace(
    @Key(
            about =
                "CSV file with the columns Timestamp (s), Model, Request tokens, Response tokens, Total tokens and Log Type; requests with 0 response tokens are left out",
            example = "'resource:sample-burstgpt.csv'")
        DataFile file,
    @Key(about = "only requests to this model", absent = "all models", example = "ChatGPT")
        @Nullable String model,
    @Key(about = "only requests of this log type", absent = "all types", example = "API log")
        @Nullable String log)
    implements TraceSpec {
  private static final List<String> COLUMNS =
      List.of("Timestamp", "Model", "Request tokens", "Response tokens", "Log Type");

  @Override
  public Trace read(BadRows bad) {
    if (!file.exists()) {
      throw new BadInputException(
          "trace file "
              + file.location()
              + " does not exist; BurstGPT is public (GitHub, HPMLL/BurstGPT): fetch one of its files"
              + " and name it with --set scenario.arrivals.trace.file=PATH");
    }
    try (CsvReader reader = CsvReader.open(file, COLUMNS)) {
      TraceBuilder trace = new TraceBuilder();
      reader.forEachRow(() -> add(reader, trace), bad);
      if (trace.size() == 0) {
        throw new BadInputException(
            "trace file "
                + file.location()
                + " has no answered request"
                + (model == null ? "" : " to model '" + model + "'")
                + (log == null ? "" : " of log type '" + log + "'"));
      }
      return trace.build(file.toString(), LengthUnit.TOKENS);
    }
  }

  private void add(CsvReader reader, TraceBuilder trace) {
    boolean wanted =
        (model == null || model.equals(reader.text(1)))
            && (log == null || log.equals(reader.text(4)));
    double response = reader.number(3);
    if (wanted && response != 0) {
      trace.add(reader.number(0), response, reader.number(2));
    }
  }
}

package io.github.batchq.file.trace;

import io.github.batchq.file.data.DataFile;
import io.github.batchq.model.BadRows;
import io.github.batchq.model.Key;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.TraceSpec;

/**
 * A trace in the format of the simulator Vidur (A. Agrawal et al., "Vidur: A Large-Scale Simulation
 * Framework for LLM Inference", MLSys 2024; github.com/microsoft/vidur): a CSV file with the
 * columns {@code arrived_at} (seconds), {@code num_prefill_tokens}, {@code num_decode_tokens}.
 * Lengths are decode tokens.
 *
 * @param file the CSV file
 */
public record VidurTrace(
    @Key(
            about =
                "CSV file with the columns arrived_at (s), num_prefill_tokens and num_decode_tokens",
            example = "'resource:sample-vidur.csv'")
        DataFile file)
    implements TraceSpec {
  @Override
  public Trace read(BadRows bad) {
    return new CsvTrace(file, "arrived_at", null, null, "num_decode_tokens", "num_prefill_tokens")
        .read(bad);
  }
}

package io.github.batchq.workload;

/**
 * The description of a recorded trace as a user writes it: an immutable record that names a file
 * and its format.
 */
public interface TraceSpec {
  /**
   * Reads the trace.
   *
   * @throws io.github.batchq.model.BadInputException if the file is missing or a line is malformed
   */
  Trace read();
}

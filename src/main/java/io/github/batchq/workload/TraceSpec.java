package io.github.batchq.workload;

import io.github.batchq.model.BadRows;

/**
 * The description of a recorded trace as a user writes it: an immutable record that names a file
 * and its format.
 */
public interface TraceSpec {
  /**
   * Reads the trace.
   *
   * @param bad what becomes of malformed lines
   * @throws io.github.batchq.model.BadInputException if the file is missing or more lines are
   *     malformed than may be
   */
  Trace read(BadRows bad);

  /**
   * Reads a trace without malformed lines.
   *
   * @throws io.github.batchq.model.BadInputException if the file is missing or a line is malformed
   */
  default Trace read() {
    return read(BadRows.none());
  }
}

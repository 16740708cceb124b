package io.github.batchq.workload;

import io.github.batchq.model.BadRows;

/**
 * The description of a recorded trace: a {@link Trace} itself, or an immutable record that names a
 * file and its format, which lives where files are read. Equal ones describe the same trace.
 */
public interface TraceSpec {
  /**
   * The trace; reads its file if it has one.
   *
   * @param bad what becomes of malformed lines
   * @throws io.github.batchq.model.BadInputException if the file is missing or more lines are
   *     malformed than may be
   */
  Trace read(BadRows bad);

  /**
   * The trace of a file without malformed lines.
   *
   * @throws io.github.batchq.model.BadInputException if the file is missing or a line is malformed
   */
  default Trace read() {
    return read(BadRows.none());
  }
}

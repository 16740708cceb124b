package io.github.batchq.workload;

import io.github.batchq.model.TableReader;
import io.github.batchq.workload.Trace.LengthUnit;

/** Collects the rows of a trace and refuses rows that no trace can have. */
final class TraceBuilder {
  private final TableReader reader;
  private final DoubleColumn arrivalTimes = new DoubleColumn();
  private final DoubleColumn lengths = new DoubleColumn();
  private final IntColumn promptTokens = new IntColumn();
  private double first;
  private double last;

  TraceBuilder(TableReader reader) {
    this.reader = reader;
  }

  /** Number of rows so far. */
  int size() {
    return lengths.size();
  }

  /**
   * Adds a request.
   *
   * @param time arrival time in seconds; of any origin, not before the last one
   * @param length tokens or seconds, positive
   * @param prompt prompt tokens, a whole number from 0 to 2147483647
   */
  void add(double time, double length, double prompt) {
    if (size() > 0 && time < last) {
      throw reader.refuse("the request arrives " + (last - time) + " s before the one above it");
    }
    if (!(length > 0)) {
      throw reader.refuse("the length must be positive, found " + length);
    }
    if (prompt < 0 || prompt != Math.rint(prompt)) {
      throw reader.refuse("prompt tokens must be a whole number of at least 0, found " + prompt);
    }
    if (prompt > Integer.MAX_VALUE) {
      throw reader.refuse("prompt tokens must be at most 2147483647, found " + prompt);
    }
    first = size() == 0 ? time : first;
    last = time;
    arrivalTimes.add(time - first);
    lengths.add(length);
    promptTokens.add((int) prompt);
  }

  /** The trace, with its first arrival moved to time 0. */
  Trace build(String name, LengthUnit unit) {
    return new Trace(name, arrivalTimes, lengths, promptTokens, unit);
  }
}

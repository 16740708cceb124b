package io.github.batchq.workload;

import io.github.batchq.model.CsvReader;
import io.github.batchq.workload.Trace.LengthUnit;
import java.util.Arrays;

/** Collects the rows of a trace in growing arrays and refuses rows that no trace can have. */
final class TraceBuilder {
  private static final int INITIAL_ROWS = 1024;

  private final CsvReader reader;
  private double[] arrivalTimes = new double[INITIAL_ROWS];
  private double[] lengths = new double[INITIAL_ROWS];
  private int[] promptTokens = new int[INITIAL_ROWS];
  private int size;

  TraceBuilder(CsvReader reader) {
    this.reader = reader;
  }

  /** Number of rows so far. */
  int size() {
    return size;
  }

  /**
   * Adds a request.
   *
   * @param time arrival time in seconds; of any origin, not before the last one
   * @param length tokens or seconds, positive
   * @param prompt prompt tokens, a whole number of at least 0
   */
  void add(double time, double length, double prompt) {
    if (size > 0 && time < arrivalTimes[size - 1]) {
      throw reader.refuse(
          "the request arrives " + (arrivalTimes[size - 1] - time) + " s before the one above it");
    }
    if (!(length > 0)) {
      throw reader.refuse("the length must be positive, found " + length);
    }
    if (prompt < 0 || prompt != Math.rint(prompt) || prompt > Integer.MAX_VALUE) {
      throw reader.refuse("prompt tokens must be a whole number of at least 0, found " + prompt);
    }
    if (size == lengths.length) {
      arrivalTimes = Arrays.copyOf(arrivalTimes, 2 * size);
      lengths = Arrays.copyOf(lengths, 2 * size);
      promptTokens = Arrays.copyOf(promptTokens, 2 * size);
    }
    arrivalTimes[size] = time;
    lengths[size] = length;
    promptTokens[size] = (int) prompt;
    size++;
  }

  /** The trace, with its first arrival moved to time 0. */
  Trace build(String name, LengthUnit unit) {
    double first = arrivalTimes[0];
    double[] times = new double[size];
    for (int i = 0; i < size; i++) {
      times[i] = arrivalTimes[i] - first;
    }
    return new Trace(
        name, times, Arrays.copyOf(lengths, size), Arrays.copyOf(promptTokens, size), unit);
  }
}

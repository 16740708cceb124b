package io.github.batchq.workload;

import io.github.batchq.workload.Trace.LengthUnit;

/**
 * Makes a trace of rows that come one after the other, and refuses rows that no trace can have.
 * Columns grow without a copy.
 */
public final class TraceBuilder {
  private final DoubleColumn arrivalTimes = new DoubleColumn();
  private final DoubleColumn lengths = new DoubleColumn();
  private final IntColumn promptTokens = new IntColumn();
  private double first;
  private double last;

  /** Number of rows so far. */
  public int size() {
    return lengths.size();
  }

  /**
   * Adds a request.
   *
   * @param time arrival time in seconds; of any origin, not before the last one
   * @param length tokens or seconds, positive
   * @param prompt prompt tokens, a whole number from 0 to 2147483647
   * @throws IllegalArgumentException if a number is out of its range; the request is left out
   */
  public void add(double time, double length, double prompt) {
    if (size() > 0 && time < last) {
      throw new IllegalArgumentException(
          "the request arrives " + (last - time) + " s before the one above it");
    }
    if (!(length > 0)) {
      throw new IllegalArgumentException("the length must be positive, found " + length);
    }
    if (prompt < 0 || prompt != Math.rint(prompt)) {
      throw new IllegalArgumentException(
          "prompt tokens must be a whole number of at least 0, found " + prompt);
    }
    if (prompt > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "prompt tokens must be at most 2147483647, found " + prompt);
    }
    first = size() == 0 ? time : first;
    last = time;
    arrivalTimes.add(time - first);
    lengths.add(length);
    promptTokens.add((int) prompt);
  }

  /**
   * The trace, with its first arrival moved to time 0.
   *
   * @param name what messages call it, such as the file that it comes from
   * @param unit unit of the lengths
   * @throws io.github.batchq.model.BadInputException if there are fewer than two requests
   */
  public Trace build(String name, LengthUnit unit) {
    return new Trace(name, arrivalTimes, lengths, promptTokens, unit);
  }
}

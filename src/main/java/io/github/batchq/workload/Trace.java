package io.github.batchq.workload;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRows;

/**
 * A recorded trace: arrival times from 0, lengths and prompt sizes, in the order of arrival.
 * Immutable and shared by all replications. It describes itself where a description is asked for.
 */
public final class Trace implements TraceSpec {
  /** What a trace's lengths are. */
  public enum LengthUnit {
    /** Generated tokens. */
    TOKENS,
    /** Service times in seconds. */
    SECONDS
  }

  private final String name;
  private final DoubleColumn arrivalTimes;
  private final DoubleColumn lengths;
  private final IntColumn promptTokens;
  private final LengthUnit unit;

  Trace(
      String name,
      DoubleColumn arrivalTimes,
      DoubleColumn lengths,
      IntColumn promptTokens,
      LengthUnit unit) {
    int size = lengths.size();
    if (size < 2) {
      throw new BadInputException(
          name + ": a trace needs at least two requests, found " + (size == 0 ? "none" : "one"));
    }
    this.name = name;
    this.arrivalTimes = arrivalTimes;
    this.lengths = lengths;
    this.promptTokens = promptTokens;
    this.unit = unit;
  }

  /** Itself: it has been read, or never stood in a file. */
  @Override
  public Trace read(BadRows bad) {
    return this;
  }

  /** What messages call it: the file that it comes from. */
  public String name() {
    return name;
  }

  /** Number of requests, at least 2. */
  public int size() {
    return lengths.size();
  }

  /** Arrival time of request {@code i} in seconds; 0 for the first one. */
  public double arrivalTime(int i) {
    return arrivalTimes.get(i);
  }

  /** Length of request {@code i} in the unit of {@link #unit()}. */
  public double length(int i) {
    return lengths.get(i);
  }

  /** Prompt tokens of request {@code i}; 0 where the trace does not tell them. */
  public int promptTokens(int i) {
    return promptTokens.get(i);
  }

  /** Unit of the lengths. */
  public LengthUnit unit() {
    return unit;
  }

  /** Seconds from the first arrival to the last. */
  public double duration() {
    return arrivalTimes.get(size() - 1);
  }

  /**
   * Mean arrival rate in requests per second: gaps over the time from the first arrival to the
   * last; infinite where all requests arrive at one time.
   */
  public double rate() {
    return (size() - 1) / duration();
  }

  /**
   * Squared coefficient of variation of the gaps between arrivals; 0 where all requests arrive at
   * one time.
   */
  public double gapVariation() {
    double mean = 1 / rate();
    if (mean == 0) {
      return 0;
    }
    double squares = 0;
    for (int i = 1; i < size(); i++) {
      double difference = arrivalTimes.get(i) - arrivalTimes.get(i - 1) - mean;
      squares += difference * difference;
    }
    return squares / (size() - 1) / (mean * mean);
  }

  /**
   * The first lengths, as a copy.
   *
   * @param requests how many, 1 to {@link #size()}
   */
  public double[] lengths(int requests) {
    double[] copy = new double[requests];
    for (int i = 0; i < requests; i++) {
      copy[i] = lengths.get(i);
    }
    return copy;
  }

  /**
   * The part of the trace whose requests arrive in a window, its first arrival moved to time 0.
   *
   * @param from start of the window in seconds after the first arrival, at least 0
   * @param to its end, which it does not hold; more than {@code from}
   * @throws BadInputException if fewer than two requests are in it
   */
  Trace slice(double from, double to) {
    DoubleColumn times = new DoubleColumn();
    DoubleColumn cut = new DoubleColumn();
    IntColumn prompts = new IntColumn();
    double first = Double.NaN;
    for (int i = 0; i < size(); i++) {
      double time = arrivalTime(i);
      if (time >= from && time < to) {
        first = times.size() == 0 ? time : first;
        times.add(time - first);
        cut.add(length(i));
        prompts.add(promptTokens(i));
      }
    }
    return new Trace(name + " from " + from + " to " + to + " s", times, cut, prompts, unit);
  }
}

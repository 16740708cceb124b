package io.github.batchq.workload;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRows;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A recorded trace: arrival times from 0, lengths and prompt sizes, in the order of arrival;
 * perhaps also predicted lengths, and the times of first and last tokens. Immutable and shared by
 * all replications. It describes itself where a description is asked for.
 *
 * <p>A trace may tell no arrival times. Its requests are numbered instead, from 0, and where a part
 * of the trace is named by seconds, these numbers are meant.
 */
public final class Trace implements TraceSpec {
  /** What a trace's lengths are. */
  public enum LengthUnit {
    /** Generated tokens. */
    TOKENS,
    /** Service times in seconds. */
    SECONDS
  }

  /** Tokens of a block, of which the last one of a prompt may have fewer. */
  public static final int BLOCK_TOKENS = 512;

  private final String name;
  private final RequestColumns columns;
  private final LengthUnit unit;
  private final long failures;

  Trace(String name, RequestColumns columns, LengthUnit unit) {
    this(name, columns, unit, 0);
  }

  Trace(String name, RequestColumns columns, LengthUnit unit, long failures) {
    int size = columns.lengths().size();
    if (size < 2) {
      throw new BadInputException(
          name + ": a trace needs at least two requests, found " + (size == 0 ? "none" : "one"));
    }
    this.name = name;
    this.columns = columns;
    this.unit = unit;
    this.failures = failures;
  }

  /** Itself: it has been read, or never stood in a file. */
  @Override
  public Trace read(BadRows bad) {
    return this;
  }

  /**
   * The same requests with all lengths multiplied, and rounded up where they are tokens.
   *
   * @param factor positive and finite
   */
  public Trace withLengthsTimes(double factor) {
    DoubleColumn longer = new DoubleColumn();
    for (int i = 0; i < size(); i++) {
      double length = factor * length(i);
      longer.add(unit == LengthUnit.TOKENS ? Math.ceil(length) : length);
    }
    return new Trace(name, columns.withLengths(longer), unit, failures);
  }

  /** What messages call it: the file that it comes from. */
  public String name() {
    return name;
  }

  /** Number of requests, at least 2. */
  public int size() {
    return columns.lengths().size();
  }

  /** Whether the trace tells arrival times. */
  public boolean hasArrivalTimes() {
    return columns.arrivalTimes() != null;
  }

  /**
   * Arrival time of request {@code i} in seconds; 0 for the first one. Its number where the trace
   * tells no arrival times.
   */
  public double arrivalTime(int i) {
    DoubleColumn times = columns.arrivalTimes();
    return times == null ? i : times.get(i);
  }

  /** Length of request {@code i} in the unit of {@link #unit()}. */
  public double length(int i) {
    return columns.lengths().get(i);
  }

  /** Prompt tokens of request {@code i}; 0 where the trace does not tell them. */
  public int promptTokens(int i) {
    return columns.promptTokens().get(i);
  }

  /** Whether the trace tells what prompts consist of, in blocks of {@link #BLOCK_TOKENS}. */
  public boolean hasBlocks() {
    return columns.blocks() != null;
  }

  /**
   * What the prompt of request {@code i} consists of.
   *
   * @throws IllegalStateException if the trace does not tell it
   */
  public PromptBlocks blocks(int i) {
    BlockColumn blocks = columns.blocks();
    if (blocks == null) {
      throw new IllegalStateException(name + " does not tell what prompts consist of");
    }
    return blocks.get(i);
  }

  /** Whether the trace tells what was predicted of its requests. */
  public boolean hasPredictions() {
    return columns.predicted() != null;
  }

  /**
   * What was predicted of the length of request {@code i}; NaN where the trace does not tell it.
   */
  public double predicted(int i) {
    return told(columns.predicted(), i);
  }

  /**
   * When request {@code i} had its first token, on the clock of the arrival times, in seconds; NaN
   * where the trace does not tell it.
   */
  public double firstToken(int i) {
    return told(columns.firstTokens(), i);
  }

  /**
   * When request {@code i} had its last token, on the clock of the arrival times, in seconds; NaN
   * where the trace does not tell it.
   */
  public double end(int i) {
    return told(columns.ends(), i);
  }

  private static double told(@Nullable DoubleColumn column, int i) {
    return column == null ? Double.NaN : column.get(i);
  }

  /** How many requests failed where it was recorded, and are no part of it; 0 for a part of it. */
  public long failures() {
    return failures;
  }

  /** Unit of the lengths. */
  public LengthUnit unit() {
    return unit;
  }

  /** Seconds from the first arrival to the last. */
  public double duration() {
    return arrivalTime(size() - 1);
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
      double difference = arrivalTime(i) - arrivalTime(i - 1) - mean;
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
      copy[i] = length(i);
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
    int[] rows =
        IntStream.range(0, size())
            .filter(i -> arrivalTime(i) >= from && arrivalTime(i) < to)
            .toArray();
    String window = " from " + from + " to " + to + (hasArrivalTimes() ? " s" : " requests");
    double first = rows.length == 0 ? 0 : arrivalTime(rows[0]);
    return new Trace(name + window, columns.pick(rows, first), unit);
  }

  /**
   * Refuses this trace where arrival times are needed.
   *
   * @param what what needs them
   * @throws BadInputException if it tells none
   */
  void needArrivalTimes(String what) {
    if (!hasArrivalTimes()) {
      throw new BadInputException(
          name
              + " tells no arrival times, which "
              + what
              + " needs; its requests can be drawn, as service: {tokens: {sample: ...}}, or be there"
              + " at once, by rateScale: .inf");
    }
  }
}

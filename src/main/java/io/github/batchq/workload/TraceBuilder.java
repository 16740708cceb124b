package io.github.batchq.workload;

import io.github.batchq.workload.Trace.LengthUnit;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a trace of rows that come one after the other, and refuses rows that no trace can have.
 * Rows that come in another order than the requests arrived are sorted at the end. Columns grow
 * without a copy.
 */
public final class TraceBuilder {
  private final boolean zeros;
  private final @Nullable DoubleColumn arrivalTimes;
  private final DoubleColumn lengths = new DoubleColumn();
  private final IntColumn promptTokens = new IntColumn();
  private final @Nullable DoubleColumn predicted;
  private final @Nullable DoubleColumn firstTokens;
  private final @Nullable DoubleColumn ends;
  private final @Nullable BlockColumn blocks;

  /** Where rows stand, in their files. */
  private final IntColumn places = new IntColumn();

  private double first;
  private double latest;
  private int late;
  private double largestGap;
  private int afterLargestGap;
  private long failures;

  /** Of requests with arrival times and lengths that are positive. */
  public TraceBuilder() {
    this(Told.ARRIVALS, false);
  }

  /**
   * @param told what is told of the requests beside lengths and prompts
   * @param zeros whether lengths may be 0
   */
  public TraceBuilder(Told told, boolean zeros) {
    this.zeros = zeros;
    this.arrivalTimes = told.arrivalTimes ? new DoubleColumn() : null;
    this.predicted = told.predicted ? new DoubleColumn() : null;
    this.firstTokens = told.firstTokens ? new DoubleColumn() : null;
    this.ends = told.ends ? new DoubleColumn() : null;
    this.blocks = told.blocks ? new BlockColumn() : null;
  }

  /**
   * What is told of the requests of a trace beside lengths and prompts.
   *
   * @param arrivalTimes when they arrive
   * @param predicted what was predicted of their lengths
   * @param firstTokens when they had their first tokens
   * @param ends when they had their last tokens
   * @param blocks what their prompts consist of
   */
  public record Told(
      boolean arrivalTimes, boolean predicted, boolean firstTokens, boolean ends, boolean blocks) {
    /** Arrival times and nothing else. */
    public static final Told ARRIVALS = new Told(true, false, false, false);

    /** Nothing of what prompts consist of. */
    public Told(boolean arrivalTimes, boolean predicted, boolean firstTokens, boolean ends) {
      this(arrivalTimes, predicted, firstTokens, ends, false);
    }
  }

  /**
   * A row of a trace. What is not told of the requests is not looked at.
   *
   * @param place number of its line, or its number in a list, which tells where a gap is
   * @param time arrival time in seconds, of any origin
   * @param length tokens or seconds, positive, or 0 where zeros are kept
   * @param prompt prompt tokens, a whole number from 0 to 2147483647
   * @param predicted predicted length, at least 0
   * @param firstToken when the request had its first token, in seconds; NaN where not known
   * @param end when it had its last token, in seconds; NaN where not known
   * @param blocks what its prompt consists of; null where that is not told
   */
  public record Row(
      long place,
      double time,
      double length,
      double prompt,
      double predicted,
      double firstToken,
      double end,
      @Nullable PromptBlocks blocks) {
    /** A request of whose prompt the number of tokens is told alone. */
    public Row(
        long place,
        double time,
        double length,
        double prompt,
        double predicted,
        double firstToken,
        double end) {
      this(place, time, length, prompt, predicted, firstToken, end, null);
    }
  }

  /** Number of rows so far. */
  public int size() {
    return lengths.size();
  }

  /**
   * Adds a request of which no more is told.
   *
   * @param time arrival time in seconds, of any origin
   * @param length tokens or seconds, positive
   * @param prompt prompt tokens, a whole number from 0 to 2147483647
   * @throws IllegalArgumentException if a number is out of its range; the request is left out
   */
  public void add(double time, double length, double prompt) {
    add(new Row(size() + 1L, time, length, prompt, Double.NaN, Double.NaN, Double.NaN));
  }

  /**
   * Adds a request.
   *
   * @throws IllegalArgumentException if a number is out of its range; the request is left out
   */
  public void add(Row row) {
    check(row);
    first = size() == 0 ? row.time : first;
    double time = row.time - first;
    if (time < latest) {
      late++;
    } else {
      latest = time;
    }
    put(arrivalTimes, time);
    lengths.add(row.length);
    promptTokens.add((int) row.prompt);
    put(predicted, row.predicted);
    put(firstTokens, row.firstToken - first);
    put(ends, row.end - first);
    if (blocks != null && row.blocks != null) {
      blocks.add(row.blocks);
    }
    places.add((int) Math.min(Integer.MAX_VALUE, row.place));
  }

  /** Counts a request that failed and is left out. */
  public void fail() {
    failures++;
  }

  /** How many requests failed. */
  public long failures() {
    return failures;
  }

  private void check(Row row) {
    if (!(row.length > 0) && !(zeros && row.length == 0)) {
      throw new IllegalArgumentException(
          "the length must be " + (zeros ? "at least 0" : "positive") + ", found " + row.length);
    }
    if (row.prompt < 0 || row.prompt != Math.rint(row.prompt)) {
      throw new IllegalArgumentException(
          "prompt tokens must be a whole number of at least 0, found " + row.prompt);
    }
    if (row.prompt > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "prompt tokens must be at most 2147483647, found " + row.prompt);
    }
    if (predicted != null && !(row.predicted >= 0)) {
      throw new IllegalArgumentException(
          "the predicted length must be at least 0, found " + row.predicted);
    }
  }

  private static void put(@Nullable DoubleColumn column, double value) {
    if (column != null) {
      column.add(value);
    }
  }

  /**
   * The trace, in the order of arrival, with its first arrival moved to time 0.
   *
   * @param name what messages call it, such as the file that it comes from
   * @param unit unit of the lengths
   * @throws io.github.batchq.model.BadInputException if there are fewer than two requests
   */
  public Trace build(String name, LengthUnit unit) {
    RequestColumns columns =
        new RequestColumns(
            arrivalTimes, lengths, promptTokens, predicted, firstTokens, ends, blocks);
    DoubleColumn times = arrivalTimes;
    if (times == null) {
      return new Trace(name, columns, unit, failures);
    }
    if (late == 0) {
      findLargestGap(times, null);
      return new Trace(name, columns, unit, failures);
    }
    int[] order =
        IntStream.range(0, size())
            .boxed()
            .sorted(Comparator.comparingDouble(times::get))
            .mapToInt(i -> i)
            .toArray();
    findLargestGap(times, order);
    return new Trace(name, columns.pick(order, times.get(order[0])), unit, failures);
  }

  private void findLargestGap(DoubleColumn times, int @Nullable [] order) {
    for (int i = 1; i < times.size(); i++) {
      int row = order == null ? i : order[i];
      double gap = times.get(row) - times.get(order == null ? i - 1 : order[i - 1]);
      if (gap > largestGap) {
        largestGap = gap;
        afterLargestGap = places.get(row);
      }
    }
  }

  /** How many rows have an earlier time than one above them. */
  public int late() {
    return late;
  }

  /** The largest gap between two arrivals in seconds, once the trace is built. */
  public double largestGap() {
    return largestGap;
  }

  /** The place of the row that arrives after the largest gap, once the trace is built. */
  public int afterLargestGap() {
    return afterLargestGap;
  }
}

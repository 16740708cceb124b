package io.github.batchq.workload;

import io.github.batchq.model.BadInputException;
import java.util.Arrays;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A recorded trace: arrival times from 0, lengths and prompt sizes, in the order of arrival.
 * Immutable and shared by all replications.
 */
public final class Trace {
  /** What a trace's lengths are. */
  public enum LengthUnit {
    /** Generated tokens. */
    TOKENS,
    /** Service times in seconds. */
    SECONDS
  }

  private final String name;
  private final double[] arrivalTimes;
  private final double[] lengths;
  private final int[] promptTokens;
  private final LengthUnit unit;

  Trace(String name, double[] arrivalTimes, double[] lengths, int[] promptTokens, LengthUnit unit) {
    if (lengths.length < 2 || !(arrivalTimes[arrivalTimes.length - 1] > 0)) {
      throw new BadInputException(
          name
              + ": a trace needs at least two requests that arrive at different times, found "
              + lengths.length
              + " requests over "
              + (lengths.length == 0 ? 0 : arrivalTimes[arrivalTimes.length - 1])
              + " s");
    }
    this.name = name;
    this.arrivalTimes = arrivalTimes;
    this.lengths = lengths;
    this.promptTokens = promptTokens;
    this.unit = unit;
  }

  /** The file that the trace comes from. */
  public String name() {
    return name;
  }

  /** Number of requests, at least 2. */
  public int size() {
    return lengths.length;
  }

  /** Arrival time of request {@code i} in seconds; 0 for the first one. */
  public double arrivalTime(int i) {
    return arrivalTimes[i];
  }

  /** Length of request {@code i} in the unit of {@link #unit()}. */
  public double length(int i) {
    return lengths[i];
  }

  /** Prompt tokens of request {@code i}; 0 where the trace has none. */
  public int promptTokens(int i) {
    return promptTokens.length == 0 ? 0 : promptTokens[i];
  }

  /** Prompt tokens of one request after the other; null where the trace has none. */
  public @Nullable IntSupplier prompts() {
    if (promptTokens.length == 0) {
      return null;
    }
    return new IntSupplier() {
      private int next;

      @Override
      public int getAsInt() {
        return promptTokens[next++];
      }
    };
  }

  /** Unit of the lengths. */
  public LengthUnit unit() {
    return unit;
  }

  /**
   * Mean arrival rate in requests per second: gaps over the time from the first arrival to the
   * last.
   */
  public double rate() {
    return (size() - 1) / arrivalTimes[size() - 1];
  }

  /** Squared coefficient of variation of the gaps between arrivals. */
  public double gapVariation() {
    double mean = 1 / rate();
    double squares = 0;
    for (int i = 1; i < size(); i++) {
      double difference = arrivalTimes[i] - arrivalTimes[i - 1] - mean;
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
    return Arrays.copyOf(lengths, requests);
  }
}

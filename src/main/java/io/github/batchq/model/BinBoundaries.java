package io.github.batchq.model;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The inner boundaries l_1 &le; ... &le; l_{k-1} of k bins, in the workload's unit of length. Bin i
 * (counted from 0) holds the lengths l_i &le; l &lt; l_{i+1} with l_0 = 0 and l_k = infinity, so a
 * length equal to a boundary goes to the upper bin (Algorithm 1 of arXiv:2412.04504, with its last
 * bin closed). Equal neighbours are allowed and make an empty bin.
 */
public final class BinBoundaries {
  /**
   * Up to here counting without a jump beats a search, whose jumps no processor can predict for
   * random lengths.
   */
  private static final int FEW = 16;

  /** Most bins that anything has; more would use up the memory and tell nothing apart. */
  public static final int MOST_BINS = 100_000;

  private static final BinBoundaries NONE = new BinBoundaries(new double[0]);

  private final double[] inner;

  private BinBoundaries(double[] inner) {
    this.inner = inner;
  }

  /**
   * Refuses a number of bins below 1 or above {@link #MOST_BINS}.
   *
   * @throws IllegalArgumentException with a sentence about {@code bins}
   */
  public static void requireBins(int bins) {
    Require.ARGUMENT.atLeast("bins", bins, 1);
    Require.ARGUMENT.atMost("bins", bins, MOST_BINS);
  }

  /** One bin for everything: standard batching. */
  public static BinBoundaries none() {
    return NONE;
  }

  /**
   * Bins between the given inner boundaries.
   *
   * @param inner k-1 finite positive boundaries, none smaller than the one before it
   * @throws IllegalArgumentException if a boundary is not finite, not positive, or smaller than the
   *     one before it
   */
  public static BinBoundaries of(double... inner) {
    double before = 0;
    for (double boundary : inner) {
      if (!(boundary > 0) || Double.isInfinite(boundary)) {
        throw new IllegalArgumentException(
            "a bin boundary must be a positive finite length, found " + boundary);
      }
      if (boundary < before) {
        throw new IllegalArgumentException(
            "bin boundaries must not decrease, found " + boundary + " after " + before);
      }
      before = boundary;
    }
    return new BinBoundaries(inner.clone());
  }

  /** Number of bins k. */
  public int bins() {
    return inner.length + 1;
  }

  /**
   * The bin of a length, 0 to k-1: the number of inner boundaries that are at most {@code length}.
   */
  public int binOf(double length) {
    if (inner.length > FEW) {
      return SortedNumbers.atMost(inner, length);
    }
    int bin = 0;
    for (double boundary : inner) {
      bin += boundary <= length ? 1 : 0;
    }
    return bin;
  }

  /**
   * The bins of many lengths.
   *
   * @param size how many
   * @param bins where the bins go, from index 0
   */
  public void binsOf(double[] lengths, int size, int[] bins) {
    if (inner.length > FEW) {
      for (int i = 0; i < size; i++) {
        bins[i] = SortedNumbers.atMost(inner, lengths[i]);
      }
      return;
    }
    Arrays.fill(bins, 0, size, 0);
    for (int first = 0; first < inner.length; first += 3) {
      count(lengths, size, bins, inner[first], innerOrNone(first + 1), innerOrNone(first + 2));
    }
  }

  private double innerOrNone(int i) {
    return i < inner.length ? inner[i] : Double.NaN;
  }

  /** Adds to each bin how many of three boundaries are at most the length. */
  private static void count(
      double[] lengths, int size, int[] bins, double first, double second, double third) {
    for (int i = 0; i < size; i++) {
      double length = lengths[i];
      bins[i] += (first <= length ? 1 : 0) + (second <= length ? 1 : 0) + (third <= length ? 1 : 0);
    }
  }

  /** Lower end of a bin (inclusive); 0 for bin 0. */
  public double lower(int bin) {
    return bin == 0 ? 0 : inner[bin - 1];
  }

  /** Upper end of a bin (exclusive); infinite for the last bin. */
  public double upper(int bin) {
    return bin == inner.length ? Double.POSITIVE_INFINITY : inner[bin];
  }

  /** The k-1 inner boundaries, as a copy. */
  public double[] inner() {
    return inner.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BinBoundaries that && Arrays.equals(inner, that.inner);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(inner);
  }

  /** The boundaries separated by spaces; empty for one bin. */
  @Override
  public String toString() {
    return Arrays.stream(inner).mapToObj(Double::toString).collect(Collectors.joining(" "));
  }
}

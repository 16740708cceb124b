package io.github.batchq.random;

import java.util.Objects;
import umontreal.ssj.rng.RandomStream;

/** A stream of 64-bit numbers that can draw many at once with its state in registers. */
abstract class BlockStream implements RandomStream {
  private static final long RANGE = 1L << 62;

  /** The next 64 random bits. */
  abstract long nextLong();

  /** Fills the elements from start to end (exclusive) as {@link #nextDouble} would. */
  abstract void fill(double[] numbers, int start, int end);

  @Override
  public final void nextArrayOfDouble(double[] numbers, int start, int size) {
    Objects.checkFromIndexSize(start, size, numbers.length);
    fill(numbers, start, start + size);
  }

  /** Exactly uniform, by rejection, as SSJ's {@code LFSR258} computes it. */
  @Override
  public final int nextInt(int from, int to) {
    if (from > to) {
      throw new IllegalArgumentException(from + " is larger than " + to);
    }
    long size = (long) to - from + 1;
    long bits;
    do {
      bits = nextLong() >>> 2;
    } while (bits >= RANGE - RANGE % size);
    return (int) (from + bits / (RANGE / size));
  }

  @Override
  public final void nextArrayOfInt(int from, int to, int[] numbers, int start, int size) {
    Objects.checkFromIndexSize(start, size, numbers.length);
    for (int i = start; i < start + size; i++) {
      numbers[i] = nextInt(from, to);
    }
  }
}

package io.github.batchq.random;

/**
 * The generator L64X128Mix as an SSJ stream: a linear congruential generator of 64 bits and
 * xoroshiro128, added and mixed (Steele and Vigna, "LXM: better splittable pseudorandom number
 * generators (and almost as fast)", OOPSLA 2021, Proc. ACM Program. Lang. 5, 148). Its period is
 * 2<sup>64</sup> (2<sup>128</sup> - 1).
 *
 * <p>The increment a of the congruential part is part of the state and never changes: generators
 * with different a never share a state. Substreams are 2<sup>64</sup> numbers long.
 */
final class L64X128Mix extends BlockStream {
  private static final long MULTIPLIER = 0xd1342543de82ef95L;
  private static final long MIX = 0xdaba0b6eb09322e3L;

  /** Moves xoroshiro128 by 2<sup>64</sup> steps (Blackman and Vigna, xoroshiro128plus.c, 2018). */
  private static final long[] JUMP = {0xdf900294d8f554a5L, 0x170865df4b3201fcL};

  private final long increment;
  private final long[] streamStart;
  private long[] substreamStart;
  private long sum;
  private long low;
  private long high;

  /**
   * A generator at the start of its stream.
   *
   * @param increment a, odd
   * @param sum state of the congruential generator
   * @param low first half of xoroshiro128's state
   * @param high second half, not 0 together with the first
   */
  L64X128Mix(long increment, long sum, long low, long high) {
    if ((increment & 1) == 0 || (low | high) == 0) {
      throw new IllegalArgumentException(
          "the increment must be odd and the state of xoroshiro128 not zero, found "
              + increment
              + " and zero: "
              + ((low | high) == 0));
    }
    this.increment = increment;
    this.streamStart = new long[] {sum, low, high};
    this.substreamStart = streamStart;
    resetStartSubstream();
  }

  /** The constant a of this generator, odd. */
  long increment() {
    return increment;
  }

  @Override
  long nextLong() {
    long x = low;
    long y = high;
    long mixed = mix(sum + x);
    sum = MULTIPLIER * sum + increment;
    y ^= x;
    low = Long.rotateLeft(x, 24) ^ y ^ (y << 16);
    high = Long.rotateLeft(y, 37);
    return mixed;
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 32)) * MIX;
    z = (z ^ (z >>> 32)) * MIX;
    return z ^ (z >>> 32);
  }

  /** An odd multiple of 2<sup>-53</sup>: 52 random bits, never 0 or 1. */
  private static double number(long bits) {
    return ((bits >>> 11) | 1) * 0x1p-53;
  }

  @Override
  public double nextDouble() {
    return number(nextLong());
  }

  @Override
  void fill(double[] numbers, int start, int end) {
    long s = sum;
    long x = low;
    long y = high;
    for (int i = start; i < end; i++) {
      numbers[i] = number(mix(s + x));
      s = MULTIPLIER * s + increment;
      y ^= x;
      x = Long.rotateLeft(x, 24) ^ y ^ (y << 16);
      y = Long.rotateLeft(y, 37);
    }
    sum = s;
    low = x;
    high = y;
  }

  @Override
  public void resetStartStream() {
    substreamStart = streamStart;
    resetStartSubstream();
  }

  @Override
  public void resetStartSubstream() {
    sum = substreamStart[0];
    low = substreamStart[1];
    high = substreamStart[2];
  }

  /** After 2<sup>64</sup> steps the congruential generator is where it was. */
  @Override
  public void resetNextSubstream() {
    resetStartSubstream();
    long nextLow = 0;
    long nextHigh = 0;
    for (long word : JUMP) {
      for (int bit = 0; bit < Long.SIZE; bit++) {
        if (((word >>> bit) & 1) != 0) {
          nextLow ^= low;
          nextHigh ^= high;
        }
        nextLong();
      }
    }
    substreamStart = new long[] {substreamStart[0], nextLow, nextHigh};
    resetStartSubstream();
  }
}

package io.github.batchq.random;

import umontreal.ssj.rng.LFSR258;

/**
 * The numbers of SSJ's {@link LFSR258} (L'Ecuyer, "Tables of maximally equidistributed combined
 * LFSR generators", Math. Comp. 68, 1999) in less time: without SSJ's jump on the sign of a random
 * number, which no processor can predict, and many at once.
 */
final class Lfsr258 extends BlockStream {
  private static final double NORM = 0.5 / 0x7FFFFFFFFFFFFC00L;

  /** Largest number below 1, which SSJ adds to those that are negative or 0. */
  private static final long SHIFT_BITS = Double.doubleToRawLongBits(Math.nextDown(1.0));

  private final LFSR258 starts = new LFSR258();
  private long z0;
  private long z1;
  private long z2;
  private long z3;
  private long z4;

  /**
   * A generator at the start of its stream.
   *
   * @param state the five components, as SSJ's generator takes them
   */
  Lfsr258(long[] state) {
    starts.setSeed(state);
    restart();
  }

  private void restart() {
    long[] state = starts.getState();
    z0 = state[0];
    z1 = state[1];
    z2 = state[2];
    z3 = state[3];
    z4 = state[4];
  }

  @Override
  long nextLong() {
    z0 = next0(z0);
    z1 = next1(z1);
    z2 = next2(z2);
    z3 = next3(z3);
    z4 = next4(z4);
    return z0 ^ z1 ^ z2 ^ z3 ^ z4;
  }

  private static long next0(long z) {
    return ((z & -2L) << 10) ^ (((z << 1) ^ z) >>> 53);
  }

  private static long next1(long z) {
    return ((z & -512L) << 5) ^ (((z << 24) ^ z) >>> 50);
  }

  private static long next2(long z) {
    return ((z & -4096L) << 29) ^ (((z << 3) ^ z) >>> 23);
  }

  private static long next3(long z) {
    return ((z & -131072L) << 23) ^ (((z << 5) ^ z) >>> 24);
  }

  private static long next4(long z) {
    return ((z & -8388608L) << 8) ^ (((z << 3) ^ z) >>> 33);
  }

  /**
   * In (0,1): bits / 2<sup>64</sup>, and 1 more where the bits as a signed number are not positive.
   */
  private static double number(long bits) {
    long notPositive = (bits | (bits - 1)) >> 63;
    return bits * NORM + Double.longBitsToDouble(SHIFT_BITS & notPositive);
  }

  @Override
  public double nextDouble() {
    return number(nextLong());
  }

  @Override
  void fill(double[] numbers, int start, int end) {
    long a = z0;
    long b = z1;
    long c = z2;
    long d = z3;
    long e = z4;
    for (int i = start; i < end; i++) {
      a = next0(a);
      b = next1(b);
      c = next2(c);
      d = next3(d);
      e = next4(e);
      numbers[i] = number(a ^ b ^ c ^ d ^ e);
    }
    z0 = a;
    z1 = b;
    z2 = c;
    z3 = d;
    z4 = e;
  }

  @Override
  public void resetStartStream() {
    starts.resetStartStream();
    restart();
  }

  @Override
  public void resetStartSubstream() {
    starts.resetStartSubstream();
    restart();
  }

  @Override
  public void resetNextSubstream() {
    starts.resetNextSubstream();
    restart();
  }
}

package io.github.batchq.random;

import java.util.SplittableRandom;

/**
 * Streams of {@link L64X128Mix}, each with an increment a of its own. The 63 bits of a above its
 * lowest are a permutation of the 63-bit number (seed, replication, name) with 28 bits of the seed,
 * 31 of the replication and 4 of the name. So all streams of an experiment, and those of
 * experiments whose seeds differ in the lowest 28 bits, have different a and share no state: none
 * of them can overlap. Seeds that agree there start the same cycles of 2<sup>192</sup> numbers at
 * unrelated places.
 */
final class LxmStreams {
  private static final int NAME_BITS = 4;
  private static final int REPLICATION_BITS = 31;
  private static final long MASK = Long.MAX_VALUE;

  private LxmStreams() {}

  /**
   * A stream at its beginning.
   *
   * @param seed any value
   * @param replication at least 0
   * @param name number of the name, 0 to 15
   */
  static L64X128Mix stream(long seed, int replication, int name) {
    long number =
        (seed << (REPLICATION_BITS + NAME_BITS)) | ((long) replication << NAME_BITS) | name;
    long increment = (permute(number & MASK) << 1) | 1;
    SplittableRandom start =
        new SplittableRandom(new SplittableRandom(seed).nextLong() + increment);
    // Its consecutive numbers differ, so the state of xoroshiro128 is not zero.
    return new L64X128Mix(increment, start.nextLong(), start.nextLong(), start.nextLong());
  }

  /**
   * A permutation of the 63-bit numbers: right shifts with exclusive or, and products with an odd
   * number modulo 2<sup>63</sup>, can be undone. The multipliers are those of Stafford's variant 13
   * of MurmurHash3's finalizer, as in {@link SplittableRandom}.
   */
  static long permute(long number) {
    long z = ((number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L) & MASK;
    z = ((z ^ (z >>> 27)) * 0x94d049bb133111ebL) & MASK;
    return z ^ (z >>> 31);
  }
}

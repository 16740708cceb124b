package io.github.batchq.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Streams are disjoint because their increments are different. */
class LxmStreamsTest {
  private static final int[] REPLICATIONS = {
    0, 1, 2, 3, 1000, 1 << 20, (1 << 30) - 1, 1 << 30, Integer.MAX_VALUE - 1, Integer.MAX_VALUE
  };

  @Test
  void incrementsDifferForAllSeedsReplicationsAndNames() {
    long[] seeds = {0, 1, 2, 3, 42, 1 << 10, (1 << 28) - 2, (1 << 28) - 1};
    Set<Long> increments = new HashSet<>();
    for (long seed : seeds) {
      for (int replication : REPLICATIONS) {
        for (int name = 0; name < StreamName.ROOM; name++) {
          long increment = LxmStreams.stream(seed, replication, name).increment();
          assertEquals(1, increment & 1);
          assertTrue(increments.add(increment), () -> "seed " + seed);
        }
      }
    }
    for (int replication = 0; replication < 100_000; replication++) {
      if (replication > 3 && replication != 1000) {
        assertTrue(increments.add(LxmStreams.stream(1, replication, 0).increment()));
      }
    }
  }

  /** A permutation has an inverse: the multiplications and shifts are undone one by one. */
  @Test
  void permutationCanBeUndone() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 100_000; i++) {
      long number = i < 1000 ? i : random.nextLong() & Long.MAX_VALUE;
      long z = unshift(LxmStreams.permute(number), 31);
      z = (z * inverse(0x94d049bb133111ebL)) & Long.MAX_VALUE;
      z = (unshift(z, 27) * inverse(0xbf58476d1ce4e5b9L)) & Long.MAX_VALUE;
      assertEquals(number, unshift(z, 30));
    }
  }

  private static long unshift(long z, int shift) {
    return z ^ (z >>> shift) ^ (z >>> (2 * shift));
  }

  /** Inverse of an odd number modulo 2^64, by Newton's iteration. */
  private static long inverse(long odd) {
    long inverse = odd;
    for (int i = 0; i < 6; i++) {
      inverse *= 2 - odd * inverse;
    }
    return inverse;
  }

  @Test
  void seedsThatShareTheirLowestBitsHaveOtherNumbers() {
    assertEquals(
        LxmStreams.stream(1, 0, 0).increment(),
        LxmStreams.stream(1 + (1L << 28), 0, 0).increment());
    assertTrue(
        LxmStreams.stream(1, 0, 0).nextLong()
            != LxmStreams.stream(1 + (1L << 28), 0, 0).nextLong());
  }
}

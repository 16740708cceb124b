package io.github.batchq.random;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import umontreal.ssj.rng.LFSR258;
import umontreal.ssj.rng.RandomStream;

/**
 * Streams as substreams of one sequence of {@link LFSR258} (period about 2<sup>258</sup>), whose
 * start the seed fixes. Name number i of replication r is substream 16 r + i, and consecutive
 * substreams start 2<sup>100</sup> numbers apart, so no two of them overlap. They are found when
 * they are asked for, as many may never be. SSJ's own way to new streams, their constructors, goes
 * through a static seed that threads race on.
 */
final class LfsrStreams implements Generator.StreamLayout {
  /** Least values of the five components of a seed, from the documentation of {@link LFSR258}. */
  private static final long[] LEAST_SEED = {2, 512, 4096, 131072, 8388608};

  /** The first substream that nobody has asked for. */
  private final LFSR258 cursor = new LFSR258();

  /** For each replication up to it, the start of the substream of each name. */
  private final List<long[][]> starts = new ArrayList<>();

  LfsrStreams(long seed) {
    cursor.setSeed(seedOf(seed));
  }

  @Override
  public RandomStream stream(int replication, StreamName name) {
    return new Lfsr258(start(replication)[name.number()]);
  }

  private synchronized long[][] start(int replication) {
    while (starts.size() <= replication) {
      long[][] names = new long[StreamName.values().length][];
      for (int substream = 0; substream < StreamName.ROOM; substream++) {
        if (substream < names.length) {
          names[substream] = cursor.getState();
        }
        cursor.resetNextSubstream();
      }
      starts.add(names);
    }
    return starts.get(replication);
  }

  private static long[] seedOf(long seed) {
    SplittableRandom spread = new SplittableRandom(seed);
    long[] components = new long[LEAST_SEED.length];
    for (int i = 0; i < components.length; i++) {
      do {
        components[i] = spread.nextLong();
      } while (components[i] >= 0 && components[i] < LEAST_SEED[i]);
    }
    return components;
  }
}

package io.github.batchq.random;

import java.util.SplittableRandom;
import umontreal.ssj.rng.LFSR258;
import umontreal.ssj.rng.RandomStream;

/**
 * The named random streams of all replications of an experiment.
 *
 * <p>They are substreams of one sequence of SSJ's {@link LFSR258} (L'Ecuyer 1999; period about
 * 2<sup>258</sup>, 53 random bits in a number), whose start the experiment's seed fixes. Name
 * number i of replication r is substream 16 r + i, and consecutive substreams start 2<sup>100</sup>
 * numbers apart, so no two of them overlap. A stream depends only on the seed, the replication and
 * the name: every point of a sweep meets the same traffic (common random numbers), on any number of
 * threads. SSJ's own way to new streams, their constructors, goes through a static seed that
 * threads race on.
 */
public final class RandomStreams implements StreamSource {
  /** Room for names that are added later without moving the existing streams. */
  private static final int SUBSTREAMS_PER_REPLICATION = 16;

  /** Least values of the five components of a seed, from the documentation of {@link LFSR258}. */
  private static final long[] LEAST_SEED = {2, 512, 4096, 131072, 8388608};

  private final long[][][] starts;

  /**
   * Lays out the streams.
   *
   * @param seed the experiment's seed, any value
   * @param replications number of replications, at least 1
   */
  public RandomStreams(long seed, int replications) {
    LFSR258 cursor = new LFSR258();
    cursor.setSeed(seedOf(seed));
    int names = StreamName.values().length;
    starts = new long[replications][names][];
    for (long[][] replication : starts) {
      for (int substream = 0; substream < SUBSTREAMS_PER_REPLICATION; substream++) {
        if (substream < names) {
          replication[substream] = cursor.getState();
        }
        cursor.resetNextSubstream();
      }
    }
  }

  /**
   * A new stream at its beginning.
   *
   * @param replication 0 to replications - 1
   * @param name the source of randomness
   */
  @Override
  public RandomStream stream(int replication, StreamName name) {
    LFSR258 stream = new LFSR258();
    stream.setSeed(starts[replication][name.number()]);
    return stream;
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

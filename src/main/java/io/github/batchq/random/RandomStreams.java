package io.github.batchq.random;

import java.util.Objects;
import umontreal.ssj.rng.RandomStream;

/**
 * The named random streams of all replications of an experiment, none of which overlap. A stream
 * depends only on the generator, the seed, the replication and the name: every point of a sweep
 * meets the same traffic (common random numbers), on any number of threads.
 */
public final class RandomStreams implements StreamSource {
  private final Generator.StreamLayout layout;
  private final int replications;

  /**
   * Lays out the streams of {@link Generator#LFSR258}.
   *
   * @param seed the experiment's seed, any value
   * @param replications number of replications, at least 1
   */
  public RandomStreams(long seed, int replications) {
    this(Generator.LFSR258, seed, replications);
  }

  /**
   * Lays out the streams.
   *
   * @param generator what makes the numbers
   * @param seed the experiment's seed, any value
   * @param replications number of replications, at least 1
   */
  public RandomStreams(Generator generator, long seed, int replications) {
    this.layout = generator.streams(seed);
    this.replications = replications;
  }

  /**
   * A new stream at its beginning.
   *
   * @param replication 0 to replications - 1
   * @param name the source of randomness
   */
  @Override
  public RandomStream stream(int replication, StreamName name) {
    return layout.stream(Objects.checkIndex(replication, replications), name);
  }
}

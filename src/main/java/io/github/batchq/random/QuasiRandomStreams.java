package io.github.batchq.random;

import umontreal.ssj.rng.RandomStream;

/**
 * Randomised quasi-Monte Carlo for short runs: run r is point r of {@link SobolPoints}, with as
 * many coordinates as a run draws numbers. Coordinates i N to (i+1) N - 1 are the numbers of the
 * i-th {@link StreamName}; a run must not draw more than N of one name. On runs of 32 and 64
 * requests, numbers of all names in turn did neither better nor worse.
 */
public final class QuasiRandomStreams implements StreamSource {
  /** The largest N. */
  public static final int MOST_DRAWS = SobolPoints.MOST_DIMENSIONS / StreamName.values().length;

  private final SobolPoints points;
  private final int draws;

  /**
   * Lays out the points.
   *
   * @param seed the experiment's seed, any value
   * @param groups number of independent groups of runs, at least 1
   * @param logSize log2 of the number of runs of a group, from 1 to 20
   * @param draws the most numbers that a run draws of a name, N, from 1 to {@link #MOST_DRAWS}
   * @throws IllegalArgumentException if a number is out of range
   */
  public QuasiRandomStreams(long seed, int groups, int logSize, int draws) {
    if (draws < 1 || draws > MOST_DRAWS) {
      throw new IllegalArgumentException(
          "draws must be from 1 to " + MOST_DRAWS + ", found " + draws);
    }
    this.points = new SobolPoints(seed, groups, logSize, StreamName.values().length * draws);
    this.draws = draws;
  }

  @Override
  public RandomStream stream(int replication, StreamName name) {
    return points.point(replication, name.number() * draws);
  }
}

package io.github.batchq.random;

import io.github.batchq.model.Require;
import umontreal.ssj.rng.RandomStream;

/**
 * Randomised quasi-Monte Carlo for short runs: run r is point r of {@link SobolPoints}, with as
 * many coordinates as a run draws numbers. Coordinates i N to (i+1) N - 1 are the numbers of the
 * i-th {@link StreamName}, arrivals, service and prediction; a run must not draw more than N of one
 * name, and none of another. On runs of 32 and 64 requests, numbers of all names in turn did
 * neither better nor worse.
 */
public final class QuasiRandomStreams implements StreamSource {
  private static final int NAMES = 3;

  /** The largest N. */
  public static final int MOST_DRAWS = SobolPoints.MOST_DIMENSIONS / NAMES;

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
    Require.ARGUMENT.between("draws", draws, 1, MOST_DRAWS);
    this.points = new SobolPoints(seed, groups, logSize, NAMES * draws);
    this.draws = draws;
  }

  @Override
  public RandomStream stream(int replication, StreamName name) {
    if (name.number() >= NAMES) {
      throw new IllegalArgumentException("the points have no coordinates for " + name);
    }
    return points.point(replication, name.number() * draws);
  }
}

package io.github.batchq.random;

import io.github.batchq.model.Require;
import umontreal.ssj.hups.LMScrambleShift;
import umontreal.ssj.hups.PointSetIterator;
import umontreal.ssj.hups.SobolSequence;

/**
 * Points of randomised quasi-Monte Carlo: groups of n points of a Sobol net, which fill the unit
 * cube more evenly than independent points do. Each group has its own random scrambling of the net,
 * SSJ's left matrix scrambling with a random digital shift (Matousek 1998; L'Ecuyer and Lemieux
 * 2002), which makes every point uniform and the groups independent of each other. Coordinates have
 * 30 bits. Immutable.
 */
public final class SobolPoints {
  /** The largest dimension, that of SSJ's table of direction numbers. */
  public static final int MOST_DIMENSIONS = 360;

  /** With 31 bits the bounds of a random shift overflow in SSJ 3.3.2's {@code LFSR258.nextInt}. */
  private static final int BITS = 30;

  private static final int MOST_LOG_SIZE = 20;

  private final int size;
  private final SobolSequence[] nets;

  /**
   * Lays out the points.
   *
   * @param seed any value
   * @param groups number of groups, at least 1
   * @param logSize log2 of the number n of points of a group, from 1 to 20
   * @param dimensions number of coordinates of a point, from 1 to {@link #MOST_DIMENSIONS}
   * @throws IllegalArgumentException if a number is out of range
   */
  public SobolPoints(long seed, int groups, int logSize, int dimensions) {
    Require.ARGUMENT.between("groups", groups, 1, Integer.MAX_VALUE);
    Require.ARGUMENT.between("logSize", logSize, 1, MOST_LOG_SIZE);
    Require.ARGUMENT.between("dimensions", dimensions, 1, MOST_DIMENSIONS);
    this.size = 1 << logSize;
    this.nets = new SobolSequence[groups];
    RandomStreams scramblings = new RandomStreams(seed, groups);
    for (int group = 0; group < groups; group++) {
      nets[group] = new SobolSequence(logSize, BITS, dimensions);
      nets[group].randomize(new LMScrambleShift(scramblings.stream(group, StreamName.ARRIVALS)));
    }
  }

  /** Number of points in a group, n. */
  public int size() {
    return size;
  }

  /** Number of points in all groups. */
  public int all() {
    return nets.length * size;
  }

  /**
   * The coordinates of a point, in turn, as a stream of random numbers in (0,1).
   *
   * @param number of the point, from 0; point p is the (p mod n)-th of group p / n
   * @param first number of the first coordinate of the stream, from 0
   */
  public PointSetIterator point(int number, int first) {
    PointSetIterator iterator = nets[number / size].iterator();
    iterator.setCurPointIndex(number % size);
    iterator.setCurCoordIndex(first);
    return iterator;
  }
}

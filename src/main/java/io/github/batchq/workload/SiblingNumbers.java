package io.github.batchq.workload;

import umontreal.ssj.probdist.NormalDist;
import umontreal.ssj.rng.RandomStream;

/**
 * Uniform numbers, one for each request in the order in which they are drawn, of which those of
 * siblings are correlated by a Gaussian copula: U = Phi(sqrt(r) Z + sqrt(1 - r) Z_i) with standard
 * normal Z of the group and Z_i of the request. Each number is uniform on [0,1).
 */
public final class SiblingNumbers implements RandomStream {
  private static final double BELOW_ONE = Math.nextDown(1.0);

  private final SiblingOrder siblings;
  private final RandomStream own;
  private final RandomStream common;
  private final double ofOwn;
  private final double ofCommon;
  private double shared;

  /**
   * @param siblings whose numbers they are
   * @param correlation r, from 0 to 1
   * @param own one number for each request
   * @param common one number for each group
   */
  public SiblingNumbers(
      SiblingOrder siblings, double correlation, RandomStream own, RandomStream common) {
    this.siblings = siblings;
    this.own = own;
    this.common = common;
    this.ofOwn = Math.sqrt(1 - correlation);
    this.ofCommon = Math.sqrt(correlation);
  }

  @Override
  public double nextDouble() {
    if (siblings.nextIsFirst()) {
      shared = ofCommon * normal(common);
    }
    double number = NormalDist.cdf01(shared + ofOwn * normal(own));
    return Math.min(number, BELOW_ONE);
  }

  /** A normal number that is finite, though the stream may give 0. */
  private static double normal(RandomStream stream) {
    return NormalDist.inverseF01(Math.max(stream.nextDouble(), Double.MIN_NORMAL));
  }

  @Override
  public void nextArrayOfDouble(double[] numbers, int start, int size) {
    for (int i = start; i < start + size; i++) {
      numbers[i] = nextDouble();
    }
  }

  @Override
  public int nextInt(int from, int to) {
    return from + (int) (nextDouble() * ((double) to - from + 1));
  }

  @Override
  public void nextArrayOfInt(int from, int to, int[] numbers, int start, int size) {
    for (int i = start; i < start + size; i++) {
      numbers[i] = nextInt(from, to);
    }
  }

  @Override
  public void resetStartStream() {
    throw notFromAnew();
  }

  @Override
  public void resetStartSubstream() {
    throw notFromAnew();
  }

  @Override
  public void resetNextSubstream() {
    throw notFromAnew();
  }

  private static UnsupportedOperationException notFromAnew() {
    return new UnsupportedOperationException("the numbers of siblings are drawn once");
  }
}

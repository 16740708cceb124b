package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Law;

/**
 * Bounds and limits of the loss E_k - E[length], what k bins still lose to the longest request of a
 * batch of B, in the unit of the law; and the ceiling of what bins gain.
 */
public final class LossBounds {
  private LossBounds() {}

  /** c_B = (B-1) / (2 (B+1)): the loss of the uniform law on an interval of length 1, one bin. */
  public static double uniformLoss(int batchSize) {
    BoundaryRules.requireCounts(1, batchSize);
    return (batchSize - 1) / (2 * (batchSize + 1.0));
  }

  /**
   * Upper bound alpha_B R / k of the loss, for equal-width bins and for equal-mass bins of a law
   * without atoms, whatever the law on its interval of length R (our T2); undefined for an
   * unbounded law.
   *
   * @throws IllegalArgumentException if a number is less than 1
   */
  public static TheoryResult anyLaw(Law law, int bins, int batchSize) {
    BoundaryRules.requireCounts(bins, batchSize);
    String source = "T2, alpha_B R / k";
    double range = law.upper() - law.lower();
    return range < Double.POSITIVE_INFINITY
        ? TheoryResult.upperBound(EnoughBins.alpha(batchSize) * range / bins, source)
        : unbounded(law, source);
  }

  /**
   * Upper bound alpha_B times the sum of mass times width over the bins, for any bins (our T2);
   * undefined where an unbounded bin receives requests.
   *
   * @throws IllegalArgumentException if the batch size is less than 1
   */
  public static TheoryResult ofBins(Law law, BinBoundaries boundaries, int batchSize) {
    String source = "T2, alpha_B sum p_i w_i";
    double sum = 0;
    for (int bin = 0; bin < boundaries.bins(); bin++) {
      LawOnInterval part = new LawOnInterval(law, boundaries.lower(bin), boundaries.upper(bin));
      if (part.mass() > 0) {
        sum += part.mass() * (part.upper() - part.lower());
      }
    }
    return sum < Double.POSITIVE_INFINITY
        ? TheoryResult.upperBound(EnoughBins.alpha(batchSize) * sum, source)
        : unbounded(law, source);
  }

  /**
   * Lower bound c_B / (k f_max) of the loss, whatever the k classes (our T3); defined for laws
   * whose density is known to fall over its support, or to be constant, so that f_max is at the
   * left end.
   *
   * @throws IllegalArgumentException if a number is less than 1
   */
  public static TheoryResult anyBins(Law law, int bins, int batchSize) {
    BoundaryRules.requireCounts(bins, batchSize);
    String source = "T3, c_B / (k f_max)";
    return law.hasFallingDensity()
        ? TheoryResult.lowerBound(
            uniformLoss(batchSize) / (bins * law.density(law.lower())), source)
        : notFalling(law, source);
  }

  /**
   * Upper bound c_B / (k f_min) of the loss of equal-mass bins (our T3); undefined where the
   * density has no positive lower bound, or is not known to fall over its support.
   *
   * @throws IllegalArgumentException if a number is less than 1
   */
  public static TheoryResult equalMass(Law law, int bins, int batchSize) {
    BoundaryRules.requireCounts(bins, batchSize);
    String source = "T3, c_B / (k f_min)";
    if (!law.hasFallingDensity()) {
      return notFalling(law, source);
    }
    return law.upper() < Double.POSITIVE_INFINITY
        ? TheoryResult.upperBound(
            uniformLoss(batchSize) / (bins * law.density(law.upper())), source)
        : unbounded(law, source);
  }

  /**
   * The loss E_k - E[length] of equal-mass bins itself: the loss identity T1 for a law without
   * atoms, (1/k) times the integral of psi({k F(x)}) with psi(v) = v - v^B, by equation (2);
   * undefined where the mean is infinite.
   *
   * @throws IllegalArgumentException if a number is less than 1
   */
  public static TheoryResult ofEqualMass(Law law, int bins, int batchSize) {
    BoundaryRules.requireCounts(bins, batchSize);
    String source = "T1, E_k - E[l] by eq. (2)";
    if (law.mean() == Double.POSITIVE_INFINITY) {
      return new TheoryResult.Undefined(Moments.noMean(law, ""), source);
    }
    BinBoundaries boundaries = new EqualMass().boundaries(law, bins, batchSize);
    return TheoryResult.exact(
        Math.max(0, BatchMaximum.expectedBatchLength(law, boundaries, batchSize) - law.mean()),
        source);
  }

  /**
   * Limit c_B R / k of the loss of equal-mass and of equal-width bins for many bins (our T5);
   * undefined for unbounded laws and for atoms.
   *
   * @throws IllegalArgumentException if a number is less than 1
   */
  public static TheoryResult equalBinsLimit(Law law, int bins, int batchSize) {
    BoundaryRules.requireCounts(bins, batchSize);
    String source = "T5, c_B R / k";
    double range = law.upper() - law.lower();
    if (range == Double.POSITIVE_INFINITY) {
      return unbounded(law, source);
    }
    return AtomicLaw.atoms(law).length > 0
        ? new TheoryResult.Undefined(law + " puts probability on single points", source)
        : TheoryResult.approximation(
            uniformLoss(batchSize) * range / bins, "many bins, density positive", source);
  }

  /**
   * Limit c_B S / k of the loss of optimal bins and of {@link SqrtDensity} for many bins (our T6),
   * with S of {@link DensityConstant}.
   *
   * @throws IllegalArgumentException if a number is less than 1
   */
  public static TheoryResult optimalLimit(Law law, int bins, int batchSize) {
    BoundaryRules.requireCounts(bins, batchSize);
    String source = "T6, c_B S / k";
    TheoryResult constant = DensityConstant.of(law);
    if (constant instanceof TheoryResult.Undefined undefined) {
      return new TheoryResult.Undefined(undefined.reason(), source);
    }
    return TheoryResult.approximation(
        uniformLoss(batchSize) * constant.value() / bins,
        "many bins, a density, a finite moment above the first",
        source);
  }

  /**
   * The largest c_max / c_1 that any law on an interval [l, r l] has, which two bins reach: the
   * maximum over q of (1 + (r-1)(1 - q^B)) / (1 + (r-1)(1 - q)) (our T10), for seconds that are
   * proportional to lengths.
   *
   * @param ratio largest over smallest length r, at least 1; infinite gives the limit B
   * @throws IllegalArgumentException if the ratio or the batch size is less than 1
   */
  public static TheoryResult gainCeiling(double ratio, int batchSize) {
    BoundaryRules.requireCounts(1, batchSize);
    if (!(ratio >= 1)) {
      throw new IllegalArgumentException("the ratio must be at least 1, found " + ratio);
    }
    String source = "T10, max over q";
    if (ratio == Double.POSITIVE_INFINITY) {
      return TheoryResult.upperBound(batchSize, "T10, its limit B for r to infinity");
    }
    // With p = 1 - q the gain rises up to its maximum and falls afterwards: the numerator is
    // concave in p and the denominator linear.
    double low = 0;
    double high = 1;
    for (int i = 0; i < 200; i++) {
      double third = (high - low) / 3;
      if (gain(ratio, batchSize, low + third) < gain(ratio, batchSize, high - third)) {
        low += third;
      } else {
        high -= third;
      }
    }
    return TheoryResult.upperBound(gain(ratio, batchSize, low), source);
  }

  private static double gain(double ratio, int batchSize, double share) {
    double longest = -Math.expm1(batchSize * Math.log1p(-share));
    return (1 + (ratio - 1) * longest) / (1 + (ratio - 1) * share);
  }

  private static TheoryResult notFalling(Law law, String source) {
    return new TheoryResult.Undefined(
        "no bound of the density of " + law + " is known in closed form", source);
  }

  private static TheoryResult unbounded(Law law, String source) {
    return new TheoryResult.Undefined(law + " is unbounded", source);
  }
}

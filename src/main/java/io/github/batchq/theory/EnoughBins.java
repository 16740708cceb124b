package io.github.batchq.theory;

import io.github.batchq.model.Require;
import io.github.batchq.random.Law;
import java.util.function.DoublePredicate;
import java.util.function.DoubleSupplier;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * How many bins bring the capacity within epsilon of c_max = c B / E[own time]: Theorem 4.3 of
 * arXiv:2412.04504 for laws other than the uniform one. Rates are in requests per second.
 */
public final class EnoughBins {
  /** Relative rounding error of a capacity that the comparison with the target forgives. */
  private static final double ROUNDING = 1e-11;

  private EnoughBins() {}

  /**
   * alpha_B = (1 - 1/B) B^{-1/(B-1)}, the largest value of v - v^B on [0,1]: for every law on an
   * interval of length R, k bins of equal width (or of equal mass, if no atom is in the way) have
   * E_k &le; mean + alpha_B R / k (our T2). 0 for B = 1, where nobody waits.
   *
   * @param batchSize number of requests in a batch B, at least 1
   * @throws IllegalArgumentException if the batch size is less than 1
   */
  public static double alpha(int batchSize) {
    BoundaryRules.requireCounts(1, batchSize);
    return batchSize == 1 ? 0 : (1 - 1.0 / batchSize) * Math.pow(batchSize, -1.0 / (batchSize - 1));
  }

  /**
   * A number of equal-width bins that suffices, whatever the law on its bounded support: max(1,
   * ceil((c_max - epsilon) alpha_B R / (epsilon E[own time]))), with R in seconds (our T2). An
   * upper bound of the smallest number; undefined for an unbounded law.
   *
   * @param epsilon wanted distance from c_max, requests per second, positive
   * @throws IllegalArgumentException if epsilon is not positive or a number is less than 1
   */
  public static TheoryResult sufficient(
      Law law, int batchSize, double epsilon, BatchTime service, int servers) {
    String source = "T2, distribution-free form of Thm 4.3";
    double range = law.upper() - law.lower();
    if (range == Double.POSITIVE_INFINITY) {
      return new TheoryResult.Undefined(
          law + " is unbounded, so T2 gives no number of bins for it", source);
    }
    return TheoryResult.upperBound(
        count(law, batchSize, epsilon, service, servers, alpha(batchSize) * range), source);
  }

  /**
   * About how many bins of the given rule suffice, from what their loss comes near for many bins
   * (our T5 and T6); undefined where no limit is known.
   *
   * @param epsilon wanted distance from c_max, requests per second, positive
   * @throws IllegalArgumentException if epsilon is not positive or a number is less than 1
   */
  public static TheoryResult asymptotic(
      BoundaryRule rule, Law law, int batchSize, double epsilon, BatchTime service, int servers) {
    TheoryResult limit = rule.limitingLoss(law, batchSize);
    return limit instanceof TheoryResult.Approximation approximation
        ? TheoryResult.approximation(
            count(law, batchSize, epsilon, service, servers, limit.value()),
            approximation.regime(),
            limit.source())
        : limit;
  }

  /**
   * The smallest number of bins, placed by the given rule, whose capacity is at least c_max -
   * epsilon. Tries 1, 2, ... in turn, because more bins of the same rule can be worse where they do
   * not nest, but halves for a {@linkplain BoundaryRule#isMonotone monotone} rule and a law with a
   * density; undefined if {@code most} bins are not enough.
   *
   * @param epsilon wanted distance from c_max, requests per second, positive
   * @param most largest number of bins to try
   * @param tried hears of each number of bins that was tried
   * @throws IllegalArgumentException if epsilon is not positive, a number is less than 1, or the
   *     rule does not cover the law
   */
  public static TheoryResult smallest(
      BoundaryRule rule,
      Law law,
      int batchSize,
      double epsilon,
      BatchTime service,
      int servers,
      int most,
      IntConsumer tried) {
    String source = "Thm 4.3 by search over " + rule.name() + " bins";
    double target = target(law, batchSize, epsilon, service, servers) * (1 - ROUNDING);
    DoublePredicate enough =
        length -> servers * (double) batchSize / service.seconds(batchSize, length) >= target;
    // One programme gives the optimal bins of a discrete law, bin by bin.
    boolean halves = rule.isMonotone() && AtomicLaw.of(law) == null;
    DoubleSupplier lengths = rule.meanLengths(law, batchSize);
    IntPredicate test =
        bins -> {
          tried.accept(bins);
          return enough.test(
              halves
                  ? BatchMaximum.expectedBatchLength(
                      law, rule.boundaries(law, bins, batchSize), batchSize)
                  : lengths.getAsDouble());
        };
    int found = halves ? FirstNumber.byHalving(test, most) : FirstNumber.inTurn(test, most);
    if (found <= most) {
      return TheoryResult.exact(found, source);
    }
    return new TheoryResult.Undefined(
        "even " + most + " bins stay more than " + epsilon + " below c_max", source);
  }

  /** Smallest k &ge; 1 with c B / (own + secondsPerUnit * excess / k) &ge; c_max - epsilon. */
  static double count(
      Law law, int batchSize, double epsilon, BatchTime service, int servers, double excess) {
    double target = target(law, batchSize, epsilon, service, servers);
    double bins =
        target
            * service.secondsPerUnit(batchSize)
            * excess
            / (epsilon * service.seconds(batchSize, law.mean()));
    return wholeBins(bins);
  }

  /** The least whole number of bins that is no fewer than these, at least 1. */
  static double wholeBins(double bins) {
    return Math.max(1, Math.ceil(bins * (1 - ROUNDING)));
  }

  static double target(Law law, int batchSize, double epsilon, BatchTime service, int servers) {
    Require.ARGUMENT.positive("epsilon", epsilon);
    return (double) servers * batchSize / service.seconds(batchSize, law.mean()) - epsilon;
  }
}

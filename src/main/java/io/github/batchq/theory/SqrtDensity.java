package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Law;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Boundaries at equal increments of the integral of the square root of the density (our T6), in the
 * unit of the law. The same for every batch size, and optimal to first order in 1/k for a
 * continuous positive density on a compact interval.
 *
 * <p>In an empirical law atom i weighs sqrt(p_i (v_i - v_{i-1})), the first one with a gap of 1, as
 * token counts have it; bin i ends with the atom whose cumulative weight reaches the share i/k, as
 * in {@link EqualMass}.
 */
public record SqrtDensity() implements BoundaryRule {
  @Override
  public String name() {
    return "sqrt-density";
  }

  @Override
  public String description() {
    return "equal shares of the integral of sqrt(density), near-optimal for many bins; laws with a"
        + " density whose root has a finite integral, and empirical laws";
  }

  /** Only atoms can be in the way. */
  @Override
  public boolean mayLeaveBinsEmpty(Law law) {
    return AtomicLaw.atoms(law).length > 0;
  }

  @Override
  public TheoryResult limitingLoss(Law law, int batchSize) {
    return LossBounds.optimalLimit(law, 1, batchSize);
  }

  /**
   * @throws IllegalArgumentException also if the law is not empirical and has atoms, or if the
   *     integral is infinite or not known to be finite
   */
  @Override
  public BinBoundaries boundaries(Law law, int bins, int batchSize) {
    return boundaries(law, List.of(bins), batchSize).get(0);
  }

  /** The integral is taken once for every number of bins. */
  @Override
  public List<BinBoundaries> boundaries(Law law, List<Integer> bins, int batchSize) {
    bins.forEach(k -> BoundaryRules.requireCounts(k, batchSize));
    Empirical observations = law.observations();
    if (observations != null) {
      return bins.stream()
          .map(k -> BinBoundaries.of(boundaries(observations, k.intValue())))
          .toList();
    }
    Law companion = law.densityRoot().law();
    DoubleUnaryOperator point = companion != null ? companion::quantile : root(law)::point;
    return bins.stream()
        .map(k -> BoundaryRules.atQuantiles(k, i -> point.applyAsDouble((double) i / k)))
        .toList();
  }

  private static RootDensity root(Law law) {
    try {
      return new RootDensity(law);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "sqrt-density does not cover this law: " + e.getMessage() + "; use equal-mass", e);
    }
  }

  private static double[] boundaries(Empirical law, int bins) {
    int atoms = law.atoms();
    double[] sums = new double[atoms];
    double sum = 0;
    for (int i = 0; i < atoms; i++) {
      long count = law.cumulativeCount(i) - (i == 0 ? 0 : law.cumulativeCount(i - 1));
      double gap = i == 0 ? 1 : law.atom(i) - law.atom(i - 1);
      sum += Math.sqrt(count * gap);
      sums[i] = sum;
    }
    double[] inner = new double[bins - 1];
    int atom = 0;
    for (int i = 1; i < bins; i++) {
      while (atom < atoms - 1 && sums[atom] < sum * i / bins) {
        atom++;
      }
      inner[i - 1] = BoundaryRules.after(law, atom);
    }
    return inner;
  }
}

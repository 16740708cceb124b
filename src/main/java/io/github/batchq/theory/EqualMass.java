package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Law;

/**
 * Equal masses: bin i ends at the quantile i/k, l_i = F^{-1}(i/k), in the unit of the law. Optimal
 * for the uniform law only (Lemma 4.1 of arXiv:2412.04504).
 *
 * <p>An atom cannot be split between bins. Where the quantile is an atom the atom stays in the
 * lower bin, so the boundary, which belongs to the upper bin, is the first number above the atom;
 * in an empirical law, decided by integer arithmetic, it is the atom that follows, if one does. An
 * atom heavier than 1/k so leaves empty bins behind it, with equal boundaries; a deterministic law
 * is all in its first bin.
 */
public record EqualMass() implements BoundaryRule {
  @Override
  public String name() {
    return "equal-mass";
  }

  @Override
  public String description() {
    return "each bin receives the same share of the requests; any law";
  }

  /** Only atoms can be in the way. */
  @Override
  public boolean mayLeaveBinsEmpty(Law law) {
    return AtomicLaw.atoms(law).length > 0;
  }

  @Override
  public TheoryResult limitingLoss(Law law, int batchSize) {
    return LossBounds.equalBinsLimit(law, 1, batchSize);
  }

  @Override
  public BinBoundaries boundaries(Law law, int bins, int batchSize) {
    BoundaryRules.requireCounts(bins, batchSize);
    return BoundaryRules.atQuantiles(bins, i -> boundary(law, i, bins));
  }

  private static double boundary(Law law, int bin, int bins) {
    Empirical observations = law.observations();
    if (observations != null) {
      return boundary(observations, bin, bins);
    }
    double quantile = law.quantile((double) bin / bins);
    return law.atLeast(quantile) > law.survival(quantile) ? Math.nextUp(quantile) : quantile;
  }

  /** The atom after the smallest one whose cumulative share reaches bin / bins. */
  private static double boundary(Empirical law, int bin, int bins) {
    int low = 0;
    int high = law.atoms() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (law.cumulativeCount(middle) * bins < law.total() * bin) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return BoundaryRules.after(law, low);
  }
}

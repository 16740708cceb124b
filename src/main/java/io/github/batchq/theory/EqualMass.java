package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Law;
import java.util.Arrays;

/**
 * Bins of equal probability: l_i is the quantile of i/k (Lemma 4.1, optimal for the uniform law
 * only). An atom at the quantile goes to the lower bin, whose mass then reaches i/k: the boundary
 * is the atom that follows it, or the next larger number where other values follow or none.
 */
record EqualMass() implements BoundaryRule {
  @Override
  public String name() {
    return "equal-mass";
  }

  @Override
  public String description() {
    return "bins of equal probability (Lemma 4.1; optimal for the uniform law only)";
  }

  @Override
  public BinBoundaries boundaries(Law law, int bins, int batchSize) {
    Require.bins(bins);
    double[] breakpoints = law.breakpoints();
    double[] inner = new double[bins - 1];
    for (int i = 1; i < bins; i++) {
      inner[i - 1] = boundaryAfter(law, law.quantile((double) i / bins), breakpoints);
    }
    return BinBoundaries.of(inner);
  }

  /** The smallest convenient boundary that leaves P(X &le; quantile) below it. */
  private static double boundaryAfter(Law law, double quantile, double[] breakpoints) {
    if (law.atLeast(quantile) <= law.survival(quantile)) {
      return quantile;
    }
    int next = Arrays.binarySearch(breakpoints, Math.nextUp(quantile));
    next = next >= 0 ? next : -next - 1;
    boolean gap =
        next < breakpoints.length && law.atLeast(breakpoints[next]) >= law.survival(quantile);
    return gap ? breakpoints[next] : Math.nextUp(quantile);
  }
}

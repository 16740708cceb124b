package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Law;

/**
 * Bins of equal width between the ends of the support. They need no knowledge of the law but its
 * range, and lose at most alpha_B R / k against the mean (theory notes, T2).
 */
record EqualWidth() implements BoundaryRule {
  @Override
  public String name() {
    return "equal-width";
  }

  @Override
  public String description() {
    return "bins of equal width over a bounded range of lengths (T2)";
  }

  @Override
  public BinBoundaries boundaries(Law law, int bins, int batchSize) {
    Require.bins(bins);
    if (law.upper() == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "equal-width bins need a law with bounded support, found " + law);
    }
    double width = law.upper() - law.lower();
    double[] inner = new double[bins - 1];
    for (int i = 1; i < bins; i++) {
      inner[i - 1] = law.lower() + width * i / bins;
    }
    return BinBoundaries.of(inner);
  }
}

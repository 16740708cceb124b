package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Law;
import java.util.stream.IntStream;

/**
 * Equal widths between the ends of the support, l_i = l_min + (i/k)(l_max - l_min), in the unit of
 * the law: needs nothing but the two ends, and loses no more than equal masses in the worst case
 * (our T2). Equal to {@link EqualMass} for the uniform law (Lemma 4.1 of arXiv:2412.04504).
 */
public record EqualWidth() implements BoundaryRule {
  @Override
  public String name() {
    return "equal-width";
  }

  @Override
  public String description() {
    return "each bin is as wide as the others; laws with bounded support";
  }

  @Override
  public TheoryResult limitingLoss(Law law, int batchSize) {
    return LossBounds.equalBinsLimit(law, 1, batchSize);
  }

  @Override
  public BinBoundaries boundaries(Law law, int bins, int batchSize) {
    BoundaryRules.requireCounts(bins, batchSize);
    double lower = law.lower();
    double width = law.upper() - lower;
    if (width == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          law + " is unbounded, so it has no bins of equal width: use equal-mass, or truncate it");
    }
    return BinBoundaries.of(
        IntStream.range(1, bins).mapToDouble(i -> lower + width * i / bins).toArray());
  }
}

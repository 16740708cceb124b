package io.github.batchq.experiment;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.BoundaryEstimator;
import io.github.batchq.random.Empirical;
import io.github.batchq.theory.BoundaryRules;
import java.util.Arrays;

/** Boundaries by theory's rules for the empirical law of lengths that a policy has seen. */
public final class ObservedBoundaries implements BoundaryEstimator {
  /** There is nothing in it that could differ. */
  public static final BoundaryEstimator ESTIMATOR = new ObservedBoundaries();

  private ObservedBoundaries() {}

  /** A bin that holds none of the lengths is left out, as where there are fewer of them. */
  @Override
  public BinBoundaries boundaries(String rule, double[] lengths, int bins, int batchSize) {
    Empirical law = Empirical.of(lengths);
    if (law.atoms() == 1) {
      return BinBoundaries.none();
    }
    double[] inner = BoundaryRules.named(rule).boundaries(law, bins, batchSize).inner();
    return BinBoundaries.of(
        Arrays.stream(inner)
            .filter(boundary -> boundary > law.lower() && boundary <= law.upper())
            .distinct()
            .toArray());
  }
}

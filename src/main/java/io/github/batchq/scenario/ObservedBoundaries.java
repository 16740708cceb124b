package io.github.batchq.scenario;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.NearestName;
import io.github.batchq.policy.BoundaryEstimator;
import io.github.batchq.random.Empirical;
import io.github.batchq.theory.BoundaryRule;
import io.github.batchq.theory.BoundaryRules;
import io.github.batchq.theory.ExponentialBins;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Boundaries by theory's rules for the empirical law of lengths that a policy has seen. Bins that
 * would hold none of them are left out.
 */
public final class ObservedBoundaries implements BoundaryEstimator {
  /** The only one: it remembers nothing. */
  public static final BoundaryEstimator ESTIMATOR = new ObservedBoundaries();

  private ObservedBoundaries() {}

  /**
   * The rule of that name, for messages of a scenario.
   *
   * @throws IllegalArgumentException if there is none
   */
  static BoundaryRule rule(String name) {
    List<String> names = BoundaryRules.all().stream().map(BoundaryRule::name).toList();
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "unknown boundaries '" + name + "'; " + NearestName.hint(name, names));
    }
    return BoundaryRules.named(name);
  }

  /**
   * Refuses a rule that cannot bound observed lengths.
   *
   * @throws IllegalArgumentException if there is no such rule, or it needs a law
   */
  static void check(String rule) {
    if (rule(rule) instanceof ExponentialBins) {
      throw new IllegalArgumentException(
          "the boundaries of Lemma A.1 need an exponential law, and this policy learns from observed"
              + " lengths: use equal-mass or optimal");
    }
  }

  @Override
  public BinBoundaries boundaries(String rule, double[] lengths, int bins, int batchSize) {
    Empirical law = Empirical.of(lengths);
    if (law.atoms() == 1) {
      return BinBoundaries.none();
    }
    DoubleStream.Builder kept = DoubleStream.builder();
    int before = 0;
    for (double boundary : rule(rule).boundaries(law, bins, batchSize).inner()) {
      int below = before;
      while (below < law.atoms() && law.atom(below) < boundary) {
        below++;
      }
      if (below > before && below < law.atoms()) {
        kept.add(boundary);
      }
      before = below;
    }
    return BinBoundaries.of(kept.build().toArray());
  }
}

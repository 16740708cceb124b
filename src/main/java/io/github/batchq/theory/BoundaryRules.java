package io.github.batchq.theory;

import java.util.List;
import java.util.stream.Collectors;

/** The catalogue of boundary rules. */
public final class BoundaryRules {
  private static final List<BoundaryRule> ALL =
      List.of(
          new EqualMass(),
          new EqualWidth(),
          new ExponentialBins(),
          new SqrtDensity(),
          new OptimalBoundaries());

  private BoundaryRules() {}

  /** Every rule, in the order in which a list for the user shows them. */
  public static List<BoundaryRule> all() {
    return ALL;
  }

  /**
   * The rule of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static BoundaryRule named(String name) {
    return ALL.stream()
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no boundary rule '"
                        + name
                        + "'; the rules are "
                        + ALL.stream().map(BoundaryRule::name).collect(Collectors.joining(", "))));
  }

  static void requireCounts(int bins, int batchSize) {
    if (bins < 1) {
      throw new IllegalArgumentException("the number of bins must be at least 1, found " + bins);
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException("the batch size must be at least 1, found " + batchSize);
    }
  }
}

package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.Require;
import io.github.batchq.random.Empirical;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

  /**
   * Boundaries at numerical quantiles, whose rounding must not put one below the one before it.
   *
   * @param quantile boundary i of 1 to bins - 1
   */
  static BinBoundaries atQuantiles(int bins, IntToDoubleFunction quantile) {
    double[] inner = IntStream.range(1, bins).mapToDouble(quantile).toArray();
    for (int i = 1; i < inner.length; i++) {
      inner[i] = Math.max(inner[i], inner[i - 1]);
    }
    return BinBoundaries.of(inner);
  }

  /** The boundary of a bin that ends with atom i: the next atom, or the first number above it. */
  static double after(Empirical law, int i) {
    return i + 1 < law.atoms() ? law.atom(i + 1) : Math.nextUp(law.atom(i));
  }

  static void requireCounts(int bins, int batchSize) {
    BinBoundaries.requireBins(bins);
    Require.ARGUMENT.atLeast("the batch size", batchSize, 1);
  }
}

package io.github.batchq.policy;

import io.github.batchq.model.BinBoundaries;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a user chooses bin boundaries: the name of a rule that theory evaluates, or a list of values.
 *
 * @param rule name of a rule such as {@code equal-mass}; null if {@code values} is given
 * @param values inner boundaries in increasing order, in the unit of the predicted lengths; null if
 *     {@code rule} is given
 */
public record BoundaryChoice(@Nullable String rule, @Nullable List<Double> values) {
  /** Checks that there is exactly one of the two, and that values increase. */
  public BoundaryChoice {
    if ((rule == null) == (values == null)) {
      throw new IllegalArgumentException(
          "boundaries are either the name of a rule or a list of values");
    }
    if (values != null) {
      values = List.copyOf(values);
      double before = 0;
      for (double value : values) {
        if (!(value > before) || Double.isInfinite(value)) {
          throw new IllegalArgumentException(
              "boundaries must be positive, finite and increasing, found "
                  + value
                  + " after "
                  + before);
        }
        before = value;
      }
    }
  }

  /** The boundaries of a named rule. */
  public static BoundaryChoice rule(String name) {
    return new BoundaryChoice(name, null);
  }

  /** Boundaries given as values. */
  public static BoundaryChoice values(List<Double> values) {
    return new BoundaryChoice(null, values);
  }

  /** The listed boundaries; null if this names a rule. */
  public @Nullable BinBoundaries listed() {
    return values == null
        ? null
        : BinBoundaries.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}

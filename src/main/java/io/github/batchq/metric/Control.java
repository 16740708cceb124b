package io.github.batchq.metric;

import java.util.Arrays;
import java.util.List;

/**
 * A control variate: a quantity of every run whose mean is known.
 *
 * @param name what it is called in a report
 * @param values one for each replication
 * @param mean its known mean, in the same unit
 */
public record Control(String name, List<Double> values, double mean) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if a number is not finite
   */
  public Control {
    values = List.copyOf(values);
    requireFinite(name, "mean", mean);
    for (double value : values) {
      requireFinite(name, "value", value);
    }
  }

  /** A control from an array of values. */
  public Control(String name, double[] values, double mean) {
    this(name, Arrays.stream(values).boxed().toList(), mean);
  }

  /** The values as an array of its own. */
  double[] toArray() {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void requireFinite(String name, String what, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "the control " + name + " must have finite numbers, found the " + what + " " + value);
    }
  }
}

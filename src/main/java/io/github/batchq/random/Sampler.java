package io.github.batchq.random;

import java.util.function.DoubleSupplier;

/** Draws the numbers of a sequence one by one or, in less time, many at once. */
@FunctionalInterface
public interface Sampler extends DoubleSupplier {
  /**
   * Draws the next numbers, the same ones that {@link #getAsDouble} would.
   *
   * @param values where they go, from index 0
   * @param size how many, at most the length of the array
   */
  default void fill(double[] values, int size) {
    for (int i = 0; i < size; i++) {
      values[i] = getAsDouble();
    }
  }

  /** The same sequence; what can draw many at once keeps doing so. */
  static Sampler of(DoubleSupplier supplier) {
    return supplier instanceof Sampler sampler ? sampler : supplier::getAsDouble;
  }
}

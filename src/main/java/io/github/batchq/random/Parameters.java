package io.github.batchq.random;

import io.github.batchq.model.Require;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Checks and labels that every law shares. */
final class Parameters {
  /** The largest number below 1: what a uniform number that rounds up to 1 is moved to. */
  static final double BELOW_ONE = Math.nextDown(1.0);

  private Parameters() {}

  /** Refuses the ends of a window that is not 0 &le; min &le; max. */
  static void requireWindow(double min, double max) {
    Require.ARGUMENT.notNegativeFinite("min", min);
    if (!(max >= min)) {
      throw new IllegalArgumentException("max must be at least min, found " + max);
    }
  }

  /** Refuses the argument of a quantile function outside [0,1]. */
  static void requireProbability(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("p must be in [0,1], found " + p);
    }
  }

  /** The call that denotes a law, such as {@code uniform(1,20)}. */
  static String call(String name, double... parameters) {
    return Arrays.stream(parameters)
        .mapToObj(Parameters::plain)
        .collect(Collectors.joining(",", name + "(", ")"));
  }

  /** The shortest decimal that denotes a number, without ".0" where it is whole. */
  static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}

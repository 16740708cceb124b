package io.github.batchq.theory;

import io.github.batchq.random.Law;

/**
 * S = (integral of the square root of the density)^2, in the unit of the law: the constant of the
 * optimal loss c_B S / k of k bins (our T6), the exponential of the Renyi entropy of order 1/2. At
 * most the length of the support, with equality for the uniform law.
 */
public final class DensityConstant {
  private static final String SOURCE = "T6, S = (integral of sqrt f)^2";

  private DensityConstant() {}

  /**
   * S in the unit of the law: a closed form where the law gives one, else by quadrature to a
   * relative 1e-11; undefined for a law with atoms, and where the integral is infinite or not known
   * to be finite.
   */
  public static TheoryResult of(Law law) {
    double closed = law.densityRoot().square();
    if (!Double.isNaN(closed)) {
      return result(closed, law);
    }
    try {
      double root = new RootDensity(law).total();
      return result(root * root, law);
    } catch (IllegalArgumentException e) {
      return new TheoryResult.Undefined(String.valueOf(e.getMessage()), SOURCE);
    }
  }

  private static TheoryResult result(double value, Law law) {
    return value < Double.POSITIVE_INFINITY
        ? TheoryResult.exact(value, SOURCE)
        : new TheoryResult.Undefined(
            "the integral is outside the range of numbers for " + law, SOURCE);
  }
}

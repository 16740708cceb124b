package io.github.batchq.theory;

import org.apache.commons.math3.complex.Complex;
import org.jspecify.annotations.Nullable;

/**
 * Laplace transform phi(s) = E[exp(-s S)] of a service time S in seconds, by its logarithm, which
 * neither under- nor overflows.
 */
interface ServiceTransform {
  /** The transform at s with Re s &ge; 0, 1/seconds. */
  Value at(Complex s);

  /** Whether this is a formula, with no quadrature in it. */
  boolean isClosed();

  /** The same law with twice the quadrature points; null where there are no more. */
  @Nullable ServiceTransform finer();

  /**
   * The transform at a point.
   *
   * @param logarithm log phi(s), on whatever branch
   * @param slope its derivative phi'(s) / phi(s), seconds
   */
  record Value(Complex logarithm, Complex slope) {}

  /** The transform of a gamma-distributed time, of a constant one for the variance 0. */
  static ServiceTransform gamma(double mean, double variance) {
    return new GammaTime(mean, variance / mean);
  }

  /**
   * A gamma-distributed time: exp(-(mean / scale) log(1 + scale s)).
   *
   * @param scale variance over mean, seconds
   */
  record GammaTime(double mean, double scale) implements ServiceTransform {
    /** Below this |scale s| the logarithm is its series, which keeps the digits of s. */
    private static final double SMALL = 1e-4;

    @Override
    public Value at(Complex s) {
      Complex x = s.multiply(scale);
      Complex perSecond =
          x.abs() < SMALL
              ? s.multiply(
                  Complex.ONE.subtract(x.multiply(Complex.valueOf(0.5).subtract(x.divide(3)))))
              : x.add(1).log().divide(scale);
      return new Value(perSecond.multiply(-mean), x.add(1).reciprocal().multiply(-mean));
    }

    @Override
    public boolean isClosed() {
      return true;
    }

    @Override
    public @Nullable ServiceTransform finer() {
      return null;
    }
  }
}

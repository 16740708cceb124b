package io.github.batchq.random;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

/**
 * A probability law on the nonnegative reals: the length of a request (tokens or seconds) or the
 * gap between two arrivals (seconds). Immutable; equal when the parameters are equal; {@code
 * toString} is the call that denotes the law on the command line, such as {@code uniform(1,20)}.
 *
 * <p>What theory must know beyond the distribution, from {@link #observations} to {@link #parts}, a
 * law says of itself. The defaults say that nothing is known, and theory is then silent: a law that
 * claims more than is true makes it state wrong numbers as exact.
 */
public interface Law extends LawSpec {
  /** Distribution function P(X &le; x). */
  double cdf(double x);

  /** Survival function P(X &gt; x), with full relative accuracy in the upper tail. */
  double survival(double x);

  /** P(X &ge; x); differs from {@link #survival} only at an atom. */
  default double atLeast(double x) {
    return survival(x);
  }

  /**
   * Density at x with respect to Lebesgue measure; at an atom, its probability instead. Zero
   * outside the support.
   */
  double density(double x);

  /**
   * Quantile: the smallest x with P(X &le; x) &ge; p; {@link #lower} for p = 0, {@link #upper} for
   * p = 1.
   *
   * @param p in [0,1]
   * @throws IllegalArgumentException if p is outside [0,1]
   */
  double quantile(double p);

  /**
   * Quantile counted from above: the smallest x with P(X &gt; x) &le; q. It keeps its full relative
   * accuracy far in the upper tail, where 1 - q rounds to 1; the laws of this package compute it
   * directly, the default goes through {@link #quantile}.
   *
   * @param q in [0,1]
   * @throws IllegalArgumentException if q is outside [0,1]
   */
  default double upperQuantile(double q) {
    return quantile(1 - q);
  }

  /** Mean; infinite where the integral diverges or is beyond the range of a double. */
  double mean();

  /** Variance; infinite where the integral diverges or is beyond the range of a double. */
  double variance();

  /**
   * Whether a moment is known to be infinite; false where it is finite, even beyond the range of a
   * double, and where nothing is known.
   *
   * @param order which moment, at least 1: E[X^order]
   */
  default boolean momentDiverges(int order) {
    return false;
  }

  /** Left end of the support. */
  double lower();

  /** Right end of the support; infinite where the support is unbounded. */
  double upper();

  /**
   * Points where the distribution function jumps or bends, in increasing order: atoms and the ends
   * of pieces. Quadrature splits there. A law that is smooth inside its support has none.
   */
  default double[] breakpoints() {
    return new double[0];
  }

  /**
   * The observations that this law counts, where it is a law of counted observations: theory sums
   * over them instead of integrating. Null for any other law.
   */
  default @Nullable Empirical observations() {
    return null;
  }

  /**
   * The rate if this is the exponential law, under whatever name; empty if it is another, and where
   * that is not known.
   */
  default OptionalDouble exponentialRate() {
    return OptionalDouble.empty();
  }

  /**
   * Whether this is known to be the uniform law on the interval from {@link #lower} to {@link
   * #upper}.
   */
  default boolean isUniform() {
    return false;
  }

  /**
   * Whether the density is known to be largest at {@link #lower} and never to rise from there to
   * {@link #upper}.
   */
  default boolean hasFallingDensity() {
    return false;
  }

  /**
   * What is known of the square root of the density. {@link DensityRoot#UNKNOWN} unless a law says
   * more: theory then says {@code undefined} of whatever depends on it.
   */
  default DensityRoot densityRoot() {
    return DensityRoot.UNKNOWN;
  }

  /**
   * The laws whose quantiles, taken together, leave no peak of the density between two neighbours:
   * the components of a mixture; this law alone where it is of one piece. Quadrature splits there.
   */
  default List<Law> parts() {
    return List.of(this);
  }

  /**
   * A function g for which g(U) has this law when U is uniform on [0,1), prepared once for many
   * draws. For every law but a mixture it is nondecreasing: the quantile function, perhaps through
   * a table whose accuracy the law documents. It holds no mutable state.
   */
  default DoubleUnaryOperator transform() {
    return this::quantile;
  }

  /**
   * A sampler that draws from this law: {@link #transform} of one number of the stream for each
   * draw, so that common random numbers and antithetic streams stay synchronised. A law that needs
   * another number of them says so.
   *
   * @param stream the stream that supplies the uniform numbers; the sampler is as little
   *     thread-safe as the stream
   */
  default Sampler sampler(RandomStream stream) {
    return new TransformSampler(transform(), stream);
  }

  @Override
  default Law create() {
    return this;
  }
}

package io.github.batchq.random;

import java.util.function.DoubleSupplier;
import umontreal.ssj.rng.RandomStream;

/**
 * A probability law on the nonnegative reals: the length of a request (tokens or seconds) or the
 * gap between two arrivals (seconds). Immutable; equal when the parameters are equal; {@code
 * toString} is the call that denotes the law on the command line, such as {@code uniform(1,20)}.
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
   * Quantile: the smallest x with P(X &le; x) &ge; p.
   *
   * @param p in [0,1]
   * @throws IllegalArgumentException if p is outside [0,1]
   */
  double quantile(double p);

  /** Mean; infinite where the integral diverges. */
  double mean();

  /** Variance; infinite where the integral diverges. */
  double variance();

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
   * A sampler that draws from this law. Where it costs little it inverts the distribution function,
   * one number of the stream for each draw, so that common random numbers and antithetic streams
   * stay synchronised; the law's documentation says so where it does not.
   *
   * @param stream the stream that supplies the uniform numbers; the sampler is as little
   *     thread-safe as the stream
   */
  DoubleSupplier sampler(RandomStream stream);

  @Override
  default Law create() {
    return this;
  }
}

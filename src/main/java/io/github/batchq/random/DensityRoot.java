package io.github.batchq.random;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the square root of a law's density: whether its integral over the support
 * converges, and what theory then needs of it (T6 of docs/theory.md). Bounded support or a finite
 * moment above the first are enough for convergence.
 *
 * @param integral whether the integral converges
 * @param square the square of the integral in the unit of the law, where it has a closed form; NaN
 *     where it has none, and where it does not converge
 * @param law the law whose density is proportional to the root; null where that is no law with a
 *     name, and where there is none
 */
public record DensityRoot(Integral integral, double square, @Nullable Law law) {
  /** Whether an integral converges. */
  public enum Integral {
    /** Nobody has said. */
    UNKNOWN,
    /** It does not. */
    INFINITE,
    /** It does. */
    FINITE
  }

  /** Nothing is known. */
  public static final DensityRoot UNKNOWN = new DensityRoot(Integral.UNKNOWN, Double.NaN, null);

  /** The integral does not converge. */
  public static final DensityRoot INFINITE = new DensityRoot(Integral.INFINITE, Double.NaN, null);

  /** The integral converges, and quadrature finds its value. */
  public static final DensityRoot FINITE = new DensityRoot(Integral.FINITE, Double.NaN, null);

  /** A convergent integral in closed form. */
  static DensityRoot of(double square, @Nullable Law law) {
    return new DensityRoot(Integral.FINITE, square, law);
  }
}

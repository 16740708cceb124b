package io.github.batchq.theory;

import io.github.batchq.model.Require;
import io.github.batchq.random.Law;
import io.github.batchq.theory.TheoryResult.Undefined;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import umontreal.ssj.probdist.NormalDist;

/**
 * The lengths of N siblings, each of the same law, that resemble each other: normal variables any
 * two of which have correlation rho, each sent through its distribution function and the quantile
 * function of the law (a Gaussian copula with exact marginals). The j-th smallest length exceeds x
 * exactly if the j-th smallest of the normal variables exceeds z(x), the point that a normal
 * variable exceeds with the probability P(X &gt; x), so its mean is
 *
 * <pre>E[X_(j)] = lower + integral over x &gt; lower of P(Z_(j) &gt; z(x)) dx,</pre>
 *
 * a sum where lengths take finitely many values. T47 of docs/theory.md.
 *
 * @param law law of one length
 * @param number N, at least 1
 * @param correlation rho, from 0 (independent) to 1 (all equal)
 */
public record Siblings(Law law, int number, double correlation) {
  private static final String SOURCE = "T47, order statistics of equally correlated lengths";

  private static final double[] QUANTILES = {1e-9, 1e-3, 0.05, 0.5, 0.95, 0.999, 1 - 1e-9};

  /** Rounding error of a survival function. */
  private static final double ROUNDING = 1e-14;

  public Siblings {
    Require.ARGUMENT.atLeast("number", number, 1);
    if (!(correlation >= 0 && correlation <= 1)) {
      throw new IllegalArgumentException("correlation must be from 0 to 1, found " + correlation);
    }
  }

  /**
   * Mean of the j-th smallest length, to a relative 1e-9; j = N is the longest.
   *
   * @param place j, from 1 to N
   * @throws IllegalArgumentException if there is no such place
   */
  public TheoryResult mean(int place) {
    requirePlace(place);
    if (law.mean() == Double.POSITIVE_INFINITY) {
      return place == number && law.momentDiverges(1)
          ? TheoryResult.infinite(SOURCE)
          : new Undefined(Moments.noMean(law, ""), SOURCE);
    }
    if (number == 1 || correlation == 1) {
      return TheoryResult.exact(law.mean(), SOURCE);
    }
    AtomicLaw discrete = AtomicLaw.of(law);
    Exceeds exceeds = exceeds(place);
    return TheoryResult.exact(
        discrete == null ? integral(exceeds, place) : sum(discrete.values(), exceeds), SOURCE);
  }

  /**
   * P(the j-th smallest length is longer than x).
   *
   * @param place j, from 1 to N
   * @throws IllegalArgumentException if there is no such place
   */
  public Exceeds exceeds(int place) {
    requirePlace(place);
    if (number == 1 || correlation == 1) {
      return law::survival;
    }
    if (correlation == 0) {
      return x -> NormalOrder.ofOne(law.survival(x), number, place);
    }
    NormalOrder order = new NormalOrder(number, place, correlation);
    return x -> {
      double above = law.survival(x);
      return above <= 0 ? 0 : above >= 1 ? 1 : order.exceeds(normalPoint(x, above));
    };
  }

  /** A survival function of lengths. */
  @FunctionalInterface
  public interface Exceeds {
    /** P(longer than x). */
    double at(double x);
  }

  private void requirePlace(int place) {
    Require.ARGUMENT.atLeast("place", place, 1);
    Require.ARGUMENT.atMost("place", place, number);
  }

  /** The point that a normal variable exceeds as often as a length exceeds x. */
  private double normalPoint(double x, double above) {
    return above <= 0.5 ? -NormalDist.inverseF01(above) : NormalDist.inverseF01(law.cdf(x));
  }

  private static double sum(double[] values, Exceeds exceeds) {
    double sum = values[0];
    for (int i = 0; i + 1 < values.length; i++) {
      sum += (values[i + 1] - values[i]) * exceeds.at(values[i]);
    }
    return sum;
  }

  private double integral(Exceeds exceeds, int place) {
    double lower = law.lower();
    boolean unbounded = law.upper() == Double.POSITIVE_INFINITY;
    double typical = (number - place + 0.5) / number;
    double[] inner =
        DoubleStream.concat(
                DoubleStream.concat(
                    Arrays.stream(QUANTILES).map(law::quantile),
                    DoubleStream.of(0.01, 1, 5)
                        .map(x -> law.upperQuantile(Math.min(1, x * typical)))),
                Arrays.stream(law.breakpoints()))
            .filter(x -> x > lower && x < law.upper())
            .toArray();
    double last =
        unbounded ? Math.max(law.mean(), Arrays.stream(inner).max().orElse(0)) : law.upper();
    Quadrature quadrature = new Quadrature(exceeds::at, ROUNDING);
    double sum = lower + quadrature.over(LongestLength.between(inner, lower, last), lower);
    return unbounded ? sum + quadrature.toInfinity(last, sum) : sum;
  }
}

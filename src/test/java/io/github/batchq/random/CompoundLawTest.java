package io.github.batchq.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Truncated laws and mixtures against closed forms. */
class CompoundLawTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void truncatedParetoHasTheMeanOfTheClosedForm() {
    // integral of x f over [1,b] is a/(a-1) (1 - b^(1-a)), mass 1 - b^-a: 2.905224
    double mean = 3 * (1 - Math.pow(1000, -0.5)) / (1 - Math.pow(1000, -1.5));
    Law law = new Truncated(new Pareto(1.5, 1), 1, 1000);
    assertEquals(2.905224, mean, 5e-7);
    assertEquals(mean, law.mean(), 1e-12 * mean);
    double square = 3 * (Math.sqrt(1000) - 1) / (1 - Math.pow(1000, -1.5));
    assertEquals(square - mean * mean, law.variance(), 1e-12 * square);
  }

  @Test
  void truncatedExponentialForgetsHowFarOutTheWindowIs() {
    // Mean from the left end of a window of width w: 1 - w/(e^w - 1); variance
    // 1 - w^2 e^w/(e^w - 1)^2.
    double w = 5;
    double mean = 1 - w / Math.expm1(w);
    double variance = 1 - w * w * Math.exp(w) / Math.pow(Math.expm1(w), 2);
    for (double start : new double[] {0, 1, 60, 600}) {
      Law law = new Truncated(new Exponential(1), start, start + w);
      assertEquals(start + mean, law.mean(), 1e-12 * (start + mean));
      assertEquals(variance, law.variance(), 1e-11);
      assertEquals(-Math.expm1(-1) / -Math.expm1(-w), law.cdf(start + 1), 1e-13);
      assertEquals(start + 1, law.quantile(law.cdf(start + 1)), 1e-12 * (start + 1));
    }
    Law tail = new Truncated(new Exponential(1), 600, INFINITY);
    assertEquals(601, tail.mean(), 1e-9);
    assertEquals(1, tail.variance(), 1e-9);
    assertEquals(Math.exp(-20), tail.survival(620), 1e-12 * Math.exp(-20));
  }

  @Test
  void truncatedLognormalHasThePartialMomentsOfTheNormal() {
    // E(X; X <= e^b) = e^(1/2) Phi(b - 1) for lognormal(0,1).
    Law law = new Lognormal(0, 1);
    double median = Math.exp(0);
    double below = Math.exp(0.5) * law.cdf(Math.exp(-1)) / 0.5;
    assertEquals(below, new Truncated(law, 0, median).mean(), 1e-12 * below);
    double above = Math.exp(0.5) * law.survival(Math.exp(-1)) / 0.5;
    assertEquals(above, new Truncated(law, median, INFINITY).mean(), 1e-12 * above);
  }

  @Test
  void truncatedGammaHasThePartialMomentsOfTheNextShape() {
    // E(X^n; X <= b) = shape ... (shape + n - 1) scale^n F_{shape+n}(b)
    for (double shape : new double[] {0.05, 0.5, 4, 1000}) {
      double b = shape * 1.05;
      double mass = new Gamma(shape, 1).cdf(b);
      double mean = shape * new Gamma(shape + 1, 1).cdf(b) / mass;
      double square = shape * (shape + 1) * new Gamma(shape + 2, 1).cdf(b) / mass;
      Truncated law = new Truncated(new Gamma(shape, 1), 0, b);
      assertEquals(mean, law.mean(), 1e-11 * mean);
      assertEquals(square - mean * mean, law.variance(), 1e-11 * square);
    }
  }

  @Test
  void wideWindowsLeaveALawAsItIs() {
    for (Law law : List.of(new Gamma(0.3, 2), new Lognormal(0, 2), new Weibull(0.4, 1))) {
      // not the whole support, so the quadrature is at work
      Truncated wide = new Truncated(law, 1e-300, INFINITY);
      assertEquals(law.mean(), wide.mean(), 1e-11 * law.mean());
      assertEquals(law.variance(), wide.variance(), 1e-10 * law.variance());
    }
  }

  @Test
  void windowOverAGapShrinksToTheSupport() {
    Law pieces = new Mixture(List.of(1.0, 1.0), List.of(new Uniform(0, 1), new Uniform(2, 3)));
    Law law = new Truncated(pieces, 1.5, 2.5);
    assertEquals(2, law.lower());
    assertEquals(2.5, law.upper());
    assertEquals(2.25, law.mean(), 1e-14);
    assertEquals(1.0 / 48, law.variance(), 1e-14);
    assertEquals(2.4, law.quantile(0.8), 1e-14);
  }

  @Test
  void truncatedObservationsAreObservations() {
    Empirical all = Empirical.of(new double[] {1, 2, 3, 4}, new long[] {1, 2, 3, 4});
    Law some = new TruncatedSpec(all, 2, 3.5).create();
    assertEquals(Empirical.of(new double[] {2, 3}, new long[] {2, 3}), some);
    assertEquals("truncated(empirical(10 values),2,3.5)", some.toString());
    Law same = new Truncated(all, 2, 3.5);
    assertEquals(2.6, same.mean(), 1e-15);
    assertEquals(0.24, same.variance(), 1e-15);
    assertEquals(2, same.lower());
    assertEquals(3, same.upper());
    assertEquals(0.4, same.cdf(2), 1e-15);
    assertEquals(0.6, same.density(3), 1e-15);
    assertInstanceOf(Empirical.class, some);
  }

  @Test
  void mixtureAddsUpItsComponents() {
    Law law =
        new Mixture(
            List.of(0.2, 0.5, 0.3),
            List.of(new Deterministic(4), new Uniform(1, 6), new Uniform(8, 9)));
    assertEquals(0.8 + 1.75 + 2.55, law.mean(), 1e-14);
    // second moments: 16, (1 + 6 + 36)/3, (64 + 72 + 81)/3
    assertEquals(3.2 + 43.0 / 6 + 21.7 - 5.1 * 5.1, law.variance(), 1e-13);
    assertEquals(0.3 + 0.2, law.cdf(4), 1e-15);
    assertEquals(0.7, law.atLeast(4), 1e-15);
    assertEquals(0.2, law.density(4));
    assertEquals(0.1, law.density(3), 1e-15);
    assertEquals(4, law.quantile(0.31));
    assertEquals(4, law.quantile(0.49));
    assertEquals(5, law.quantile(0.6), 1e-14);
    assertEquals(6, law.quantile(0.7), 1e-14);
    assertEquals(8.5, law.quantile(0.85), 1e-14);
    assertArrayEquals(new double[] {1, 4, 6, 8, 9}, law.breakpoints());
  }

  @Test
  void mixtureWithAnInfiniteMeanHasInfiniteMoments() {
    Law law = new Mixture(List.of(0.5, 0.5), List.of(new Pareto(0.5, 1), new Exponential(1)));
    assertEquals(INFINITY, law.mean());
    assertEquals(INFINITY, law.variance());
    assertEquals(INFINITY, new Truncated(law, 2, INFINITY).mean());
    assertEquals(INFINITY, new Truncated(new Pareto(1.5, 1), 2, INFINITY).variance());
    assertEquals(6, new Truncated(new Pareto(1.5, 1), 2, INFINITY).mean(), 1e-14);
  }

  @Test
  void mixtureSharesOneUniformNumberAmongItsComponents() {
    Law law = new Mixture(List.of(0.25, 0.75), List.of(new Uniform(10, 11), new Uniform(0, 3)));
    assertEquals(10.5, law.transform().applyAsDouble(0.125), 1e-14);
    assertEquals(2, law.transform().applyAsDouble(0.75), 1e-14);
  }
}

package io.github.batchq.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.batchq.ReferenceValues;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Known values, labels and refusals of the single laws. */
class LawTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  static Stream<Arguments> moments() {
    double pi = Math.PI;
    return Stream.of(
        arguments(new Uniform(1, 20), 10.5, 361.0 / 12),
        arguments(new Exponential(0.1), 10, 100),
        arguments(new Deterministic(3), 3, 0),
        arguments(new Gamma(2, 3), 6, 18),
        arguments(new Erlang(4, 0.4), 10, 25),
        arguments(new Lognormal(0, 1), Math.exp(0.5), Math.E * (Math.E - 1)),
        // Gamma(1.5) = sqrt(pi)/2, Gamma(2) = 1
        arguments(new Weibull(2, 1), Math.sqrt(pi) / 2, 1 - pi / 4),
        // Gamma(3) = 2, Gamma(5) = 24
        arguments(new Weibull(0.5, 1), 2, 20),
        // Gumbel limit: mean 1 - gamma/shape, variance pi^2/6/shape^2 (1 - 2.6/shape)
        arguments(
            new Weibull(1e7, 1),
            1 - 1e-7 * org.apache.commons.math3.special.Gamma.GAMMA,
            pi * pi / 6 * 1e-14),
        arguments(new Pareto(3, 2), 3, 3),
        arguments(new Pareto(2, 1), 2, INFINITY),
        arguments(new Pareto(1, 1), INFINITY, INFINITY));
  }

  @ParameterizedTest
  @MethodSource("moments")
  void momentsAreTheClosedForms(Law law, double mean, double variance) {
    if (Double.isInfinite(mean)) {
      assertEquals(mean, law.mean());
    } else {
      assertEquals(mean, law.mean(), 1e-13 * mean);
    }
    if (Double.isInfinite(variance)) {
      assertEquals(variance, law.variance());
    } else {
      assertEquals(variance, law.variance(), (law instanceof Weibull ? 3e-7 : 1e-13) * variance);
    }
  }

  /** P(N > z) of the standard normal law. */
  private static double normalTail(int z) {
    return ReferenceValues.value("random", "normal tail " + z);
  }

  static Stream<Arguments> tails() {
    return Stream.of(
        arguments(new Lognormal(0, 1), Math.exp(1), normalTail(1), 1e-13),
        arguments(new Lognormal(0, 1), Math.exp(2), normalTail(2), 1e-13),
        arguments(new Lognormal(0, 1), Math.exp(5), normalTail(5), 1e-12),
        arguments(new Lognormal(0, 1), Math.exp(10), normalTail(10), 1e-12),
        // Erlang: exp(-x) sum_{i<n} x^i/i!
        arguments(new Erlang(3, 2), 50.0, Math.exp(-100) * (1 + 100 + 5000), 1e-13),
        arguments(new Gamma(2, 3), 300.0, Math.exp(-100) * 101, 1e-13),
        // Gamma with shape 1/2 is half a squared normal: P(N^2/2 > x) = 2 Phi(-sqrt(2x)).
        arguments(new Gamma(0.5, 1), 50.0, 2 * normalTail(10), 1e-12),
        arguments(new Exponential(2), 300.0, Math.exp(-600), 1e-13),
        arguments(new Weibull(0.5, 1), 10_000.0, Math.exp(-100), 1e-13),
        arguments(new Pareto(1.5, 2), 2e20, 1e-30, 1e-13),
        arguments(new Uniform(1, 20), 20 - 1e-9, 1e-9 / 19, 1e-5));
  }

  @ParameterizedTest
  @MethodSource("tails")
  void survivalKeepsItsRelativeAccuracy(Law law, double x, double tail, double accuracy) {
    assertEquals(tail, law.survival(x), accuracy * tail);
    assertEquals(x, law.upperQuantile(tail), 1e-12 * x);
  }

  @Test
  void smallProbabilitiesNearTheLowerEndKeepTheirRelativeAccuracy() {
    assertEquals(1e-20, new Exponential(1).cdf(1e-20), 1e-33);
    assertEquals(1e-20, new Weibull(2, 1).cdf(1e-10), 1e-33);
    assertEquals(1.5e-12, new Pareto(1.5, 1).cdf(1 + 0x1p-40) / (0x1p-40 / 1e-12), 1e-20);
    assertEquals(1e-30, new Gamma(0.5, 1).quantile(2 * Math.sqrt(1e-30 / Math.PI)), 1e-42);
  }

  static Stream<Arguments> labels() {
    return Stream.of(
        arguments(new Uniform(1, 20), "uniform(1,20)"),
        arguments(new Exponential(0.1), "exponential(0.1)"),
        arguments(new Deterministic(12), "deterministic(12)"),
        arguments(new Gamma(2, 3.5), "gamma(2,3.5)"),
        arguments(new Erlang(4, 0.4), "erlang(4,0.4)"),
        arguments(new Lognormal(0, 0.5), "lognormal(0,0.5)"),
        arguments(new Lognormal(-1, 0.5), "lognormal(-1,0.5)"),
        arguments(new Weibull(0.7, 10), "weibull(0.7,10)"),
        arguments(new Pareto(1.5, 1e-7), "pareto(1.5,1.0E-7)"),
        arguments(new Truncated(new Lognormal(0, 1), 0.1, 30), "truncated(lognormal(0,1),0.1,30)"),
        arguments(
            new TruncatedSpec(new Lognormal(0, 1), 0.1, 30), "truncated(lognormal(0,1),0.1,30)"),
        arguments(
            new Truncated(new Exponential(1), 2, INFINITY), "truncated(exponential(1),2,Infinity)"),
        arguments(
            new Mixture(List.of(0.3, 0.7), List.of(new Exponential(1), new Uniform(1, 20))),
            "mixture(0.3,exponential(1),0.7,uniform(1,20))"),
        arguments(
            new MixtureSpec(List.of(3.0, 1.0), List.of(new Exponential(1), new Uniform(1, 20))),
            "mixture(0.75,exponential(1),0.25,uniform(1,20))"));
  }

  @ParameterizedTest
  @MethodSource("labels")
  void labelIsTheCallOnTheCommandLine(LawSpec law, String label) {
    assertEquals(label, law.toString());
    assertEquals(label, law.create().toString());
  }

  static Stream<Arguments> refusals() {
    Law law = new Exponential(1);
    return Stream.of(
        refusal(() -> new Uniform(-1, 2), "min must be at least 0, found -1.0"),
        refusal(() -> new Uniform(Double.NaN, 2), "min must be at least 0, found NaN"),
        refusal(() -> new Uniform(2, 2), "max must be finite and greater than min, found 2.0"),
        refusal(
            () -> new Uniform(2, INFINITY),
            "max must be finite and greater than min, found Infinity"),
        refusal(() -> new Exponential(0), "rate must be positive and finite, found 0.0"),
        refusal(() -> new Deterministic(-1), "value must be finite and at least 0, found -1.0"),
        refusal(
            () -> new Deterministic(INFINITY),
            "value must be finite and at least 0, found Infinity"),
        refusal(() -> new Gamma(0, 1), "shape must be positive and finite, found 0.0"),
        refusal(() -> new Gamma(1, -2), "scale must be positive and finite, found -2.0"),
        refusal(() -> new Erlang(0, 1), "stages must be at least 1, found 0"),
        refusal(() -> new Erlang(1, Double.NaN), "rate must be positive and finite, found NaN"),
        refusal(() -> new Lognormal(INFINITY, 1), "mu must be finite, found Infinity"),
        refusal(() -> new Lognormal(0, 0), "sigma must be positive and finite, found 0.0"),
        refusal(() -> new Weibull(-1, 1), "shape must be positive and finite, found -1.0"),
        refusal(
            () -> new Weibull(1, INFINITY), "scale must be positive and finite, found Infinity"),
        refusal(() -> new Pareto(0, 1), "shape must be positive and finite, found 0.0"),
        refusal(() -> new Pareto(1, 0), "scale must be positive and finite, found 0.0"),
        refusal(() -> new Truncated(law, -1, 2), "min must be finite and at least 0, found -1.0"),
        refusal(() -> new TruncatedSpec(law, 3, 2), "max must be at least min, found 2.0"),
        refusal(
            () -> new Truncated(new Uniform(1, 20), 30, 40),
            "min and max must enclose some probability of uniform(1,20), found [30,40]"),
        refusal(
            () -> new Truncated(law, 3, 3),
            "min and max must enclose some probability of exponential(1), found [3,3]"),
        refusal(
            () -> new Mixture(List.of(1.0), List.of(law, law)),
            "weights must be as many as laws and at least one, found 1 weights and 2 laws"),
        refusal(
            () -> new Mixture(List.of(), List.of()),
            "weights must be as many as laws and at least one, found 0 weights and 0 laws"),
        refusal(
            () -> new MixtureSpec(List.of(1.0, 0.0), List.of(law, law)),
            "weight must be positive and finite, found 0.0"));
  }

  private static Arguments refusal(Executable construction, String message) {
    return arguments(construction, message);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesBadParametersInOneSentence(Executable construction, String message) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, construction).getMessage());
  }

  @Test
  void fitsALognormalByTheMeanAndDeviationOfTheLogarithms() {
    // Logarithms 0, 1, 1 and 2: mean 1, variance (1 + 0 + 0 + 1) / 4.
    Lognormal fit =
        Lognormal.fit(
            Empirical.of(new double[] {1, Math.E, Math.E * Math.E}, new long[] {1, 2, 1}));
    assertEquals(1, fit.mu(), 1e-15);
    assertEquals(Math.sqrt(0.5), fit.sigma(), 1e-15);
    assertThrows(
        IllegalArgumentException.class, () -> Lognormal.fit(Empirical.of(new double[] {2, 2})));
    assertThrows(
        IllegalArgumentException.class, () -> Lognormal.fit(Empirical.of(new double[] {0, 2})));
  }

  @Test
  void lawsAreEqualWhenTheirParametersAre() {
    assertEquals(new Gamma(2, 3), new Gamma(2, 3));
    assertNotEquals(new Gamma(2, 3), new Gamma(3, 2));
    Truncated truncated = new Truncated(new Gamma(2, 3), 1, 2);
    assertEquals(truncated, new Truncated(new Gamma(2, 3), 1, 2));
    assertEquals(truncated.hashCode(), new Truncated(new Gamma(2, 3), 1, 2).hashCode());
    assertNotEquals(truncated, new Truncated(new Gamma(2, 3), 1, 3));
    assertEquals(
        new Mixture(List.of(1.0, 1.0), List.of(new Gamma(2, 3), truncated)),
        new Mixture(List.of(0.5, 0.5), List.of(new Gamma(2, 3), truncated)));
  }
}

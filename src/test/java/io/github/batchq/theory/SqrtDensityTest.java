package io.github.batchq.theory;

import static io.github.batchq.theory.Reference.assertRefused;
import static io.github.batchq.theory.Reference.assertRelative;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Erlang;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Gamma;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.Mixture;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Truncated;
import io.github.batchq.random.Uniform;
import io.github.batchq.random.Weibull;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Boundaries by the root of the density, and its integral, against references and quadrature. */
class SqrtDensityTest {
  private static final SqrtDensity RULE = new SqrtDensity();

  static Stream<Law> closed() {
    return Stream.of(
        new Uniform(1, 20),
        new Exponential(0.1),
        new Erlang(4, 0.4),
        new Gamma(0.3, 5),
        new Gamma(40, 0.2),
        new Lognormal(2, 1),
        new Weibull(0.4, 10),
        new Weibull(2.5, 10),
        new Pareto(1.5, 2),
        new Truncated(new Pareto(1.5, 1), 1, 1000),
        new Truncated(new Exponential(0.1), 3, 60),
        new Truncated(new Truncated(new Gamma(0.5, 9), 0, 50), 0, 20),
        new Truncated(new Lognormal(2, 1), 4, Double.POSITIVE_INFINITY));
  }

  static Stream<Law> numerical() {
    return Stream.of(
        new Weibull(0.4, 10),
        new Truncated(new Weibull(0.7, 10), 1, 100),
        new Truncated(new Pareto(0.8, 1), 2, 500),
        new Mixture(List.of(0.3, 0.7), List.of(new Exponential(1), new Pareto(1.5, 2))),
        new Mixture(List.of(1e-3, 1.0), List.of(new Gamma(5000, 0.01), new Gamma(0.5, 3))),
        new Mixture(List.of(0.5, 0.5), List.of(new Uniform(0, 1), new Uniform(3, 4))));
  }

  /**
   * The reference found its boundaries on a coarse grid: it is off by up to 7e-5, as {@link
   * #closedForms} with boundaries in closed form shows.
   */
  @Test
  void referenceLaws() {
    Reference.read("law_opt")
        .properties()
        .forEach(
            entry -> {
              String[] key = entry.getKey().split("\\|", -1);
              Law law = Reference.law(key[0]);
              assertRelative(
                  entry.getValue().get("sq").asDouble(),
                  loss(law, Integer.parseInt(key[1]), Integer.parseInt(key[2])),
                  1e-4);
            });
  }

  /**
   * Equal masses of Exp(mu / 2), of the lognormal law with variance 2 sigma^2, and of the truncated
   * Pareto(1 / 4).
   */
  @ParameterizedTest
  @CsvFileSource(resources = "/io/github/batchq/theory/square-root-rule.csv", delimiter = '|')
  void closedForms(String law, int batchSize, int bins, double length) {
    assertRelative(length, loss(Reference.law(law), batchSize, bins), 1e-12);
  }

  @Test
  void gsm8k() {
    assertEquals(10, realLengths("gsm8k", Reference.gsm8k()));
  }

  @Test
  void azure() {
    assumeTrue(Reference.azure().isPresent());
    assertEquals(10, realLengths("azure", Reference.azure().orElseThrow()));
  }

  private static int realLengths(String name, Empirical law) {
    int[] checked = {0};
    Reference.read("azure_gsm8k_opt")
        .properties()
        .forEach(
            entry -> {
              String[] key = entry.getKey().split("\\|", -1);
              if (key[0].startsWith(name)) {
                checked[0]++;
                assertRelative(
                    entry.getValue().get("sq").asDouble(),
                    loss(law, Integer.parseInt(key[1]), Integer.parseInt(key[2])),
                    1e-12);
              }
            });
    return checked[0];
  }

  private static double loss(Law law, int batchSize, int bins) {
    return BatchMaximum.expectedBatchLength(law, RULE.boundaries(law, bins, batchSize), batchSize);
  }

  @ParameterizedTest
  @MethodSource("closed")
  void closedFormIsTheQuadrature(Law law) {
    double root = new RootDensity(law).total();
    assertRelative(root * root, DensityConstant.of(law).value(), 1e-9);
    assertArrayEquals(
        Stream.of(0.01, 0.25, 0.9).mapToDouble(new RootDensity(law)::point).toArray(),
        law instanceof Weibull weibull
            ? Stream.of(0.01, 0.25, 0.9).mapToDouble(p -> weibull(weibull, p)).toArray()
            : Stream.of(0.01, 0.25, 0.9)
                .mapToDouble(Objects.requireNonNull(law.densityRoot().law())::quantile)
                .toArray(),
        1e-8 * law.quantile(0.9));
  }

  /** The root of a Weibull density is that of a power of a gamma variable. */
  private static double weibull(Weibull law, double p) {
    double gamma = new Gamma((law.shape() + 1) / (2 * law.shape()), 1).quantile(p);
    return law.scale() * Math.pow(2 * gamma, 1 / law.shape());
  }

  /** Substitution x = e^y, a rule of its own, and the increments between boundaries are equal. */
  @ParameterizedTest
  @MethodSource("numerical")
  void incrementsAreEqual(Law law) {
    double[] inner = RULE.boundaries(law, 5, 8).inner();
    double share = new RootDensity(law).total() / 5;
    for (int i = 1; i < inner.length; i++) {
      assertRelative(share, midpoints(law, inner[i - 1], inner[i]), 1e-4);
    }
  }

  private static double midpoints(Law law, double from, double to) {
    int steps = 200_000;
    double width = (to - from) / steps;
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      sum += Math.sqrt(law.density(from + (i + 0.5) * width));
    }
    return sum * width;
  }

  @Test
  void notCovered() {
    assertRefused("single points", () -> RULE.boundaries(new Deterministic(3), 2, 8));
    Law atom = new Mixture(List.of(0.5, 0.5), List.of(new Exponential(1), new Deterministic(3)));
    assertRefused("single points", () -> RULE.boundaries(atom, 2, 8));
    assertRefused("infinite", () -> RULE.boundaries(new Pareto(1, 1), 2, 8));
    Law heavy = new Mixture(List.of(0.5, 0.5), List.of(new Exponential(1), new Pareto(0.9, 3)));
    assertRefused("infinite", () -> RULE.boundaries(heavy, 2, 8));
    assertInstanceOf(TheoryResult.Undefined.class, DensityConstant.of(Reference.gsm8k()));
  }

  @Test
  void atoms() {
    Empirical one = Empirical.of(new double[] {5}, new long[] {3});
    assertArrayEquals(new double[] {Math.nextUp(5.0)}, RULE.boundaries(one, 2, 8).inner());
    // weights 1, 1, 1 and 3: half of them reached with the third atom
    Empirical four = Empirical.of(new double[] {1, 2, 3, 12}, new long[] {1, 1, 1, 1});
    assertArrayEquals(new double[] {12}, RULE.boundaries(four, 2, 8).inner());
  }
}

package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.random.DensityRoot;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Law;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What theory takes from a law, on every law of the law battery: the mean of the longest of n, and
 * all that a law says of itself. The reference is in the scale of probabilities, integrals of
 * quantiles and of densities at quantiles, where theory integrates over lengths or has closed
 * forms.
 */
class LawTheoryBatteryTest {
  private static final String LAWS = "io.github.batchq.random.LawBatteryTest#laws";

  private static final GaussIntegrator RULE = new GaussIntegratorFactory().legendre(16);

  /** A panel that adds less than this share ends an integral. */
  private static final double NEGLIGIBLE = 1e-13;

  private static final int MOST_PANELS = 1000;

  /** Integral over (0,1) of a function of the quantile, as f(x, P(X &gt; x), from above or not). */
  private interface Integrand {
    double at(double x, double probability);
  }

  private static boolean isContinuous(Law law) {
    return AtomicLaw.atoms(law).length == 0;
  }

  /** Probabilities, counted from one end, where the quantile function jumps or bends. */
  private static double[] cuts(Law law, boolean fromAbove) {
    TreeSet<Double> cuts = new TreeSet<>();
    for (double x : law.breakpoints()) {
      cuts.add(fromAbove ? law.survival(x) : 1 - law.survival(x));
      cuts.add(fromAbove ? law.atLeast(x) : 1 - law.atLeast(x));
    }
    return cuts.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The part of an integral over the half of the probabilities next to one end. */
  private static double half(Law law, boolean fromAbove, Integrand f) {
    double[] cuts = cuts(law, fromAbove);
    double sum = 0;
    for (int i = 1; i <= MOST_PANELS; i++) {
      double panel = panel(law, fromAbove, f, cuts, i);
      sum += panel;
      if (i > 60 && Math.abs(panel) <= NEGLIGIBLE * Math.abs(sum)) {
        break;
      }
    }
    return sum;
  }

  /** The panel of probabilities from 2^-(i+1) to 2^-i. */
  private static double panel(Law law, boolean fromAbove, Integrand f, double[] cuts, int i) {
    double from = Math.scalb(1.0, -i - 1);
    double to = Math.scalb(1.0, -i);
    DoubleUnaryOperator integrand =
        q -> f.at(fromAbove ? law.upperQuantile(q) : law.quantile(q), q);
    double sum = 0;
    double left = from;
    for (double cut : cuts) {
      if (cut > left && cut < to) {
        sum += gauss(integrand, left, cut);
        left = cut;
      }
    }
    return sum + gauss(integrand, left, to);
  }

  private static double gauss(DoubleUnaryOperator f, double a, double b) {
    double half = (b - a) / 2;
    double sum = 0;
    for (int i = 0; i < RULE.getNumberOfPoints(); i++) {
      sum += RULE.getWeight(i) * f.applyAsDouble(a + half + half * RULE.getPoint(i));
    }
    return half * sum;
  }

  /** The integral of Q(u) n u^(n-1). */
  @ParameterizedTest
  @MethodSource(LAWS)
  void theMeanOfTheLongestIsAnIntegralOfTheQuantileFunction(Law law) {
    for (int n : new int[] {1, 8, 128}) {
      if (law.mean() == Double.POSITIVE_INFINITY) {
        Reference.assertRefused(
            "infinite mean",
            () -> BatchMaximum.expectedMaximum(law, n, 0, Double.POSITIVE_INFINITY));
        continue;
      }
      double expected =
          half(law, true, (x, q) -> x * n * Math.exp((n - 1) * Math.log1p(-q)))
              + half(law, false, (x, p) -> x * n * Math.pow(p, n - 1));
      assertEquals(
          expected,
          BatchMaximum.expectedMaximum(law, n, 0, Double.POSITIVE_INFINITY),
          1e-9 * expected,
          "n = " + n);
      if (n == 1) {
        assertEquals(expected, law.mean(), 1e-9 * expected);
      }
    }
  }

  /** The integral of the root of f is that of f(Q(u))^(-1/2), and diverges where it says so. */
  @ParameterizedTest
  @MethodSource(LAWS)
  void theRootOfTheDensityIsWhatTheLawSays(Law law) {
    if (!isContinuous(law)) {
      assertEquals("undefined", DensityConstant.of(law).kind());
      return;
    }
    DensityRoot root = law.densityRoot();
    assertNotEquals(
        DensityRoot.Integral.UNKNOWN, root.integral(), "a law of the catalogue says what it knows");
    Integrand integrand = (x, q) -> 1 / Math.sqrt(law.density(x));
    if (root.integral() == DensityRoot.Integral.INFINITE) {
      double[] none = {};
      double early = panel(law, true, integrand, none, 200);
      assertTrue(panel(law, true, integrand, none, 300) >= early, "the panels become smaller");
      assertEquals("undefined", DensityConstant.of(law).kind());
      return;
    }
    double sum = half(law, true, integrand) + half(law, false, integrand);
    TheoryResult found = DensityConstant.of(law);
    assertEquals("exact", found.kind());
    assertEquals(sum * sum, found.value(), 1e-8 * found.value());
    Law companion = root.law();
    if (companion != null) {
      for (double p : new double[] {0.05, 0.3, 0.5, 0.7, 0.95}) {
        double x = law.quantile(p);
        double expected = Math.sqrt(law.density(x) / found.value());
        assertEquals(expected, companion.density(x), 1e-9 * expected, "the root's law at " + x);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(LAWS)
  void aDensityFallsWhereTheLawSaysSo(Law law) {
    if (!law.hasFallingDensity()) {
      return;
    }
    assertTrue(isContinuous(law));
    double before = law.density(law.lower());
    assertTrue(before < Double.POSITIVE_INFINITY);
    for (int i = 1; i < 1000; i++) {
      double density = law.density(law.quantile(i / 1000.0));
      assertTrue(density <= before * (1 + 1e-12), "the density rises at " + i / 1000.0);
      before = density;
    }
  }

  @ParameterizedTest
  @MethodSource(LAWS)
  void itIsUniformOrExponentialWhereItSaysSo(Law law) {
    double[] points = IntStream.range(1, 100).mapToDouble(i -> law.quantile(i / 100.0)).toArray();
    if (law.isUniform()) {
      for (double x : points) {
        assertEquals((x - law.lower()) / (law.upper() - law.lower()), law.cdf(x), 1e-12);
      }
    }
    law.exponentialRate()
        .ifPresent(
            rate -> {
              for (double x : points) {
                assertEquals(Math.exp(-rate * x), law.survival(x), 1e-11);
              }
            });
  }

  @ParameterizedTest
  @MethodSource(LAWS)
  void itsObservationsAreItsAtoms(Law law) {
    Empirical observations = law.observations();
    if (observations == null) {
      return;
    }
    double sum = 0;
    for (int i = 0; i < observations.atoms(); i++) {
      double x = observations.atom(i);
      long before = i == 0 ? 0 : observations.cumulativeCount(i - 1);
      double share = (observations.cumulativeCount(i) - before) / (double) observations.total();
      assertEquals(share, law.atLeast(x) - law.survival(x), 1e-12);
      sum += share;
    }
    assertEquals(1, sum, 1e-12);
  }

  /** Values that are drawn twice are atoms, and theory finds them. */
  @ParameterizedTest
  @MethodSource(LAWS)
  void theoryFindsEveryAtom(Law law) {
    DoubleSupplier sampler = law.sampler(new RandomStreams(3, 1).stream(0, StreamName.SERVICE));
    Set<Double> atoms = new HashSet<>();
    Arrays.stream(AtomicLaw.atoms(law)).forEach(atoms::add);
    Set<Double> seen = new HashSet<>();
    for (int i = 0; i < 2000; i++) {
      double x = sampler.getAsDouble();
      if (!seen.add(x)) {
        assertTrue(atoms.contains(x), x + " is an atom");
      }
    }
    double mass = 0;
    for (double x : AtomicLaw.atoms(law)) {
      mass += law.atLeast(x) - law.survival(x);
    }
    assertEquals(AtomicLaw.of(law) != null, mass > 1 - 1e-9);
    assertFalse(law.parts().isEmpty());
  }
}

package io.github.batchq.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.data.EmpiricalSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import umontreal.ssj.rng.LFSR258;

/**
 * What every law owes its users, checked on every law and on extreme parameters; what theory needs
 * of them is checked on the same laws by the battery of {@code theory}. A test of the catalogue
 * fails for a law that is not among {@link #laws()}.
 */
@Tag("long")
public class LawBatteryTest {
  private static final double[] PROBABILITIES = {
    1e-12, 1e-6, 1e-3, 0.01, 0.1, 0.25, 0.3, 0.5, 0.6, 0.75, 0.9, 0.99, 0.999, 1 - 1e-6
  };

  /** Draws per law in the statistical tests. */
  private static final int DRAWS = 40_000;

  /**
   * Critical value of sqrt(n) D for the Kolmogorov-Smirnov test at level 1e-4: 2 exp(-2 x^2) =
   * 1e-4. For a law with atoms the test is conservative.
   */
  private static final double KS_1E4 = 2.2253;

  /** Two-sided normal quantile at level 1e-4. */
  private static final double Z_1E4 = 3.8906;

  static final Empirical GSM8K =
      new EmpiricalSpec(
              DataFile.of("resource:phi35-gsm8k-lengths.csv", Path.of(".")), "tokens", "count")
          .create();

  /** Laws with every kind of the catalogue among them. */
  public static Stream<Law> laws() {
    Law mixed =
        new Mixture(
            List.of(0.2, 0.5, 0.3),
            List.of(new Deterministic(4), new Uniform(1, 6), new Uniform(8, 9)));
    return Stream.of(
        new Uniform(1, 20),
        new Uniform(0, 1e-6),
        new Uniform(999_999, 1_000_000),
        new Exponential(0.1),
        new Exponential(1e6),
        new Deterministic(0),
        new Deterministic(7.5),
        new Scaled(new Gamma(2, 3), 1.1),
        new Scaled(new Truncated(new Lognormal(0, 1), 0.1, 30), 0.25),
        new Gamma(0.05, 2),
        new Gamma(0.5, 10),
        new Gamma(1, 3),
        new Gamma(2, 3),
        new Gamma(7.3, 0.01),
        new Gamma(1000, 1),
        new Gamma(20_000, 1e-3),
        new Erlang(1, 2),
        new Erlang(4, 0.4),
        new Erlang(100, 5),
        new Lognormal(0, 0.5),
        new Lognormal(2, 1),
        new Lognormal(-3, 0.01),
        new Lognormal(0, 2),
        new Weibull(0.7, 10),
        new Weibull(0.3, 1),
        new Weibull(1, 2),
        new Weibull(3, 2),
        new Weibull(200, 5),
        new Pareto(0.8, 1),
        new Pareto(1.5, 1),
        new Pareto(2.5, 3),
        new Pareto(50, 0.1),
        GSM8K,
        Empirical.of(new double[] {5}),
        Empirical.of(new double[] {3, 0, 3, 8.5}),
        new Mixture(List.of(0.3, 0.7), List.of(new Exponential(1), new Uniform(1, 20))),
        new Mixture(List.of(1.0), List.of(new Lognormal(0, 1))),
        new Mixture(List.of(1.0, 1.0), List.of(new Uniform(0, 1), new Uniform(2, 3))),
        mixed,
        new Mixture(List.of(0.5, 0.5), List.of(mixed, new Gamma(0.5, 1))),
        new Mixture(List.of(0.9, 0.1), List.of(GSM8K, new Pareto(3, 600))),
        new Truncated(new Uniform(1, 20), 5, 30),
        new Truncated(new Exponential(1), 0.5, 2),
        new Truncated(new Exponential(1), 60, 65),
        new Truncated(new Exponential(1), 100, Double.POSITIVE_INFINITY),
        new Truncated(new Lognormal(0, 1), 0.1, 30),
        new Truncated(new Lognormal(0, 1), 3000, 5000),
        new Truncated(new Gamma(0.5, 10), 0, 12),
        new Truncated(new Gamma(4, 2), 3, Double.POSITIVE_INFINITY),
        new Truncated(new Gamma(4, 2), 200, 300),
        new Truncated(new Erlang(4, 1), 2, 3),
        new Truncated(new Weibull(0.7, 10), 1, 1000),
        new Truncated(new Pareto(1.5, 1), 1, 1000),
        new Truncated(new Pareto(1.5, 1), 10, Double.POSITIVE_INFINITY),
        new Truncated(GSM8K, 100, 400),
        new Truncated(new Deterministic(3), 1, 5),
        new Truncated(mixed, 2, 8.5),
        new Truncated(mixed, 4, 7),
        new Truncated(new Truncated(new Lognormal(0, 1), 0.1, 30), 1, 50));
  }

  static Stream<Law> continuousLaws() {
    return laws().filter(law -> Arrays.stream(points(law)).noneMatch(x -> atom(law, x) > 0));
  }

  /** Quantiles, breakpoints and ends: where the functions of a law are looked at. */
  private static double[] points(Law law) {
    TreeSet<Double> points = new TreeSet<>();
    for (double p : PROBABILITIES) {
      points.add(law.quantile(p));
    }
    for (int i = 1; i < 40; i++) {
      points.add(law.quantile(i / 40.0));
    }
    Arrays.stream(law.breakpoints()).forEach(points::add);
    points.add(law.lower());
    points.add(law.upper());
    points.add(law.lower() / 2);
    points.add(law.upper() * 2);
    return points.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double atom(Law law, double x) {
    return law.atLeast(x) - law.survival(x);
  }

  @ParameterizedTest
  @MethodSource("laws")
  void distributionFunctionRisesFromZeroToOne(Law law) {
    double before = 0;
    for (double x : points(law)) {
      double cdf = law.cdf(x);
      assertTrue(cdf >= 0 && cdf <= 1, () -> "F(" + x + ") = " + cdf);
      assertTrue(cdf >= before - 1e-15, () -> "F falls at " + x);
      assertEquals(1, cdf + law.survival(x), 1e-12, () -> "F + survival at " + x);
      assertTrue(law.atLeast(x) >= law.survival(x));
      before = cdf;
    }
    assertEquals(0, law.cdf(-1));
    assertEquals(1, law.survival(-1));
    assertEquals(1, law.atLeast(law.lower()), 1e-15);
    assertEquals(1, law.cdf(law.upper()));
    assertEquals(0, law.survival(law.upper()));
    assertEquals(1, law.cdf(Double.POSITIVE_INFINITY));
    assertEquals(0, law.survival(Double.POSITIVE_INFINITY));
    assertEquals(0, law.density(Double.POSITIVE_INFINITY));
    assertEquals(0, law.density(-1));
    assertTrue(law.lower() >= 0 && law.lower() <= law.upper());
  }

  @ParameterizedTest
  @MethodSource("laws")
  void quantileIsTheSmallestPointThatReachesItsProbability(Law law) {
    double before = law.lower();
    for (double p : PROBABILITIES) {
      double x = law.quantile(p);
      assertTrue(x >= before && x <= law.upper(), () -> "quantile(" + p + ") = " + x);
      assertReaches(law, p, x);
      before = x;
    }
    assertEquals(law.lower(), law.quantile(0));
    assertEquals(law.upper(), law.quantile(1));
    assertEquals(law.upper(), law.upperQuantile(0));
    assertEquals(law.lower(), law.upperQuantile(1));
  }

  private static void assertReaches(Law law, double p, double x) {
    double next = Math.max(x * (1 + 1e-12), x + Double.MIN_NORMAL);
    double previous = x * (1 - 1e-12);
    // Rounding: relative in either tail, plus what the cdf gains within 1e-12 of x.
    assertTrue(law.cdf(next) >= p * (1 - 1e-11) - 1e-15, () -> "F(" + x + ") < " + p);
    if (x > law.lower()) {
      assertTrue(law.cdf(previous) <= p * (1 + 1e-11) + 1e-15, () -> "F(" + x + "-) > " + p);
    }
  }

  @ParameterizedTest
  @MethodSource("laws")
  void upperQuantileKeepsItsAccuracyInTheTail(Law law) {
    double before = law.upper();
    for (double q : new double[] {1e-200, 1e-50, 1e-20, 1e-10, 1e-3, 0.1, 0.5, 0.9, 0.999}) {
      double x = law.upperQuantile(q);
      assertTrue(x <= before && x >= law.lower(), () -> "upperQuantile(" + q + ") = " + x);
      if (x < law.upper()) {
        // A relative error of 1e-13 in x moves a survival function that falls as steeply as any
        // here by less than 1e-9.
        double slack = 1e-9;
        double after = Math.nextUp(x * (1 + 1e-13));
        assertTrue(law.survival(after) <= q * (1 + slack), () -> "survival too large for " + q);
        double until = x * (1 - 1e-13);
        if (until > law.lower()) {
          assertTrue(law.atLeast(until) >= q * (1 - slack), () -> "survival too small for " + q);
        }
      }
      before = x;
    }
  }

  @ParameterizedTest
  @MethodSource("laws")
  void quantileRefusesWhatIsNotAProbability(Law law) {
    for (double p : new double[] {-1e-9, 1 + 1e-9, Double.NaN}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> law.quantile(p)).getMessage();
      assertEquals("p must be in [0,1], found " + p, message);
      assertThrows(IllegalArgumentException.class, () -> law.upperQuantile(p));
    }
  }

  @ParameterizedTest
  @MethodSource("continuousLaws")
  void densityIntegratesToDifferencesOfTheDistributionFunction(Law law) {
    TreeSet<Double> cuts = new TreeSet<>();
    for (int i = 1; i < 64; i++) {
      cuts.add(law.quantile(i / 64.0));
    }
    Arrays.stream(law.breakpoints()).filter(Double::isFinite).forEach(cuts::add);
    double left = cuts.pollFirst();
    for (double right : cuts) {
      // In y = log x, where densities with a pole at 0 are mild.
      double a = left;
      double integral =
          right > 2 * a && a > 0
              ? legendre(y -> law.density(Math.exp(y)) * Math.exp(y), Math.log(a), Math.log(right))
              : legendre(law::density, a, right);
      assertEquals(law.cdf(right) - law.cdf(a), integral, 2e-10, () -> "from " + a);
      left = right;
    }
  }

  private static double legendre(DoubleUnaryOperator f, double a, double b) {
    return new GaussIntegratorFactory().legendre(40, a, b).integrate(f::applyAsDouble);
  }

  /**
   * Independent of the laws' own formulas and of the survival function: moments are the integrals
   * of the quantile function and of its square over (0,1), the upper half in terms of the upper
   * quantile.
   */
  @ParameterizedTest
  @MethodSource("laws")
  void momentsAreIntegralsOfTheQuantileFunction(Law law) {
    if (law instanceof Mixture
        || atom(law, law.quantile(0.5)) > 0
        || law.breakpoints().length > 0) {
      return; // quantile functions with jumps: MixtureTest, EmpiricalTest and TruncatedTest
    }
    double center = law.quantile(0.5);
    double mean = center;
    double square = 0;
    if (Double.isFinite(law.mean())) {
      mean +=
          integral(v -> law.quantile(v) - center) + integral(v -> law.upperQuantile(v) - center);
      assertEquals(law.mean(), mean, 1e-9 * mean);
    }
    if (Double.isFinite(law.variance()) && !(law instanceof Pareto)) {
      square =
          integral(v -> Math.pow(law.quantile(v) - center, 2))
              + integral(v -> Math.pow(law.upperQuantile(v) - center, 2));
      double variance = square - (mean - center) * (mean - center);
      assertEquals(law.variance(), variance, 2e-8 * variance);
    }
  }

  /** Integral over (0, 1/2] of a function of a tail probability, over panels halved towards 0. */
  private static double integral(DoubleUnaryOperator f) {
    double sum = 0;
    for (int i = 1; i < 150; i++) {
      sum +=
          new GaussIntegratorFactory()
              .legendre(16, Math.scalb(1.0, -i - 1), Math.scalb(1.0, -i))
              .integrate(f::applyAsDouble);
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("laws")
  void samplerDrawsFromTheLaw(Law law) {
    double[] draws = draws(law, DRAWS);
    double sum = 0;
    for (double x : draws) {
      assertTrue(x >= law.lower() && x <= law.upper(), () -> "drew " + x);
      sum += x;
    }
    if (Double.isFinite(law.variance())) {
      double allowed = Z_1E4 * Math.sqrt(law.variance() / DRAWS) + 1e-12 * law.mean();
      assertEquals(law.mean(), sum / DRAWS, allowed);
    }
    Arrays.sort(draws);
    double distance = 0;
    for (int i = 0; i < DRAWS; ) {
      int next = i;
      while (next < DRAWS && draws[next] == draws[i]) {
        next++;
      }
      double below = 1 - law.atLeast(draws[i]);
      distance = Math.max(distance, Math.abs(law.cdf(draws[i]) - next / (double) DRAWS));
      distance = Math.max(distance, Math.abs(below - i / (double) DRAWS));
      i = next;
    }
    assertTrue(distance * Math.sqrt(DRAWS) < KS_1E4, "Kolmogorov-Smirnov distance " + distance);
  }

  private static double[] draws(Law law, int n) {
    DoubleSupplier sampler = law.sampler(stream());
    double[] draws = new double[n];
    Arrays.setAll(draws, i -> sampler.getAsDouble());
    return draws;
  }

  static LFSR258 stream() {
    LFSR258 stream = new LFSR258();
    stream.setSeed(new long[] {20_241_203, 4504, 987_654_321, 55_555_555, 10_000_019});
    return stream;
  }

  @ParameterizedTest
  @MethodSource("laws")
  void sampleRepeatsWithItsSeedAndTakesOneNumberForEachDraw(Law law) {
    double[] draws = draws(law, 200);
    LFSR258 stream = stream();
    DoubleUnaryOperator transform = law.transform();
    for (double x : draws) {
      assertEquals(x, transform.applyAsDouble(stream.nextDouble()));
    }
  }

  @ParameterizedTest
  @MethodSource("laws")
  void transformInvertsTheDistributionFunctionUnlessItIsAMixture(Law law) {
    DoubleUnaryOperator transform = law.transform();
    assertTrue(transform.applyAsDouble(0) >= law.lower());
    assertTrue(transform.applyAsDouble(Math.nextDown(1.0)) <= law.upper());
    if (law instanceof Mixture || (law instanceof Truncated t && t.law() instanceof Mixture)) {
      return;
    }
    double before = law.lower();
    for (int i = 0; i < 2000; i++) {
      double u = (i + 0.5) / 2000;
      double x = transform.applyAsDouble(u);
      assertTrue(x >= before * (1 - 1e-12), () -> "falls at " + u);
      assertTrue(law.cdf(x * (1 + 1e-13)) >= u - 1e-10, () -> "F(" + x + ") < " + u);
      assertTrue(1 - law.atLeast(x * (1 - 1e-13)) <= u + 1e-10, () -> "F(" + x + "-) > " + u);
      before = x;
    }
  }

  @ParameterizedTest
  @MethodSource("laws")
  void breakpointsIncreaseInsideTheSupport(Law law) {
    double before = Double.NEGATIVE_INFINITY;
    for (double x : law.breakpoints()) {
      assertTrue(x > before && x >= law.lower() && x <= law.upper(), () -> "breakpoint " + x);
      before = x;
    }
  }

  @ParameterizedTest
  @MethodSource("laws")
  void describesItself(Law law) {
    assertEquals(law, law.create());
    assertEquals(law.hashCode(), law.create().hashCode());
  }
}

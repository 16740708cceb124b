package io.github.batchq.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.ReferenceValues;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Laws of maximum likelihood, beside those of SciPy and beside their neighbours. */
class LawFitTest {
  /** x_i = 1 + ((7919 i) mod 1009)^2 / 1000 for i = 1 to 500: all different, 1.001 to 1013.036. */
  private static final double[] VALUES =
      IntStream.rangeClosed(1, 500)
          .mapToDouble(i -> 1 + Math.pow(i * 7919 % 1009, 2) / 1000.0)
          .toArray();

  private static LawFit fit(LawFamily family, double[] values) {
    return LawFit.all(values).stream()
        .filter(one -> one.family() == family)
        .findFirst()
        .orElseThrow();
  }

  private static double[] sample(Law law, int size) {
    double[] values = new double[size];
    law.sampler(new RandomStreams(8, 1).stream(0, StreamName.SERVICE)).fill(values, size);
    return values;
  }

  /** The parameters of the label, such as gamma(shape,scale). */
  private static double[] parameters(Law law) {
    String call = law.toString();
    return Arrays.stream(call.substring(call.indexOf('(') + 1, call.length() - 1).split(",", -1))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  /**
   * Parameters and log-likelihood by scipy.stats 1.17.1, {@code fit(x, floc=0)}; D and A² from its
   * distribution functions. SSJ ends its search for Weibull's shape 1.1e-5 of it away from the
   * root.
   */
  @ParameterizedTest
  @CsvFileSource(resources = "/io/github/batchq/random/fits.csv", delimiter = '|')
  void agreesWithSciPy(
      LawFamily family, double first, double second, double likelihood, double d, double a) {
    LawFit fit = fit(family, VALUES);
    assertEquals(likelihood, fit.logLikelihood(), 1e-6);
    assertEquals(4 - 2 * likelihood, fit.aic(), 1e-6);
    assertEquals(d, fit.kolmogorovSmirnov(), 1e-5);
    assertEquals(a, fit.andersonDarling(), 1e-3);
    assertEquals(first, parameters(fit.law())[0], 2e-5 * first);
    assertEquals(second, parameters(fit.law())[1], 2e-5 * second);
  }

  /** Those with parameters in closed form, and the test for a law that is known by scipy.stats. */
  @Test
  void agreesWithSciPyWhereFormulasAreClosed() {
    LawFit fit = fit(LawFamily.EXPONENTIAL, VALUES);
    assertEquals(
        1 / Arrays.stream(VALUES).average().orElseThrow(), parameters(fit.law())[0], 1e-15);
    assertEquals(
        ReferenceValues.value("random", "exponential, criterion of Akaike"), fit.aic(), 1e-6);
    assertEquals(ReferenceValues.value("random", "exponential, D"), fit.kolmogorovSmirnov(), 1e-9);
    assertEquals(
        ReferenceValues.value("random", "exponential, P(D as large)"),
        fit.kolmogorovSmirnovAtMost(),
        1e-6);
    assertEquals(ReferenceValues.value("random", "exponential, A^2"), fit.andersonDarling(), 1e-6);
    LawFit pareto = fit(LawFamily.PARETO, VALUES);
    assertEquals(
        ReferenceValues.value("random", "pareto, log-likelihood"), pareto.logLikelihood(), 1e-6);
    assertEquals(1.001, pareto.law().lower());
    LawFit uniform = fit(LawFamily.UNIFORM, VALUES);
    assertEquals(-500 * Math.log(1013.036 - 1.001), uniform.logLikelihood(), 1e-6);
  }

  @Test
  void ranksByTheCriterion() {
    List<LawFit> fits = LawFit.all(VALUES);
    assertEquals(LawFamily.values().length, fits.size());
    assertEquals(LawFamily.GAMMA, fits.get(0).family());
    assertEquals(fits.stream().sorted(Comparator.comparingDouble(LawFit::aic)).toList(), fits);
    assertTrue(fits.stream().allMatch(fit -> Double.isFinite(fit.aic())), fits.toString());
  }

  /** No parameter of a regular family can be moved by 1 % without making the values less likely. */
  @ParameterizedTest
  @EnumSource(names = {"GAMMA", "WEIBULL", "LOGNORMAL", "EXPONENTIAL"})
  void noNeighbourIsLikelier(LawFamily family) {
    double[] values = sample(new Gamma(3.4, 20), 4_000);
    LawFit fit = fit(family, values);
    double[] found = parameters(fit.law());
    for (int i = 0; i < found.length; i++) {
      for (double factor : new double[] {0.99, 1.01}) {
        double[] moved = found.clone();
        moved[i] *= factor;
        Law other =
            switch (family) {
              case GAMMA -> new Gamma(moved[0], moved[1]);
              case WEIBULL -> new Weibull(moved[0], moved[1]);
              case LOGNORMAL -> new Lognormal(moved[0], moved[1]);
              default -> new Exponential(moved[0]);
            };
        assertTrue(likelihood(other, values) < fit.logLikelihood(), other + ", " + fit.law());
      }
    }
  }

  private static double likelihood(Law law, double[] values) {
    return Arrays.stream(values).map(value -> Math.log(law.density(value))).sum();
  }

  /** Of all numbers of stages and rates: SSJ's own fit rounds a shape and keeps its rate. */
  @ParameterizedTest
  @CsvSource({"0.7, 1", "1, 1", "3.4, 3", "6.7, 7"})
  void erlangsLawIsTheLikeliestOfAll(double shape, int stages) {
    double[] values = sample(new Gamma(shape, 20), 4_000);
    LawFit fit = fit(LawFamily.ERLANG, values);
    assertEquals(stages, ((Erlang) fit.law()).stages());
    for (int other = 1; other < 12; other++) {
      for (double rate = 0.5; rate < 2; rate *= 1.01) {
        double mean = Arrays.stream(values).average().orElseThrow();
        Law neighbour = new Erlang(other, rate * other / mean);
        assertTrue(likelihood(neighbour, values) <= fit.logLikelihood() + 1e-6, "" + neighbour);
      }
    }
  }

  /** Values of the exponential law: it is not refused, while the lognormal one is. */
  @Test
  void theBootstrapTellsTrueFromFalse() {
    double[] values = sample(new Exponential(0.2), 400);
    LawFit exponential = fit(LawFamily.EXPONENTIAL, values);
    List<Double> probabilities = exponential.bootstrap(199, 1);
    assertTrue(probabilities.get(0) > 0.02, probabilities.toString());
    assertTrue(probabilities.get(0) < exponential.kolmogorovSmirnovAtMost());
    assertTrue(probabilities.get(1) < exponential.andersonDarlingAtMost());
    assertEquals(probabilities, exponential.bootstrap(199, 1));
    assertEquals(List.of(0.01, 0.01), fit(LawFamily.LOGNORMAL, values).bootstrap(99, 1));
  }

  /** Each law of a family with the mean, by its free parameter. */
  private static Law ofMean(LawFamily family, double mean, double free) {
    return switch (family) {
      case EXPONENTIAL -> new Exponential(1 / mean);
      case GAMMA -> new Gamma(free, mean / free);
      case ERLANG -> new Erlang((int) Math.ceil(free), Math.ceil(free) / mean);
      case LOGNORMAL -> new Lognormal(Math.log(mean) - free * free / 2, free);
      case WEIBULL -> new Weibull(free, mean / new Weibull(free, 1).mean());
      case PARETO -> new Pareto(1 + free, mean * free / (1 + free));
      case UNIFORM -> new Uniform(mean * Math.max(0, 1 - free), mean * (1 + Math.min(1, free)));
    };
  }

  /** The mean is kept, and no law of the family that has it is likelier: all are tried. */
  @ParameterizedTest
  @CsvSource({
    "EXPONENTIAL, 1",
    "GAMMA, 1",
    "ERLANG, 1",
    "UNIFORM, 1",
    "UNIFORM, 1.05",
    "UNIFORM, 0.97",
    "LOGNORMAL, 1",
    "LOGNORMAL, 1.2",
    "LOGNORMAL, 0.7",
    "WEIBULL, 1",
    "WEIBULL, 1.2",
    "WEIBULL, 0.7",
    "PARETO, 1",
    "PARETO, 1.2",
    "PARETO, 0.7"
  })
  void theLikeliestLawWithAMeanHasIt(LawFamily family, double factor) {
    double[] values = sample(new Uniform(10, 30), 400);
    double mean = factor * Arrays.stream(values).average().orElseThrow();
    Law law = family.fit(values, mean);
    assertEquals(mean, law.mean(), 1e-12 * mean);
    double found = likelihood(law, values);
    assertTrue(Double.isFinite(found), law.toString());
    for (double free = 0.05; free < 50; free *= 1.01) {
      Law other = ofMean(family, mean, free);
      assertEquals(mean, other.mean(), 1e-9 * mean);
      assertTrue(likelihood(other, values) <= found + 1e-7, other + ", " + law);
    }
  }

  /**
   * Pareto's law with this mean has a shape below 2: its variance, and so the wait, is infinite.
   */
  @Test
  void keepsTheMeanWithAFiniteVariance() {
    double[] values = sample(new Pareto(1.1, 6), 4_000);
    double mean = Arrays.stream(values).average().orElseThrow();
    assertEquals(LawFamily.PARETO, LawFit.all(values).get(0).family());
    assertTrue(((Pareto) LawFamily.PARETO.fit(values, mean)).shape() < 2);
    List<LawFit> kept = LawFit.withMean(values, mean);
    assertEquals(kept.stream().sorted(Comparator.comparingDouble(LawFit::aic)).toList(), kept);
    assertTrue(kept.stream().noneMatch(fit -> fit.family() == LawFamily.PARETO), kept.toString());
    // An interval around the mean that holds the largest value holds negative ones.
    assertTrue(kept.stream().noneMatch(fit -> fit.family() == LawFamily.UNIFORM), kept.toString());
    kept.forEach(fit -> assertEquals(mean, fit.law().mean(), 1e-9 * mean, fit.toString()));
  }

  @Test
  void refusesWhatHasNoLaw() {
    assertThrows(IllegalArgumentException.class, () -> LawFit.all(new double[] {3, 3, 3}));
    assertThrows(IllegalArgumentException.class, () -> LawFit.all(new double[] {3}));
    assertThrows(IllegalArgumentException.class, () -> LawFit.all(new double[] {0, 3}));
    assertThrows(
        IllegalArgumentException.class,
        () -> LawFit.all(new double[] {1, Double.POSITIVE_INFINITY}));
  }
}

package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Gamma;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Truncated;
import io.github.batchq.random.Uniform;
import io.github.batchq.random.Weibull;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Order statistics of correlated lengths, against closed forms and a plain double integral. */
class SiblingsTest {
  private static double mean(Law law, int number, double correlation, int place) {
    TheoryResult result = new Siblings(law, number, correlation).mean(place);
    assertEquals("exact", result.kind());
    return result.value();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 64, 1000})
  void independentLengthsByHand(int number) {
    double harmonic = 0;
    for (int place = 1; place <= number; place++) {
      harmonic += 1.0 / (number - place + 1);
      if (number <= 64 || place % 333 == 1) {
        assertEquals(harmonic, mean(new Exponential(1), number, 0, place), 1e-10 * harmonic);
        double uniform = 1 + 19.0 * place / (number + 1);
        assertEquals(uniform, mean(new Uniform(1, 20), number, 0, place), 1e-10 * uniform);
      }
    }
  }

  /**
   * Two normal lengths: E max = sqrt((1 - rho) / pi), and uniform ones by the angle of a quadrant.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-6, 0.01, 0.3, 0.5, 0.500001, 0.8, 0.99, 0.999999, 1})
  void twoUniformLengths(double correlation) {
    // E|Phi(X) - Phi(Y)| / 2: the mean of the longer of two is 1/2 plus half their mean difference.
    double expected = 0.5 + difference(correlation) / 2;
    Law law = new Uniform(0, 1);
    assertEquals(expected, mean(law, 2, correlation, 2), 1e-9);
    assertEquals(1 - expected, mean(law, 2, correlation, 1), 1e-9);
  }

  /**
   * E|Phi(X) - Phi(Y)| = 2 P(Z &lt; max(X, Y)) - 1 with Z independent of both: the chance that
   * neither X - Z nor Y - Z is positive is a quadrant's, whose correlation is (1 + rho) / 2.
   */
  private static double difference(double correlation) {
    double neither = 0.25 + Math.asin((1 + correlation) / 2) / (2 * Math.PI);
    return 2 * (1 - neither) - 1;
  }

  /** Lognormal lengths, a plain sum over the common and the own part. */
  @ParameterizedTest
  @CsvSource({
    "2, 2, 0.1",
    "4, 4, 0.3",
    "4, 1, 0.3",
    "5, 3, 0.5",
    "16, 16, 0.5",
    "16, 12, 0.7",
    "64, 64, 0.9",
    "3, 2, 0.97",
    "8, 8, 0.02",
    "256, 256, 0.6"
  })
  void aPlainDoubleIntegral(int number, int place, double correlation) {
    for (Law law :
        new Law[] {
          new Lognormal(1, 0.8), new Exponential(0.1), new Gamma(0.5, 4), new Uniform(1, 20)
        }) {
      double step = 1.0 / 32;
      double sum = 0;
      double total = 0;
      for (double z = -9; z <= 9; z += step) {
        double own = order(number, place, z);
        if (own > 1e-18) {
          for (double y = -8.5; y <= 8.5; y += 1.0 / 8) {
            double weight = own * Math.exp(-y * y / 2);
            double point = Math.sqrt(correlation) * y + Math.sqrt(1 - correlation) * z;
            sum += weight * quantile(law, point);
            total += weight;
          }
        }
      }
      double expected = sum / total;
      assertEquals(
          expected,
          mean(law, number, correlation, place),
          1e-9 * expected,
          law + ", " + number + ", " + correlation);
    }
  }

  private static double above(double z) {
    return 0.5 * Erf.erfc(z / Math.sqrt(2));
  }

  private static double quantile(Law law, double z) {
    return z > 0 ? law.upperQuantile(above(z)) : law.quantile(above(-z));
  }

  private static double order(int number, int place, double z) {
    return Math.exp(-z * z / 2)
        * Math.pow(above(-z), place - 1.0)
        * Math.pow(above(z), number - place)
        * Math.pow(2, number - 1.0);
  }

  /** Whatever the correlation, the order statistics are the lengths, which have one law. */
  @Test
  void theirMeansAddUp() {
    Law atoms = Empirical.of(new double[] {1, 2, 4, 7, 11}, new long[] {3, 1, 4, 1, 5});
    for (Law law :
        new Law[] {
          atoms,
          new Truncated(new Exponential(0.1), 5, 30),
          new Weibull(0.6, 3),
          new Pareto(2.5, 1),
          new Deterministic(3)
        }) {
      for (double correlation : new double[] {0, 0.2, 0.5, 0.8, 1}) {
        double sum = 0;
        for (int place = 1; place <= 7; place++) {
          sum += mean(law, 7, correlation, place);
        }
        assertEquals(7 * law.mean(), sum, 1e-9 * sum, law + " " + correlation);
      }
    }
  }

  /**
   * Slepian's inequality: the longest of correlated lengths is shorter, and the shortest longer.
   */
  @Test
  void correlationBringsThemTogether() {
    for (Law law : new Law[] {new Exponential(0.1), new Uniform(1, 20), new Pareto(1.5, 1)}) {
      double longest = Double.POSITIVE_INFINITY;
      double shortest = 0;
      for (double correlation = 0; correlation <= 1; correlation += 1.0 / 16) {
        double most = mean(law, 32, correlation, 32);
        double least = mean(law, 32, correlation, 1);
        assertTrue(most < longest, law + " " + correlation);
        assertTrue(least > shortest, law + " " + correlation);
        longest = most;
        shortest = least;
      }
      assertEquals(law.mean(), longest, 1e-12 * longest);
      assertEquals(law.mean(), shortest, 1e-12 * longest);
    }
  }

  /**
   * Nothing jumps where the variable of the integral changes, nor at independent and equal ones.
   */
  @Test
  void limitsAreReached() {
    Law law = new Lognormal(2, 0.5);
    for (int place : new int[] {1, 7, 16}) {
      double independent = mean(law, 16, 0, place);
      assertEquals(independent, mean(law, 16, 1e-12, place), 1e-8 * independent);
      assertEquals(law.mean(), mean(law, 16, 1 - 1e-13, place), 1e-5 * law.mean());
      double half = mean(law, 16, 0.5, place);
      assertEquals(half, mean(law, 16, Math.nextUp(0.5), place), 1e-12 * half);
    }
  }

  @Test
  void whatIsNotKnown() {
    Siblings heavy = new Siblings(new Pareto(0.9, 1), 4, 0.5);
    assertEquals(Double.POSITIVE_INFINITY, heavy.mean(4).value());
    assertInstanceOf(TheoryResult.Undefined.class, heavy.mean(2));
    Law law = new Uniform(1, 2);
    assertThrows(IllegalArgumentException.class, () -> new Siblings(law, 0, 0.5));
    assertThrows(IllegalArgumentException.class, () -> new Siblings(law, 2, -0.1));
    assertThrows(IllegalArgumentException.class, () -> new Siblings(law, 2, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Siblings(law, 2, 0.5).mean(3));
  }
}

package io.github.batchq.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.ReferenceValues;
import io.github.batchq.metric.PairedComparison.Ranking;
import java.util.Random;
import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.api.Test;

class PairedComparisonTest {
  private static final double[] BASELINE = {4.1, 5.0, 6.2, 4.7, 5.5};
  private static final double[] OTHER = {3.9, 5.1, 5.6, 4.4, 5.0};

  private static PairedComparison compare(double[] baseline, double[] other) {
    return PairedComparison.of(baseline, other, 0.95, 1, Direction.LOWER_IS_BETTER);
  }

  /** Mean and variance of other - r baseline. */
  private static double[] moments(double[] baseline, double[] other, double r) {
    double sum = 0;
    double squares = 0;
    int n = baseline.length;
    for (int i = 0; i < n; i++) {
      double value = other[i] - r * baseline[i];
      sum += value;
      squares += value * value;
    }
    return new double[] {sum / n, (squares - sum * sum / n) / (n - 1)};
  }

  @Test
  void isThePairedInterval() {
    PairedComparison pair = compare(BASELINE, OTHER);
    assertEquals(5.1, pair.baseline(), 1e-14);
    assertEquals(4.8, pair.mean(), 1e-14);
    assertEquals(-0.3, pair.difference(), 1e-14);
    assertEquals(ReferenceValues.value("metric", "paired, half-width"), pair.halfWidth(), 1e-9);
    assertEquals(4, pair.degreesOfFreedom());
    assertEquals(4.8 / 5.1, pair.ratio(), 1e-15);
    assertEquals(ReferenceValues.value("metric", "paired, ratio from"), pair.ratioLow(), 1e-9);
    assertEquals(ReferenceValues.value("metric", "paired, ratio to"), pair.ratioHigh(), 1e-9);
    assertEquals(
        ReferenceValues.value("metric", "paired, variance ratio"), pair.varianceRatio(), 1e-9);
    assertEquals(Ranking.CANNOT_TELL, pair.verdict());
  }

  @Test
  void endsOfTheRatioMeetFiellersCondition() {
    Random random = new Random(5);
    for (int trial = 0; trial < 200; trial++) {
      int n = 2 + random.nextInt(30);
      double[] x = new double[n];
      double[] y = new double[n];
      for (int i = 0; i < n; i++) {
        x[i] = 20 + random.nextGaussian();
        y[i] = 1.5 * x[i] + 0.3 * random.nextGaussian();
      }
      PairedComparison pair = compare(x, y);
      if (Double.isNaN(pair.ratioLow())) {
        continue;
      }
      double t = new TDistribution(n - 1).inverseCumulativeProbability(0.975);
      for (double end : new double[] {pair.ratioLow(), pair.ratioHigh()}) {
        double[] moments = moments(x, y, end);
        assertEquals(
            Math.abs(moments[0]), t * Math.sqrt(moments[1] / n), 1e-6 * Math.abs(moments[0]));
      }
      assertTrue(pair.ratioLow() < pair.ratio() && pair.ratio() < pair.ratioHigh());
      double[] differences = moments(x, y, 1);
      assertEquals(differences[0], pair.difference(), 1e-12);
      assertEquals(t * Math.sqrt(differences[1] / n), pair.halfWidth(), 1e-9 * pair.halfWidth());
    }
  }

  @Test
  void ratioAndDifferenceAgree() {
    Random random = new Random(6);
    int apart = 0;
    for (int trial = 0; trial < 500; trial++) {
      double[] x = new double[8];
      double[] y = new double[8];
      for (int i = 0; i < x.length; i++) {
        x[i] = 10 + random.nextGaussian();
        y[i] = x[i] + 0.5 + 0.7 * random.nextGaussian();
      }
      PairedComparison pair = compare(x, y);
      boolean differs = pair.verdict() != Ranking.CANNOT_TELL;
      assertEquals(differs, pair.ratioLow() > 1 || pair.ratioHigh() < 1);
      apart += differs ? 1 : 0;
    }
    assertTrue(apart > 50 && apart < 450, "both cases must occur, found " + apart);
  }

  @Test
  void intervalsCoverWithTheirConfidence() {
    // Correlated normals of ratio 0.8 and difference -2; 4,000 samples of 10 pairs, family of 1 or
    // 4 at 80 %, hence 80 % and 95 % each. Binomial error 0.0063 and 0.0034, three of them allowed.
    Random random = new Random(7);
    int samples = 4000;
    int[] ratios = new int[2];
    int[] differences = new int[2];
    for (int s = 0; s < samples; s++) {
      double[] x = new double[10];
      double[] y = new double[10];
      for (int i = 0; i < x.length; i++) {
        double common = random.nextGaussian();
        x[i] = 10 + common + 0.5 * random.nextGaussian();
        y[i] = 8 + 1.3 * common + 0.5 * random.nextGaussian();
      }
      for (int f = 0; f < 2; f++) {
        PairedComparison pair =
            PairedComparison.of(x, y, 0.8, f == 0 ? 1 : 4, Direction.LOWER_IS_BETTER);
        ratios[f] += pair.ratioLow() <= 0.8 && 0.8 <= pair.ratioHigh() ? 1 : 0;
        differences[f] += Math.abs(pair.difference() + 2) <= pair.halfWidth() ? 1 : 0;
      }
    }
    assertEquals(0.80, ratios[0] / (double) samples, 0.019);
    assertEquals(0.95, ratios[1] / (double) samples, 0.0104);
    assertEquals(0.80, differences[0] / (double) samples, 0.019);
    assertEquals(0.95, differences[1] / (double) samples, 0.0104);
  }

  @Test
  void varianceRatioSaysWhatCommonRandomNumbersGain() {
    // x and y with correlation rho and equal variances: 2 s² / (2 s² (1 - rho)) = 1 / (1 - rho).
    for (double rho : new double[] {-0.5, 0, 0.9}) {
      Random random = new Random(8);
      double[] x = new double[20_000];
      double[] y = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = random.nextGaussian();
        y[i] = 3 + rho * x[i] + Math.sqrt(1 - rho * rho) * random.nextGaussian();
      }
      assertEquals(1 / (1 - rho), compare(x, y).varianceRatio(), 0.03 / (1 - rho));
    }
  }

  @Test
  void verdictsFollowTheDirection() {
    double[] low = {1, 1.1, 0.9, 1.05};
    double[] high = {2, 2.1, 2.05, 1.9};
    assertEquals(Ranking.WORSE, verdict(low, high, Direction.LOWER_IS_BETTER));
    assertEquals(Ranking.BETTER, verdict(high, low, Direction.LOWER_IS_BETTER));
    assertEquals(Ranking.BETTER, verdict(low, high, Direction.HIGHER_IS_BETTER));
    assertEquals(Ranking.WORSE, verdict(high, low, Direction.HIGHER_IS_BETTER));
    assertEquals(Ranking.HIGHER, verdict(low, high, Direction.NEITHER));
    assertEquals(Ranking.LOWER, verdict(high, low, Direction.NEITHER));
    for (Direction direction : Direction.values()) {
      assertEquals(Ranking.CANNOT_TELL, verdict(low, low, direction));
    }
    assertEquals("cannot tell", Ranking.CANNOT_TELL.toString());
  }

  private static Ranking verdict(double[] baseline, double[] other, Direction direction) {
    return PairedComparison.of(baseline, other, 0.95, 1, direction).verdict();
  }

  @Test
  void aRatioToNearlyNothingIsUnbounded() {
    PairedComparison pair = compare(new double[] {-1, 1, 0.5}, new double[] {3, 4, 5});
    assertTrue(Double.isNaN(pair.ratioLow()) && Double.isNaN(pair.ratioHigh()));
    assertFalse(Double.isNaN(pair.ratio()));
    PairedComparison zero = compare(new double[] {0, 0}, new double[] {0, 1});
    assertTrue(Double.isNaN(zero.ratio()) && Double.isNaN(zero.ratioLow()));
    assertEquals(0.5, zero.difference());
  }

  @Test
  void equalDifferencesHaveNoVarianceRatio() {
    PairedComparison pair = compare(new double[] {1, 2, 3}, new double[] {2, 3, 4});
    assertEquals(0, pair.halfWidth());
    assertTrue(Double.isNaN(pair.varianceRatio()));
    assertEquals(Ranking.WORSE, pair.verdict());
  }

  @Test
  void roundingIsNoDifference() {
    double next = Math.nextUp(0.3);
    PairedComparison pair = compare(new double[] {0.3, 0.3, 0.3}, new double[] {next, next, next});
    assertEquals(0, pair.difference());
    assertEquals(Ranking.CANNOT_TELL, pair.verdict());
  }

  @Test
  void anUndefinedMetricTellsNothing() {
    PairedComparison pair = compare(new double[] {1, Double.NaN}, new double[] {2, 3});
    assertTrue(Double.isNaN(pair.baseline()) && Double.isNaN(pair.difference()));
    assertTrue(Double.isNaN(pair.ratio()) && Double.isNaN(pair.ratioLow()));
    assertEquals(Ranking.CANNOT_TELL, pair.verdict());
  }

  @Test
  void refusesOnePair() {
    assertThrows(IllegalArgumentException.class, () -> compare(new double[] {1}, new double[] {2}));
    assertThrows(
        IllegalArgumentException.class, () -> compare(new double[] {1, 2}, new double[] {2}));
  }
}

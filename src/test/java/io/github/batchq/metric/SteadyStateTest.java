package io.github.batchq.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MSER-5, sections and batch means against their definitions and against what they promise. */
class SteadyStateTest {
  private static double[] noise(long seed, int size) {
    return new Random(seed).doubles(size).map(u -> u - 0.5).toArray();
  }

  /** The statistic as the papers define it, in time proportional to m^2. */
  private static int byDefinition(double[] means) {
    int m = means.length;
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int d = 0; d <= m - 5; d++) {
      double mean = Arrays.stream(means, d, m).average().orElseThrow();
      double squares = Arrays.stream(means, d, m).map(x -> (x - mean) * (x - mean)).sum();
      if (squares / ((double) (m - d) * (m - d)) < least) {
        least = squares / ((double) (m - d) * (m - d));
        best = d;
      }
    }
    return best <= m / 2 ? best : -1;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void mserIsItsDefinition(long seed) {
    double[] means = noise(seed, 200);
    for (int i = 0; i < means.length; i++) {
      means[i] += 1e6 + 8 * Math.exp(-i / (3.0 * seed));
    }
    assertEquals(byDefinition(means), Mser.truncation(means));
  }

  @Test
  void mserFindsTheEndOfATransient() {
    double[] means = noise(1, 1000);
    for (int i = 0; i < 137; i++) {
      means[i] += 5;
    }
    assertEquals(137, Mser.truncation(means), 3);
    assertTrue(Mser.truncation(noise(2, 1000)) < 50);
    assertEquals(0, Mser.truncation(new double[100]));
  }

  @Test
  void mserFindsNoSteadyStateInATrend() {
    double[] means = noise(3, 1000);
    for (int i = 0; i < means.length; i++) {
      means[i] += i / 20.0;
    }
    assertEquals(-1, Mser.truncation(means));
    assertEquals(-1, Mser.truncation(new double[9]));
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "700, 5", "1023, 5", "1024, 5", "1025, 5", "5000, 8", "1000000, 5"})
  void sectionsAreEqualAndFewAndCoverTheRun(int requests, int length) {
    RunningSums counted = new RunningSums(1);
    RunSections sections = new RunSections(length, List.of(counted));
    for (int i = 1; i <= requests; i++) {
      counted.add(0, 1);
      sections.advance(i);
    }
    double[] ends = sections.means(part -> counted.after(part, 0));
    double[] expected = new double[ends.length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (double) (i + 1) * sections.length();
    }
    assertArrayEquals(expected, ends);
    double[] lengths = sections.means(part -> counted.in(part, 0));
    Arrays.fill(expected, (double) sections.length());
    assertArrayEquals(expected, lengths);
    assertTrue(ends.length < RunSections.MOST, "sections: " + ends.length);
    double last = ends.length == 0 ? 0 : ends[ends.length - 1];
    assertTrue(requests - last < sections.length());
    assertTrue(requests < 1024 * length || ends.length >= RunSections.MOST / 2);
  }

  /** 4,000 series: the share in which correlation is found is 10 % within 3 standard errors. */
  @Test
  void theTestOfVonNeumannHasItsLevel() {
    Random random = new Random(5);
    int found = 0;
    for (int i = 0; i < 4000; i++) {
      found += BatchMeans.isCorrelated(random.doubles(64).toArray()) ? 1 : 0;
    }
    assertEquals(0.1, found / 4000.0, 3 * Math.sqrt(0.1 * 0.9 / 4000));
  }

  /**
   * Autoregressive series of 1,024 values, whose mean is known: 95 % intervals, where there are
   * any, cover it in 95 % of 4,000 of them within 2 points; intervals that take the values for
   * independent cover it in less than 60 % where correlation is strong.
   */
  @ParameterizedTest
  @CsvSource({"0, 0.01", "0.5, 0.05", "0.8, 0.2"})
  void batchMeansCoverTheMeanOfCorrelatedValues(double correlation, double mostWithout) {
    Random random = new Random(7);
    int runs = 4000;
    int without = 0;
    int covered = 0;
    int coveredIfIndependent = 0;
    for (int run = 0; run < runs; run++) {
      double[] values = autoregressive(correlation, random);
      Estimate estimate = BatchMeans.estimate(values, 0.95);
      without += Double.isNaN(estimate.halfWidth()) ? 1 : 0;
      covered += Math.abs(estimate.mean()) <= estimate.halfWidth() ? 1 : 0;
      Estimate naive = Estimate.of(values);
      coveredIfIndependent += Math.abs(naive.mean()) <= naive.halfWidth() ? 1 : 0;
    }
    assertEquals(0.95, (double) covered / (runs - without), 0.02);
    assertTrue(without <= mostWithout * runs, "without an interval: " + without);
    assertTrue(correlation < 0.8 || coveredIfIndependent < 0.6 * runs);
  }

  private static double[] autoregressive(double correlation, Random random) {
    double[] values = new double[1024];
    double value = random.nextGaussian() / Math.sqrt(1 - correlation * correlation);
    for (int i = 0; i < values.length; i++) {
      value = correlation * value + random.nextGaussian();
      values[i] = value;
    }
    return values;
  }

  /** A series as long as 26 times its correlation is too short, and in most cases this is seen. */
  @Test
  void longCorrelationIsNoticed() {
    Random random = new Random(8);
    int without = 0;
    for (int run = 0; run < 1000; run++) {
      without +=
          Double.isNaN(BatchMeans.estimate(autoregressive(0.95, random), 0.95).halfWidth()) ? 1 : 0;
    }
    assertTrue(without > 700, "without an interval: " + without);
  }

  @Test
  void aRunThatIsTooShortHasNoInterval() {
    double[] trend = new double[64];
    Arrays.setAll(trend, i -> i);
    assertTrue(Double.isNaN(BatchMeans.estimate(trend, 0.95).halfWidth()));
    assertEquals(31.5, BatchMeans.estimate(trend, 0.95).mean());
    assertTrue(Double.isNaN(BatchMeans.estimate(new double[31], 0.95).halfWidth()));
  }
}

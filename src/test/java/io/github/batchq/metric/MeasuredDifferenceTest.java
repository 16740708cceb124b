package io.github.batchq.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.metric.PairedComparison.Ranking;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Intervals of differences and ratios against what they promise: on pairs of M/M/1 queues, whose
 * times in system are exponential, in Lindley's recursion from the steady state.
 */
class MeasuredDifferenceTest {
  private static final double CONFIDENCE = 0.95;
  private static final double TOLERANCE = 0.02;

  /** Times in system of customers one after the other. */
  private static double[] queue(SplittableRandom random, double load, int requests) {
    double wait = random.nextDouble() < load ? -Math.log(1 - random.nextDouble()) / (1 - load) : 0;
    double[] times = new double[requests];
    for (int i = 0; i < requests; i++) {
      times[i] = wait - Math.log(1 - random.nextDouble());
      wait = Math.max(0, times[i] + Math.log(1 - random.nextDouble()) / load);
    }
    return times;
  }

  private static double truth(double load, double level) {
    return (Double.isNaN(level) ? 1 : -Math.log(1 - level)) / (1 - load);
  }

  private static MeasuredValue measured(
      SplittableRandom random, double load, int runs, int requests, double level) {
    if (runs == 1) {
      double[] times = queue(random, load, requests);
      return Double.isNaN(level)
          ? MeasuredValue.meanOfRun(times)
          : MeasuredValue.quantileOfRun(times, level);
    }
    return MeasuredValue.overRuns(
        IntStream.range(0, runs)
            .mapToDouble(
                run -> {
                  double[] times = queue(random, load, requests);
                  if (Double.isNaN(level)) {
                    return Arrays.stream(times).average().orElseThrow();
                  }
                  Arrays.sort(times);
                  return times[(int) Math.ceil(level * requests) - 1];
                })
            .toArray());
  }

  /** The shares of pairs with intervals, and of these with the true difference and ratio inside. */
  private static double[] coverage(
      double loadA, double loadB, int runs, int requests, double level, int pairs) {
    SplittableRandom random = new SplittableRandom(11);
    double a = truth(loadA, level);
    double b = truth(loadB, level);
    int given = 0;
    int ofDifference = 0;
    int ofRatio = 0;
    for (int pair = 0; pair < pairs; pair++) {
      MeasuredDifference found =
          MeasuredDifference.independent(
              measured(random, loadA, runs, requests, level),
              measured(random, loadB, runs, requests, level),
              CONFIDENCE,
              Direction.LOWER_IS_BETTER);
      if (found.degreesOfFreedom() > 0) {
        given++;
        ofDifference += found.low() <= b - a && b - a <= found.high() ? 1 : 0;
        // An unbounded interval leaves nothing out.
        ofRatio += !(found.ratioLow() > b / a) && !(found.ratioHigh() < b / a) ? 1 : 0;
      }
    }
    return new double[] {
      given / (double) pairs, ofDifference / (double) given, ofRatio / (double) given
    };
  }

  @ParameterizedTest
  @CsvSource({
    "0.3, 0.3, 1, 1000, mean, 1500",
    "0.3, 0.5, 1, 3000, mean, 1500",
    "0.8, 0.8, 1, 20000, mean, 1500",
    "0.7, 0.8, 1, 20000, mean, 1500",
    "0.3, 0.5, 1, 3000, 0.5, 1500",
    "0.3, 0.5, 1, 5000, 0.9, 1500",
    "0.7, 0.7, 1, 10000, 0.9, 1500",
    "0.3, 0.3, 1, 30000, 0.99, 800",
    "0.3, 0.3, 5, 1000, mean, 1500",
    "0.3, 0.5, 5, 1000, mean, 1500",
    "0.8, 0.8, 5, 4000, mean, 1500",
    "0.7, 0.8, 5, 4000, mean, 1500",
    "0.3, 0.5, 5, 2000, 0.9, 1500",
    "0.8, 0.8, 5, 4000, 0.9, 1500"
  })
  void intervalsCoverTheTruth(
      double loadA, double loadB, int runs, int requests, String statistic, int pairs) {
    double level = statistic.equals("mean") ? Double.NaN : Double.parseDouble(statistic);
    double[] found = coverage(loadA, loadB, runs, requests, level, pairs);
    String figures = Arrays.toString(found);
    assertTrue(found[0] > 0.5, figures);
    assertEquals(CONFIDENCE, found[1], TOLERANCE, figures);
    assertEquals(CONFIDENCE, found[2], TOLERANCE, figures);
  }

  /** Where a run is far too short, hardly any pair gets an interval. */
  @ParameterizedTest
  @CsvSource({"0.9, 0.9, 1, 1000, mean, 0.10", "0.9, 0.9, 1, 3000, 0.9, 0.03"})
  void shortRunsTellNothing(
      double loadA, double loadB, int runs, int requests, String statistic, double most) {
    double level = statistic.equals("mean") ? Double.NaN : Double.parseDouble(statistic);
    double[] found = coverage(loadA, loadB, runs, requests, level, 300);
    assertTrue(found[0] <= most, Arrays.toString(found));
  }

  /** Against the interval that ttest_ind of SciPy gives. */
  @Test
  void runsAreComparedByWelch() {
    double[] a = {
      27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4
    };
    double[] b = {
      27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 30.1, 25.2
    };
    MeasuredDifference found =
        MeasuredDifference.independent(
            MeasuredValue.overRuns(a),
            MeasuredValue.overRuns(b),
            CONFIDENCE,
            Direction.LOWER_IS_BETTER);
    assertEquals(Ranking.WORSE, found.verdict());
    assertEquals(27.813818885778595, found.degreesOfFreedom(), 1e-6);
    assertEquals(0.8423010446671988, found.low(), 1e-6);
    assertEquals(4.877698955332807, found.high(), 1e-6);
    assertTrue(found.ratioLow() > 1, found.toString());
    assertTrue(Double.isNaN(found.enlargement()));
  }

  /** The ratio leaves out 1 where the difference leaves out 0, and the enlargement tells. */
  @Test
  void ratiosAndDifferencesAgreeAndMoreWouldTell() {
    SplittableRandom random = new SplittableRandom(3);
    int told = 0;
    for (int pair = 0; pair < 500; pair++) {
      double[] a = random.doubles(4).map(u -> 10 + u).toArray();
      double[] b = random.doubles(3).map(u -> 10.5 + 3 * u).toArray();
      MeasuredDifference found =
          MeasuredDifference.independent(
              MeasuredValue.overRuns(a),
              MeasuredValue.overRuns(b),
              CONFIDENCE,
              Direction.HIGHER_IS_BETTER);
      boolean tells = found.verdict() != Ranking.CANNOT_TELL;
      told += tells ? 1 : 0;
      assertEquals(tells, found.ratioLow() > 1 || found.ratioHigh() < 1, found.toString());
      assertEquals(tells, Double.isNaN(found.enlargement()), found.toString());
      assertTrue(tells || found.enlargement() > 1, found.toString());
    }
    assertTrue(told > 50 && told < 450, "told " + told);
  }

  /** So many times as many runs do tell in four of five experiments. */
  @Test
  void theEnlargementHasItsPower() {
    SplittableRandom random = new SplittableRandom(5);
    // Means 0 and 1 with deviation 2: error 2 sqrt(2 / n).
    double[] some = normal(random, 0, 10);
    double mean = Arrays.stream(some).average().orElseThrow();
    double deviation = Math.sqrt(Arrays.stream(some).map(x -> (x - mean) * (x - mean)).sum() / 9);
    double[] a = Arrays.stream(some).map(x -> (x - mean) / deviation * 2).toArray();
    double[] b = Arrays.stream(a).map(x -> x + 1).toArray();
    double enlargement =
        MeasuredDifference.independent(
                MeasuredValue.overRuns(a),
                MeasuredValue.overRuns(b),
                CONFIDENCE,
                Direction.LOWER_IS_BETTER)
            .enlargement();
    int runs = (int) Math.ceil(10 * enlargement);
    int told = 0;
    for (int experiment = 0; experiment < 2000; experiment++) {
      MeasuredDifference found =
          MeasuredDifference.independent(
              MeasuredValue.overRuns(normal(random, 0, runs)),
              MeasuredValue.overRuns(normal(random, 1, runs)),
              CONFIDENCE,
              Direction.LOWER_IS_BETTER);
      told += found.verdict() == Ranking.WORSE ? 1 : 0;
    }
    assertEquals(MeasuredDifference.POWER, told / 2000.0, 0.03);
  }

  private static double[] normal(SplittableRandom random, double mean, int size) {
    java.util.Random gaussian = new java.util.Random(random.nextLong());
    double[] values = new double[size];
    Arrays.setAll(values, i -> mean + 2 * gaussian.nextGaussian());
    return values;
  }

  @Test
  void infiniteTimesAreWorseAndOneRunTellsNothing() {
    MeasuredValue one = MeasuredValue.overRuns(new double[] {2});
    MeasuredValue endless =
        MeasuredValue.overRuns(new double[] {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY});
    MeasuredValue some = MeasuredValue.overRuns(new double[] {1, 2});
    assertEquals(Ranking.WORSE, verdict(some, endless));
    assertEquals(Ranking.BETTER, verdict(endless, some));
    assertEquals(Ranking.CANNOT_TELL, verdict(endless, endless));
    assertEquals(Ranking.CANNOT_TELL, verdict(one, some));
  }

  private static Ranking verdict(MeasuredValue a, MeasuredValue b) {
    return MeasuredDifference.independent(a, b, CONFIDENCE, Direction.LOWER_IS_BETTER).verdict();
  }

  /** Runs of a few requests have values, and nothing is known of their errors. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 63, 299})
  void aFewRequestsHaveNoInterval(int requests) {
    double[] times = IntStream.range(0, requests).mapToDouble(i -> 1 + i % 7).toArray();
    assertTrue(Double.isNaN(MeasuredValue.quantileOfRun(times, 0.5).standardError()));
    assertTrue(Double.isNaN(MeasuredValue.quantileOfRun(times, 0.001).standardError()));
    assertTrue(Double.isNaN(MeasuredValue.meanOfRun(times).standardError()));
  }
}

package io.github.batchq.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.model.DataFile;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import umontreal.ssj.rng.RandomStream;

/** Every predictor: what it says, how often, and how many random numbers that takes. */
class PredictorsTest {
  private static final BinBoundaries FOUR = BinBoundaries.of(2, 5, 18);

  private static RandomStream stream() {
    return new RandomStreams(7, 1).stream(0, StreamName.PREDICTION);
  }

  private static ConfusionMatrix measured(int bins) {
    return ConfusionMatrix.read(
        DataFile.of("resource:confusion-lmsys-k" + bins + ".csv", Path.of(".")));
  }

  static Stream<PredictorSpec> errors() {
    return Stream.of(
        new SymmetricError(0.1),
        new SymmetricError(0.5),
        new SymmetricError(0),
        new Confusion(measured(4)),
        new LognormalNoise(0.3));
  }

  /** Chi-square of each row at 0.1 % in all, over lengths anywhere in the bins. */
  @ParameterizedTest
  @MethodSource("errors")
  void binsComeAsOftenAsTheMatrixSays(PredictorSpec spec) {
    ConfusionMatrix confusion = spec.confusion(4);
    if (confusion == null) {
      return;
    }
    LengthPredictor predictor = spec.create(stream(), FOUR);
    SplittableRandom random = new SplittableRandom(3);
    int requests = 200_000;
    long[][] seen = new long[4][4];
    for (int i = 0; i < requests; i++) {
      double length = random.nextDouble(0, 40);
      seen[FOUR.binOf(length)][FOUR.binOf(predictor.predict(length, 0))]++;
    }
    double statistic = 0;
    int freedom = 0;
    for (int i = 0; i < 4; i++) {
      double row = 0;
      for (long count : seen[i]) {
        row += count;
      }
      for (int j = 0; j < 4; j++) {
        double expected = row * confusion.probability(i, j);
        if (expected == 0) {
          assertEquals(0, seen[i][j]);
        } else {
          statistic += (seen[i][j] - expected) * (seen[i][j] - expected) / expected;
          freedom++;
        }
      }
      freedom--;
    }
    if (freedom > 0) {
      double limit = new ChiSquaredDistribution(freedom).inverseCumulativeProbability(0.999);
      assertTrue(statistic < limit, statistic + " >= " + limit);
    } else {
      assertEquals(0, statistic);
    }
  }

  /** Common random numbers: request n always meets number n of the stream. */
  @ParameterizedTest
  @MethodSource("errors")
  void oneRandomNumberForEachRequest(PredictorSpec spec) {
    RandomStream stream = stream();
    LengthPredictor predictor = spec.create(stream, FOUR);
    RandomStream alone = stream();
    for (int i = 0; i < 1000; i++) {
      predictor.predict(i % 25, 0);
      alone.nextDouble();
    }
    assertEquals(alone.nextDouble(), stream.nextDouble());
  }

  @ParameterizedTest
  @MethodSource("errors")
  void theSameStreamGivesTheSamePredictions(PredictorSpec spec) {
    LengthPredictor one = spec.create(stream(), FOUR);
    LengthPredictor other = spec.create(stream(), FOUR);
    for (int i = 0; i < 100; i++) {
      assertEquals(one.predict(i, 0), other.predict(i, 0));
    }
  }

  /** Middles of the bins; the last one gets half the width of the one before it. */
  @Test
  void predictedLengthsAreMiddles() {
    assertArrayEquals(new double[] {1, 3.5, 11.5, 24.5}, middles(FOUR));
    assertArrayEquals(new double[] {5, 15}, middles(BinBoundaries.of(10)));
    assertArrayEquals(new double[] {0}, middles(BinBoundaries.none()));
    double next = Math.nextUp(3.0);
    assertArrayEquals(
        new double[] {1.5, 3, next}, middles(BinBoundaries.of(3, next)), Math.ulp(3.0));
    assertEquals(1, BinBoundaries.of(3, next).binOf(middles(BinBoundaries.of(3, next))[1]));
  }

  private static double[] middles(BinBoundaries boundaries) {
    LengthPredictor exact = new SymmetricError(0).create(stream(), boundaries);
    return IntStream.range(0, boundaries.bins())
        .mapToDouble(bin -> exact.predict(boundaries.lower(bin), 0))
        .toArray();
  }

  @Test
  void lognormalNoiseIsLognormal() {
    LengthPredictor predictor = new LognormalNoise(0.5).create(stream(), FOUR);
    double[] logs =
        IntStream.range(0, 20_000)
            .mapToDouble(i -> Math.log(predictor.predict(3, 0) / 3))
            .toArray();
    double p =
        new KolmogorovSmirnovTest()
            .kolmogorovSmirnovTest(new NormalDistribution(null, 0, 0.5), logs, false);
    assertTrue(p > 1e-3, "p = " + p);
    assertEquals(3, new LognormalNoise(0).create(stream(), FOUR).predict(3, 0));
    assertNull(new LognormalNoise(0.1).confusion(4));
  }

  @Test
  void theOracleTakesNoNumber() {
    DoubleUnaryOperator truth = length -> new Oracle().create(stream(), FOUR).predict(length, 0);
    assertEquals(3, truth.applyAsDouble(3));
    assertTrue(new Oracle().confusion(4).isIdentity());
    new Oracle().check(FOUR);
  }

  @Test
  void refuses() {
    refused("errorRate must be in [0, 1], found -0.1", () -> new SymmetricError(-0.1));
    refused("errorRate must be in [0, 1], found NaN", () -> new SymmetricError(Double.NaN));
    refused("[0, 0.5]", () -> new SymmetricError(0.6).check(FOUR));
    new SymmetricError(0.6).check(BinBoundaries.of(3));
    new SymmetricError(0.6).check(BinBoundaries.none());
    refused(
        "has 8 rows and columns, but there are 4 bins",
        () -> new Confusion(measured(8)).check(FOUR));
    refused("but there is 1 bin", () -> new Confusion(measured(2)).check(BinBoundaries.none()));
    refused("sigma must be", () -> new LognormalNoise(-1));
    refused("sigma must be", () -> new LognormalNoise(Double.POSITIVE_INFINITY));
    refused(
        "bin 2 of 3 is empty (both its ends are 5.0)",
        () -> new SymmetricError(0.1).check(BinBoundaries.of(5, 5)));
    // A bin that nothing is taken for may be empty.
    new Confusion(ConfusionMatrix.of(new double[][] {{1, 0, 0}, {1, 0, 1}, {0, 0, 1}}))
        .check(BinBoundaries.of(5, 5));
    new LognormalNoise(1).check(BinBoundaries.of(5, 5));
  }

  private static void refused(String words, Runnable call) {
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
    assertTrue(message.contains(words), message);
  }
}

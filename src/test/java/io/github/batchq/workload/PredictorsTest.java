package io.github.batchq.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.file.data.ConfusionFile;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.trace.LearningMethod;
import io.github.batchq.file.trace.LearntPredictor;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
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

/**
 * What every predictor owes, and what single ones say: bins come as often as its matrix says, it
 * sees no more than it may, and it takes one random number for each request or none. A test of the
 * catalogue fails for a predictor that is not among {@link #specs()}.
 */
public class PredictorsTest {
  private static final BinBoundaries FOUR = BinBoundaries.of(2, 5, 18);

  private static RandomStream stream() {
    return new RandomStreams(7, 1).stream(0, StreamName.PREDICTION);
  }

  private static ConfusionMatrix measured(int bins) {
    return ConfusionFile.read(
        DataFile.of("resource:confusion-lmsys-k" + bins + ".csv", Path.of(".")));
  }

  /** Predictors with every kind of the catalogue among them. */
  public static Stream<PredictorSpec> specs() {
    return Stream.of(
        new Oracle(),
        new SymmetricError(0.1),
        new SymmetricError(0.5),
        new SymmetricError(0),
        new Confusion(measured(4)),
        new LognormalNoise(0.3),
        new Recorded(),
        new LearntPredictor(bad -> recorded(), LearningMethod.TREE, 50, null, null),
        new LearntPredictor(bad -> recorded(), LearningMethod.NEIGHBOURS, 20, 10.0, 500.0));
  }

  /** Long prompts have long answers. */
  private static Trace recorded() {
    DoubleColumn times = new DoubleColumn();
    DoubleColumn lengths = new DoubleColumn();
    IntColumn prompts = new IntColumn();
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 600; i++) {
      int prompt = random.nextInt(1, 100);
      times.add(i);
      lengths.add(random.nextDouble(0.2, 0.4) * prompt);
      prompts.add(prompt);
    }
    return new Trace(
        "recorded",
        new RequestColumns(times, lengths, prompts, null, null, null, null),
        Trace.LengthUnit.TOKENS);
  }

  private static LengthPredictor create(PredictorSpec spec, RandomStream stream) {
    return spec.prepare(new Traces()).create(stream, FOUR, () -> 7);
  }

  private static int bin(LengthPredictor predictor, double length, int prompt) {
    double prediction = predictor.predict(length, prompt);
    return predictor.predictsLengths() ? FOUR.binOf(prediction) : (int) prediction;
  }

  /** Chi-square of each row at 0.1 % in all, over lengths anywhere in the bins. */
  @ParameterizedTest
  @MethodSource("specs")
  void binsComeAsOftenAsTheMatrixSays(PredictorSpec spec) {
    ConfusionMatrix confusion = spec.confusion(4);
    if (confusion == null) {
      return;
    }
    LengthPredictor predictor = create(spec, stream());
    SplittableRandom random = new SplittableRandom(3);
    int requests = 200_000;
    long[][] seen = new long[4][4];
    for (int i = 0; i < requests; i++) {
      double length = random.nextDouble(0, 40);
      seen[FOUR.binOf(length)][bin(predictor, length, 0)]++;
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

  /** Common random numbers: request n always meets number n of the stream, or none does. */
  @ParameterizedTest
  @MethodSource("specs")
  void takesOneRandomNumberForEachRequestOrNone(PredictorSpec spec) {
    RandomStream stream = stream();
    LengthPredictor predictor = create(spec, stream);
    for (int i = 0; i < 1000; i++) {
      predictor.predict(i % 25, i % 90);
    }
    double next = stream.nextDouble();
    RandomStream alone = stream();
    double first = alone.nextDouble();
    for (int i = 1; i < 1000; i++) {
      alone.nextDouble();
    }
    assertTrue(next == first || next == alone.nextDouble(), "the stream is elsewhere");
  }

  @ParameterizedTest
  @MethodSource("specs")
  void theSameStreamGivesTheSamePredictions(PredictorSpec spec) {
    LengthPredictor one = create(spec, stream());
    LengthPredictor other = create(spec, stream());
    for (int i = 0; i < 100; i++) {
      assertEquals(one.predict(i, i), other.predict(i, i));
    }
  }

  /**
   * A predictor that reads prompts knows no true length, one that errs by bins knows no more than
   * the true bin, and one that reads no prompts does not look at them.
   */
  @ParameterizedTest
  @MethodSource("specs")
  void seesNoMoreThanItMay(PredictorSpec spec) {
    PredictorSpec prepared = spec.prepare(new Traces());
    assertEquals(spec.readsPrompts(), prepared.readsPrompts());
    LengthPredictor one = create(spec, stream());
    LengthPredictor other = create(spec, stream());
    SplittableRandom random = new SplittableRandom(9);
    double[] ends = {0, 2, 5, 18, 40};
    for (int i = 0; i < 2000; i++) {
      int bin = random.nextInt(4);
      double length = random.nextDouble(ends[bin], ends[bin + 1]);
      double sameBin = random.nextDouble(ends[bin], ends[bin + 1]);
      int prompt = random.nextInt(1, 100);
      if (spec.readsPrompts()) {
        assertEquals(one.predict(length, prompt), other.predict(40 - length, prompt));
      } else if (one.predictsLengths()) {
        assertEquals(one.predict(length, prompt), other.predict(length, 100 - prompt));
      } else {
        assertEquals(one.predict(length, prompt), other.predict(sameBin, 100 - prompt));
      }
    }
  }

  /** What it says of itself: of lengths or of bins, which are there, and the truth or not. */
  @ParameterizedTest
  @MethodSource("specs")
  void keepsWhatItSays(PredictorSpec spec) {
    LengthPredictor predictor = create(spec, stream());
    assertEquals(spec.predictsLengths(), predictor.predictsLengths());
    spec.check(FOUR);
    SplittableRandom random = new SplittableRandom(11);
    boolean exact = true;
    for (int i = 0; i < 2000; i++) {
      double length = random.nextDouble(0, 40);
      double prediction = predictor.predict(length, random.nextInt(1, 100));
      exact &= prediction == length;
      if (predictor.predictsLengths()) {
        assertTrue(prediction >= 0 && Double.isFinite(prediction), "predicted " + prediction);
      } else {
        assertTrue(
            prediction >= 0 && prediction < 4 && prediction == Math.rint(prediction),
            "predicted bin " + prediction);
      }
    }
    assertEquals(spec.isExact(), exact);
    ConfusionMatrix confusion = spec.confusion(4);
    assertTrue(!spec.isExact() || (confusion != null && confusion.isIdentity()));
    assertTrue(predictor.predictsLengths() || confusion != null, "errors of bins have a matrix");
  }

  /** A predictor of bins says the bin alone, of the narrowest one too. */
  @Test
  void predictorsOfBinsPredictNoLengths() {
    BinBoundaries narrow = BinBoundaries.of(3, Math.nextUp(3.0));
    for (BinBoundaries boundaries :
        List.of(FOUR, BinBoundaries.of(10), BinBoundaries.none(), narrow)) {
      LengthPredictor exact = new SymmetricError(0).create(stream(), boundaries);
      assertFalse(exact.predictsLengths());
      for (int bin = 0; bin < boundaries.bins(); bin++) {
        assertEquals(bin, exact.predict(boundaries.lower(bin), 0));
      }
    }
    Request request =
        Objects.requireNonNull(
            new RequestSource(
                    () -> 0, () -> 7, new SymmetricError(0).create(stream(), FOUR), null, 1)
                .next());
    assertEquals(2, request.predictedBin(FOUR));
    assertEquals(2, request.returned(5, 3).predictedBin(FOUR));
    String message =
        String.valueOf(
            assertThrows(IllegalStateException.class, request::predictedLength).getMessage());
    assertTrue(message.contains("request 0 has a predicted bin and no predicted length"), message);
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

package io.github.batchq.theory;

import static io.github.batchq.theory.Reference.assertRefused;
import static io.github.batchq.theory.Reference.assertRelative;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.batchq.file.data.ConfusionFile;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Gamma;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.Mixture;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.TruncatedSpec;
import io.github.batchq.random.Uniform;
import io.github.batchq.random.Weibull;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Prediction errors against the paper's figure, closed forms, and other ways to the same value. */
class PredictionErrorsTest {
  private static final Uniform PAPER = new Uniform(1, 20);

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  private static BatchSystem paper(int bins, int batchSize, ConfusionMatrix confusion) {
    return BatchSystem.of(PAPER, new EqualMass().boundaries(PAPER, bins, batchSize), batchSize)
        .withErrors(confusion);
  }

  /** The 33 points of Figure 8. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void figure8(int bins) {
    JsonNode table = Reference.read("fig8_B128_uniform_1_20").get("k" + bins);
    assertEquals(11, table.size());
    for (int i = 0; i <= 10; i++) {
      double rate = i / 20.0;
      JsonNode value = table.get(String.format(Locale.ROOT, "%.2f", rate));
      TheoryResult throughput =
          Throughput.capacity(paper(bins, 128, ConfusionMatrix.symmetric(bins, rate)));
      assertEquals("exact", throughput.kind());
      assertRelative(value.asDouble(), throughput.value(), 1e-12);
    }
  }

  /** What the paper's Figure 8 plots are these values, to the accuracy of reading them off. */
  @ParameterizedTest
  @CsvSource({"fig8a, 2", "fig8b, 4", "fig8c, 8"})
  void thePapersPoints(String figure, int bins) throws IOException {
    JsonNode series;
    try (InputStream stream =
        PredictionErrorsTest.class.getResourceAsStream(
            "/io/github/batchq/data/paper-figures.json")) {
      series = new ObjectMapper().readTree(stream).path(figure).path("series").path(0);
    }
    assertEquals("k=" + bins, series.path("name").asText());
    assertEquals(11, series.path("x").size());
    for (int i = 0; i < series.path("x").size(); i++) {
      ConfusionMatrix confusion =
          ConfusionMatrix.symmetric(bins, series.path("x").path(i).asDouble());
      assertEquals(
          series.path("y").path(i).asDouble(),
          Throughput.capacity(paper(bins, 128, confusion)).value(),
          1e-6);
    }
  }

  /** The paper's matrices, normalised by rows, on equal bins of its uniform law. */
  @ParameterizedTest
  @CsvFileSource(resources = "/io/github/batchq/theory/measured-matrices.csv", delimiter = '|')
  void measuredMatrices(int bins, int batchSize, double seconds, double gain) {
    ConfusionMatrix measured =
        ConfusionFile.read(DataFile.of("resource:confusion-lmsys-k" + bins + ".csv", Path.of(".")));
    BatchSystem system = paper(bins, batchSize, measured);
    assertEquals(seconds, system.meanBatchSeconds(), 5.1e-11);
    double one = paper(1, batchSize, ConfusionMatrix.identity(1)).meanBatchSeconds();
    assertEquals(gain, one / system.meanBatchSeconds(), batchSize == 8 ? 5.1e-7 : 5.1e-5);
  }

  /** With equal masses the accuracy is the mean of the diagonal. */
  @Test
  void accuracy() {
    assertRelative(
        0.625,
        PredictionErrors.accuracy(
            PAPER, new EqualMass().boundaries(PAPER, 4, 8), ConfusionMatrix.symmetric(4, 0.25)),
        1e-13);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void withoutErrorsItIsEquationTwo(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Law law = law(random);
    BinBoundaries boundaries = boundaries(law, random);
    int batchSize = random.nextInt(1, 300);
    ConfusionMatrix identity = ConfusionMatrix.identity(boundaries.bins());
    assertRelative(
        BatchMaximum.expectedBatchLength(law, boundaries, batchSize),
        PredictionErrors.expectedBatchLength(law, boundaries, identity, batchSize),
        1e-11);
    assertRelative(1, PredictionErrors.accuracy(law, boundaries, identity), 1e-12);
  }

  /** A predictor that says the same for every true bin is no better than one bin. */
  @ParameterizedTest
  @MethodSource("seeds")
  void blindPredictionsAreOneBin(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Law law = law(random);
    BinBoundaries boundaries = boundaries(law, random);
    int batchSize = random.nextInt(1, 300);
    double[] row = random.doubles(boundaries.bins()).toArray();
    double[][] rows = new double[boundaries.bins()][];
    Arrays.fill(rows, row);
    assertRelative(
        BatchMaximum.expectedBatchLength(law, BinBoundaries.none(), batchSize),
        PredictionErrors.expectedBatchLength(law, boundaries, ConfusionMatrix.of(rows), batchSize),
        1e-10);
  }

  /** Closed form of the uniform law with unequal bins. */
  @ParameterizedTest
  @MethodSource("seeds")
  void closedFormOfTheUniformLaw(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double min = random.nextDouble(0, 10);
    Uniform law = new Uniform(min, min + random.nextDouble(0.1, 100));
    BinBoundaries boundaries = boundaries(law, random);
    int bins = boundaries.bins();
    int batchSize = random.nextInt(1, 300);
    ConfusionMatrix confusion = matrix(bins, random);
    double sum = 0;
    for (int j = 0; j < bins; j++) {
      double[] below = new double[bins + 1];
      for (int i = 0; i < bins; i++) {
        below[i + 1] = below[i] + mass(law, boundaries, i) * confusion.probability(i, j);
      }
      double integral = 0;
      for (int i = 0; i < bins; i++) {
        double width =
            Math.min(law.max(), boundaries.upper(i)) - Math.max(min, boundaries.lower(i));
        double low = below[i] / below[bins];
        double high = below[i + 1] / below[bins];
        integral +=
            high > low
                ? width
                    * (Math.pow(high, batchSize + 1) - Math.pow(low, batchSize + 1))
                    / ((batchSize + 1) * (high - low))
                : width * Math.pow(high, batchSize);
      }
      sum += below[bins] > 0 ? below[bins] * (law.max() - integral) : 0;
    }
    assertRelative(
        sum, PredictionErrors.expectedBatchLength(law, boundaries, confusion, batchSize), 1e-10);
  }

  /** The mixture of truncated laws, each a law of its own, has the same mean maximum. */
  @ParameterizedTest
  @MethodSource("seeds")
  void aPredictedBinIsAMixture(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Law law = law(random);
    if (law instanceof Empirical || law instanceof Deterministic) {
      return;
    }
    BinBoundaries boundaries = boundaries(law, random);
    ConfusionMatrix confusion = matrix(boundaries.bins(), random);
    int n = random.nextInt(1, 300);
    for (int j = 0; j < boundaries.bins(); j++) {
      List<Double> weights = new ArrayList<>();
      List<Law> laws = new ArrayList<>();
      for (int i = 0; i < boundaries.bins(); i++) {
        double weight = mass(law, boundaries, i) * confusion.probability(i, j);
        if (weight > 0) {
          weights.add(weight);
          laws.add(new TruncatedSpec(law, boundaries.lower(i), boundaries.upper(i)).create());
        }
      }
      if (!weights.isEmpty()) {
        assertRelative(
            BatchMaximum.expectedMaximum(
                new Mixture(weights, laws), n, 0, Double.POSITIVE_INFINITY),
            PredictionErrors.expectedMaximum(law, boundaries, confusion, j, n),
            1e-9);
      }
    }
  }

  /** Of an empirical law the mean maximum is a sum over atoms, here without any integral. */
  @ParameterizedTest
  @MethodSource("seeds")
  void empiricalLawsBySummation(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int atoms = random.nextInt(1, 12);
    double[] values = random.doubles(atoms, 1, 50).sorted().toArray();
    long[] counts = random.longs(atoms, 1, 1000).toArray();
    Empirical law = Empirical.of(values, counts);
    BinBoundaries boundaries =
        BinBoundaries.of(values[random.nextInt(atoms)] * (seed % 2 == 0 ? 1 : 1.01), 52, 60);
    ConfusionMatrix confusion = matrix(4, random);
    int batchSize = random.nextInt(1, 100);
    double sum = 0;
    for (int j = 0; j < 4; j++) {
      double[] below = new double[atoms + 1];
      for (int v = 0; v < atoms; v++) {
        double share = counts[v] / (double) Arrays.stream(counts).sum();
        below[v + 1] = below[v] + share * confusion.probability(boundaries.binOf(values[v]), j);
      }
      for (int v = 0; v < atoms && below[atoms] > 0; v++) {
        sum +=
            below[atoms]
                * values[v]
                * (Math.pow(below[v + 1] / below[atoms], batchSize)
                    - Math.pow(below[v] / below[atoms], batchSize));
      }
    }
    assertRelative(
        sum, PredictionErrors.expectedBatchLength(law, boundaries, confusion, batchSize), 1e-10);
  }

  /** T7: the mean batch length is concave in the confusion matrix, hence in p_e. */
  @ParameterizedTest
  @MethodSource("seeds")
  void concaveInTheMatrix(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Law law = law(random);
    BinBoundaries boundaries = boundaries(law, random);
    int bins = boundaries.bins();
    int batchSize = random.nextInt(2, 300);
    double[][] a = rows(matrix(bins, random));
    double[][] b = rows(matrix(bins, random));
    double[][] middle = new double[bins][bins];
    for (int i = 0; i < bins; i++) {
      for (int j = 0; j < bins; j++) {
        middle[i][j] = (a[i][j] + b[i][j]) / 2;
      }
    }
    double ends =
        (length(law, boundaries, ConfusionMatrix.of(a), batchSize)
                + length(law, boundaries, ConfusionMatrix.of(b), batchSize))
            / 2;
    double between = length(law, boundaries, ConfusionMatrix.of(middle), batchSize);
    assertTrue(between >= ends * (1 - 1e-11), between + " < " + ends);
    double[] along = new double[11];
    Arrays.setAll(
        along, i -> length(law, boundaries, ConfusionMatrix.symmetric(bins, i / 20.0), batchSize));
    for (int i = 1; i < 10; i++) {
      assertTrue(2 * along[i] >= (along[i - 1] + along[i + 1]) * (1 - 1e-11));
    }
    // Errors never help against the truth, and no predictor is worse than no bins.
    double oracle = BatchMaximum.expectedBatchLength(law, boundaries, batchSize);
    double one = BatchMaximum.expectedBatchLength(law, BinBoundaries.none(), batchSize);
    assertTrue(between <= one * (1 + 1e-11));
    assertTrue(along[0] >= oracle * (1 - 1e-11) && along[0] <= oracle * (1 + 1e-11));
  }

  /** T13 (b): with p_e = theta / B the extra length has a limit as B grows. */
  @ParameterizedTest
  @CsvSource({"1, 4", "1, 8", "0.2, 2", "3, 5", "10, 4"})
  void criticalErrorRate(double theta, int bins) {
    double limit = (bins - 1.0) / bins * 19 / bins * (1 - (1 - Math.exp(-theta)) / theta);
    double before = Double.POSITIVE_INFINITY;
    for (int batchSize : new int[] {128, 1024, 8192, 65536}) {
      ConfusionMatrix confusion = ConfusionMatrix.symmetric(bins, theta / batchSize);
      double extra =
          paper(bins, batchSize, confusion).meanBatchSeconds()
              - paper(bins, batchSize, ConfusionMatrix.identity(bins)).meanBatchSeconds();
      double distance = Math.abs(extra - limit);
      assertTrue(distance < before / 4, distance + " after " + before);
      before = distance;
      if (theta == 1 && bins == 4 && (batchSize == 128 || batchSize == 8192)) {
        assertEquals(batchSize == 128 ? 1.3302 : 1.3109, extra, 5.1e-5);
      }
    }
    assertEquals(limit, before + limit, 1e-3 * limit);
  }

  /** T13 (a) with s = 1: equal predicted masses, and never off by more than one bin. */
  @ParameterizedTest
  @MethodSource("seeds")
  void neighboursCostAtMostTwoBins(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Law law = PAPER;
    int bins = random.nextInt(1, 20);
    int batchSize = random.nextInt(1, 2000);
    ConfusionMatrix confusion = ConfusionMatrix.symmetric(bins, random.nextDouble(0.5));
    double length =
        length(law, new EqualMass().boundaries(law, bins, batchSize), confusion, batchSize);
    assertTrue(length <= law.mean() + 2 * 19.0 / bins);
  }

  /** Forming takes k (B-1) / (2 rate), where k counts the bins that are predicted at all. */
  @Test
  void formationCountsPredictedBins() {
    double[][] never = {{1, 0, 0}, {0.5, 0, 0.5}, {0, 0, 1}};
    BatchSystem system = paper(3, 8, ConfusionMatrix.of(never));
    assertEquals(2 * 7 / (2 * 3.0), Latency.formation(system, 3).value());
    assertEquals(
        2 * 7 / (2 * 3.0) + system.meanBatchSeconds(), Latency.infiniteServers(system, 3).value());
    double[][] splits = {{0.5, 0.5, 0, 0}, {0, 0, 0.5, 0.5}, {0, 0, 0, 1}, {0, 0, 0, 1}};
    BatchSystem empty =
        BatchSystem.of(PAPER, BinBoundaries.of(10, 20, 25), 8)
            .withErrors(ConfusionMatrix.of(splits));
    assertEquals(4 * 7 / (2 * 3.0), Latency.formation(empty, 3).value());
    assertRelative(1 - 10.5 / empty.meanBatchSeconds(), Throughput.padding(empty).value(), 1e-13);
  }

  /** Saturated finite runs: N / E[T] with exact remainders, by the same sum over batch sizes. */
  @Test
  void finiteRun() {
    BatchSystem system = paper(2, 4, ConfusionMatrix.symmetric(2, 0.5));
    // Both predicted bins are the uniform law in a coin's hands: n is binomial(6, 1/2).
    double[] coin = {1, 6, 15, 20, 15, 6, 1};
    double expected = 0;
    for (int n = 0; n <= 6; n++) {
      double full = (n < 4 ? 0 : 1) * (1 + 19 * 4 / 5.0);
      double rest = n % 4 == 0 ? 0 : 1 + 19.0 * (n % 4) / (n % 4 + 1);
      expected += 2 * coin[n] / 64 * (full + rest);
    }
    assertRelative(expected, FiniteRun.makespan(system, 6).value(), 1e-12);
  }

  @Test
  void undefinedAndRefused() {
    Law heavy = new Pareto(0.9, 1);
    BinBoundaries two = BinBoundaries.of(3);
    ConfusionMatrix errors = ConfusionMatrix.symmetric(2, 0.1);
    BatchSystem system = BatchSystem.of(heavy, two, 8).withErrors(errors);
    assertEquals(Double.POSITIVE_INFINITY, system.meanBatchSeconds());
    assertEquals(0, Throughput.capacity(system).value());
    assertRefused("infinite mean", () -> length(heavy, two, errors, 8));
    assertRefused("n must be", () -> length(PAPER, two, errors, 0));
    assertRefused(
        "of 2 bins, the boundaries make 3", () -> length(PAPER, BinBoundaries.of(3, 4), errors, 8));
    assertRefused(
        "of 3 bins, the boundaries make 2",
        () -> BatchSystem.of(PAPER, two, 8).withErrors(ConfusionMatrix.identity(3)));
    assertRefused(
        "predicted to be of bin 2",
        () ->
            PredictionErrors.expectedMaximum(
                PAPER, two, ConfusionMatrix.of(new double[][] {{1, 0}, {1, 0}}), 1, 8));
  }

  private static double length(
      Law law, BinBoundaries boundaries, ConfusionMatrix confusion, int batchSize) {
    return PredictionErrors.expectedBatchLength(law, boundaries, confusion, batchSize);
  }

  private static double mass(Law law, BinBoundaries boundaries, int bin) {
    return BatchMaximum.binProbabilities(law, boundaries)[bin];
  }

  private static double[][] rows(ConfusionMatrix matrix) {
    double[][] rows = new double[matrix.bins()][matrix.bins()];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows.length; j++) {
        rows[i][j] = matrix.probability(i, j);
      }
    }
    return rows;
  }

  /** A matrix with zeros, near zeros and whole columns of zeros. */
  private static ConfusionMatrix matrix(int bins, SplittableRandom random) {
    double[][] rows = new double[bins][bins];
    double[] columns = new double[bins];
    Arrays.setAll(columns, j -> random.nextInt(4) == 0 ? 0 : 1);
    columns[random.nextInt(bins)] = 1;
    for (double[] row : rows) {
      Arrays.setAll(
          row, j -> columns[j] * (random.nextInt(3) == 0 ? 0 : Math.pow(random.nextDouble(), 6)));
      if (Arrays.stream(row).sum() == 0) {
        System.arraycopy(columns, 0, row, 0, bins);
      }
    }
    return ConfusionMatrix.of(rows);
  }

  private static Law law(SplittableRandom random) {
    return switch (random.nextInt(9)) {
      case 0 -> new Uniform(1, 20);
      case 1 -> new Exponential(random.nextDouble(0.01, 10));
      case 2 -> new Lognormal(1, random.nextDouble(0.1, 1.5));
      case 3 -> new Gamma(random.nextDouble(0.3, 5), 2);
      case 4 -> new Weibull(random.nextDouble(0.6, 3), 10);
      case 5 -> new Pareto(random.nextDouble(1.5, 4), 3);
      case 6 -> Reference.gsm8k();
      case 7 -> new TruncatedSpec(new Lognormal(5, 1), 10, 1000).create();
      default -> new Deterministic(7);
    };
  }

  private static BinBoundaries boundaries(Law law, SplittableRandom random) {
    int inner = random.nextInt(0, 9);
    return BinBoundaries.of(
        random.doubles(inner, 0.02, 0.995).map(law::quantile).sorted().toArray());
  }
}

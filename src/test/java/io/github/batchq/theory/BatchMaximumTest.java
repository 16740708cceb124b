package io.github.batchq.theory;

import static io.github.batchq.theory.BatchMaximum.binProbabilities;
import static io.github.batchq.theory.BatchMaximum.expectedBatchLength;
import static io.github.batchq.theory.BatchMaximum.expectedMaximum;
import static io.github.batchq.theory.Reference.assertRelative;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchq.ReferenceValues;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Mixture;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Uniform;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The mean batch maximum against closed forms and against values computed elsewhere. */
class BatchMaximumTest {
  private static final EqualMass EQUAL_MASS = new EqualMass();

  private static double harmonic(int n) {
    double sum = 0;
    for (int j = n; j >= 1; j--) {
      sum += 1.0 / j;
    }
    return sum;
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/io/github/batchq/theory/largest-of-a-batch.csv", delimiter = '|')
  void tableOfLaws(
      String name, double b8, double b128, double low8, double high8, double low, double high) {
    Law law = Reference.law(name);
    double median = law.quantile(0.5);
    assertEquals(b8, expectedMaximum(law, 8, 0, POSITIVE_INFINITY), 5.1e-10);
    assertEquals(b128, expectedMaximum(law, 128, 0, POSITIVE_INFINITY), 5.1e-10);
    assertEquals(low8, expectedMaximum(law, 8, 0, median), 5.1e-7);
    assertEquals(high8, expectedMaximum(law, 8, median, POSITIVE_INFINITY), 5.1e-7);
    assertEquals(low, expectedMaximum(law, 128, 0, median), 5.1e-7);
    assertEquals(high, expectedMaximum(law, 128, median, POSITIVE_INFINITY), 5.1e-7);
    assertRelative(law.mean(), expectedMaximum(law, 1, 0, POSITIVE_INFINITY), 1e-11);
  }

  static Stream<Arguments> referenceBins() {
    return Stream.of("law_opt")
        .flatMap(key -> fields(Reference.read(key)))
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  private static Stream<Map.Entry<String, JsonNode>> fields(JsonNode node) {
    return node.properties().stream();
  }

  /** Equal masses, and the optimal boundaries that the reference lists, for six laws. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("referenceBins")
  void referenceOfLaws(String key, JsonNode values) {
    String[] parts = key.split("\\|", -1);
    Law law = Reference.law(parts[0]);
    int batchSize = Integer.parseInt(parts[1]);
    BinBoundaries equal = EQUAL_MASS.boundaries(law, Integer.parseInt(parts[2]), batchSize);
    assertRelative(values.get("eq").asDouble(), expectedBatchLength(law, equal, batchSize), 1e-11);
    assertRelative(
        values.get("opt").asDouble(),
        expectedBatchLength(law, Reference.boundaries(values.get("bounds")), batchSize),
        1e-11);
  }

  static Stream<Arguments> referenceLengths() {
    return fields(Reference.read("azure_gsm8k_opt"))
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  /** Equal masses, and the optimal bins that the reference lists, on real lengths. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("referenceLengths")
  void referenceOfRealLengths(String key, JsonNode values) {
    Optional<Empirical> lengths =
        key.startsWith("azure") ? Reference.azure() : Optional.of(Reference.gsm8k());
    assumeTrue(
        lengths.isPresent(), "AzureLLMInferenceTrace_conv.csv is not there: set BATCHQ_DATA");
    Empirical law = lengths.orElseThrow();
    String[] parts = key.split("\\|", -1);
    int batchSize = Integer.parseInt(parts[1]);
    int bins = Integer.parseInt(parts[2]);
    assertRelative(
        values.get("eq").asDouble(),
        expectedBatchLength(law, EQUAL_MASS.boundaries(law, bins, batchSize), batchSize),
        1e-13);
    double[] uppers = new double[bins - 1];
    for (int i = 0; i < uppers.length; i++) {
      uppers[i] = Math.nextUp(values.get("upper").get(i).asDouble());
    }
    assertRelative(
        values.get("opt").asDouble(),
        expectedBatchLength(law, BinBoundaries.of(uppers), batchSize),
        1e-13);
  }

  /** E max = scale Gamma(n+1) Gamma(1 - 1/a) / Gamma(n + 1 - 1/a) for the Pareto law. */
  @ParameterizedTest
  @CsvSource({"1.01", "1.05", "1.1", "1.5", "2", "5", "40"})
  void heavyTails(double shape) {
    for (int n : new int[] {1, 2, 8, 128, 4096}) {
      double exact = 3;
      for (int j = 1; j <= n; j++) {
        exact *= j / (j - 1 / shape);
      }
      assertRelative(exact, expectedMaximum(new Pareto(shape, 3), n, 0, POSITIVE_INFINITY), 1e-11);
    }
  }

  /** Beyond x a Pareto law is a Pareto law of scale x: bins in a tail where 1 - F rounds to 0. */
  @ParameterizedTest
  @CsvSource({"10", "1e6", "1e20", "1e100"})
  void heavyTailBeyond(double from) {
    assertRelative(
        expectedMaximum(new Pareto(1.5, from), 32, 0, POSITIVE_INFINITY),
        expectedMaximum(new Pareto(1.5, 1), 32, from, POSITIVE_INFINITY),
        1e-11);
  }

  /** A bounded interval over many orders of magnitude, where most of the mean is far out. */
  @ParameterizedTest
  @CsvSource({"1e3", "1e5", "1e12", "1e60", "1e250"})
  void heavyTailOfAWideBin(double to) {
    double a = 1.05;
    assertRelative(
        a / (a - 1) * -Math.expm1((1 - a) * Math.log(to)) / -Math.expm1(-a * Math.log(to)),
        expectedMaximum(new Pareto(a, 1), 1, 0, to),
        1e-11);
  }

  /** Without memory: beyond a the exponential law starts afresh. */
  @ParameterizedTest
  @CsvSource({"0", "1e-9", "3", "50", "390", "5000"})
  void exponentialTail(double from) {
    Law law = new Exponential(0.1);
    for (int n : new int[] {1, 2, 8, 200, 5000}) {
      assertRelative(
          from + 10 * harmonic(n), expectedMaximum(law, n, from, POSITIVE_INFINITY), 1e-12);
    }
  }

  /** M_n(a,b) = b - (1/mu) sum over m of p^m / (n + m), p = 1 - exp(-mu (b - a)). */
  @ParameterizedTest
  @CsvSource({"0, 1e-8", "0, 1", "2, 3", "5, 40", "100, 101", "390, 391", "1000, 1001"})
  void exponentialBin(double from, double to) {
    Law law = new Exponential(0.1);
    double p = -Math.expm1(-0.1 * (to - from));
    for (int n : new int[] {1, 8, 200}) {
      double sum = 0;
      double power = 1;
      for (int m = 1; power > 1e-20; m++) {
        power *= p;
        sum += power / (n + m);
      }
      double width = expectedMaximum(law, n, from, to) - from;
      assertEquals(to - from - 10 * sum, width, 1e-13 * to);
    }
  }

  /** 0.3 at 5 and 0.7 uniform on [0,10]: F = 0.07 x, and 0.3 more from 5 on. */
  @Test
  void atomInsideADensity() {
    Law law = new Mixture(List.of(0.3, 0.7), List.of(new Deterministic(5), new Uniform(0, 10)));
    for (int n : new int[] {1, 2, 8, 128}) {
      double below = Math.pow(0.35, n + 1) / (0.07 * (n + 1));
      double above = (1 - Math.pow(0.65, n + 1)) / (0.07 * (n + 1));
      assertRelative(10 - below - above, expectedMaximum(law, n, 0, POSITIVE_INFINITY), 1e-13);
      // [0,5) is uniform, [5,10] holds the atom at its left end with share 0.3 / 0.65
      assertRelative(5.0 * n / (n + 1), expectedMaximum(law, n, 0, 5), 1e-13);
      double tail = (1 - Math.pow(0.3 / 0.65, n + 1)) * 0.65 / (0.07 * (n + 1));
      assertRelative(10 - tail, expectedMaximum(law, n, 5, POSITIVE_INFINITY), 1e-13);
    }
    assertArrayEquals(new double[] {0.35, 0.65}, binProbabilities(law, BinBoundaries.of(5)), 1e-15);
  }

  /** An empirical law inside a mixture or a window goes through quadrature, alone it is summed. */
  @Test
  void sumEqualsQuadrature() {
    Empirical lengths = Reference.gsm8k();
    Law mixture = new Mixture(List.of(0.5, 0.5), List.of(lengths, lengths));
    for (double[] bin : new double[][] {{0, POSITIVE_INFINITY}, {100, 101}, {150, 400}, {34, 35}}) {
      for (int n : new int[] {1, 8, 128}) {
        assertRelative(
            expectedMaximum(lengths, n, bin[0], bin[1]),
            expectedMaximum(mixture, n, bin[0], bin[1]),
            1e-12);
      }
    }
    double byDefinition = 0;
    for (int i = 0; i < lengths.atoms(); i++) {
      double before = i == 0 ? 0 : lengths.cumulativeCount(i - 1);
      byDefinition +=
          lengths.atom(i)
              * (Math.pow(lengths.cumulativeCount(i) / 7255.0, 8) - Math.pow(before / 7255.0, 8));
    }
    assertRelative(byDefinition, expectedMaximum(lengths, 8, 0, POSITIVE_INFINITY), 1e-13);
    assertEquals(ReferenceValues.value("theory", "gsm8k, longest of 8"), byDefinition, 5.1e-7);
  }

  /** Two humps twelve orders of magnitude apart, and one a millionth as wide as its place. */
  @Test
  void narrowAndDistantHumps() {
    Law law =
        new Mixture(
            List.of(0.999, 0.001), List.of(new Uniform(1, 1.000001), new Uniform(1e12, 2e12)));
    double expected = 0;
    double above = 1 - Math.pow(0.999, 8);
    for (int j = 1; j <= 8; j++) { // j of the 8 in the distant hump
      double share = 1;
      for (int i = 0; i < j; i++) {
        share *= (8.0 - i) / (i + 1) * 0.001;
      }
      expected += share * Math.pow(0.999, 8 - j) * (1e12 + 1e12 * j / (j + 1.0));
    }
    expected += 1 - above;
    assertRelative(expected, expectedMaximum(law, 8, 0, POSITIVE_INFINITY), 1e-11);
    assertRelative(1 + 1e-6 * 8 / 9, expectedMaximum(law, 8, 0, 2), 1e-14);
  }

  @Test
  void deterministic() {
    Law law = new Deterministic(7);
    assertEquals(7, expectedMaximum(law, 128, 0, POSITIVE_INFINITY));
    assertEquals(7, expectedBatchLength(law, BinBoundaries.of(3, 7, 7, 9), 128));
    assertArrayEquals(
        new double[] {0, 0, 0, 1, 0}, binProbabilities(law, BinBoundaries.of(3, 7, 7, 9)));
  }

  @Test
  void binsWithoutMassAreLeftOut() {
    Law law = new Uniform(1, 20);
    assertRelative(
        expectedBatchLength(law, BinBoundaries.of(10), 8),
        expectedBatchLength(law, BinBoundaries.of(0.5, 10, 10, 20, 30), 8),
        1e-13);
    double[] masses = binProbabilities(law, BinBoundaries.of(0.5, 10, 10, 20, 30));
    assertArrayEquals(new double[] {0, 9 / 19.0, 0, 10 / 19.0, 0, 0}, masses, 1e-15);
    assertEquals(1, Arrays.stream(masses).sum(), 1e-15);
  }

  @Test
  void refusals() {
    Law heavy = new Pareto(0.9, 1);
    Reference.assertRefused("infinite mean", () -> expectedMaximum(heavy, 8, 0, POSITIVE_INFINITY));
    assertTrue(expectedMaximum(heavy, 8, 0, 10) < 10);
    Reference.assertRefused("at least 1", () -> expectedMaximum(heavy, 0, 0, 10));
    Reference.assertRefused("no mass", () -> expectedMaximum(new Uniform(1, 2), 8, 3, 4));
    Reference.assertRefused("no mass", () -> expectedMaximum(new Uniform(1, 2), 8, 1.5, 1.2));
    Reference.assertRefused("too heavy", () -> new Quadrature(x -> 1 / x, 0).toInfinity(1, 0));
  }
}

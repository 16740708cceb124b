package io.github.batchq.theory;

import static io.github.batchq.theory.Reference.assertRefused;
import static io.github.batchq.theory.Reference.assertRelative;
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
import io.github.batchq.random.Gamma;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.Mixture;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Truncated;
import io.github.batchq.random.Uniform;
import io.github.batchq.random.Weibull;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimal boundaries against reference values, the plain programme, and a fine grid. */
@Tag("long")
class OptimalBoundariesTest {
  private static final OptimalBoundaries RULE = new OptimalBoundaries();

  private static List<Integer> upTo(int bins) {
    return IntStream.rangeClosed(1, bins).boxed().toList();
  }

  private static double length(Law law, BinBoundaries boundaries, int batchSize) {
    return BatchMaximum.expectedBatchLength(law, boundaries, batchSize);
  }

  static Stream<String> continuousReference() {
    return Reference.read("law_opt").properties().stream().map(Map.Entry::getKey);
  }

  @ParameterizedTest
  @MethodSource("continuousReference")
  void continuousLawsMeetTheReference(String key) {
    JsonNode expected = Reference.read("law_opt").get(key);
    String[] parts = key.split("\\|", -1);
    Law law = Reference.law(parts[0]);
    int batchSize = Integer.parseInt(parts[1]);
    BinBoundaries found = RULE.boundaries(law, Integer.parseInt(parts[2]), batchSize);
    assertRelative(expected.get("opt").asDouble(), length(law, found, batchSize), 1e-12);
    double[] inner = found.inner();
    for (int i = 0; i < inner.length; i++) {
      assertRelative(expected.get("bounds").get(i).asDouble(), inner[i], 1e-9);
    }
  }

  @Test
  void exponentialLawMeetsTheReferenceOfThePaper() {
    Law law = new Exponential(0.1);
    JsonNode known = Reference.read("exponential_mu0.1_B200");
    BinBoundaries four = RULE.boundaries(law, 4, 200);
    assertRelative(known.requiredAt("/4/Eopt").asDouble(), length(law, four, 200), 1e-13);
    assertArrayEquals(Reference.boundaries(known.requiredAt("/4/opt")).inner(), four.inner(), 1e-9);
    assertRelative(
        known.requiredAt("/8/Eopt").asDouble(),
        length(law, RULE.boundaries(law, 8, 200), 200),
        1e-13);
  }

  @Test
  void phiLengthsMeetTheReference() {
    Empirical law = Reference.gsm8k();
    assertMeets("gsm8k", law, 8);
    assertMeets("gsm8k", law, 128);
  }

  @Test
  void azureLengthsMeetTheReference() {
    Optional<Empirical> azure = Reference.azure();
    assumeTrue(azure.isPresent(), "the Azure trace is not in ../shared/data");
    Empirical law = azure.orElseThrow();
    assertMeets("azure-conv", law, 8);
    assertMeets("azure-conv", law, 128);
  }

  /** Four bins end with the tokens of the exact programme, and are as long on average. */
  private static void assertMeets(String name, Law law, int batchSize) {
    JsonNode known = Reference.read("azure_gsm8k_opt").get(name + "|" + batchSize + "|4");
    BinBoundaries found = RULE.boundaries(law, 4, batchSize);
    double[] ends =
        IntStream.range(0, 3)
            .mapToDouble(i -> known.requiredAt("/upper/" + i).asDouble())
            .toArray();
    assertUpperEnds(law, found, ends);
    assertRelative(known.get("opt").asDouble(), length(law, found, batchSize), 1e-8);
  }

  /** Tokens are whole numbers, and a boundary belongs to the upper bin. */
  private static void assertUpperEnds(Law law, BinBoundaries found, double... ends) {
    double[] inner = found.inner();
    assertEquals(ends.length, inner.length);
    for (int i = 0; i < ends.length; i++) {
      assertTrue(law.density(ends[i]) > 0 && inner[i] > ends[i], found.toString());
      assertEquals(0, law.cdf(Math.nextDown(inner[i])) - law.cdf(ends[i]), 0, found.toString());
    }
  }

  static Stream<Empirical> randomAtoms() {
    Random random = new Random(20260101);
    return IntStream.range(0, 40)
        .mapToObj(
            c -> {
              int size = 1 + random.nextInt(c < 30 ? 12 : 400);
              double spread = 1 + 4 * random.nextDouble();
              double[] values =
                  random.doubles(size).map(u -> Math.ceil(100 * Math.exp(spread * u))).toArray();
              long[] counts = random.longs(size, 1, random.nextBoolean() ? 2 : 1000).toArray();
              return Empirical.of(values, counts);
            });
  }

  /** w(i,j) by its definition. */
  private static double cost(Empirical law, int i, int j, int batchSize) {
    double to = j < law.atoms() ? law.atom(j) : Double.POSITIVE_INFINITY;
    long before = i == 0 ? 0 : law.cumulativeCount(i - 1);
    return (law.cumulativeCount(j - 1) - before)
        / (double) law.total()
        * BatchMaximum.expectedMaximum(law, batchSize, i == 0 ? 0 : law.atom(i), to);
  }

  /** The least E_k for k = 1, 2, ... bins by the plain programme, O(k n^2). */
  private static double[] plain(Empirical law, int bins, int batchSize) {
    int atoms = law.atoms();
    double[][] costs = new double[atoms][atoms + 1];
    for (int i = 0; i < atoms; i++) {
      for (int j = i + 1; j <= atoms; j++) {
        costs[i][j] = cost(law, i, j, batchSize);
      }
    }
    double[] least = new double[atoms + 1];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    least[atoms] = 0;
    double[] result = new double[bins];
    for (int k = 0; k < bins; k++) {
      double[] next = new double[atoms + 1];
      for (int i = 0; i < atoms; i++) {
        double[] row = costs[i];
        double[] rest = least;
        next[i] =
            IntStream.rangeClosed(i + 1, atoms)
                .mapToDouble(j -> row[j] + rest[j])
                .min()
                .orElseThrow();
      }
      least = next;
      result[k] = least[0];
    }
    return result;
  }

  @ParameterizedTest
  @MethodSource("randomAtoms")
  void equalsThePlainProgramme(Empirical law) {
    for (int batchSize : new int[] {1, 2, 8, 23, 24, 128, 1000}) {
      double[] plain = plain(law, 9, batchSize);
      List<BinBoundaries> all = RULE.boundaries(law, upTo(9), batchSize);
      for (int k = 1; k <= 9; k++) {
        assertEquals(k, all.get(k - 1).bins());
        assertRelative(plain[k - 1], length(law, all.get(k - 1), batchSize), 1e-13);
        assertRelative(
            plain[k - 1], length(law, RULE.boundaries(law, k, batchSize), batchSize), 1e-13);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("randomAtoms")
  void costsSatisfyTheQuadrangleInequality(Empirical law) {
    Random random = new Random(law.atoms());
    for (int batchSize : new int[] {2, 8, 128}) {
      for (int trial = 0; trial < 200 && law.atoms() >= 3; trial++) {
        int[] at = random.ints(4, 0, law.atoms() + 1).sorted().toArray();
        if (at[0] < at[1] && at[1] < at[2] && at[2] < at[3]) {
          double crossed = cost(law, at[0], at[2], batchSize) + cost(law, at[1], at[3], batchSize);
          double nested = cost(law, at[0], at[3], batchSize) + cost(law, at[1], at[2], batchSize);
          assertTrue(crossed <= nested * (1 + 1e-13), crossed + " > " + nested);
        }
      }
    }
  }

  static Stream<Law> laws() {
    return Stream.of(
        new Uniform(1, 20),
        new Exponential(0.1),
        new Gamma(0.5, 20),
        new Weibull(0.7, 8),
        new Weibull(3, 8),
        new Pareto(1.5, 1),
        new Truncated(new Lognormal(2, 2), 1, 500),
        new Mixture(List.of(0.5, 0.5), List.of(new Lognormal(1.8, 1), new Gamma(9, 10))),
        new Mixture(
            List.of(0.5, 0.3, 0.2),
            List.of(new Uniform(0, 1), new Uniform(5, 6), new Uniform(5.5, 9))),
        new Mixture(List.of(0.5, 0.5), List.of(new Deterministic(7), new Gamma(9, 1))),
        Reference.gsm8k());
  }

  @ParameterizedTest
  @MethodSource("laws")
  void meanBatchLengthIsConvexInTheNumberOfBinsAndBeatsEveryOtherRule(Law law) {
    for (int batchSize : new int[] {2, 128}) {
      List<BinBoundaries> all = RULE.boundaries(law, upTo(12), batchSize);
      double[] least = all.stream().mapToDouble(b -> length(law, b, batchSize)).toArray();
      for (int k = 1; k <= 12; k++) {
        double own = least[k - 1] * (1 - 1e-6);
        assertTrue(own <= length(law, new EqualMass().boundaries(law, k, batchSize), batchSize));
        if (law.upper() < Double.POSITIVE_INFINITY) {
          assertTrue(own <= length(law, new EqualWidth().boundaries(law, k, batchSize), batchSize));
        }
        if (k > 2) {
          double second = least[k - 1] - 2 * least[k - 2] + least[k - 3];
          assertTrue(second >= -1e-6 * least[k - 1], "k = " + k + ": " + second);
        }
      }
      assertTrue(least[11] < least[0]);
    }
  }

  /** Newton's method from one start alone does not find all of these. */
  @Test
  void theHeaviestTails() {
    Law law = new Pareto(1.05, 1);
    double[] least =
        RULE.boundaries(law, upTo(6), 8).stream().mapToDouble(b -> length(law, b, 8)).toArray();
    assertRelative(ReferenceValues.value("theory", "pareto in 2 bins"), least[1], 1e-11);
    assertRelative(ReferenceValues.value("theory", "pareto in 3 bins"), least[2], 1e-11);
    for (int k = 2; k < 6; k++) {
      assertTrue(least[k] - 2 * least[k - 1] + least[k - 2] > 0, "k = " + (k + 1));
    }
  }

  @ParameterizedTest
  @MethodSource("laws")
  void noMoveOfOneBoundaryHelps(Law law) {
    BinBoundaries found = RULE.boundaries(law, 5, 8);
    double least = length(law, found, 8);
    for (int i = 0; i < 4; i++) {
      for (double factor : new double[] {0.9, 0.99, 0.999, 1.001, 1.01, 1.1}) {
        double[] moved = found.inner();
        moved[i] *= factor;
        if ((i == 0 || moved[i] > moved[i - 1]) && (i == 3 || moved[i] < moved[i + 1])) {
          assertTrue(length(law, BinBoundaries.of(moved), 8) >= least * (1 - 1e-7));
        }
      }
    }
  }

  @Test
  void aFineGridOfAContinuousLawAgrees() {
    Law law = new Lognormal(2, 1);
    int cells = 20_000;
    double[] values =
        IntStream.range(0, cells).mapToDouble(i -> law.quantile((i + 0.5) / cells)).toArray();
    double[] grid = RULE.boundaries(Empirical.of(values), 4, 8).inner();
    double[] found = RULE.boundaries(law, 4, 8).inner();
    for (int i = 0; i < 3; i++) {
      assertRelative(found[i], grid[i], 3e-3);
    }
  }

  /** A programme whose time grows with the square of the number of atoms would take hours. */
  @Test
  void oneHundredThousandAtomsAreNotTooMany() {
    Random random = new Random(7);
    Empirical law =
        Empirical.of(random.doubles(100_000).map(u -> Math.exp(8 * (u - 0.5))).toArray());
    BinBoundaries found = RULE.boundaries(law, 32, 128);
    assertTrue(
        length(law, found, 128) < length(law, new SqrtDensity().boundaries(law, 32, 128), 128));
  }

  @Test
  void fewerAtomsThanBinsLeaveBinsEmpty() {
    Empirical law = Empirical.of(new double[] {3, 5, 5, 9});
    assertEquals(
        BinBoundaries.of(5, 9, Math.nextUp(9.0), Math.nextUp(9.0)), RULE.boundaries(law, 5, 8));
    assertEquals(4, RULE.boundaries(new Deterministic(5), 4, 8).bins());
  }

  @Test
  void aMixtureOfAtomsIsDiscrete() {
    Law law =
        new Mixture(
            List.of(0.25, 0.5, 0.25),
            List.of(new Deterministic(3), new Deterministic(5), new Deterministic(9)));
    Law same = Empirical.of(new double[] {3, 5, 5, 9});
    assertEquals(RULE.boundaries(same, 2, 8), RULE.boundaries(law, 2, 8));
  }

  @Test
  void refusesAnInfiniteMean() {
    assertRefused("infinite mean", () -> RULE.boundaries(new Pareto(0.9, 1), 2, 8));
    assertRefused("at least 1", () -> RULE.boundaries(new Uniform(1, 2), 0, 8));
  }
}

package io.github.batchq.theory;

import static io.github.batchq.theory.Reference.assertRefused;
import static io.github.batchq.theory.Reference.assertRelative;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Uniform;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Boundary rules against Lemma 4.1, Lemma A.1 and hand-made atoms. */
class BoundaryRulesTest {
  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @Test
  void catalogue() {
    assertEquals(
        List.of("equal-mass", "equal-width", "exponential", "sqrt-density", "optimal"),
        BoundaryRules.all().stream().map(BoundaryRule::name).toList());
    for (BoundaryRule rule : BoundaryRules.all()) {
      assertEquals(rule, BoundaryRules.named(rule.name()));
      assertFalse(rule.description().isBlank());
      if (rule instanceof EqualWidth) {
        continue;
      }
      assertEquals(BinBoundaries.none(), rule.boundaries(new Exponential(1), 1, 8), rule.name());
    }
  }

  /** Lemma 4.1, eq. (3). */
  @Test
  void equalMassIsEqualWidthForTheUniformLaw() {
    double[] expected = {5.75, 10.5, 15.25};
    assertArrayEquals(expected, new EqualMass().boundaries(new Uniform(1, 20), 4, 8).inner());
    assertArrayEquals(expected, new EqualWidth().boundaries(new Uniform(1, 20), 4, 8).inner());
  }

  /** The atom that reaches the share stays below the boundary, whatever 1.0 / 3 * 3 rounds to. */
  @Test
  void equalMassKeepsAtomsWhole() {
    EqualMass rule = new EqualMass();
    Empirical three = Empirical.of(new double[] {1, 2, 3}, new long[] {1, 1, 1});
    assertArrayEquals(new double[] {2, 3}, rule.boundaries(three, 3, 8).inner());
    Empirical heavy = Empirical.of(new double[] {1, 2, 3}, new long[] {8, 1, 1});
    assertArrayEquals(new double[] {2, 2, 2}, rule.boundaries(heavy, 4, 8).inner());
    Empirical top = Empirical.of(new double[] {1, 9}, new long[] {1, 9});
    double above = Math.nextUp(9.0);
    assertArrayEquals(new double[] {above, above}, rule.boundaries(top, 3, 8).inner());
    assertEquals(
        9 - 8 * Math.pow(0.1, 8),
        BatchMaximum.expectedBatchLength(top, rule.boundaries(top, 3, 8), 8),
        1e-14);
    for (int bins = 1; bins <= 97; bins++) {
      long[] ones = LongStream.generate(() -> 1).limit(bins).toArray();
      double[] values = IntStream.rangeClosed(1, bins).asDoubleStream().toArray();
      double[] masses =
          BatchMaximum.binProbabilities(
              Empirical.of(values, ones), rule.boundaries(Empirical.of(values, ones), bins, 8));
      for (double mass : masses) {
        assertEquals(1.0 / bins, mass, 1e-15);
      }
    }
  }

  /** On the lengths that batchq carries. */
  @Test
  void equalMassOnRealLengths() {
    Empirical law = Reference.gsm8k();
    assertEquals(
        Reference.read("azure_gsm8k_opt").requiredAt("/gsm8k|8|4/eq").asDouble(),
        BatchMaximum.expectedBatchLength(law, new EqualMass().boundaries(law, 4, 8), 8),
        5.1e-7);
  }

  /** Boundaries, bound, and E_k there and with equal masses, k = 1..8. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void exponential(int bins) {
    Exponential law = new Exponential(0.1);
    JsonNode values = Reference.read("exponential_mu0.1_B200").get(Integer.toString(bins));
    BinBoundaries lemma = new ExponentialBins().boundaries(law, bins, 200);
    double[] expected = Reference.boundaries(values.get("lemma")).inner();
    assertEquals(expected.length, lemma.inner().length);
    for (int i = 0; i < expected.length; i++) {
      assertRelative(expected[i], lemma.inner()[i], 1e-14);
    }
    TheoryResult bound = ExponentialBins.meanBatchLength(law, bins, 200);
    assertEquals("upper-bound", bound.kind());
    assertRelative(values.get("bound").asDouble(), bound.value(), 1e-14);
    double exact = BatchMaximum.expectedBatchLength(law, lemma, 200);
    assertRelative(values.get("exact").asDouble(), exact, 1e-13);
    assertTrue(exact <= bound.value() * (1 + 1e-14));
    BinBoundaries equal = new EqualMass().boundaries(law, bins, 200);
    assertRelative(
        values.get("Eeq").asDouble(), BatchMaximum.expectedBatchLength(law, equal, 200), 1e-13);
    assertRelative(
        values.get("Eopt").asDouble(),
        BatchMaximum.expectedBatchLength(law, Reference.boundaries(values.get("opt")), 200),
        1e-13);
    TheoryResult capacity = ExponentialBins.capacity(law, bins, 200, BatchTime.LONGEST, 1);
    assertEquals("lower-bound", capacity.kind());
    assertRelative(200 / values.get("bound").asDouble(), capacity.value(), 1e-14);
  }

  /** Bound (27), evaluated as printed at the boundaries of Lemma A.1, is L_k / mu: T9. */
  @ParameterizedTest
  @MethodSource("seeds")
  void boundAtItsMinimum(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Exponential law = new Exponential(random.nextDouble(0.01, 10));
    int bins = random.nextInt(2, 12);
    int batchSize = random.nextInt(2, 300);
    BinBoundaries lemma = new ExponentialBins().boundaries(law, bins, batchSize);
    double best = ExponentialBins.meanBatchLength(law, bins, batchSize).value();
    assertRelative(bound(law, lemma, batchSize), best, 1e-13);
    double[] moved = lemma.inner();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += random.nextDouble(-0.01, 0.01) / law.rate();
    }
    java.util.Arrays.sort(moved);
    assertTrue(moved[0] <= 0 || bound(law, BinBoundaries.of(moved), batchSize) >= best);
  }

  private static double bound(Exponential law, BinBoundaries boundaries, int batchSize) {
    int last = boundaries.bins() - 1;
    double harmonic = IntStream.rangeClosed(1, batchSize).mapToDouble(j -> 1.0 / j).sum();
    double sum =
        law.survival(boundaries.lower(last)) * (boundaries.lower(last) + harmonic / law.rate());
    for (int i = 0; i < last; i++) {
      sum += (law.cdf(boundaries.upper(i)) - law.cdf(boundaries.lower(i))) * boundaries.upper(i);
    }
    return sum;
  }

  @Test
  void refusals() {
    assertRefused(
        "is unbounded, so it has no bins of equal width",
        () -> new EqualWidth().boundaries(new Exponential(1), 2, 8));
    assertRefused(
        "need an exponential law", () -> new ExponentialBins().boundaries(new Uniform(1, 2), 2, 8));
    assertRefused(
        "batch size of at least 2",
        () -> new ExponentialBins().boundaries(new Exponential(1), 2, 1));
    assertRefused("there is no boundary rule 'even'", () -> BoundaryRules.named("even"));
    for (BoundaryRule rule : BoundaryRules.all()) {
      assertRefused("bins must be at least 1", () -> rule.boundaries(new Exponential(1), 0, 8));
      assertRefused("batch size", () -> rule.boundaries(new Exponential(1), 2, 0));
    }
  }
}

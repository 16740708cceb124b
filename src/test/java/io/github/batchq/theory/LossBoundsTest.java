package io.github.batchq.theory;

import static io.github.batchq.theory.Reference.assertRefused;
import static io.github.batchq.theory.Reference.assertRelative;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Gamma;
import io.github.batchq.random.Law;
import io.github.batchq.random.Mixture;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Truncated;
import io.github.batchq.random.Uniform;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bounds of the loss hold for random laws, and are reached where theory says so. */
class LossBoundsTest {
  private static final double ROUNDING = 1 + 1e-10;

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  private static double loss(Law law, BinBoundaries boundaries, int batchSize) {
    return BatchMaximum.expectedBatchLength(law, boundaries, batchSize) - law.mean();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyLawOnAnInterval(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Law law =
        new Mixture(
            List.of(random.nextDouble(0.1, 1), random.nextDouble(0.1, 1)),
            List.of(
                new Truncated(new Gamma(random.nextDouble(0.3, 5), 4), 1, 40),
                new Uniform(2, random.nextDouble(3, 30))));
    int bins = random.nextInt(1, 9);
    int batchSize = random.nextInt(2, 129);
    double bound = LossBounds.anyLaw(law, bins, batchSize).value();
    for (BoundaryRule rule : List.of(new EqualMass(), new EqualWidth(), new SqrtDensity())) {
      BinBoundaries boundaries = rule.boundaries(law, bins, batchSize);
      double loss = loss(law, boundaries, batchSize);
      double ofBins = LossBounds.ofBins(law, boundaries, batchSize).value();
      assertTrue(loss <= ofBins * ROUNDING, rule.name());
      if (!(rule instanceof SqrtDensity)) {
        assertTrue(loss <= bound * ROUNDING && ofBins <= bound * ROUNDING, rule.name());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void densityBounds(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double upper = random.nextDouble(2, 50);
    Law law =
        random.nextBoolean()
            ? new Truncated(new Exponential(random.nextDouble(0.01, 1)), 1, upper)
            : new Truncated(new Pareto(random.nextDouble(0.2, 3), 1), 1, upper);
    int bins = random.nextInt(1, 9);
    int batchSize = random.nextInt(2, 129);
    double least = LossBounds.anyBins(law, bins, batchSize).value();
    for (BoundaryRule rule : List.of(new EqualMass(), new EqualWidth(), new SqrtDensity())) {
      double loss = loss(law, rule.boundaries(law, bins, batchSize), batchSize);
      assertTrue(least <= loss * ROUNDING, rule.name());
    }
    double equalMass = loss(law, new EqualMass().boundaries(law, bins, batchSize), batchSize);
    assertTrue(equalMass <= LossBounds.equalMass(law, bins, batchSize).value() * ROUNDING);
  }

  /** Theorem 4.2: for the uniform law the lower, the upper bound and both limits are the loss. */
  @Test
  void uniformLawHasEqualities() {
    Law law = new Uniform(1, 20);
    double loss = loss(law, new EqualMass().boundaries(law, 4, 8), 8);
    assertRelative(loss, LossBounds.anyBins(law, 4, 8).value(), 1e-12);
    assertRelative(loss, LossBounds.equalMass(law, 4, 8).value(), 1e-12);
    assertRelative(loss, LossBounds.equalBinsLimit(law, 4, 8).value(), 1e-12);
    assertRelative(loss, LossBounds.optimalLimit(law, 4, 8).value(), 1e-12);
  }

  @Test
  void limitsAreApproached() {
    Law law = new Truncated(new Exponential(0.1), 0, 40);
    double equal = loss(law, new EqualMass().boundaries(law, 512, 8), 8);
    assertRelative(equal, LossBounds.equalBinsLimit(law, 512, 8).value(), 0.01);
    double root = loss(law, new SqrtDensity().boundaries(law, 512, 8), 8);
    assertRelative(root, LossBounds.optimalLimit(law, 512, 8).value(), 1e-3);
  }

  @ParameterizedTest
  @CsvSource({
    "2,8,1.5275",
    "2,128,1.9229",
    "5,8,2.4446",
    "5,128,4.4047",
    "20,8,4.0834",
    "20,128,13.5212",
    "100,8,5.7754",
    "100,128,36.5115",
    "Infinity,8,8",
    "1,8,1"
  })
  void gainCeiling(double ratio, int batchSize, double gain) {
    assertEquals(gain, LossBounds.gainCeiling(ratio, batchSize).value(), 5e-5);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noLawGainsMoreThanTheCeiling(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double ratio = random.nextDouble(1.5, 60);
    Law law = new Truncated(new Pareto(random.nextDouble(0.2, 4), 1), 1, ratio);
    double gain = BatchMaximum.expectedMaximum(law, 32, 0, Double.POSITIVE_INFINITY) / law.mean();
    assertTrue(gain <= LossBounds.gainCeiling(ratio, 32).value());
  }

  @Test
  void outsideTheAssumptions() {
    Law unbounded = new Exponential(1);
    assertInstanceOf(TheoryResult.Undefined.class, LossBounds.anyLaw(unbounded, 2, 8));
    assertInstanceOf(
        TheoryResult.Undefined.class, LossBounds.ofBins(unbounded, BinBoundaries.none(), 8));
    assertInstanceOf(TheoryResult.Undefined.class, LossBounds.equalMass(unbounded, 2, 8));
    assertInstanceOf(TheoryResult.Undefined.class, LossBounds.equalBinsLimit(unbounded, 2, 8));
    assertInstanceOf(TheoryResult.Undefined.class, LossBounds.anyBins(new Gamma(2, 1), 2, 8));
    Law atoms = Reference.gsm8k();
    assertInstanceOf(TheoryResult.Undefined.class, LossBounds.equalBinsLimit(atoms, 2, 8));
    assertInstanceOf(TheoryResult.Undefined.class, LossBounds.optimalLimit(atoms, 2, 8));
    assertRefused("ratio must be at least 1", () -> LossBounds.gainCeiling(0.5, 8));
  }

  /** T1's integral (1/k) of psi({k F(x)}), psi(v) = v - v^B, by the midpoint rule. */
  @Test
  void lossIdentity() {
    Law law = new Exponential(0.1);
    int steps = 4_000_000;
    double width = 400.0 / steps;
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      double scaled = 4 * law.cdf((i + 0.5) * width);
      double v = scaled - Math.floor(scaled);
      sum += (v - Math.pow(v, 8)) * width;
    }
    assertEquals(sum / 4, LossBounds.ofEqualMass(law, 4, 8).value(), 1e-4);
    assertEquals("undefined", LossBounds.ofEqualMass(new Pareto(1, 1), 4, 8).kind());
  }
}

package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.random.Empirical;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Uniform;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The best number of bins against closed forms and trial of all. */
@Tag("long")
class BestBinsTest {
  private static final BatchTime LENGTH = BatchTime.LONGEST;

  /** Uniform law: the first k with k (k+1) at least rate R / (B+1). */
  @ParameterizedTest
  @CsvSource({"13.57,1", "13.59,2", "40.7,2", "40.8,3", "1000,12", "1e5,121"})
  void uniformLaw(double rate, int best) {
    Law law = new Uniform(1, 20);
    int closedForm = 1;
    while (closedForm * (closedForm + 1.0) < rate * 19 / 129) {
      closedForm++;
    }
    assertEquals(best, closedForm);
    for (BoundaryRule rule : new BoundaryRule[] {new EqualMass(), new OptimalBoundaries()}) {
      if (rate < 1e4 || !rule.isMonotone()) {
        assertEquals(
            best, BestBins.exact(rule, law, 128, rate, LENGTH, 1024, k -> {}).value(), rule.name());
      }
    }
    assertEquals(
        Math.sqrt(rate * 19 / 129),
        BestBins.approximate(new EqualMass(), law, 128, rate, LENGTH).value(),
        1e-9 * rate);
  }

  private static int byTrial(BoundaryRule rule, Law law, int batchSize, double rate, int most) {
    return IntStream.rangeClosed(1, most)
        .boxed()
        .min(
            java.util.Comparator.comparingDouble(
                k ->
                    Latency.infiniteServers(
                            BatchSystem.of(law, rule.boundaries(law, k, batchSize), batchSize),
                            rate)
                        .value()))
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"0.5", "3", "10"})
  void trialOfAll(double rate) {
    Law empirical = Empirical.of(new double[] {1, 2, 2, 3, 5, 8, 13, 13, 13, 21, 34});
    for (Law law : new Law[] {new Exponential(0.1), new Lognormal(2, 1), empirical}) {
      for (BoundaryRule rule :
          new BoundaryRule[] {new EqualMass(), new SqrtDensity(), new OptimalBoundaries()}) {
        assertEquals(
            byTrial(rule, law, 8, rate, 30),
            BestBins.exact(rule, law, 8, rate, LENGTH, 200, k -> {}).value(),
            rule.name() + " " + law);
      }
    }
  }

  /** More bins than values: they form as fast as the values' own, and the source says so. */
  @Test
  void emptyBins() {
    Law law = Empirical.of(new double[] {1, 2, 100, 101});
    TheoryResult best = BestBins.exact(new EqualMass(), law, 4, 3, LENGTH, 50, k -> {});
    assertEquals(byTrial(new EqualMass(), law, 4, 3, 50), best.value());
    assertTrue(best.source().endsWith("search over 1 to 50 bins"), best.source());
  }

  @Test
  void ruleOfThumbForManyBins() {
    Law law = new Exponential(0.1);
    double rate = 2e4;
    double exact =
        BestBins.exact(new OptimalBoundaries(), law, 8, rate, LENGTH, 1024, k -> {}).value();
    double rule = BestBins.approximate(new OptimalBoundaries(), law, 8, rate, LENGTH).value();
    assertEquals(Math.sqrt(rate * 40 / 9), rule, 1e-6);
    assertEquals(1, exact / rule, 0.02);
  }

  @Test
  void serviceScalesIt() {
    Law law = new Uniform(1, 20);
    BatchTime service = new BatchTime(3, 0, 0.01);
    assertEquals(
        BestBins.exact(new EqualMass(), law, 8, 500, LENGTH, 1024, k -> {}).value(),
        BestBins.exact(new EqualMass(), law, 8, 50_000, service, 1024, k -> {}).value());
  }

  @Test
  void whereThereIsNoNumber() {
    Law law = new Uniform(1, 20);
    assertEquals(1, BestBins.exact(new EqualMass(), law, 1, 10, LENGTH, 9, k -> {}).value());
    assertEquals("undefined", BestBins.approximate(new EqualMass(), law, 1, 10, LENGTH).kind());
    assertEquals(
        "undefined", BestBins.exact(new EqualMass(), law, 8, 1e6, LENGTH, 9, k -> {}).kind());
    assertEquals(
        "undefined",
        BestBins.exact(new OptimalBoundaries(), law, 8, 1e6, LENGTH, 9, k -> {}).kind());
    assertEquals(
        "undefined",
        BestBins.exact(new EqualMass(), new Pareto(1, 1), 8, 1, LENGTH, 9, k -> {}).kind());
    assertEquals(
        "undefined",
        BestBins.approximate(new EqualMass(), new Exponential(1), 8, 1, LENGTH).kind());
    assertThrows(
        IllegalArgumentException.class,
        () -> BestBins.exact(new EqualMass(), law, 8, 0, LENGTH, 9, k -> {}));
    assertThrows(
        IllegalArgumentException.class,
        () -> BestBins.exact(new EqualMass(), law, 8, 1, LENGTH, 0, k -> {}));
  }

  private static TheoryResult onServers(double rate, int servers, int batchSize) {
    return BestBins.onServers(
        new EqualMass(), new Uniform(1, 20), batchSize, rate, LENGTH, servers, 1024, k -> {});
  }

  /** One bin carries 0.447 per second; simulated, 19 to 22 bins are the best for 0.7238. */
  @Test
  void onlyStableNumbersOfBinsAreRanked() {
    TheoryResult best = onServers(0.7238, 1, 8);
    assertEquals("approximation", best.kind());
    assertTrue(best.value() >= 19 && best.value() <= 22, best.toString());
    for (double rate : new double[] {0.3, 0.446, 0.448, 0.6, 0.7, 0.75}) {
      TheoryResult found = onServers(rate, 1, 8);
      double carried = 8 / (10.5 + 19 * 7 / 18.0 / found.value());
      assertTrue(rate < carried, found + " carries " + carried);
    }
    assertTrue(
        onServers(0.77, 1, 8) instanceof TheoryResult.Undefined undefined
            && undefined.reason().startsWith("unstable: no number of bins carries more than 0.76"));
    assertTrue(
        BestBins.onServers(new EqualMass(), new Uniform(1, 20), 8, 0.7238, LENGTH, 1, 13, k -> {})
                instanceof TheoryResult.Undefined undefined
            && undefined.reason().contains("up to 13"));
  }

  @Test
  void manyServersComeNearInfinitelyMany() {
    for (double rate : new double[] {1, 4, 16}) {
      double exact =
          BestBins.exact(new EqualMass(), new Uniform(1, 20), 8, rate, LENGTH, 1024, k -> {})
              .value();
      assertEquals(exact, onServers(rate, 100, 8).value(), "rate " + rate);
    }
    TheoryResult alone = onServers(0.05, 1, 1);
    assertEquals(1, alone.value());
    assertEquals("exact", alone.kind());
    TheoryResult heavy =
        BestBins.onServers(new EqualMass(), new Pareto(1.5, 1), 8, 0.1, LENGTH, 1, 9, k -> {});
    assertTrue(
        heavy instanceof TheoryResult.Undefined undefined
            && undefined.reason().contains("infinite variance"));
  }
}

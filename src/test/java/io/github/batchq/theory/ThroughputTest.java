package io.github.batchq.theory;

import static io.github.batchq.theory.Reference.assertRefused;
import static io.github.batchq.theory.Reference.assertRelative;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchq.ReferenceValues;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.Uniform;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Throughput, numbers of bins and latency against the reference and against one another. */
class ThroughputTest {
  private static final Uniform PAPER = new Uniform(1, 20);

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  private static BatchSystem paper(int bins, int batchSize) {
    return BatchSystem.of(PAPER, new EqualMass().boundaries(PAPER, bins, batchSize), batchSize);
  }

  @ParameterizedTest
  @CsvSource({"8", "128"})
  void uniformTable(int batchSize) {
    JsonNode table = Reference.read("uniform_1_20").get("B" + batchSize);
    for (int bins : new int[] {1, 2, 3, 4, 5, 8, 16, 32}) {
      JsonNode row = table.get("k" + bins);
      BatchSystem system = paper(bins, batchSize);
      assertRelative(row.get("Et").asDouble(), system.meanBatchSeconds(), 1e-13);
      assertRelative(row.get("throughput").asDouble(), Throughput.capacity(system).value(), 1e-13);
      assertRelative(
          row.get("Et").asDouble(),
          UniformBins.meanBatchLength(PAPER, bins, batchSize).value(),
          1e-14);
      TheoryResult closed = UniformBins.capacity(PAPER, bins, batchSize, BatchTime.LONGEST, 1);
      assertEquals("exact", closed.kind());
      assertRelative(row.get("throughput").asDouble(), closed.value(), 1e-14);
      assertTrue(closed.value() < Throughput.maximum(system).value());
    }
    assertRelative(
        table.get("cmax").asDouble(), Throughput.maximum(paper(1, batchSize)).value(), 1e-14);
  }

  /** Theorem 4.3 at settings computed elsewhere to 40 digits. */
  @ParameterizedTest
  @CsvSource({
    "128, 1.0, 10", "128, 0.5, 21", "128, 0.1, 108", "128, 0.05, 217",
    "8, 1.0, 1", "8, 0.5, 1", "8, 0.1, 5", "8, 0.05, 11"
  })
  void smallestBins(int batchSize, double epsilon, int expected) {
    assertEquals(
        new TheoryResult.Exact(expected, "Thm 4.3, eq. (6), at least 1"),
        UniformBins.smallestBins(PAPER, batchSize, epsilon, BatchTime.LONGEST, 1));
    assertEquals(
        expected,
        EnoughBins.smallest(
                new EqualMass(), PAPER, batchSize, epsilon, BatchTime.LONGEST, 1, 300, k -> {})
            .value());
    TheoryResult enough = EnoughBins.sufficient(PAPER, batchSize, epsilon, BatchTime.LONGEST, 1);
    assertEquals("upper-bound", enough.kind());
    assertTrue(enough.value() >= expected);
  }

  /** Where k bins reach the target exactly, k is the answer, not k + 1. */
  @ParameterizedTest
  @MethodSource("seeds")
  void smallestBinsAtEquality(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Uniform law = uniform(random);
    BatchTime service = new BatchTime(random.nextDouble(5), 0, random.nextDouble(0.1, 3));
    int servers = random.nextInt(1, 9);
    int batchSize = random.nextInt(2, 300);
    int bins = random.nextInt(1, 40);
    double reached = UniformBins.capacity(law, bins, batchSize, service, servers).value();
    BatchSystem one = new BatchSystem(law, BinBoundaries.none(), batchSize, service, servers);
    double epsilon = Throughput.maximum(one).value() - reached;
    assertEquals(bins, UniformBins.smallestBins(law, batchSize, epsilon, service, servers).value());
    assertEquals(
        bins + 1,
        UniformBins.smallestBins(law, batchSize, epsilon * (1 - 1e-8), service, servers).value());
  }

  /** T2 holds for equal widths on random laws, and is attained by its extremal law. */
  @ParameterizedTest
  @MethodSource("seeds")
  void distributionFreeBound(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int atoms = random.nextInt(2, 12);
    double[] values = random.doubles(atoms, 1, 50).toArray();
    long[] counts = random.longs(atoms, 1, 1000).toArray();
    Law law = Empirical.of(values, counts);
    int batchSize = random.nextInt(2, 200);
    for (int bins = 1; bins < 9; bins++) {
      BinBoundaries wide = new EqualWidth().boundaries(law, bins, batchSize);
      double loss = BatchMaximum.expectedBatchLength(law, wide, batchSize) - law.mean();
      double most = EnoughBins.alpha(batchSize) * (law.upper() - law.lower()) / bins;
      assertTrue(loss <= most * (1 + 1e-12), loss + " > " + most);
    }
    double epsilon = random.nextDouble(0.01, 1);
    TheoryResult enough = EnoughBins.sufficient(law, batchSize, epsilon, BatchTime.LONGEST, 1);
    TheoryResult least =
        EnoughBins.smallest(
            new EqualWidth(), law, batchSize, epsilon, BatchTime.LONGEST, 1, 100_000, k -> {});
    assertTrue(least.value() <= enough.value());
  }

  @Test
  void alpha() {
    assertEquals(0, EnoughBins.alpha(1));
    assertEquals(0.25, EnoughBins.alpha(2));
    assertEquals(ReferenceValues.value("theory", "alpha 8"), EnoughBins.alpha(8), 5.1e-11);
    assertEquals(ReferenceValues.value("theory", "alpha 128"), EnoughBins.alpha(128), 5.1e-11);
  }

  /** Theorem 4.2 = eq. (2) by quadrature = T1: mean + (1/k) R (1/2 - 1/(B+1)). */
  @ParameterizedTest
  @MethodSource("seeds")
  void threeWaysToTheUniformLaw(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Uniform law = uniform(random);
    int bins = random.nextInt(1, 40);
    int batchSize = random.nextInt(1, 500);
    double closed = UniformBins.meanBatchLength(law, bins, batchSize).value();
    BinBoundaries equal = new EqualMass().boundaries(law, bins, batchSize);
    assertRelative(closed, BatchMaximum.expectedBatchLength(law, equal, batchSize), 1e-12);
    double identity = (law.max() - law.min()) * (0.5 - 1 / (batchSize + 1.0)) / bins;
    assertRelative(law.mean() + identity, closed, 1e-14);
  }

  /** Lemma 4.1: no other boundaries are better for the uniform law. */
  @ParameterizedTest
  @MethodSource("seeds")
  void equalMassesAreOptimalForTheUniformLaw(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Uniform law = uniform(random);
    int bins = random.nextInt(2, 10);
    int batchSize = random.nextInt(2, 300);
    double best = UniformBins.meanBatchLength(law, bins, batchSize).value();
    double width = (law.max() - law.min()) / bins;
    double[] moved = new EqualMass().boundaries(law, bins, batchSize).inner();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += random.nextDouble(-0.5, 0.5) * width;
    }
    double other = BatchMaximum.expectedBatchLength(law, BinBoundaries.of(moved), batchSize);
    assertTrue(other >= best, other + " < " + best);
  }

  /** Another boundary never hurts, and mean <= E_k <= E_1. */
  @ParameterizedTest
  @MethodSource("seeds")
  void moreBoundariesNeverHurt(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Law law =
        switch ((int) (seed % 3)) {
          case 0 -> uniform(random);
          case 1 -> new Exponential(random.nextDouble(0.05, 1));
          default -> Reference.gsm8k();
        };
    int batchSize = random.nextInt(2, 300);
    double[] inner = new double[0];
    double before = BatchMaximum.expectedBatchLength(law, BinBoundaries.none(), batchSize);
    for (int i = 0; i < 8; i++) {
      inner = Arrays.copyOf(inner, i + 1);
      inner[i] = law.quantile(random.nextDouble(0.001, 0.999));
      double[] sorted = Arrays.stream(inner).sorted().toArray();
      double after = BatchMaximum.expectedBatchLength(law, BinBoundaries.of(sorted), batchSize);
      assertTrue(after <= before * (1 + 1e-13), after + " > " + before);
      assertTrue(after >= law.mean() * (1 - 1e-13));
      before = after;
    }
  }

  @Test
  void serversAndOverheads() {
    BatchTime service = new BatchTime(2, 0.05, 1);
    BatchSystem system =
        new BatchSystem(PAPER, new EqualMass().boundaries(PAPER, 4, 8), 8, service, 3);
    double seconds = 2.4 + 10.5 + 19 * 7 / 18.0 / 4;
    assertRelative(seconds, system.meanBatchSeconds(), 1e-13);
    assertRelative(24 / seconds, Throughput.capacity(system).value(), 1e-13);
    assertRelative(24 / 12.9, Throughput.maximum(system).value(), 1e-13);
    assertEquals("upper-bound", Throughput.maximum(system).kind());
    assertEquals(1, Throughput.delivered(system, 1).value());
    assertRelative(24 / seconds, Throughput.delivered(system, 5).value(), 1e-13);
    assertRelative(seconds / 24, Throughput.utilization(system, 1).value(), 1e-13);
    assertEquals(1, Throughput.utilization(system, 5).value());
    assertRelative(1 - 12.9 / seconds, Throughput.padding(system).value(), 1e-12);
    assertRelative(24 / seconds, UniformBins.capacity(PAPER, 4, 8, service, 3).value(), 1e-13);
  }

  /** Lemma 5.1 at settings computed elsewhere to 40 digits. */
  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5", "8"})
  void latency(int bins) {
    JsonNode row = Reference.read("lemma51_B128").get("k" + bins);
    for (int rate : new int[] {4, 6, 8, 10, 12}) {
      TheoryResult exact = Latency.infiniteServers(paper(bins, 128), rate);
      assertRelative(row.get(Integer.toString(rate)).asDouble(), exact.value(), 1e-13);
      assertEquals("exact", exact.kind());
      assertEquals(exact.value(), Latency.mean(paper(bins, 128), rate).value());
      assertEquals("lower-bound", Latency.mean(paper(bins, 128), rate).kind());
    }
  }

  /** Nobody waits in a bin that nobody enters. */
  @Test
  void emptyBinsDoNotForm() {
    BatchSystem system = BatchSystem.of(PAPER, BinBoundaries.of(0.5, 8, 8, 20, 25), 8);
    assertEquals(2 * 7 / (2 * 3.0), Latency.formation(system, 3).value());
    // and a heap of unequal bins costs as much as as many equal ones
    BatchSystem unequal = BatchSystem.of(PAPER, BinBoundaries.of(1.001, 19), 8);
    assertEquals(3 * 7 / (2 * 3.0), Latency.formation(unequal, 3).value());
  }

  @Test
  void undefinedAndRefused() {
    Law exponential = new Exponential(1);
    assertEquals(
        "undefined", EnoughBins.sufficient(exponential, 8, 0.1, BatchTime.LONGEST, 1).kind());
    TheoryResult few =
        EnoughBins.smallest(new EqualMass(), PAPER, 128, 0.05, BatchTime.LONGEST, 1, 3, k -> {});
    assertEquals("undefined", few.kind());
    assertTrue(Double.isNaN(few.value()));
    assertRefused("epsilon", () -> EnoughBins.sufficient(PAPER, 8, 0, BatchTime.LONGEST, 1));
    assertRefused("arrival rate", () -> Throughput.delivered(paper(1, 8), 0));
    assertRefused("arrival rate", () -> Latency.formation(paper(1, 8), Double.NaN));
    assertRefused("batchSize", () -> BatchSystem.of(PAPER, BinBoundaries.none(), 0));
    assertRefused(
        "servers", () -> new BatchSystem(PAPER, BinBoundaries.none(), 8, BatchTime.LONGEST, 0));
  }

  /** The makespans of T27. */
  @ParameterizedTest
  @CsvFileSource(resources = "/io/github/batchq/theory/finite-runs.csv", delimiter = '|')
  void finiteRun(int bins, double expected) {
    TheoryResult throughput = FiniteRun.throughput(paper(bins, 128), 128_000);
    assertEquals(expected, throughput.value(), 5.1e-6);
    assertEquals("lower-bound", throughput.kind());
    // the printed formula takes the remainders for uniform
    double printed = 0;
    double width = 19.0 / bins;
    for (int i = 0; i < bins; i++) {
      double lower = 1 + i * width;
      printed += (128_000.0 / bins - 63.5) / 128 * (lower + width * 128 / 129);
      printed +=
          IntStream.range(1, 128).mapToDouble(r -> lower + width * r / (r + 1.0)).sum() / 128;
    }
    assertRelative(printed, FiniteRun.makespan(paper(bins, 128), 128_000).value(), 1e-8);
  }

  @Test
  void finiteRunWithOneBin() {
    assertRelative(
        128_000 / (1000 * (10.5 + 19 * 127 / 258.0)),
        FiniteRun.throughput(paper(1, 128), 128_000).value(),
        1e-13);
    double remainder = 1 + 19 * 3 / 4.0;
    assertRelative(
        2 * (1 + 19 * 8 / 9.0) + remainder, FiniteRun.makespan(paper(1, 8), 19).value(), 1e-13);
  }

  /** A few requests, summed over every split between two bins. */
  @ParameterizedTest
  @CsvSource({"1, 3, 5", "2, 3, 5", "7, 3, 4", "20, 8, 15", "40, 2, 19"})
  void finiteRunByEnumeration(int requests, int batchSize, double boundary) {
    BatchTime service = new BatchTime(0.7, 0.3, 1.5, 0.2);
    BatchSystem system = new BatchSystem(PAPER, BinBoundaries.of(boundary), batchSize, service, 1);
    double p = (boundary - 1) / 19;
    double chance = Math.pow(1 - p, requests);
    double expected = 0;
    for (int n = 0; n <= requests; n++) {
      expected +=
          chance
              * (seconds(service, n, batchSize, 1, boundary)
                  + seconds(service, requests - n, batchSize, boundary, 20));
      chance *= p / (1 - p) * (requests - n) / (n + 1);
    }
    assertRelative(expected, FiniteRun.makespan(system, requests).value(), 1e-12);
  }

  private static double seconds(BatchTime service, int n, int size, double from, double to) {
    int rest = n % size;
    double full = service.seconds(size, from + (to - from) * size / (size + 1));
    double last = rest == 0 ? 0 : service.seconds(rest, from + (to - from) * rest / (rest + 1));
    return Math.floorDiv(n, size) * full + last;
  }

  @Test
  void finiteRunUndefinedAndRefused() {
    BatchSystem two = new BatchSystem(PAPER, BinBoundaries.none(), 8, BatchTime.LONGEST, 2);
    assertEquals("undefined", FiniteRun.throughput(two, 100).kind());
    assertRefused("at least 1 request", () -> FiniteRun.makespan(paper(1, 8), 0));
  }

  private static Uniform uniform(SplittableRandom random) {
    double min = random.nextDouble(0, 100);
    return new Uniform(min, min + random.nextDouble(0.1, 1000));
  }

  /** The mean of one length and its own time differ by rounding here. */
  @Test
  void batchesOfOneHaveNoPadding() {
    for (double mu = 0; mu < 3; mu += 0.1) {
      BatchSystem one = BatchSystem.of(new Lognormal(mu, 0.6), BinBoundaries.none(), 1);
      double padding = Throughput.padding(one).value();
      assertTrue(padding >= 0 && padding < 1e-15, mu + ": " + padding);
    }
  }
}

package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Uniform;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rounds by order statistics that are known by hand, and against rounds that are drawn. */
class RoundTimeTest {
  private static final BatchTime TIME = new BatchTime(3, 0.5, 2, 0.25);

  private static RoundTime round(Law law, int batchSize, int servers, long size) {
    return new RoundTime(
        new BatchSystem(law, BinBoundaries.none(), batchSize, TIME, servers), size);
  }

  /** Uniform lengths on [0, 1]: the mean of the i-th smallest of n is i / (n + 1). */
  @ParameterizedTest
  @CsvSource({"8, 3", "9, 3", "10, 3", "2, 3", "50, 8", "48, 8"})
  void sortedByHand(int size, int batchSize) {
    double sum = 0;
    for (int from = 0; from < size; from += batchSize) {
      int to = Math.min(size, from + batchSize);
      int b = to - from;
      sum += 3 + 0.5 * b + (2 + 0.25 * b) * to / (size + 1);
    }
    TheoryResult sorted = round(new Uniform(0, 1), batchSize, 1, size).sorted();
    assertEquals("exact", sorted.kind());
    assertEquals(sum, sorted.value(), 1e-9 * sum);
  }

  /** The least work: batches from the longest on, and each length its own share of delta. */
  @ParameterizedTest
  @CsvSource({"10, 3, 1", "10, 3, 2", "48, 8, 1", "3, 8, 4"})
  void leastByHand(int size, int batchSize, int servers) {
    int batches = (size + batchSize - 1) / batchSize;
    double longest = 0;
    for (int place = size; place > 0; place -= batchSize) {
      longest += (double) place / (size + 1);
    }
    double work = 3 * batches + size * (0.5 + 0.25 * 0.5) + 2 * longest;
    double alone = 3.5 + 2.25 * size / (size + 1.0);
    TheoryResult least = round(new Uniform(0, 1), batchSize, servers, size).leastOfAll();
    assertEquals("lower-bound", least.kind());
    assertEquals(Math.max(work / servers, alone), least.value(), 1e-9 * work);
  }

  /** No random division of drawn lengths is shorter than the bound of these lengths. */
  @Test
  void noDivisionIsShorter() {
    SplittableRandom random = new SplittableRandom(5);
    for (int attempt = 0; attempt < 20_000; attempt++) {
      int size = 1 + random.nextInt(12);
      int batchSize = 1 + random.nextInt(4);
      double[] lengths = random.doubles(size, 0, 10).toArray();
      double[] sorted = lengths.clone();
      Arrays.sort(sorted);
      double total = Arrays.stream(lengths).sum();
      double bound = size * 0.5 + 0.25 * total;
      for (int place = size; place > 0; place -= batchSize) {
        bound += 3 + 2 * sorted[place - 1];
      }
      double work = 0;
      int next = 0;
      while (next < size) {
        int b = Math.min(size - next, 1 + random.nextInt(batchSize));
        double longest = Arrays.stream(lengths, next, next + b).max().orElseThrow();
        work += TIME.seconds(b, longest);
        next += b;
      }
      assertTrue(work >= bound * (1 - 1e-12));
    }
  }

  /** Both sides of list scheduling hold in the mean of rounds that are drawn, and are not far. */
  @ParameterizedTest
  @CsvSource({"50, 8, 3", "20, 4, 2", "7, 8, 2"})
  void roundsAreBetweenTheBounds(int size, int batchSize, int servers) {
    Law law = new Exponential(0.2);
    SplittableRandom random = new SplittableRandom(9);
    int rounds = 20_000;
    double sum = 0;
    for (int round = 0; round < rounds; round++) {
      double[] free = new double[servers];
      for (int from = 0; from < size; from += batchSize) {
        int b = Math.min(size - from, batchSize);
        double longest = 0;
        for (int i = 0; i < b; i++) {
          longest = Math.max(longest, law.quantile(random.nextDouble()));
        }
        Arrays.sort(free);
        free[0] += TIME.seconds(b, longest);
      }
      sum += Arrays.stream(free).max().orElseThrow();
    }
    RoundTime time = round(law, batchSize, servers, size);
    double mean = sum / rounds;
    assertTrue(time.inBins().value() <= mean * 1.005);
    assertTrue(mean <= time.mostInBins().value() * 1.005);
    assertTrue(time.mostInBins().value() < 3 * time.inBins().value());
    assertTrue(time.leastOfAll().value() <= time.inBins().value());
  }

  /** On one server the two sides meet. */
  @Test
  void oneServerLeavesNoGap() {
    RoundTime time = round(new Uniform(1, 20), 8, 1, 50);
    assertEquals(time.inBins().value(), time.mostInBins().value(), 1e-9);
    assertEquals("upper-bound", time.mostInBins().kind());
  }

  /** Steps of 1 s and 0.1 s for each of up to 4: 0.35 s for a token at best. */
  @Test
  void stepsByHand() {
    Law law = new Uniform(0, 100);
    StepTime steps = StepTime.affine(1, 0.1);
    TheoryResult many = RoundTime.inSteps(law, 200, steps, 4, 2);
    assertEquals(200 * 50 * 0.35 / 2, many.value(), 1e-9);
    assertEquals("lower-bound", many.kind());
    // The longest of two has 66.7 tokens on average.
    assertEquals(200 / 3.0 * 1.1, RoundTime.inSteps(law, 2, steps, 4, 2).value(), 1e-9);
  }
}

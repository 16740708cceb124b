package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Law;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Uniform;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiniteRunLatencyTest {
  private static final Law UNIFORM = new Uniform(1, 20);

  /** Bins of unequal masses: 4/19, 9/19, 5/19 and 1/19. */
  private static final double[] INNER = {5, 14, 19};

  private static BatchSystem system(Law law, int bins, int batchSize) {
    return BatchSystem.of(law, BinBoundaries.of(Arrays.copyOf(INNER, bins - 1)), batchSize);
  }

  /** The sum over n=1..N-1 of E[n_j mod B], by iterating the law of the remainder. */
  private static double formingGaps(long requests, double mass, int batchSize) {
    double[] remainder = new double[batchSize];
    remainder[0] = 1;
    double sum = 0;
    for (long n = 1; n < requests; n++) {
      double[] next = new double[batchSize];
      for (int r = 0; r < batchSize; r++) {
        next[r] += (1 - mass) * remainder[r];
        next[(r + 1) % batchSize] += mass * remainder[r];
      }
      remainder = next;
      for (int r = 1; r < batchSize; r++) {
        sum += r * remainder[r];
      }
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 17", "1, 3, 17", "1, 8, 100", "1, 128, 1000", "2, 1, 17", "2, 2, 1", "2, 3, 2",
    "2, 3, 17", "2, 8, 1000", "4, 1, 100", "4, 3, 100", "4, 8, 17", "4, 8, 1000", "4, 128, 17",
    "4, 128, 20000"
  })
  void formationIsThatOfTheRemaindersAfterEachArrival(int bins, int batchSize, long requests) {
    BatchSystem system = system(UNIFORM, bins, batchSize);
    double sum = 0;
    for (double mass : system.binMasses()) {
      sum += formingGaps(requests, mass, batchSize);
    }
    double rate = 0.7;
    double expected = sum / (rate * requests);
    double formation = FiniteRunLatency.formation(system, rate, requests).value();
    assertEquals(expected, formation, 1e-12 * (1 + batchSize));
  }

  @Test
  void binsThatHardlyAnyoneJoinsLoseNoDigits() {
    BatchSystem system = BatchSystem.of(UNIFORM, BinBoundaries.of(new double[] {1 + 19e-9}), 128);
    // The small bin holds its only request, if any, until the end of the run.
    double small = 1e-9 * 100 * 99 / 2;
    double large = formingGaps(100, 1 - 1e-9, 128);
    assertEquals((small + large) / 100, FiniteRunLatency.formation(system, 1, 100).value(), 1e-11);
  }

  private static final BatchTime SIZED = new BatchTime(0.5, 0.125, 0.25, 0.0625);

  /** All ways in which the lengths 1, 2, 3, 4, 10 can follow each other in a run of 6 requests. */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 4", "2, 1", "2, 2", "2, 3", "3, 2", "3, 4", "3, 8"})
  void enumerationOfAllRunsAgrees(int bins, int batchSize) {
    double[] atoms = {1, 2, 3, 4, 10};
    BinBoundaries boundaries = BinBoundaries.of(Arrays.copyOf(new double[] {2.5, 9}, bins - 1));
    BatchSystem system = new BatchSystem(Empirical.of(atoms), boundaries, batchSize, SIZED, 1);
    int requests = 6;
    double formation = 0;
    double service = 0;
    int runs = (int) Math.pow(atoms.length, requests);
    for (int run = 0; run < runs; run++) {
      double[] lengths = new double[requests];
      for (int i = 0, rest = run; i < requests; i++, rest /= atoms.length) {
        lengths[i] = atoms[rest % atoms.length];
      }
      Means means = run(lengths, boundaries, batchSize, SIZED);
      formation += means.formation() / runs;
      service += means.service() / runs;
    }
    double rate = 2;
    assertEquals(
        formation / rate, FiniteRunLatency.formation(system, rate, requests).value(), 1e-12);
    assertEquals(service, FiniteRunLatency.service(system, requests).value(), 1e-12);
    assertEquals(
        formation / rate + service,
        FiniteRunLatency.infiniteServers(system, rate, requests).value(),
        1e-12);
  }

  /** Means over the requests of a run, formation in mean gaps. */
  private record Means(double formation, double service) {}

  /** A run with gaps of 1 from which batches leave at once. */
  private static Means run(
      double[] lengths, BinBoundaries boundaries, int batchSize, BatchTime service) {
    int[] size = new int[boundaries.bins()];
    double[] longest = new double[boundaries.bins()];
    double formation = 0;
    double seconds = 0;
    for (int i = 0; i < lengths.length; i++) {
      formation += Arrays.stream(size).sum();
      int bin = boundaries.binOf(lengths[i]);
      longest[bin] = Math.max(longest[bin], lengths[i]);
      if (++size[bin] == batchSize || i == lengths.length - 1) {
        for (int b = 0; b < size.length; b++) {
          if (b == bin || i == lengths.length - 1) {
            seconds += size[b] * service.seconds(size[b], longest[b]);
            size[b] = 0;
            longest[b] = 0;
          }
        }
      }
    }
    return new Means(formation / lengths.length, seconds / lengths.length);
  }

  @Test
  void predictedBinsHaveTheMassesAndMaximaOfTheirRequests() {
    BinBoundaries boundaries = BinBoundaries.of(new double[] {8});
    double[][] errors = {{0.9, 0.1}, {0.25, 0.75}};
    BatchSystem system =
        BatchSystem.of(UNIFORM, boundaries, 3).withErrors(ConfusionMatrix.of(errors));
    Random random = new Random(20);
    int requests = 17;
    int runs = 40_000;
    double[] service = new double[runs];
    for (int run = 0; run < runs; run++) {
      // The predicted bin decides where a request goes, the true length how long it holds a batch.
      double[][] members = new double[2][requests];
      int[] size = new int[2];
      for (int i = 0; i < requests; i++) {
        double length = 1 + 19 * random.nextDouble();
        int predicted = random.nextDouble() < errors[length < 8 ? 0 : 1][0] ? 0 : 1;
        members[predicted][size[predicted]++] = length;
      }
      for (int bin = 0; bin < 2; bin++) {
        for (int first = 0; first < size[bin]; first += 3) {
          int last = Math.min(first + 3, size[bin]);
          double longest = Arrays.stream(members[bin], first, last).max().orElseThrow();
          service[run] += (last - first) * longest / requests;
        }
      }
    }
    double mean = Arrays.stream(service).average().orElseThrow();
    double error = Math.sqrt(Arrays.stream(service).map(x -> (x - mean) * (x - mean)).sum()) / runs;
    assertEquals(mean, FiniteRunLatency.service(system, requests).value(), 4 * error);
  }

  @ParameterizedTest
  @CsvSource({"1, 8", "2, 3", "4, 8", "4, 1"})
  void longRunsApproachTheSteadyState(int bins, int batchSize) {
    BatchSystem system = system(UNIFORM, bins, batchSize);
    double rate = 2;
    double limit = Latency.infiniteServers(system, rate).value();
    assertEquals(
        limit, FiniteRunLatency.infiniteServers(system, rate, 1_000_000_000).value(), 1e-6);
    // The first term of the difference in 1/N, of formation alone. A single bin is full at the end.
    long requests = 120_000;
    double correction =
        bins == 1
            ? 0
            : Arrays.stream(system.binMasses())
                .map(mass -> (batchSize * batchSize - 1) / (12 * rate * requests * mass))
                .sum();
    assertEquals(
        Latency.formation(system, rate).value() - correction,
        FiniteRunLatency.formation(system, rate, requests).value(),
        1e-9);
  }

  @Test
  void oneRequestIsServedAlone() {
    BatchSystem system = system(UNIFORM, 4, 8);
    assertEquals(0, FiniteRunLatency.formation(system, 3, 1).value(), 1e-15);
    assertEquals(UNIFORM.mean(), FiniteRunLatency.service(system, 1).value(), 1e-11);
  }

  @Test
  void allRequestsAtTimeZeroFormAtOnce() {
    BatchSystem system = system(UNIFORM, 4, 8);
    assertEquals(0, FiniteRunLatency.formation(system, Double.POSITIVE_INFINITY, 1000).value());
  }

  @Test
  void anInfiniteMeanLengthMakesServiceInfinite() {
    BatchSystem system = BatchSystem.of(new Pareto(0.8, 1), BinBoundaries.none(), 4);
    assertEquals(Double.POSITIVE_INFINITY, FiniteRunLatency.service(system, 10).value());
    assertEquals(Double.POSITIVE_INFINITY, FiniteRunLatency.infiniteServers(system, 1, 10).value());
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    BatchSystem system = system(UNIFORM, 1, 8);
    assertThrows(IllegalArgumentException.class, () -> FiniteRunLatency.formation(system, 0, 10));
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> FiniteRunLatency.service(system, 0));
    assertEquals("there must be at least 1 request, found 0", error.getMessage());
  }
}

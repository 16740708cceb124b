package io.github.batchq.theory;

import static io.github.batchq.theory.Reference.assertRelative;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Uniform;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that come in groups at a bulk server: statement T18. */
class GroupedBulkQueueTest {
  private static final Law UNIFORM = new Uniform(1, 3);

  /** Groups of four, computed elsewhere by a chain over groups, to four digits. */
  @ParameterizedTest
  @CsvSource({
    "0.04, 2.6345, 4.0013",
    "0.4, 2.9526, 4.1183",
    "1, 3.5162, 4.6333",
    "2, 5.0569, 6.1362"
  })
  void groupsOfFour(double rate, double latency, double size) {
    BulkQueue queue = BulkQueue.of(UNIFORM, BatchTime.LONGEST, 1, 8, rate, new Deterministic(4));
    assertEquals(latency, queue.meanLatency().value(), 5e-5);
    assertEquals(size, queue.meanBatchSize().value(), 5e-5);
    assertEquals("exact", queue.meanLatency().kind());
    assertTrue(queue.meanLatency().source().startsWith("T18, "), queue.meanLatency().source());
  }

  /**
   * A group of k that is never parted is one request: batches of k b last as those of b do, when
   * seconds for each request are a k-th and a length is that of the longest of k.
   */
  @ParameterizedTest
  @CsvSource({"1, 0.3", "2, 0.3", "4, 0.3", "1, 1.2", "3, 1.2", "4, 1.2"})
  void groupsThatStayTogetherAreSingleRequests(int least, double rate) {
    Law length = Empirical.of(new double[] {1, 2});
    Law longestOfTwo = Empirical.of(new double[] {1, 2, 2, 2});
    BulkQueue single =
        BulkQueue.of(longestOfTwo, new BatchTime(0.5, 0.2, 0.7, 0.04), least, 4, rate);
    BulkQueue pairs =
        BulkQueue.of(
            length,
            new BatchTime(0.5, 0.1, 0.7, 0.02),
            2 * least,
            8,
            2 * rate,
            new Deterministic(2));
    assertRelative(single.meanWait().value(), pairs.meanWait().value(), 1e-9);
    assertRelative(single.meanLatency().value(), pairs.meanLatency().value(), 1e-9);
    assertRelative(2 * single.meanBatchSize().value(), pairs.meanBatchSize().value(), 1e-9);
    assertRelative(2 * single.requestBatchSize().value(), pairs.requestBatchSize().value(), 1e-9);
    assertRelative(single.utilization().value(), pairs.utilization().value(), 1e-9);
    double[] left = single.leftWaiting(30);
    double[] leftOfPairs = pairs.leftWaiting(60);
    for (int l = 0; l < 60; l++) {
      assertEquals(l % 2 == 0 ? left[l / 2] : 0, leftOfPairs[l], 1e-12);
    }
  }

  /** Requests that come alone, through the sums over groups. */
  @Test
  void groupsOfOneAreTheirNumber() {
    double[] alone = new BatchArrivals(UNIFORM, 2, BatchTime.LONGEST, 8).probabilities();
    double[][] groups = {null, alone};
    double[] requests = new CompoundArrivals(groups, new double[] {0, 1}).probabilities(1);
    assertEquals(alone.length, requests.length);
    for (int j = 0; j < alone.length; j++) {
      assertEquals(alone[j], requests[j], 1e-9 * alone[j]);
    }
  }

  static List<Law> sizes() {
    return List.of(
        new Deterministic(1),
        new Deterministic(5),
        new Uniform(1, 6),
        new Exponential(0.3),
        new Exponential(0.02),
        Empirical.of(new double[] {1, 1, 1, 40}));
  }

  /** P(X = j), j from 1, by differences of the distribution function. */
  private static double[] rounded(Law size) {
    double[] p = new double[3000];
    for (int j = 1; j < p.length; j++) {
      p[j] = size.atLeast(j - 0.5) - size.atLeast(j + 0.5);
    }
    p[1] += 1 - size.atLeast(0.5);
    return p;
  }

  private static double moment(double[] p, int power) {
    double sum = 0;
    for (int j = 1; j < p.length; j++) {
      sum += Math.pow(j, power) * p[j];
    }
    return sum;
  }

  /**
   * M^[X]/G/1: the wait of M/G/1 for the work that is there, and the service of those before in
   * one's group; M^[X]/M/1 has L = rho (1 + E[X^2] / E[X]) / (2 (1 - rho)).
   */
  @ParameterizedTest
  @MethodSource("sizes")
  void oneRequestAtATime(Law size) {
    double[] p = rounded(size);
    double clumping = moment(p, 2) / moment(p, 1);
    for (double load : new double[] {0.01, 0.5, 0.95}) {
      for (Law law : List.of(new Exponential(2), UNIFORM)) {
        double rate = load / law.mean();
        double square = law.variance() + law.mean() * law.mean();
        double wait = (rate * square + (clumping - 1) * law.mean()) / (2 * (1 - load));
        BulkQueue queue = BulkQueue.of(law, BatchTime.LONGEST, 1, 1, rate, size);
        assertRelative(wait, queue.meanWait().value(), 1e-9);
        assertRelative(load, queue.utilization().value(), 1e-9);
        assertEquals(1, queue.meanBatchSize().value(), 1e-12);
      }
      BulkQueue exponential =
          BulkQueue.of(new Exponential(2), BatchTime.LONGEST, 1, 1, 2 * load, size);
      double inSystem = load * (1 + clumping) / (2 * (1 - load));
      assertRelative(inSystem, 2 * load * exponential.meanLatency().value(), 1e-9);
    }
  }

  /**
   * The whole chain up to 400 waiting, solved as linear equations. Batch times do not depend on
   * lengths, so the arrivals are compound Poisson by Panjer's recursion.
   */
  @ParameterizedTest
  @CsvSource({"1, 4, 0.6", "3, 4, 0.6", "4, 4, 0.3", "1, 7, 1", "5, 7, 0.02"})
  void agreesWithATruncatedChain(int least, int batchSize, double rate) {
    for (Law size :
        List.of(
            new Deterministic(3),
            new Uniform(1, 6),
            Empirical.of(new double[] {2, 2, 5, 12}),
            new Exponential(0.7))) {
      BatchTime time = new BatchTime(2, 0.4, 0);
      BulkQueue queue = BulkQueue.of(UNIFORM, time, least, batchSize, rate, size);
      Truncated chain = new Truncated(rounded(size), time, least, batchSize, rate);
      String where = size.toString();
      assertEquals(1, queue.meanLatency().value() / chain.latency, 1e-9, where);
      assertEquals(1, queue.meanWait().value() / chain.wait, 1e-9, where);
      assertEquals(1, queue.meanBatchSize().value() / chain.batch, 1e-9, where);
      assertEquals(1, queue.utilization().value() / chain.busy, 1e-9, where);
      double[] left = queue.leftWaiting(60);
      for (int l = 0; l < left.length; l++) {
        assertEquals(chain.left.getEntry(l), left[l], 1e-10, where);
      }
    }
  }

  /** Number left waiting, cut at 400, and means from a cycle of every state. */
  private static final class Truncated {
    private static final int STATES = 400;
    private final RealVector left;
    private final double latency;
    private final double wait;
    private final double batch;
    private final double busy;

    Truncated(double[] size, BatchTime time, int least, int batchSize, double rate) {
      double groupRate = rate / moment(size, 1);
      double[][] arrivals = new double[batchSize + 1][];
      for (int b = least; b <= batchSize; b++) {
        arrivals[b] = panjer(groupRate * time.seconds(b, 0), size);
      }
      // pi (P - 1) = 0, a row for every state; the last is replaced by the sum of pi.
      RealMatrix equations = new Array2DRowRealMatrix(STATES, STATES);
      double[] cycle = new double[STATES];
      double[] area = new double[STATES];
      double[] served = new double[STATES];
      double[] serving = new double[STATES];
      double[] seconds = new double[STATES];
      for (int l = 0; l < STATES; l++) {
        double[] start = new double[2 * STATES];
        start[l] = 1;
        for (int n = l; n < least; n++) {
          cycle[l] += start[n] / groupRate;
          area[l] += n * start[n] / groupRate;
          for (int i = 1; i + n < start.length; i++) {
            start[n + i] += start[n] * size[i];
          }
        }
        for (int n = Math.max(l, least); n < start.length; n++) {
          int b = Math.min(n, batchSize);
          double s = time.seconds(b, 0);
          cycle[l] += start[n] * s;
          serving[l] += start[n] * s;
          area[l] += start[n] * ((n - b) * s + rate * s * s / 2);
          served[l] += start[n] * b;
          seconds[l] += start[n] * b * s;
          for (int j = 0; j < STATES && start[n] > 0; j++) {
            int next = Math.min(STATES - 1, n - b + j);
            equations.addToEntry(next, l, start[n] * arrivals[b][j]);
          }
        }
        equations.addToEntry(l, l, -1);
      }
      for (int l = 0; l < STATES; l++) {
        equations.setEntry(STATES - 1, l, 1);
      }
      RealVector right = new ArrayRealVector(STATES);
      right.setEntry(STATES - 1, 1);
      left = new LUDecomposition(equations).getSolver().solve(right);
      assertTrue(left.getEntry(STATES - 2) < 1e-14, "cut too low");
      RealVector cycles = new ArrayRealVector(cycle, false);
      batch = left.dotProduct(new ArrayRealVector(served, false));
      wait = left.dotProduct(new ArrayRealVector(area, false)) / left.dotProduct(cycles) / rate;
      latency = wait + left.dotProduct(new ArrayRealVector(seconds, false)) / batch;
      busy = left.dotProduct(new ArrayRealVector(serving, false)) / left.dotProduct(cycles);
    }

    private static double[] panjer(double mean, double[] size) {
      double[] p = new double[STATES];
      p[0] = Math.exp(-mean);
      for (int j = 1; j < STATES; j++) {
        for (int i = 1; i <= j; i++) {
          p[j] += mean / j * i * size[i] * p[j - i];
        }
      }
      return p;
    }
  }

  /** A recursion over requests, those of a group at one time, that knows nothing of chains. */
  @ParameterizedTest
  @CsvSource({
    "4, 4, 1, 8, 1.6",
    "1, 6, 1, 8, 1.6",
    "1, 6, 5, 8, 1.5",
    "2, 2, 4, 4, 0.6",
    "3, 3, 2, 2, 0.4",
    "16, 16, 1, 8, 1.2",
    "2, 9, 3, 5, 0.9"
  })
  void agreesWithARecursion(int smallest, int largest, int least, int batchSize, double rate) {
    Law size =
        smallest == largest
            ? new Deterministic(smallest)
            : new Uniform(smallest - 0.5, largest + 0.5);
    BatchTime time = new BatchTime(0.3, 0.02, 0.9, 0.01);
    BulkQueue queue = BulkQueue.of(UNIFORM, time, least, batchSize, rate, size);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    int runs = 30;
    double[][] found = new double[5][runs];
    for (int run = 0; run < runs; run++) {
      Recursion one = new Recursion(random, smallest, largest, least, batchSize, time, rate);
      double[] values = {one.wait, one.latency, one.elastic, one.batch, one.busy};
      for (int i = 0; i < values.length; i++) {
        found[i][run] = values[i];
      }
    }
    agree(found[0], queue.meanWait());
    agree(found[1], queue.meanLatency());
    agree(found[2], queue.meanElasticLatency());
    agree(found[3], queue.meanBatchSize());
    agree(found[4], queue.utilization());
  }

  /** The 99.9 % interval for 29 degrees of freedom holds the value, and is narrow. */
  private static void agree(double[] values, TheoryResult exact) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum() / (values.length - 1.0);
    double halfWidth = 3.659 * Math.sqrt(variance / values.length);
    assertEquals(exact.value(), mean, halfWidth + 1e-12 * mean);
    assertTrue(halfWidth < 0.03 * mean, "an interval of " + halfWidth + " tells nothing");
  }

  private static final class Recursion {
    private static final int REQUESTS = 80_000;
    private static final int WARM_UP = 2_000;
    private final double wait;
    private final double latency;
    private final double elastic;
    private final double batch;
    private final double busy;

    Recursion(
        RandomGenerator random,
        int smallest,
        int largest,
        int least,
        int batchSize,
        BatchTime time,
        double rate) {
      double[] arrival = new double[REQUESTS];
      double[] length = new double[REQUESTS];
      double clock = 0;
      int left = 0;
      for (int i = 0; i < REQUESTS; i++) {
        if (left == 0) {
          clock -= Math.log(1 - random.nextDouble()) * (smallest + largest) / 2 / rate;
          left = smallest + random.nextInt(largest - smallest + 1);
        }
        left--;
        arrival[i] = clock;
        length[i] = 1 + 2 * random.nextDouble();
      }
      double free = 0;
      double since = 0;
      double waits = 0;
      double latencies = 0;
      double elastics = 0;
      double serving = 0;
      int counted = 0;
      int batches = 0;
      int first = 0;
      // The last group may be cut, and more would have come.
      while (first + batchSize + largest <= REQUESTS) {
        double start = Math.max(free, arrival[first + least - 1]);
        int b = 0;
        double longest = 0;
        while (b < batchSize && arrival[first + b] <= start) {
          longest = Math.max(longest, length[first + b]);
          b++;
        }
        double seconds = time.seconds(b, longest);
        if (first < WARM_UP) {
          since = start + seconds;
        } else {
          for (int i = first; i < first + b; i++) {
            waits += start - arrival[i];
            latencies += start + seconds - arrival[i];
            elastics += start + time.seconds(b, length[i]) - arrival[i];
          }
          counted += b;
          batches++;
          serving += seconds;
        }
        free = start + seconds;
        first += b;
      }
      wait = waits / counted;
      latency = latencies / counted;
      elastic = elastics / counted;
      batch = (double) counted / batches;
      busy = serving / (free - since);
    }
  }

  /** Sizes as drawn by the arrival process: Math.round, at least 1. */
  @Test
  void sizesAreRounded() {
    GroupSizes sizes = GroupSizes.of(new Uniform(0, 2.5));
    assertEquals(3, sizes.probabilities().length);
    assertEquals(0.6, sizes.probabilities()[1], 1e-15);
    assertEquals(0.4, sizes.probabilities()[2], 1e-15);
    assertEquals(1.4, sizes.mean(), 1e-15);
    assertEquals(2.2, sizes.square(), 1e-15);
    assertTrue(GroupSizes.of(new Uniform(0.5, 1.4)).areOne());
    for (Law law : List.of(new Exponential(0.02), new Lognormal(2, 0.5))) {
      double[] p = rounded(law);
      assertRelative(moment(p, 1), GroupSizes.of(law).mean(), 1e-13);
      assertRelative(moment(p, 2), GroupSizes.of(law).square(), 1e-13);
    }
  }

  @Test
  void saysWhyThereIsNoValue() {
    assertUndefined("infinite variance, so the mean wait", UNIFORM, 0.3, new Pareto(1.5, 1));
    assertUndefined("may have more than 4096 requests", UNIFORM, 0.3, new Pareto(3, 1));
    assertUndefined("may have more than 4096 requests", UNIFORM, 0.3, new Deterministic(5000));
    assertUndefined("unstable: 8.3", UNIFORM, 3, new Deterministic(4));
    // More than 32768 groups are improbable enough, more than 32768 requests are not.
    assertUndefined(
        "more than 32768 requests arrive meanwhile", new Pareto(2.5, 1), 0.3, new Deterministic(4));
  }

  private static void assertUndefined(String words, Law law, double rate, Law size) {
    BulkQueue queue = BulkQueue.of(law, BatchTime.LONGEST, 1, 8, rate, size);
    TheoryResult wait = queue.meanWait();
    assertTrue(
        wait instanceof TheoryResult.Undefined undefined && undefined.reason().contains(words),
        wait.toString());
    double full = BatchMaximum.expectedMaximum(law, 8, 0, Double.POSITIVE_INFINITY);
    assertRelative(8 / full, queue.capacity().value(), 1e-12);
  }
}

package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.Mixture;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Uniform;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The law of the time in system against its mean, closed forms and draws of it. */
class SojournTimeTest {
  private static BatchSystem system(Law law, BinBoundaries bins, int batchSize) {
    return new BatchSystem(law, bins, batchSize, new BatchTime(0.7, 0, 0.02), 1);
  }

  private static Law mixed() {
    return new Mixture(List.of(0.3, 0.7), List.of(new Deterministic(5), new Uniform(2, 9)));
  }

  static Stream<BatchSystem> systems() {
    Law lognormal = new Lognormal(3, 1);
    Law exponential = new Exponential(0.1);
    Law empirical = Empirical.of(new double[] {3, 3, 4, 8, 11, 12, 19});
    return Stream.of(
        system(new Uniform(1, 20), BinBoundaries.none(), 128),
        system(new Uniform(1, 20), BinBoundaries.of(4, 15), 8),
        system(lognormal, new OptimalBoundaries().boundaries(lognormal, 4, 16), 16),
        system(exponential, BinBoundaries.none(), 1),
        system(exponential, BinBoundaries.of(10), 2),
        system(empirical, BinBoundaries.of(4, 12), 5),
        system(empirical, BinBoundaries.of(4, 12), 5).withErrors(ConfusionMatrix.symmetric(3, 0.2)),
        system(exponential, BinBoundaries.of(5, 20), 8)
            .withErrors(ConfusionMatrix.symmetric(3, 0.1)),
        system(new Deterministic(6), BinBoundaries.none(), 4),
        system(mixed(), BinBoundaries.of(5), 4));
  }

  /** The integral of P(T &gt; t) is the mean of Lemma 5.1. */
  @ParameterizedTest
  @MethodSource("systems")
  void meanOfTheLaw(BatchSystem system) {
    for (double rate : new double[] {0.5, 40}) {
      SojournTime time = SojournTime.of(system, rate);
      double mean = Latency.infiniteServers(system, rate).value();
      double last = 1.2 * time.quantile(1 - 1e-12).value();
      Quadrature quadrature = new Quadrature(time::survival, 1e-13);
      assertEquals(mean, quadrature.over(edges(system, last), 0), 2e-9 * mean, "rate " + rate);
    }
  }

  /** Where the law of T jumps or bends. */
  private static double[] edges(BatchSystem system, double last) {
    DoubleStream lengths =
        DoubleStream.concat(
            DoubleStream.of(system.law().lower(), system.law().upper()),
            DoubleStream.concat(
                Arrays.stream(system.law().breakpoints()),
                Arrays.stream(system.boundaries().inner())));
    return LongestLength.between(
        lengths.map(x -> system.service().seconds(system.batchSize(), x)).toArray(), 0, last);
  }

  @ParameterizedTest
  @MethodSource("systems")
  void quantilesInvertTheLaw(BatchSystem system) {
    SojournTime time = SojournTime.of(system, 3);
    double before = 0;
    for (double p : new double[] {0.001, 0.1, 0.5, 0.9, 0.99, 0.9999}) {
      double t = time.quantile(p).value();
      assertTrue(t >= before);
      assertTrue(time.survival(t) <= 1 - p);
      assertTrue(time.survival(t * (1 - 1e-9)) >= 1 - p - 1e-8, system.law() + " at " + p);
      before = t;
    }
  }

  /** A batch of one is served at once: its law is that of the service. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.99, 0.999999})
  void batchesOfOne(double p) {
    Law law = new Lognormal(1, 0.5);
    SojournTime time = SojournTime.of(system(law, BinBoundaries.of(2, 3), 1), 5);
    assertEquals(0.7 + 0.02 * law.quantile(p), time.quantile(p).value(), 1e-10);
  }

  /** Constant lengths: the wait alone, a mixture of Erlang laws. */
  @Test
  void constantLengths() {
    int batchSize = 6;
    double rate = 2;
    SojournTime time =
        SojournTime.of(system(new Deterministic(5), BinBoundaries.none(), batchSize), rate);
    for (double u : new double[] {0.01, 0.5, 1, 2.5, 7}) {
      double longer = 0;
      for (int missing = 1; missing < batchSize; missing++) {
        longer += 1 - new GammaDistribution(missing, 1 / rate).cumulativeProbability(u);
      }
      assertEquals(longer / batchSize, time.survival(0.8 + u), 1e-12, "at " + u);
    }
    assertEquals(1, time.survival(0.79));
  }

  /** Requests drawn by a program of its own. */
  @ParameterizedTest
  @MethodSource("systems")
  void drawsOfTheLaw(BatchSystem system) {
    double rate = 3;
    SojournTime time = SojournTime.of(system, rate);
    double[] drawn = draw(system, rate, 200_000);
    for (double p : new double[] {0.05, 0.5, 0.95, 0.99}) {
      double t = time.quantile(p).value();
      double above = Arrays.stream(drawn).filter(x -> x > t + 1e-9).count();
      // Requests of a batch are dependent: their number counts for a batch's share of it.
      double deviation = Math.sqrt(p * (1 - p) * system.batchSize() / drawn.length);
      assertEquals(time.survival(t), above / drawn.length, 4.5 * deviation, "at " + p);
    }
  }

  private static double[] draw(BatchSystem system, double rate, int requests) {
    SplittableRandom random = new SplittableRandom(7);
    int bins = system.boundaries().bins();
    int size = system.batchSize();
    double[][] arrived = new double[bins][size];
    double[] longest = new double[bins];
    int[] waiting = new int[bins];
    double[] times = new double[requests];
    int done = 0;
    double now = 0;
    while (done < requests) {
      now -= Math.log1p(-random.nextDouble()) / rate;
      double length = draw(system.law(), random);
      int bin = joined(system, system.boundaries().binOf(length), random.nextDouble());
      arrived[bin][waiting[bin]++] = now;
      longest[bin] = Math.max(longest[bin], length);
      if (waiting[bin] == size) {
        double ends = now + system.service().seconds(system.batchSize(), longest[bin]);
        for (int i = 0; i < size && done < requests; i++) {
          times[done++] = ends - arrived[bin][i];
        }
        waiting[bin] = 0;
        longest[bin] = 0;
      }
    }
    return times;
  }

  private static double draw(Law law, SplittableRandom random) {
    return law.equals(mixed())
        ? random.nextDouble() < 0.3 ? 5 : 2 + 7 * random.nextDouble()
        : law.quantile(random.nextDouble());
  }

  private static int joined(BatchSystem system, int trueBin, double u) {
    int bin = 0;
    double sum = system.confusion().probability(trueBin, 0);
    while (u >= sum && bin < system.boundaries().bins() - 1) {
      bin++;
      sum += system.confusion().probability(trueBin, bin);
    }
    return bin;
  }

  /** A median needs no mean. */
  @Test
  void infiniteMean() {
    Law law = new Pareto(0.8, 1);
    BatchSystem system = BatchSystem.of(law, BinBoundaries.of(10), 2);
    SojournTime time = SojournTime.of(system, 1);
    assertEquals(0.5, time.survival(time.quantile(0.5).value()), 1e-9);
    assertEquals(Double.POSITIVE_INFINITY, Latency.infiniteServers(system, 1).value());
  }

  @Test
  void ranges() {
    BatchSystem system = BatchSystem.of(new Uniform(1, 2), BinBoundaries.none(), 2);
    assertThrows(IllegalArgumentException.class, () -> SojournTime.of(system, 0));
    assertThrows(
        IllegalArgumentException.class, () -> SojournTime.of(system, Double.POSITIVE_INFINITY));
    SojournTime time = SojournTime.of(system, 1);
    for (double p : new double[] {0, 1, -1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> time.quantile(p));
    }
  }
}

package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.Uniform;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@link BatchWait} says of several bins or servers against a recursion over batches that
 * shares no code with the simulator, at points and corners of the stated range, and just outside.
 */
class BatchWaitRangeTest {
  private static final int RUNS = 6;

  private static final Map<String, Law> LAWS =
      Map.of(
          "1-20", new Uniform(1, 20),
          "0-20", new Uniform(0.001, 20),
          "9-11", new Uniform(9, 11),
          "exponential", new Exponential(0.1),
          "lognormal0.3", new Lognormal(0, 0.3),
          "lognormal", new Lognormal(0, 1));

  private record Point(BatchSystem system, double rate) {
    static Point of(String law, int servers, int bins, int batchSize, double load) {
      Law lengths = Optional.ofNullable(LAWS.get(law)).orElseThrow();
      BinBoundaries boundaries = new EqualMass().boundaries(lengths, bins, batchSize);
      BatchSystem system =
          new BatchSystem(lengths, boundaries, batchSize, BatchTime.LONGEST, servers);
      return new Point(system, load * Throughput.capacity(system).value());
    }

    TheoryResult theory() {
      return BatchWait.of(system, rate).mean();
    }
  }

  /** Mean and half-width of its 95 % interval. */
  private record Simulated(double mean, double halfWidth) {
    static Simulated of(Point point, int batches) {
      double[] means = new double[RUNS];
      Arrays.setAll(means, run -> meanWait(point, batches, new SplittableRandom(100 + run)));
      double mean = Arrays.stream(means).average().orElseThrow();
      double squares = Arrays.stream(means).map(x -> (x - mean) * (x - mean)).sum();
      return new Simulated(mean, 2.571 * Math.sqrt(squares / (RUNS - 1) / RUNS));
    }
  }

  /** Bins fill in Erlang times, full batches go to the server that is free first. */
  private static double meanWait(Point point, int batches, SplittableRandom random) {
    BatchSystem system = point.system();
    int bins = system.boundaries().bins();
    int batchSize = system.batchSize();
    double fill = point.rate() / bins;
    double[] full = new double[bins];
    Arrays.setAll(full, i -> erlang(1 + random.nextInt(batchSize), random) / fill);
    double[] free = new double[system.servers()];
    int warmUp = batches / 10;
    double sum = 0;
    for (int n = -warmUp; n < batches; n++) {
      int bin = least(full);
      double ready = full[bin];
      full[bin] = ready + erlang(batchSize, random) / fill;
      double position = (bin + Math.pow(random.nextDouble(), 1.0 / batchSize)) / bins;
      int server = least(free);
      double start = Math.max(ready, free[server]);
      free[server] = start + system.law().quantile(Math.min(position, 1 - 1e-16));
      sum += n < 0 ? 0 : start - ready;
    }
    return sum / batches;
  }

  private static int least(double[] values) {
    int least = 0;
    for (int i = 1; i < values.length; i++) {
      least = values[i] < values[least] ? i : least;
    }
    return least;
  }

  /** A sum of exponential variables; of many, by the method of Marsaglia and Tsang (2000). */
  private static double erlang(int shape, SplittableRandom random) {
    if (shape <= 12) {
      double product = 1;
      for (int i = 0; i < shape; i++) {
        product *= 1 - random.nextDouble();
      }
      return -Math.log(product);
    }
    double d = shape - 1 / 3.0;
    while (true) {
      double x = random.nextGaussian();
      double v = Math.pow(1 + x / Math.sqrt(9 * d), 3);
      if (v > 0 && Math.log(random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1-20, 2, 8, 0.3, 22",
    "1-20, 16, 8, 0.85, 22",
    "1-20, 32, 8, 0.95, 22",
    "lognormal0.3, 12, 12, 0.85, 22",
    "0-20, 16, 16, 0.85, 16",
    "1-20, 32, 16, 0.95, 16",
    "0-20, 16, 32, 0.9, 13",
    "9-11, 2, 32, 0.95, 13",
    "9-11, 3, 64, 0.95, 13",
    "lognormal0.3, 5, 64, 0.6, 13",
    "9-11, 2, 512, 0.95, 13"
  })
  void theTwoScaleFormulaIsAsGoodAsItSays(
      String law, int bins, int batchSize, double load, int above) {
    Point point = Point.of(law, 1, bins, batchSize, load);
    TheoryResult theory = point.theory();
    assertTrue(
        theory instanceof TheoryResult.Approximation approximation
            && approximation.regime().contains("-7 to +" + above + " %"),
        theory.toString());
    Simulated wait = Simulated.of(point, 60_000);
    double error = theory.value() / wait.mean() - 1;
    assertTrue(error >= -0.07 && error <= above / 100.0, "error " + error + " of " + wait);
    assertTrue(wait.halfWidth() < 0.05 * wait.mean(), "an interval of " + wait + " tells little");
  }

  @ParameterizedTest
  @CsvSource({
    "9-11, 9, 4, 8, 0.8",
    "1-20, 10, 5, 8, 0.79",
    "1-20, 8, 4, 12, 0.8",
    "exponential, 8, 4, 128, 0.8",
    "exponential, 8, 1, 1, 0.18",
    "lognormal, 24, 12, 64, 0.5",
    "9-11, 24, 1, 4, 0.8"
  })
  void manyServersWaitForLessThanOnePercent(
      String law, int servers, int bins, int batchSize, double load) {
    Point point = Point.of(law, servers, bins, batchSize, load);
    TheoryResult theory = point.theory();
    assertEquals("approximation", theory.kind(), theory.toString());
    assertEquals(0, theory.value());
    Simulated wait = Simulated.of(point, 30_000);
    double share = (wait.mean() + wait.halfWidth()) / point.system().meanBatchSeconds();
    assertTrue(share < 0.01, "waits for " + share + " of a service time");
  }

  /** Mean waits in percent of the mean service time. */
  @ParameterizedTest
  @CsvSource({
    "1-20, 8, 1, 1, 0.8, 19.3",
    "1-20, 8, 1, 2, 0.8, 7.16",
    "1-20, 8, 4, 4, 0.8, 2.56",
    "exponential, 8, 1, 8, 0.8, 2.53",
    "1-20, 8, 4, 2, 0.741, 3.77"
  })
  void whatIsNotNegligibleIsRefused(
      String law, int servers, int bins, int batchSize, double load, double percent) {
    Point point = Point.of(law, servers, bins, batchSize, load);
    assertEquals("undefined", point.theory().kind());
    Simulated wait = Simulated.of(point, 200_000);
    double wanted = percent * point.system().meanBatchSeconds() / 100;
    // Twice the half-width of six runs is the interval of 99.6 %.
    assertEquals(wanted, wait.mean(), 2 * wait.halfWidth());
    assertTrue(wait.halfWidth() < 0.04 * wanted, "an interval of " + wait + " tells little");
  }

  @ParameterizedTest
  @CsvSource({
    "1-20, 1, 2, 7, 0.5, batches of less than 8",
    "1-20, 1, 33, 8, 0.5, at most 32 bins",
    "1-20, 1, 2, 8, 0.96, loads of at most 0.95",
    "exponential, 1, 4, 32, 0.5, coefficient of variation above 0.3",
    "1-20, 7, 1, 128, 0.5, 2 to 7 servers",
    "1-20, 8, 5, 128, 0.5, half as many bins",
    "1-20, 8, 4, 128, 0.81, loads of at most 0.8",
    "1-20, 8, 4, 4, 0.8, high-load limit"
  })
  void refusesOutsideOfTheRange(
      String law, int servers, int bins, int batchSize, double load, String words) {
    TheoryResult theory = Point.of(law, servers, bins, batchSize, load).theory();
    assertTrue(
        theory instanceof TheoryResult.Undefined undefined && undefined.reason().contains(words),
        theory.toString());
  }
}

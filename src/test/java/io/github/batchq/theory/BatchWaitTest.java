package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Uniform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Waits of full batches against the tables of T26, limits and special cases. */
class BatchWaitTest {
  private static final Law UNIFORM = new Uniform(1, 20);
  private static final double[] LOADS = {0.3, 0.5, 0.7, 0.8, 0.9, 0.95};

  private static BatchSystem uniform(int k, int batchSize) {
    return BatchSystem.of(UNIFORM, new EqualMass().boundaries(UNIFORM, k, batchSize), batchSize);
  }

  private static BatchWait at(double load, BatchSystem system) {
    return BatchWait.of(system, load * Throughput.capacity(system).value());
  }

  /** The notes evaluate Spitzer's sum for a normal service sum, we for a gamma one. */
  @ParameterizedTest
  @CsvSource({
    "8,1,0.011,0.195,1.263,3.020,8.846,20.90",
    "8,2,1.198,2.151,3.849,5.723,11.00,21.27",
    "8,4,1.923,3.678,6.417,8.841,14.44,24.20",
    "8,8,2.354,4.840,8.938,12.36,19.14,29.30",
    "8,16,2.599,5.657,11.24,16.09,25.05,36.59",
    "128,1,0.000,0.000,0.000,0.005,0.154,0.763",
    "128,2,1.250,2.083,2.916,3.338,3.888,4.615",
    "128,4,1.964,3.612,5.570,6.681,8.003,9.109",
    "128,8,2.376,4.748,8.094,10.27,12.98,14.91",
    "128,16,2.607,5.541,10.37,14.00,19.00,22.51"
  })
  void twoScaleColumnOfTheNotes(
      int batchSize, int k, double w3, double w5, double w7, double w8, double w9, double w95) {
    double[] printed = {w3, w5, w7, w8, w9, w95};
    for (int i = 0; i < LOADS.length; i++) {
      TheoryResult wait = at(LOADS[i], uniform(k, batchSize)).twoScale();
      assertInstanceOf(TheoryResult.Approximation.class, wait);
      double digit = printed[i] < 10 ? 0.0006 : 0.006;
      double share = k == 1 ? 5e-3 : 1.2e-3;
      assertEquals(printed[i], wait.value(), digit + share * printed[i], "load " + LOADS[i]);
    }
  }

  /** The notes' simulations have standard errors of 0.2 to 0.6 %. */
  @ParameterizedTest
  @CsvSource({"8,0.010,0.192,1.248,2.998,8.808,20.94", "128,0.000,0.000,0.000,0.005,0.154,0.764"})
  void oneBinIsExact(
      int batchSize, double w3, double w5, double w7, double w8, double w9, double w95) {
    double[] simulated = {w3, w5, w7, w8, w9, w95};
    for (int i = 0; i < LOADS.length; i++) {
      TheoryResult wait = at(LOADS[i], uniform(1, batchSize)).mean();
      assertInstanceOf(TheoryResult.Exact.class, wait);
      assertEquals(simulated[i], wait.value(), 0.0006 + 0.012 * simulated[i], "load " + LOADS[i]);
    }
  }

  /** The one-server curves of the paper's Figure 4: "formula 36.793", "Lemma alone 33.319". */
  @Test
  void figure4() {
    assertEquals(
        36.793,
        Latency.infiniteServers(uniform(2, 128), 7).value()
            + BatchWait.of(uniform(2, 128), 7).mean().value(),
        5.1e-4);
    assertEquals(33.319, Latency.infiniteServers(uniform(2, 128), 7).value(), 5.1e-4);
  }

  @Test
  void batchesOfOneAreTheQueueOfPollaczekAndKhinchine() {
    double rate = 0.06;
    double expected = rate * (UNIFORM.variance() + 10.5 * 10.5) / (2 * (1 - rate * 10.5));
    for (int k = 1; k <= 3; k++) {
      BatchWait wait = BatchWait.of(uniform(k, 1), rate);
      assertEquals(expected, wait.mean().value(), 1e-9);
      assertEquals(expected, wait.highLoad().value(), 1e-9);
      assertEquals(expected * (1 - rate * 10.5), wait.lowLoad().value(), 1e-9);
    }
  }

  /** Its two terms are the wait of constant services and that of Spitzer. */
  @Test
  void twoScaleFormulaOfAGammaServiceIsExactForOneBin() {
    for (int batchSize : new int[] {1, 4, 32}) {
      for (double load : new double[] {0.6, 0.95}) {
        // The longest of one: an exponential service, whose wait has a closed form.
        double mean = 10;
        double rate = load * batchSize / mean;
        double square = mean * mean;
        double wait =
            ErlangArrivals.meanWait(
                    batchSize, rate, mean, square, ServiceTransform.gamma(mean, square))
                .value();
        double root = root(batchSize, rate, mean);
        assertEquals(mean * root / (1 - root), wait, 1e-9 * wait, batchSize + " " + load);
      }
    }
  }

  /** GI/M/1: the root below 1 of x = E[exp(-(1-x) A / mean)]. */
  private static double root(int batchSize, double rate, double mean) {
    double x = 0.5;
    for (int i = 0; i < 100_000; i++) {
      x = Math.pow(rate / (rate + (1 - x) / mean), batchSize);
    }
    return x;
  }

  @Test
  void constantServices() {
    // M/D/1.
    ServiceTransform one = ServiceTransform.gamma(1, 0);
    assertEquals(0.8 / (2 * 0.2), ErlangArrivals.meanWait(1, 0.8, 1, 0, one).value(), 1e-15);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.9, 1})
  void twoPeriodicSources(double load) {
    assertEquals(load / 4, PeriodicSources.meanWait(2, load), 1e-14);
  }

  @Test
  void periodicSourcesAgainstARunOfThem() {
    // E over phases of the mean wait, by a lattice of the phases of the other two of three sources.
    double load = 0.9;
    double period = 3 / load;
    int steps = 600;
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      for (int j = 0; j < steps; j++) {
        sum += waits(period, period * (i + 0.5) / steps, period * (j + 0.5) / steps);
      }
    }
    assertEquals(sum / steps / steps, PeriodicSources.meanWait(3, load), 1e-4);
    assertEquals(0, PeriodicSources.meanWait(1, load), 0);
  }

  /** Mean wait over the third of some periods in which three sources send unit jobs. */
  private static double waits(double period, double second, double third) {
    double[] phases = {0, second, third};
    java.util.Arrays.sort(phases);
    double free = 0;
    double sum = 0;
    for (int cycle = 0; cycle < 3; cycle++) {
      sum = 0;
      for (double phase : phases) {
        double start = Math.max(free, cycle * period + phase);
        sum += start - cycle * period - phase;
        free = start + 1;
      }
    }
    return sum / 3;
  }

  @Test
  void limitsOfTheLoad() {
    // One bin has no low-load wait at all; near 1 the limit is reached but for a constant.
    BatchSystem one = uniform(1, 8);
    assertEquals(0, at(0.3, one).lowLoad().value());
    BatchWait heavy = at(0.999, one);
    assertEquals(1, heavy.mean().value() / heavy.highLoad().value(), 3e-3);
    BatchSystem four = uniform(4, 128);
    BatchWait light = at(0.01, four);
    assertEquals(1, light.twoScale().value() / light.lowLoad().value(), 0.05);
    assertEquals(0.99, at(0.99, four).load(), 1e-12);
  }

  @Test
  void severalServers() {
    BatchSystem many =
        new BatchSystem(UNIFORM, uniform(4, 128).boundaries(), 128, BatchTime.LONGEST, 8);
    assertEquals(0, at(0.8, many).mean().value());
    assertEquals("approximation", at(0.8, many).mean().kind());
    assertEquals("undefined", at(0.81, many).mean().kind());
    assertEquals("undefined", at(0.5, many).twoScale().kind());
    assertEquals(0, at(0.5, many).lowLoad().value());
    BatchSystem two =
        new BatchSystem(UNIFORM, uniform(1, 128).boundaries(), 128, BatchTime.LONGEST, 2);
    assertEquals("undefined", at(0.5, two).mean().kind());
  }

  @Test
  void serviceIsScaled() {
    BatchSystem plain = uniform(3, 16);
    BatchSystem scaled =
        new BatchSystem(UNIFORM, plain.boundaries(), 16, new BatchTime(0, 0, 0.01), 1);
    assertEquals(0.01 * at(0.85, plain).mean().value(), at(0.85, scaled).mean().value(), 1e-10);
    BatchSystem offset =
        new BatchSystem(UNIFORM, plain.boundaries(), 16, new BatchTime(1000, 0, 0.01), 1);
    BatchSystem constant =
        new BatchSystem(
            new io.github.batchq.random.Deterministic(1000),
            BinBoundaries.none(),
            16,
            BatchTime.LONGEST,
            1);
    // Little but the offset is left: k streams of constant services.
    double load = 0.85;
    double drifting = at(load, constant).mean().value();
    assertEquals(
        1000 * PeriodicSources.meanWait(3, load) + drifting, at(load, offset).mean().value(), 0.2);
  }

  @Test
  void nothingIsSaidWhereNothingIsKnown() {
    Law exponential = new Exponential(0.1);
    BatchSystem unequal =
        BatchSystem.of(exponential, new ExponentialBins().boundaries(exponential, 3, 200), 200);
    TheoryResult wait = at(0.8, unequal).mean();
    assertEquals("undefined", wait.kind());
    assertTrue(((TheoryResult.Undefined) wait).reason().contains("differ from 1/k"));
    for (TheoryResult result :
        new TheoryResult[] {
          at(1, uniform(2, 8)).mean(),
          at(1.2, uniform(1, 8)).highLoad(),
          at(2, uniform(1, 8)).lowLoad()
        }) {
      assertTrue(((TheoryResult.Undefined) result).reason().startsWith("unstable"));
    }
    BatchSystem heavy = BatchSystem.of(new Pareto(1.5, 1), BinBoundaries.none(), 4);
    assertTrue(
        ((TheoryResult.Undefined) at(0.5, heavy).mean()).reason().contains("infinite variance"));
    BatchSystem heavier = BatchSystem.of(new Pareto(0.9, 1), BinBoundaries.none(), 4);
    assertTrue(
        ((TheoryResult.Undefined) BatchWait.of(heavier, 1e-9).mean())
            .reason()
            .contains("infinite mean"));
    assertEquals("undefined", at(0.5, uniform(1, 4096)).mean().kind());
    assertThrows(IllegalArgumentException.class, () -> BatchWait.of(uniform(1, 8), 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> BatchWait.of(uniform(1, 8), Double.POSITIVE_INFINITY));
  }
}

package io.github.batchq.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.Runner;
import io.github.batchq.expectation.Stability.Regime;
import io.github.batchq.expectation.TheoryOverlay;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import java.nio.file.Path;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queues fed by other arrivals than Poisson ones, beside their exact solutions. */
@Tag("long")
class BurstyArrivalsTest {
  private static final String STANDARD = "{type: standard, batchSize: 1}";
  private static final String EXPONENTIAL = "{law: exponential, rate: 1}";

  @TempDir Path folder;

  private RunResults run(String arrivals, String service, String policy, String more)
      throws InterruptedException {
    return run(arrivals, service, policy, more, 200_000);
  }

  private RunResults run(String arrivals, String service, String policy, String more, int requests)
      throws InterruptedException {
    return Runner.run(
        ExperimentFiles.read(
            folder,
            """
            name: bursts
            scenario:
              arrivals: %s
              service: %s
              policy: %s
              requests: %d
              warmUp: {requests: 5000}
            replications: 10
            metrics: [latency.mean, queueing.mean, formation.mean, throughput]
            %s
            """
                .formatted(arrivals, service, policy, requests, more)),
        2,
        (runs, all, done) -> {});
  }

  private static void agrees(double exact, RunResults results, String metric) {
    Estimate estimate = results.estimate(0, Metric.named(metric));
    // 99.9 % for 9 degrees of freedom.
    assertEquals(exact, estimate.mean(), estimate.halfWidth() * 4.781 / 2.262);
    assertTrue(estimate.halfWidth() < 0.06 * exact, metric + " is not known: " + estimate);
  }

  /** M^[X]/M/1: the wait of M/M/1 and that for those before in the group, over 1 - rho. */
  @Test
  void bulkArrivalsAreTheBulkQueueOfTheBooks() throws InterruptedException {
    RunResults results =
        run(
            "{process: bulk, rate: 0.6, size: {law: deterministic, value: 3}}",
            EXPONENTIAL,
            STANDARD,
            "");
    agrees((0.6 + (9.0 / 3 - 1) / 2) / 0.4, results, "queueing.mean");
    TheoryOverlay theory = TheoryOverlay.of(results.experiment().points().get(0).scenario());
    assertEquals("undefined", theory.get(Metric.named("queueing.mean")).kind());
    assertEquals("undefined", theory.get(Metric.named("formation.mean")).kind());
    assertEquals("exact", theory.get(Metric.named("utilization")).kind());
    assertEquals(1, theory.capacity().value(), 1e-12);
  }

  /** Groups of eight that fill batches of eight do not wait for company. */
  @Test
  void groupsFillBatches() throws InterruptedException {
    RunResults results =
        run(
            "{process: bulk, rate: 0.3, size: {law: deterministic, value: 8}}",
            "{law: uniform, min: 1, max: 20}",
            "{type: standard, batchSize: 8}",
            "");
    assertEquals(0, results.estimate(0, Metric.named("formation.mean")).mean(), 1e-10);
    assertEquals(Regime.STABLE, results.stability(0).regime());
  }

  /** MMPP/M/1 by matrix-geometric iteration (M. F. Neuts, 1981). */
  @Test
  void modulatedArrivalsAreTheQuasiBirthAndDeathProcess() throws InterruptedException {
    double[] rates = {1.5, 0.2};
    double[] stays = {5, 10};
    RealMatrix up = MatrixUtils.createRealDiagonalMatrix(rates);
    RealMatrix chain =
        new Array2DRowRealMatrix(
            new double[][] {{-1 / stays[0], 1 / stays[0]}, {1 / stays[1], -1 / stays[1]}});
    RealMatrix down = MatrixUtils.createRealIdentityMatrix(2);
    RealMatrix local = chain.subtract(up).subtract(down);
    RealMatrix inverse = new LUDecomposition(local).getSolver().getInverse();
    RealMatrix r = new Array2DRowRealMatrix(2, 2);
    for (int i = 0; i < 20_000; i++) {
      r = up.add(r.multiply(r).multiply(down)).multiply(inverse).scalarMultiply(-1);
    }
    // pi_0 (chain - up + r down) = 0 and pi_0 (1 - r)^-1 1 = 1.
    RealMatrix boundary = chain.subtract(up).add(r.multiply(down));
    RealMatrix rest =
        new LUDecomposition(MatrixUtils.createRealIdentityMatrix(2).subtract(r))
            .getSolver()
            .getInverse();
    double[] empty = {-boundary.getEntry(1, 0), boundary.getEntry(0, 0)};
    double[] sums = rest.operate(new double[] {1, 1});
    double all = empty[0] * sums[0] + empty[1] * sums[1];
    double[] inSystem = r.multiply(rest).multiply(rest).operate(new double[] {1, 1});
    double number = (empty[0] * inSystem[0] + empty[1] * inSystem[1]) / all;
    double rate = (1.5 * 5 + 0.2 * 10) / 15;
    RunResults results =
        run("{process: mmpp, rates: [1.5, 0.2], meanStays: [5, 10]}", EXPONENTIAL, STANDARD, "");
    agrees(number / rate, results, "latency.mean");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{process: gamma, rate: RATE, cv: 3}",
        "{process: weibull, rate: RATE, cv: 0.5}",
        "{process: mmpp, rates: [3, 1], meanStays: [20, 40], rate: RATE}",
        "{process: mmpp, rates: [3, 1, 0], switching: [[0, 1, 1], [1, 0, 0], [0, 0.5, 0]], rate: RATE}",
        "{process: bulk, rate: RATE, size: {law: uniform, min: 1, max: 6}}"
      })
  void theCapacityIsThatOfAnyArrivals(String arrivals) throws InterruptedException {
    String policy = "{type: multi-bin, bins: 2, boundaries: equal-mass, batchSize: 4}";
    String service = "{law: uniform, min: 1, max: 20}";
    double capacity =
        TheoryOverlay.of(
                run(arrivals.replace("RATE", "0.01"), service, policy, "", 6_000)
                    .experiment()
                    .points()
                    .get(0)
                    .scenario())
            .capacity()
            .value();
    RunResults below =
        run(arrivals.replace("RATE", "" + 0.9 * capacity), service, policy, "", 60_000);
    assertEquals(Regime.STABLE, below.stability(0).regime());
    agrees(0.9 * capacity, below, "throughput");
    RunResults above =
        run(arrivals.replace("RATE", "" + 1.2 * capacity), service, policy, "", 60_000);
    assertEquals(Regime.OVERLOADED, above.stability(0).regime());
    assertEquals(capacity, above.estimate(0, Metric.named("throughput")).mean(), 0.01 * capacity);
  }

  @Test
  void refusesControlsThatNeedGaps() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                run(
                    "{process: mmpp, rates: [1.5, 0.2], meanStays: [5, 10]}",
                    EXPONENTIAL,
                    STANDARD,
                    "varianceReduction: {controls: [gap]}"));
    assertTrue(
        String.valueOf(e.getMessage()).contains("need independent gaps between arrivals"),
        e.getMessage());
  }
}

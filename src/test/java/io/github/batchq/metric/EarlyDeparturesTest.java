package io.github.batchq.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.policy.ElasticBatching;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Uniform;
import io.github.batchq.sim.KernelRun;
import io.github.batchq.sim.Run;
import io.github.batchq.sim.ServerPool;
import io.github.batchq.sim.SimulationListener;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured of requests that leave before their batch ends. */
class EarlyDeparturesTest {
  private static final int REQUESTS = 20_000;

  private static void run(double[] times, double[] lengths, SimulationListener listener) {
    run(times, lengths, ServerPool.of(1), listener);
  }

  private static void run(
      double[] times, double[] lengths, ServerPool pool, SimulationListener listener) {
    ElasticBatching policy = new ElasticBatching(2, 2, null);
    KernelRun.of(Run.source(times, lengths), policy).servers(pool, 4).tell(listener);
  }

  /**
   * Pairs of a request of U(1,2) seconds and one of 50: the quarter of shortest times is the median
   * of U(1,2), while every batch takes 50 s. In n/2 pairs the share of requests below it has the
   * deviation (1/2) sqrt((1/4) / (n/2)), and the quantile twice that of the share.
   */
  @Test
  void quantilesAndTheirIntervalsAreThoseOfDepartures() {
    Random random = new Random(3);
    double[] times = new double[REQUESTS];
    double[] lengths = new double[REQUESTS];
    for (int i = 0; i < REQUESTS; i++) {
      times[i] = i % 2 == 0 ? 50.0 * i : times[i - 1];
      lengths[i] = i % 2 == 0 ? 1 + random.nextDouble() : 50;
    }
    RunStatistics statistics = new RunStatistics(1, WarmUp.NONE, REQUESTS, 2);
    run(times, lengths, statistics);
    QuantileIntervals intervals =
        new QuantileIntervals(statistics, 2, null, List.of(Metric.named("latency.p25")));
    run(times, lengths, intervals);
    Estimate quarter = intervals.estimate(Metric.named("latency.p25"), 0.95);
    double expected = 1.96 * Math.sqrt(0.5 / REQUESTS);
    assertEquals(expected, quarter.halfWidth(), 0.3 * expected);
    assertEquals(1.5, quarter.mean(), 1.5 * expected);
  }

  /** Whoever has left before the server failed counts in both runs, lost or not what remains. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void intervalsKnowWhoLeftBeforeAFailure(boolean retry) {
    Random random = new Random(6);
    double[] times = new double[2_000];
    double[] lengths = new double[2_000];
    for (int i = 0; i < times.length; i++) {
      times[i] = (i == 0 ? 0 : times[i - 1]) + 20 * random.nextDouble();
      lengths[i] = 1 + 9 * random.nextDouble();
    }
    ServerPool pool =
        new ServerPool(
            1,
            List.of(),
            new ServerPool.Failures(new Exponential(0.05), new Uniform(0, 5), retry),
            List.of());
    RunStatistics statistics = new RunStatistics(pool, WarmUp.NONE, times.length, 2);
    run(times, lengths, pool, statistics);
    QuantileIntervals intervals =
        new QuantileIntervals(statistics, 2, null, List.of(Metric.LATENCY_P50));
    run(times, lengths, pool, intervals);
    assertEquals(statistics.requests(), intervals.requests());
    assertTrue(Metric.INTERRUPTIONS.of(statistics) > 0.1);
    assertEquals(retry, statistics.requests() == times.length);
  }

  /** Requests that arrive before the end of the warm-up do not count, whoever they wait with. */
  @Test
  void theWarmUpIsOfArrivals() {
    RunStatistics statistics = new RunStatistics(1, new WarmUp(1L, null), 4, 2);
    // 1..6 {0,1}, of which 0 does not count, and 8..11 {2,3}.
    run(new double[] {0, 1, 7, 8}, new double[] {5, 2, 3, 1}, statistics);
    assertEquals(3, statistics.requests());
    assertEquals((2 + 4 + 1) / 3.0, Metric.LATENCY_MEAN.of(statistics), 1e-15);
    assertEquals((0 + 1 + 0) / 3.0, Metric.FORMATION_MEAN.of(statistics), 1e-15);
    assertEquals((2 + 3 + 1) / 3.0, Metric.SERVICE_MEAN.of(statistics), 1e-15);
  }
}

package io.github.batchq.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.BoundaryChoice;
import io.github.batchq.policy.Drain;
import io.github.batchq.policy.MultiBinBatching;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.Uniform;
import io.github.batchq.sim.Kernel;
import io.github.batchq.sim.KernelRun;
import io.github.batchq.sim.Run;
import io.github.batchq.sim.ServedBatch;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunStatisticsTest {
  private static final double EXACT = 1e-12;

  private static RunStatistics run(
      double[] times,
      double[] lengths,
      PolicySpec policy,
      BinBoundaries bins,
      int servers,
      WarmUp warmUp) {
    RunStatistics statistics = new RunStatistics(servers, warmUp);
    KernelRun.of(Run.source(times, lengths), policy, bins).servers(servers).tell(statistics);
    return statistics;
  }

  /**
   * Figure 1b of arXiv:2412.04504: 1, 5, 2, 6 s take 5 + 6 s in standard batches, 2 + 6 s in two
   * bins.
   */
  @Test
  void reproducesThePapersWorkedExample() {
    double[] times = {0, 0, 0, 0};
    double[] lengths = {1, 5, 2, 6};
    RunStatistics standard =
        run(times, lengths, new StandardBatching(2, null), BinBoundaries.none(), 1, WarmUp.NONE);
    assertEquals(4 / 11.0, Metric.THROUGHPUT.of(standard), EXACT);
    assertEquals((5 + 5 + 11 + 11) / 4.0, Metric.LATENCY_MEAN.of(standard), EXACT);
    assertEquals(1 - 14 / 22.0, Metric.PADDING.of(standard), EXACT);
    RunStatistics bins =
        run(
            times,
            lengths,
            new MultiBinBatching(2, BoundaryChoice.values(List.of(4.0)), 2, null),
            BinBoundaries.of(4),
            1,
            WarmUp.NONE);
    assertEquals(4 / 8.0, Metric.THROUGHPUT.of(bins), EXACT);
    assertEquals(1 - 14 / 16.0, Metric.PADDING.of(bins), EXACT);
    assertEquals(1, Metric.UTILIZATION.of(bins), EXACT);
  }

  @Test
  void splitsLatencyIntoFormationQueueingAndService() {
    RunStatistics run =
        run(
            new double[] {1, 2, 3, 4, 5},
            new double[] {4, 6, 3, 2, 5},
            new StandardBatching(2, null),
            BinBoundaries.none(),
            1,
            WarmUp.NONE);
    // Batches: {1,2} formed 2, serves 2..8; {3,4} formed 4, serves 8..11; {5} flushed 5, serves
    // 11..16.
    assertEquals((1 + 0 + 1 + 0 + 0) / 5.0, Metric.FORMATION_MEAN.of(run), EXACT);
    assertEquals((0 + 0 + 4 + 4 + 6) / 5.0, Metric.QUEUEING_MEAN.of(run), EXACT);
    assertEquals((6 + 6 + 3 + 3 + 5) / 5.0, Metric.SERVICE_MEAN.of(run), EXACT);
    assertEquals((7 + 6 + 8 + 7 + 11) / 5.0, Metric.LATENCY_MEAN.of(run), EXACT);
    assertEquals(5 / 16.0, Metric.THROUGHPUT.of(run), EXACT);
    assertEquals(14 / 16.0, Metric.UTILIZATION.of(run), EXACT);
    assertEquals(5 / 3.0, Metric.BATCH_SIZE_MEAN.of(run), EXACT);
    assertEquals(1, Metric.named("batches.flushed").of(run));
    assertEquals(0, Metric.named("requests.discarded").of(run));
    assertEquals(5, run.requests());
  }

  @Test
  void leavesOutTheWarmUpByRequests() {
    RunStatistics run =
        run(
            new double[] {1, 2, 3, 4, 5},
            new double[] {4, 6, 3, 2, 5},
            new StandardBatching(2, null),
            BinBoundaries.none(),
            1,
            new WarmUp(2L, null));
    // Measured from the third arrival, t = 3: requests 3, 4, 5; all five are completed after it.
    assertEquals(3, run.requests());
    assertEquals((8 + 7 + 11) / 3.0, Metric.LATENCY_MEAN.of(run), EXACT);
    assertEquals(5 / 13.0, Metric.THROUGHPUT.of(run), EXACT);
    assertEquals(1, Metric.UTILIZATION.of(run), EXACT);
    assertEquals(1.5, Metric.BATCH_SIZE_MEAN.of(run), EXACT);
  }

  @Test
  void leavesOutTheWarmUpByTime() {
    RunStatistics run =
        run(
            new double[] {1, 2, 3, 4, 5},
            new double[] {4, 6, 3, 2, 5},
            new StandardBatching(2, null),
            BinBoundaries.none(),
            1,
            new WarmUp(null, 9.0));
    assertEquals(0, run.requests());
    assertEquals(3 / 7.0, Metric.THROUGHPUT.of(run), EXACT);
    assertEquals(1, Metric.UTILIZATION.of(run), EXACT);
    assertTrue(Double.isNaN(Metric.LATENCY_MEAN.of(run)));
    assertTrue(Double.isNaN(Metric.LATENCY_P50.of(run)));
  }

  @Test
  void countsWhatIsDiscarded() {
    RunStatistics run =
        run(
            new double[] {1, 2, 3},
            new double[] {1, 1, 1},
            new StandardBatching(2, Drain.DISCARD),
            BinBoundaries.none(),
            1,
            WarmUp.NONE);
    assertEquals(1, Metric.named("requests.discarded").of(run));
    assertEquals(0, Metric.named("batches.flushed").of(run));
    assertEquals(2 / 3.0, Metric.THROUGHPUT.of(run), EXACT);
  }

  @Test
  void utilizationOfInfinitelyManyServersIsUndefined() {
    RunStatistics run =
        run(
            new double[] {1, 2},
            new double[] {1, 1},
            new StandardBatching(1, null),
            BinBoundaries.none(),
            Kernel.INFINITE_SERVERS,
            WarmUp.NONE);
    assertTrue(Double.isNaN(Metric.UTILIZATION.of(run)));
    assertEquals(0, Metric.QUEUEING_MEAN.of(run));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void quantilesAreWithinTheStatedErrorOfTheSample(long seed) {
    int requests = 50_000;
    double[] latencies = new double[requests];
    RunStatistics statistics = new RunStatistics(1, WarmUp.NONE);
    Run.Recorder recorder =
        new Run.Recorder() {
          @Override
          public void completed(ServedBatch batch, double now) {
            for (int i = 0; i < batch.size(); i++) {
              latencies[(int) batch.id(i)] = now - batch.arrivalTime(i);
            }
          }
        };
    StandardBatching policy = new StandardBatching(8, null);
    KernelRun.of(
            Run.source(
                new RandomStreams(seed, 1), 0, new Exponential(0.4), new Uniform(1, 20), requests),
            policy)
        .tell(statistics, recorder);
    Arrays.sort(latencies);
    for (double share : new double[] {0.01, 0.5, 0.95, 0.99, 1}) {
      double exact = latencies[(int) Math.ceil(share * requests) - 1];
      assertEquals(exact, statistics.latencyQuantile(share), 0.0005 * exact + 1e-9);
    }
  }

  @Test
  void warmUpIsEitherRequestsOrTime() {
    assertThrows(IllegalArgumentException.class, () -> new WarmUp(1L, 1.0));
    assertThrows(IllegalArgumentException.class, () -> new WarmUp(null, null));
    assertThrows(IllegalArgumentException.class, () -> new WarmUp(-1L, null));
    assertThrows(IllegalArgumentException.class, () -> new WarmUp(null, Double.NaN));
  }
}

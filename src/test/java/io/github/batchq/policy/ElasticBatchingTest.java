package io.github.batchq.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.metric.Metric;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BatchShape;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.service.AffineBatch;
import io.github.batchq.service.LongestRequest;
import io.github.batchq.service.RangedService;
import io.github.batchq.service.ServiceRange;
import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.service.TokenLevel;
import io.github.batchq.sim.Kernel;
import io.github.batchq.sim.KernelRun;
import io.github.batchq.sim.Run;
import io.github.batchq.sim.ServedBatch;
import io.github.batchq.workload.RequestSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ElasticBatchingTest implements PolicyBattery {
  private static final int REQUESTS = 20_003;

  @Override
  public List<Case> specs() {
    return List.of(
        new Case(new ElasticBatching(1, null, null), BinBoundaries.none()),
        new Case(new ElasticBatching(8, null, null), BinBoundaries.none()),
        new Case(new ElasticBatching(8, 3, null), BinBoundaries.none()),
        new Case(new ElasticBatching(8, 8, Drain.DISCARD), BinBoundaries.none()));
  }

  /** When the requests of a run started, left, and saw the end of their batch. */
  private static final class Times extends Run.Recorder {
    private final double[] starts;
    private final double[] departures;
    private final double[] ends;

    Times(int requests) {
      starts = new double[requests];
      departures = new double[requests];
      ends = new double[requests];
    }

    @Override
    public void completed(ServedBatch batch, double now) {
      for (int i = 0; i < batch.size(); i++) {
        starts[(int) batch.id(i)] = batch.startTime();
        departures[(int) batch.id(i)] = batch.departureTime(i);
        ends[(int) batch.id(i)] = now;
      }
    }
  }

  /** What one run of a policy did and measured. */
  private record Result(Times times, RunStatistics statistics) {
    Result(RequestSource source, PolicySpec policy, ServiceTimeModel service, int n, int servers) {
      this(new Times(n), new RunStatistics(servers, WarmUp.NONE, n, policy.batchSize()));
      KernelRun.of(source, policy).service(service).servers(servers).tell(times, statistics);
    }
  }

  private static Result byHand(double[] times, double[] lengths, ServiceTimeModel service) {
    return new Result(
        Run.source(times, lengths), new ElasticBatching(2, null, null), service, lengths.length, 1);
  }

  /** Pairs of requests: 0..2 {0}, 2..6 {1,2}, 6..9 {3,4}. */
  @Test
  void answersLeaveBeforeTheServerIsFree() {
    Result result =
        byHand(new double[] {0, 1, 1, 1, 5}, new double[] {2, 4, 1, 3, 2}, LongestRequest.SECONDS);
    assertArrayEquals(new double[] {2, 6, 3, 9, 8}, result.times().departures);
    assertArrayEquals(new double[] {2, 6, 6, 9, 9}, result.times().ends);
    RunStatistics statistics = result.statistics();
    assertEquals((2 + 5 + 2 + 8 + 3) / 5.0, Metric.LATENCY_MEAN.of(statistics), 1e-15);
    assertEquals((1 + 1 + 5 + 1) / 5.0, Metric.FORMATION_MEAN.of(statistics), 1e-15);
    assertEquals((2 + 4 + 1 + 3 + 2) / 5.0, Metric.SERVICE_MEAN.of(statistics), 1e-15);
    assertEquals(1, Metric.UTILIZATION.of(statistics));
    assertEquals(5 / 9.0, Metric.THROUGHPUT.of(statistics), 1e-15);
    // Slots are held for 2 + 2 * 4 + 2 * 3 seconds.
    assertEquals(4 / 16.0, Metric.PADDING.of(statistics), 1e-15);
  }

  /** At 5, request 2 has left and {1,3,4} are there; at 1, the middle of the run, {0,1,2}. */
  @Test
  void whoHasLeftIsNotInTheBacklog() {
    double[] times = {0, 1, 1, 1, 5};
    RunStatistics early =
        byHand(times, new double[] {2, 4, 1, 3, 2}, LongestRequest.SECONDS).statistics();
    assertEquals(3, Metric.BACKLOG.of(early));
    assertEquals(0, Metric.named("backlog.growth").of(early));
    // It leaves at 5: at the same time, arrivals come first.
    RunStatistics late =
        byHand(times, new double[] {2, 4, 3, 3, 2}, LongestRequest.SECONDS).statistics();
    assertEquals(4, Metric.BACKLOG.of(late));
    assertEquals(0.5, Metric.named("backlog.growth").of(late));
    // 0..4 {0}, 4..9 {1,2}: at 6, the middle, 2 has left and {1,3} are there; at 8 also 4 and 5.
    RunStatistics middle =
        byHand(
                new double[] {0, 1, 1, 6, 7, 8, 8},
                new double[] {4, 5, 1, 1, 1, 1, 1},
                LongestRequest.SECONDS)
            .statistics();
    assertEquals(5, Metric.BACKLOG.of(middle));
    assertEquals(1, Metric.named("backlog.growth").of(middle));
  }

  /** alpha + beta b + (gamma + delta b) l with b = 2: 2.2 + 0.7 l. */
  @Test
  void aMemberLeavesWhenItWouldAsTheLongest() {
    Result result =
        byHand(
            new double[] {0, 0.5, 0.5},
            new double[] {10, 20, 4},
            new AffineBatch(2, 0.1, 0.5, 0.1));
    double start = 2.1 + 0.6 * 10;
    assertArrayEquals(
        new double[] {start, start + 2.2 + 14, start + 2.2 + 2.8},
        result.times().departures,
        1e-13);
    // Prompts are none; steps of 0.5 + 0.1 b, and 4.5 tokens are five steps.
    Result steps =
        byHand(
            new double[] {0, 0.5, 0.5},
            new double[] {10, 20, 4.5},
            new TokenLevel(2, 0, 0.5, 0.1, 0, 0));
    assertArrayEquals(new double[] {8, 8 + 2 + 14, 8 + 2 + 3.5}, steps.times().departures, 1e-13);
  }

  /** Measured times may fall with the length: the batch takes 4 s, and 5 s if the other led it. */
  @Test
  void nobodyStaysAfterTheEnd() {
    ServiceTimeModel measured =
        new ServiceTimeModel() {
          @Override
          public double seconds(BatchShape batch) {
            return batch.longestLength() < 10 ? 5 : 4;
          }

          @Override
          public double ownSeconds(BatchShape batch, double[] lengths) {
            return 0;
          }
        };
    Result result = byHand(new double[] {0, 1, 1}, new double[] {12, 12, 3}, measured);
    assertArrayEquals(new double[] {4, 8, 8}, result.times().departures);
  }

  static Stream<Arguments> systems() {
    TokenLevel steps = new TokenLevel(0.3, 0.01, 0.4, 0.02, 2, 0.003);
    ServiceRange range = new ServiceRange("test", 1, 8, new ServiceRange.Lengths(1, 20));
    return Stream.of(
        Arguments.of(LongestRequest.SECONDS, 1, 1, 0.35),
        Arguments.of(LongestRequest.SECONDS, 1, 8, 0.35),
        Arguments.of(LongestRequest.SECONDS, 3, 1, 1.1),
        Arguments.of(LongestRequest.SECONDS, 1, 1, 2),
        Arguments.of(LongestRequest.SECONDS, Kernel.INFINITE_SERVERS, 4, 3),
        Arguments.of(new AffineBatch(2, 0.1, 0.3, 0.05), 1, 2, 0.4),
        Arguments.of(steps, 1, 1, 0.5),
        Arguments.of(new RangedService(steps, range), 1, 1, 0.5));
  }

  private static RequestSource source(double rate, Law lengths) {
    return Run.source(new RandomStreams(11, 1), 0, new Exponential(rate), lengths, REQUESTS);
  }

  /** Leaving early changes nothing for the server, and nobody leaves later. */
  @ParameterizedTest
  @MethodSource("systems")
  void theServerSeesDynamicBatching(ServiceTimeModel service, int servers, int least, double rate) {
    Result dynamic =
        new Result(
            source(rate, LENGTHS), new DynamicBatching(8, least, null), service, REQUESTS, servers);
    Result elastic =
        new Result(
            source(rate, LENGTHS), new ElasticBatching(8, least, null), service, REQUESTS, servers);
    assertArrayEquals(dynamic.times().starts, elastic.times().starts);
    assertArrayEquals(dynamic.times().ends, elastic.times().ends);
    assertArrayEquals(dynamic.times().ends, dynamic.times().departures);
    int earlier = 0;
    for (int i = 0; i < REQUESTS; i++) {
      assertTrue(elastic.times().departures[i] <= dynamic.times().departures[i]);
      earlier += elastic.times().departures[i] < dynamic.times().departures[i] ? 1 : 0;
    }
    RunStatistics all = dynamic.statistics();
    RunStatistics early = elastic.statistics();
    assertTrue(
        earlier >= REQUESTS * (1 - 1 / Metric.BATCH_SIZE_MEAN.of(all)) * 0.95,
        earlier + " earlier");
    assertEquals(Metric.UTILIZATION.of(all), Metric.UTILIZATION.of(early));
    assertEquals(Metric.BATCH_SIZE_MEAN.of(all), Metric.BATCH_SIZE_MEAN.of(early));
    assertEquals(Metric.FORMATION_MEAN.of(all), Metric.FORMATION_MEAN.of(early));
    assertEquals(Metric.QUEUEING_MEAN.of(all), Metric.QUEUEING_MEAN.of(early));
    assertEquals(Metric.THROUGHPUT.of(all), Metric.THROUGHPUT.of(early));
    assertEquals(Metric.PADDING.of(all), Metric.PADDING.of(early));
    assertTrue(Metric.LATENCY_MEAN.of(early) < Metric.LATENCY_MEAN.of(all));
    assertTrue(Metric.LATENCY_P50.of(early) <= Metric.LATENCY_P50.of(all));
    assertEquals(
        Metric.LATENCY_MEAN.of(early),
        Metric.FORMATION_MEAN.of(early)
            + Metric.QUEUEING_MEAN.of(early)
            + Metric.SERVICE_MEAN.of(early),
        1e-9 * Metric.LATENCY_MEAN.of(early));
  }

  /** Where all are equally long, and where nobody shares a batch, nobody leaves early. */
  @Test
  void withNobodyToWaitForItIsDynamicBatching() {
    for (int batchSize : new int[] {1, 8}) {
      Law lengths = batchSize == 1 ? LENGTHS : new Deterministic(7);
      double rate = batchSize == 1 ? 0.09 : 0.8;
      Result dynamic =
          new Result(
              source(rate, lengths),
              new DynamicBatching(batchSize, null, null),
              LongestRequest.SECONDS,
              REQUESTS,
              1);
      Result elastic =
          new Result(
              source(rate, lengths),
              new ElasticBatching(batchSize, null, null),
              LongestRequest.SECONDS,
              REQUESTS,
              1);
      assertArrayEquals(dynamic.times().departures, elastic.times().departures);
      RunStatistics all = dynamic.statistics();
      RunStatistics early = elastic.statistics();
      assertEquals(Metric.LATENCY_MEAN.of(all), Metric.LATENCY_MEAN.of(early));
      assertEquals(Metric.LATENCY_P99.of(all), Metric.LATENCY_P99.of(early));
      assertEquals(
          Metric.SERVICE_MEAN.of(all),
          Metric.SERVICE_MEAN.of(early),
          1e-9 * Metric.SERVICE_MEAN.of(all));
      assertEquals(Metric.BACKLOG.of(all), Metric.BACKLOG.of(early));
    }
  }

  @Test
  void isNoPolicyOfFullBatches() {
    ElasticBatching policy = new ElasticBatching(8, null, null);
    assertTrue(policy.serving().leavesEarly());
    assertFalse(new DynamicBatching(8, null, null).serving().leavesEarly());
    assertFalse(policy.serving().inFullBatches());
    assertEquals(1, policy.fewest());
  }

  @Test
  void refusesNumbersThatMakeNoSense() {
    assertEquals(
        "batchSize must be at least 1, found 0",
        assertThrows(IllegalArgumentException.class, () -> new ElasticBatching(0, null, null))
            .getMessage());
    assertEquals(
        "least must be from 1 to the batch size 8, found 9",
        assertThrows(IllegalArgumentException.class, () -> new ElasticBatching(8, 9, null))
            .getMessage());
  }
}

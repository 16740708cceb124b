package io.github.batchq.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.metric.Limits;
import io.github.batchq.metric.MeasurementTerms;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.BoundaryChoice;
import io.github.batchq.policy.Drain;
import io.github.batchq.policy.MultiBinBatching;
import io.github.batchq.policy.Serving;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.random.Uniform;
import io.github.batchq.service.LongestRequest;
import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.service.TokenLevel;
import io.github.batchq.workload.LognormalNoise;
import io.github.batchq.workload.Oracle;
import io.github.batchq.workload.PredictorSpec;
import io.github.batchq.workload.RenewalProcess;
import io.github.batchq.workload.RequestSource;
import io.github.batchq.workload.SymmetricError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kernel of events and the kernel of full batches tell the same story to the last digit: the
 * same completions in the same order, the same value of every metric, for every kind of scenario
 * that both can run.
 */
@Tag("long")
class FullBatchKernelTest {
  private static final List<ServiceTimeModel> SERVICES =
      List.of(LongestRequest.SECONDS, new TokenLevel(0.1, 0.001, 0.8, 0.01, 1, 0.0001));

  private static final int REQUESTS = 6_007;
  private static final BinBoundaries FOUR_BINS = BinBoundaries.of(5.75, 10.5, 15.25);

  /** What a run does: when requests come, how long they take, what is predicted and measured. */
  private record Traffic(String name, Law gap, Law length, PredictorSpec predictor) {
    RequestSource source(BinBoundaries boundaries) {
      RandomStreams streams = new RandomStreams(5, 1);
      return new RequestSource(
          gap instanceof Deterministic
              ? () -> 0
              : new RenewalProcess(gap).arrivalTimes(streams.stream(0, StreamName.ARRIVALS)),
          length.sampler(streams.stream(0, StreamName.SERVICE)),
          predictor.create(streams.stream(0, StreamName.PREDICTION), boundaries),
          prompts(),
          REQUESTS);
    }

    private static IntSupplier prompts() {
      int[] next = {0};
      return () -> next[0]++ % 37;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> scenarios() {
    Uniform uniform = new Uniform(1, 20);
    List<Traffic> traffic =
        List.of(
            new Traffic("light", new Exponential(0.1), uniform, new Oracle()),
            new Traffic("busy", new Exponential(0.6), uniform, new SymmetricError(0.2)),
            new Traffic("overloaded", new Exponential(6), uniform, new LognormalNoise(0.5)),
            new Traffic("ties", new Uniform(0, 4), new Deterministic(8), new Oracle()),
            new Traffic("all at zero", new Deterministic(0), uniform, new Oracle()));
    List<WarmUp> warmUps =
        List.of(
            WarmUp.NONE,
            new WarmUp(1_000L, null),
            new WarmUp(5_999L, null),
            new WarmUp(null, 700.5));
    return traffic.stream()
        .flatMap(
            requests ->
                Stream.of(1, 2, 16, Kernel.INFINITE_SERVERS)
                    .flatMap(
                        servers ->
                            Stream.of(1, 8, 600)
                                .flatMap(
                                    batchSize ->
                                        Stream.of(BinBoundaries.none(), FOUR_BINS)
                                            .flatMap(
                                                bins ->
                                                    warmUps.stream()
                                                        .map(
                                                            warmUp ->
                                                                Arguments.of(
                                                                    requests, servers, batchSize,
                                                                    bins, warmUp))))));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void bothKernelsAgreeToTheLastDigit(
      Traffic traffic, int servers, int batchSize, BinBoundaries bins, WarmUp warmUp) {
    for (Drain drain : Drain.values()) {
      MultiBinBatching policy =
          new MultiBinBatching(bins.bins(), BoundaryChoice.rule("equal-mass"), batchSize, drain);
      assertEquals(new Serving.InFullBatches(drain), policy.serving());
      for (ServiceTimeModel service : SERVICES) {
        ServerPool pool = ServerPool.of(servers);
        MeasurementTerms all =
            new MeasurementTerms(true, Long.MAX_VALUE, new Limits(9.0, null, 30.0), 2.0, service);
        RunStatistics events = new RunStatistics(pool, warmUp, REQUESTS, batchSize, all);
        Story told = new Story();
        RequestCounts counts =
            KernelRun.of(traffic.source(bins), policy, bins)
                .service(service)
                .servers(servers)
                .tell(events, told);
        RunStatistics recursion = new RunStatistics(pool, warmUp, REQUESTS, batchSize, all);
        assertEquals(counts, recursion(traffic, policy, bins, servers, service, recursion));
        assertArrayEquals(metrics(events), metrics(recursion));
        Story retold = new Story();
        assertEquals(counts, recursion(traffic, policy, bins, servers, service, retold));
        assertEquals(told.lines, retold.lines);
        assertTrue(told.lines.size() > REQUESTS);
      }
    }
  }

  @Test
  void standardBatchingIsFullBatchesToo() {
    assertEquals(new Serving.InFullBatches(Drain.FLUSH), new StandardBatching(8).serving());
    assertEquals(
        new Serving.InFullBatches(Drain.DISCARD), new StandardBatching(8, Drain.DISCARD).serving());
  }

  private static RequestCounts recursion(
      Traffic traffic,
      MultiBinBatching policy,
      BinBoundaries bins,
      int servers,
      ServiceTimeModel service,
      SimulationListener listener) {
    return new FullBatchKernel(
            traffic.source(bins),
            bins,
            policy.batchSize(),
            ((Serving.InFullBatches) policy.serving()).rest(),
            service,
            servers,
            listener)
        .run();
  }

  private static double[] metrics(RunStatistics run) {
    return Metric.ALL.stream().mapToDouble(metric -> metric.of(run)).toArray();
  }

  /** Every arrival and every completion with all that is said of it. */
  private static final class Story extends Run.Recorder {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void arrived(long id, double now) {
      lines.add(id + " arrived " + now);
    }

    @Override
    public void completed(ServedBatch batch, double now) {
      StringBuilder line =
          new StringBuilder("completed ")
              .append(now)
              .append(' ')
              .append(batch.bin())
              .append(batch.flushed())
              .append(batch.formedTime())
              .append(' ')
              .append(batch.startTime())
              .append(' ')
              .append(batch.seconds())
              .append(' ')
              .append(batch.ownSeconds());
      for (int i = 0; i < batch.size(); i++) {
        line.append(' ').append(batch.id(i)).append(' ').append(batch.arrivalTime(i));
      }
      lines.add(line.toString());
    }
  }
}

package io.github.batchq.bench;

import io.github.batchq.metric.Metric;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.BoundaryChoice;
import io.github.batchq.policy.Drain;
import io.github.batchq.policy.MultiBinBatching;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Generator;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.random.Uniform;
import io.github.batchq.service.LongestRequest;
import io.github.batchq.sim.FullBatchKernel;
import io.github.batchq.sim.Kernel;
import io.github.batchq.workload.Oracle;
import io.github.batchq.workload.RenewalProcess;
import io.github.batchq.workload.RequestSource;
import java.util.List;
import java.util.function.DoubleSupplier;
import umontreal.ssj.rng.RandomStream;

/**
 * The scenario by which batchq's speed is measured: Poisson arrivals, U(1,20), B = 8, k = 4
 * equal-mass bins, one server or many, load 0.9. It runs either through a kernel with all metrics
 * on, or, on one server, as a plain recursion over the same random numbers that knows this one
 * scenario and measures the mean latency alone. Their mean latencies agree to rounding, which shows
 * that both do the same work.
 */
public final class SpeedScenario {
  private static final int BATCH_SIZE = 8;
  private static final Uniform LENGTHS = new Uniform(1, 20);
  private static final List<Double> BOUNDARIES = List.of(5.75, 10.5, 15.25);
  private static final int BINS = BOUNDARIES.size() + 1;

  /** E_k = m + (R/k) (B-1) / (2 (B+1)) (Theorem 4.2), the mean service time of a batch. */
  private static final double BATCH_SECONDS =
      LENGTHS.mean()
          + (LENGTHS.max() - LENGTHS.min()) / BINS * (BATCH_SIZE - 1) / (2.0 * (BATCH_SIZE + 1));

  private static final double LOAD = 0.9;

  private final RandomStreams streams;
  private final int servers;
  private final Exponential gaps;

  /**
   * One server.
   *
   * @param generator what makes the random numbers
   * @param seed seed of the random streams
   */
  public SpeedScenario(Generator generator, long seed) {
    this(generator, seed, 1);
  }

  /**
   * Any number of servers.
   *
   * @param generator what makes the random numbers
   * @param seed seed of the random streams
   * @param servers number of servers, at least 1
   */
  public SpeedScenario(Generator generator, long seed, int servers) {
    this.streams = new RandomStreams(generator, seed, 1);
    this.servers = servers;
    this.gaps = new Exponential(servers * LOAD * BATCH_SIZE / BATCH_SECONDS);
  }

  /**
   * Simulates through the kernel of events and decisions, with everything measured that batchq
   * measures.
   *
   * @param requests number of requests, at least 1
   * @return mean latency in seconds
   */
  public double kernel(long requests) {
    RunStatistics statistics = new RunStatistics(servers, WarmUp.NONE);
    MultiBinBatching policy =
        new MultiBinBatching(BINS, BoundaryChoice.values(BOUNDARIES), BATCH_SIZE, null);
    new Kernel(
            source(requests),
            policy.create(boundaries()),
            LongestRequest.SECONDS,
            servers,
            BATCH_SIZE,
            List.of(statistics))
        .run();
    return Metric.LATENCY_MEAN.of(statistics);
  }

  /**
   * Simulates through the kernel of full batches, with everything measured that batchq measures.
   *
   * @param requests number of requests, at least 1
   * @return mean latency in seconds
   */
  public double fullBatchKernel(long requests) {
    RunStatistics statistics = new RunStatistics(servers, WarmUp.NONE);
    new FullBatchKernel(
            source(requests),
            boundaries(),
            BATCH_SIZE,
            Drain.FLUSH,
            LongestRequest.SECONDS,
            servers,
            statistics)
        .run();
    return Metric.LATENCY_MEAN.of(statistics);
  }

  private RequestSource source(long requests) {
    return new RequestSource(
        new RenewalProcess(gaps).arrivalTimes(streams.stream(0, StreamName.ARRIVALS)),
        LENGTHS.sampler(streams.stream(0, StreamName.SERVICE)),
        new Oracle().create(streams.stream(0, StreamName.PREDICTION), boundaries()),
        null,
        requests);
  }

  /**
   * Computes the same mean latency on one server by a recursion: start = max(formed, free), free =
   * start + longest.
   *
   * @param requests number of requests, at least 1
   * @return mean latency in seconds
   */
  public double recursion(long requests) {
    return recursion(
        requests, streams.stream(0, StreamName.ARRIVALS), streams.stream(0, StreamName.SERVICE));
  }

  /**
   * The same recursion over given streams.
   *
   * @param requests number of requests, at least 1
   * @return mean latency in seconds
   */
  public double recursion(long requests, RandomStream arrivalStream, RandomStream lengthStream) {
    DoubleSupplier arrivalGaps = gaps.sampler(arrivalStream);
    DoubleSupplier lengths = LENGTHS.sampler(lengthStream);
    BinBoundaries boundaries = boundaries();
    int[] members = new int[BINS];
    double[] longest = new double[BINS];
    double[] arrivalTimes = new double[BINS];
    double now = 0;
    double free = 0;
    double latency = 0;
    for (long i = 0; i < requests; i++) {
      double length = lengths.getAsDouble();
      now += arrivalGaps.getAsDouble();
      int bin = boundaries.binOf(length);
      longest[bin] = Math.max(longest[bin], length);
      arrivalTimes[bin] += now;
      if (++members[bin] == BATCH_SIZE) {
        free = Math.max(now, free) + longest[bin];
        latency += BATCH_SIZE * free - arrivalTimes[bin];
        members[bin] = 0;
        longest[bin] = 0;
        arrivalTimes[bin] = 0;
      }
    }
    return (latency + flushed(members, longest, arrivalTimes, now, free)) / requests;
  }

  /**
   * Latency of the partial batches; their order among each other is by bin, which the mean over a
   * long run does not feel.
   */
  private static double flushed(
      int[] members, double[] longest, double[] arrivalTimes, double now, double free) {
    double latency = 0;
    double end = Math.max(now, free);
    for (int bin = 0; bin < BINS; bin++) {
      if (members[bin] > 0) {
        end += longest[bin];
        latency += members[bin] * end - arrivalTimes[bin];
      }
    }
    return latency;
  }

  private static BinBoundaries boundaries() {
    return BinBoundaries.of(BOUNDARIES.stream().mapToDouble(Double::doubleValue).toArray());
  }
}

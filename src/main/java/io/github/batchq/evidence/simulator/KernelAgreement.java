package io.github.batchq.evidence.simulator;

import io.github.batchq.evidence.Evidence;
import io.github.batchq.evidence.Finding;
import io.github.batchq.evidence.Statement;
import io.github.batchq.evidence.Verdict;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.BoundaryChoice;
import io.github.batchq.policy.Drain;
import io.github.batchq.policy.MultiBinBatching;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.random.Uniform;
import io.github.batchq.service.LongestRequest;
import io.github.batchq.sim.FullBatchKernel;
import io.github.batchq.sim.Kernel;
import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.SimulationListener;
import io.github.batchq.workload.ArrivalProcess;
import io.github.batchq.workload.BulkArrivals;
import io.github.batchq.workload.Oracle;
import io.github.batchq.workload.RenewalProcess;
import io.github.batchq.workload.RequestSource;
import io.github.batchq.workload.Traces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * Compares both kernels with a recursion over arrays on the same random numbers, request by
 * request: the time in system of every request must be the same double.
 */
public final class KernelAgreement {
  private static final int REQUESTS = 20_011;

  private KernelAgreement() {}

  /**
   * For how many requests the three computations differ.
   *
   * @param scenarios number of random scenarios
   * @param requests requests in all of them together
   * @param different requests whose time in system is not the same in all three
   */
  public record KernelFinding(int scenarios, long requests, long different) implements Finding {
    @Override
    public String quantity() {
      return "requests that differ";
    }

    @Override
    public Verdict verdict() {
      return Verdict.of(different == 0);
    }

    @Override
    public List<String> cells() {
      return List.of(
          Integer.toString(scenarios), Long.toString(requests), Long.toString(different));
    }
  }

  /** Records the time in system of every request. */
  private static final class Recorder implements SimulationListener {
    private final double[] latencies = new double[REQUESTS];

    @Override
    public void arrived(long id, double now) {}

    @Override
    public void dispatched(ServedBatch batch) {}

    @Override
    public void completed(ServedBatch batch, double now) {
      for (int i = 0; i < batch.size(); i++) {
        latencies[(int) batch.id(i)] = now - batch.arrivalTime(i);
      }
    }
  }

  /**
   * Compares random scenarios: 1 to 8 bins, batches of 1 to 64, 1 to 20 servers, loads 0.2 to 1.5,
   * in every other one groups of 1 to 9 requests.
   *
   * @param scenarios how many
   */
  public static Evidence<KernelFinding> run(int scenarios) {
    SplittableRandom random = new SplittableRandom(20241203);
    RandomStreams streams = new RandomStreams(7, scenarios);
    long different = 0;
    for (int scenario = 0; scenario < scenarios; scenario++) {
      int bins = 1 + random.nextInt(8);
      int batchSize = 1 + random.nextInt(64);
      int servers = 1 + random.nextInt(20);
      double rate = (0.2 + 1.3 * random.nextDouble()) * servers * batchSize / 14;
      double[] inner = new double[bins - 1];
      Arrays.setAll(inner, i -> 1 + 19 * random.nextDouble());
      Arrays.sort(inner);
      different += compare(streams, scenario, inner, batchSize, servers, rate);
    }
    return new Evidence<>(
        new Statement(
            "A second implementation",
            "The event kernel, the kernel of full batches and a recursion over arrays get the same"
                + " random numbers.",
            ""),
        List.of(new KernelFinding(scenarios, (long) scenarios * REQUESTS, different)));
  }

  private static long compare(
      RandomStreams streams,
      int replication,
      double[] inner,
      int batchSize,
      int servers,
      double rate) {
    BinBoundaries boundaries = BinBoundaries.of(inner);
    MultiBinBatching policy =
        new MultiBinBatching(
            inner.length + 1, BoundaryChoice.rule("equal-mass"), batchSize, Drain.FLUSH);
    Recorder events = new Recorder();
    new Kernel(
            source(streams, replication, rate),
            policy.create(boundaries),
            LongestRequest.SECONDS,
            servers,
            batchSize,
            List.of(events))
        .run();
    Recorder fullBatches = new Recorder();
    new FullBatchKernel(
            source(streams, replication, rate),
            boundaries,
            batchSize,
            Drain.FLUSH,
            LongestRequest.SECONDS,
            servers,
            fullBatches)
        .run();
    double[] recursion =
        recursion(
            draw(times(streams, replication, rate)),
            draw(lengths(streams, replication)),
            inner,
            batchSize,
            servers);
    long different = 0;
    for (int i = 0; i < REQUESTS; i++) {
      boolean same =
          recursion[i] == events.latencies[i] && recursion[i] == fullBatches.latencies[i];
      different += same ? 0 : 1;
    }
    return different;
  }

  private static RequestSource source(RandomStreams streams, int replication, double rate) {
    return new RequestSource(
        times(streams, replication, rate),
        lengths(streams, replication),
        new Oracle()
            .create(streams.stream(replication, StreamName.PREDICTION), BinBoundaries.none()),
        null,
        REQUESTS);
  }

  private static DoubleSupplier times(RandomStreams streams, int replication, double rate) {
    // Every other scenario has requests in groups, so that many come at the same moment.
    ArrivalProcess arrivals =
        replication % 2 == 0
            ? new RenewalProcess(new Exponential(rate))
            : new BulkArrivals(rate, new Uniform(1, 9)).create(new Traces(), () -> Double.NaN);
    return arrivals.arrivalTimes(streams.stream(replication, StreamName.ARRIVALS));
  }

  private static DoubleSupplier lengths(RandomStreams streams, int replication) {
    return new Uniform(1, 20).sampler(streams.stream(replication, StreamName.SERVICE));
  }

  private static double[] draw(DoubleSupplier numbers) {
    double[] drawn = new double[REQUESTS];
    Arrays.setAll(drawn, i -> numbers.getAsDouble());
    return drawn;
  }

  /** Forms the batches in one pass, then gives each in turn to the server that is free first. */
  private static double[] recursion(
      double[] times, double[] lengths, double[] inner, int batchSize, int servers) {
    List<List<Integer>> open = new ArrayList<>();
    List<List<Integer>> formed = new ArrayList<>();
    for (int bin = 0; bin <= inner.length; bin++) {
      open.add(new ArrayList<>());
    }
    for (int i = 0; i < REQUESTS; i++) {
      int bin = 0;
      while (bin < inner.length && inner[bin] <= lengths[i]) {
        bin++;
      }
      open.get(bin).add(i);
      if (open.get(bin).size() == batchSize) {
        formed.add(open.set(bin, new ArrayList<>()));
      }
    }
    int full = formed.size();
    open.stream()
        .filter(batch -> !batch.isEmpty())
        .sorted((a, b) -> Integer.compare(a.get(0), b.get(0)))
        .forEach(formed::add);
    PriorityQueue<Double> free = new PriorityQueue<>();
    for (int s = 0; s < servers; s++) {
      free.add(0.0);
    }
    double[] latencies = new double[REQUESTS];
    for (int b = 0; b < formed.size(); b++) {
      List<Integer> batch = formed.get(b);
      double ready = times[b < full ? batch.get(batch.size() - 1) : REQUESTS - 1];
      double longest = 0;
      for (int i : batch) {
        longest = Math.max(longest, lengths[i]);
      }
      double end = Math.max(ready, free.remove()) + longest;
      free.add(end);
      for (int i : batch) {
        latencies[i] = end - times[i];
      }
    }
    return latencies;
  }
}

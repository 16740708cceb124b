package io.github.batchq.sim;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.BatchingPolicy;
import io.github.batchq.random.Law;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.workload.LengthPredictor;
import io.github.batchq.workload.Oracle;
import io.github.batchq.workload.RenewalProcess;
import io.github.batchq.workload.RequestSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.DoubleSupplier;

/**
 * Runs for tests: through the kernel, and as a direct recursion over arrays that shares nothing
 * with it.
 */
public final class Run {
  private Run() {}

  /** Requests with the given arrival times and lengths, and an oracle. */
  public static RequestSource source(double[] arrivalTimes, double[] lengths) {
    return source(arrivalTimes, lengths, (length, promptTokens) -> length);
  }

  /** Requests with the given arrival times and lengths, and a predictor. */
  public static RequestSource source(
      double[] arrivalTimes, double[] lengths, LengthPredictor predictor) {
    return new RequestSource(
        supplier(arrivalTimes), supplier(lengths), predictor, null, lengths.length);
  }

  /** Independent gaps and lengths from the named streams of a replication. */
  public static RequestSource source(
      RandomStreams streams, int replication, Law gap, Law length, long requests) {
    return new RequestSource(
        new RenewalProcess(gap).arrivalTimes(streams.stream(replication, StreamName.ARRIVALS)),
        length.sampler(streams.stream(replication, StreamName.SERVICE)),
        new Oracle()
            .create(streams.stream(replication, StreamName.PREDICTION), BinBoundaries.none()),
        null,
        requests);
  }

  /** The next numbers of a supplier. */
  public static double[] draw(DoubleSupplier supplier, int size) {
    double[] values = new double[size];
    Arrays.setAll(values, i -> supplier.getAsDouble());
    return values;
  }

  private static DoubleSupplier supplier(double[] values) {
    int[] next = {0};
    return () -> values[next[0]++];
  }

  /** Time in system of every request, by the kernel. */
  public static double[] kernelLatencies(
      double[] arrivalTimes, double[] lengths, BatchingPolicy policy, int servers, int batchSize) {
    return kernelLatencies(
        source(arrivalTimes, lengths), lengths.length, policy, servers, batchSize);
  }

  /** Time in system of every request of a source, by the kernel. */
  public static double[] kernelLatencies(
      RequestSource source, int requests, BatchingPolicy policy, int servers, int batchSize) {
    double[] latencies = new double[requests];
    Arrays.fill(latencies, Double.NaN);
    SimulationListener listener =
        new Recorder() {
          @Override
          public void completed(ServedBatch batch, double now) {
            for (int i = 0; i < batch.size(); i++) {
              latencies[(int) batch.id(i)] = now - batch.arrivalTime(i);
            }
          }
        };
    KernelRun.of(source, policy, batchSize).servers(servers).tell(listener);
    return latencies;
  }

  /** A batch of the recursion. */
  private record Group(double formed, double seconds, List<Integer> members) {}

  /**
   * Time in system of every request, by recursion: form the batches in one pass, then give each in
   * turn to the server that is free first.
   */
  public static double[] recursionLatencies(
      double[] arrivalTimes,
      double[] lengths,
      BinBoundaries boundaries,
      int servers,
      int batchSize) {
    double[] inner = boundaries.inner();
    List<List<Integer>> open = new ArrayList<>();
    for (int bin = 0; bin <= inner.length; bin++) {
      open.add(new ArrayList<>());
    }
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < lengths.length; i++) {
      int bin = 0;
      while (bin < inner.length && inner[bin] <= lengths[i]) {
        bin++;
      }
      open.get(bin).add(i);
      if (open.get(bin).size() == batchSize) {
        groups.add(group(arrivalTimes[i], open.get(bin), lengths));
        open.set(bin, new ArrayList<>());
      }
    }
    open.removeIf(List::isEmpty);
    open.sort((a, b) -> Integer.compare(a.get(0), b.get(0)));
    for (List<Integer> rest : open) {
      groups.add(group(arrivalTimes[lengths.length - 1], rest, lengths));
    }
    double[] latencies = new double[lengths.length];
    PriorityQueue<Double> free = new PriorityQueue<>();
    for (int s = 0; s < servers; s++) {
      free.add(0.0);
    }
    for (Group group : groups) {
      double end = Math.max(group.formed(), free.remove()) + group.seconds();
      free.add(end);
      for (int member : group.members()) {
        latencies[member] = end - arrivalTimes[member];
      }
    }
    return latencies;
  }

  private static Group group(double formed, List<Integer> members, double[] lengths) {
    double longest = 0;
    for (int member : members) {
      longest = Math.max(longest, lengths[member]);
    }
    return new Group(formed, longest, List.copyOf(members));
  }

  /** A listener that does nothing until a method is overridden. */
  public static class Recorder implements SimulationListener {
    @Override
    public void arrived(long id, double now) {}

    @Override
    public void dispatched(ServedBatch batch) {}

    @Override
    public void completed(ServedBatch batch, double now) {}
  }
}

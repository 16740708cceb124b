package io.github.batchq.bench;

import com.sun.management.OperatingSystemMXBean;
import io.github.batchq.policy.AdaptiveBins;
import io.github.batchq.policy.BoundaryChoice;
import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.policy.DedicatedBinBatching;
import io.github.batchq.policy.DynamicBatching;
import io.github.batchq.policy.ElasticBatching;
import io.github.batchq.policy.MaxWaitBatching;
import io.github.batchq.policy.MultiBinBatching;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.ServingOrder;
import io.github.batchq.policy.ShortestFirst;
import io.github.batchq.policy.SortedWindow;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.policy.WaitThreshold;
import io.github.batchq.random.Uniform;
import io.github.batchq.study.Simulation;
import io.github.batchq.study.SimulationResults;
import io.github.batchq.workload.PoissonArrivals;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy of which {@code batchq bench --policies} measures the speed, as {@code batchq run}
 * simulates it with all metrics: Poisson arrivals of 0.4 requests per second, 0.9 of what one bin
 * carries, U(1,20) seconds, B = 8, four bins where there are bins, one server.
 *
 * @param name what the table calls it
 * @param policy the policy
 */
public record PolicySpeed(String name, PolicySpec policy) {
  private static final int BATCH = 8;

  /** The plainest policy of the event kernel, with which the others are compared. */
  public static final PolicySpeed DYNAMIC =
      new PolicySpeed("dynamic", new DynamicBatching(BATCH, null, null));

  private static final int BINS = 4;
  private static final double RATE = 0.4;
  private static final int RUNS = 2;
  private static final BoundaryChoice EQUAL_MASS = BoundaryChoice.rule("equal-mass");

  /**
   * What two runs cost.
   *
   * @param nanoseconds processor time of the process for each request
   * @param meanLatency what was computed, in seconds
   */
  public record Cost(double nanoseconds, double meanLatency) {}

  /** All of them: the catalogue's kinds, some in several variants. */
  public static List<PolicySpeed> all() {
    return List.of(
        new PolicySpeed("standard", new StandardBatching(BATCH)),
        new PolicySpeed("multi-bin", multiBin(null, null)),
        new PolicySpeed("multi-bin, shortest", multiBin(ServingOrder.SHORTEST, null)),
        new PolicySpeed("multi-bin, partial", multiBin(null, true)),
        new PolicySpeed("max-wait", new MaxWaitBatching(BINS, EQUAL_MASS, BATCH, 60, null)),
        DYNAMIC,
        new PolicySpeed("elastic", new ElasticBatching(BATCH, null, null)),
        new PolicySpeed("sorted-window", new SortedWindow(BATCH, BINS, null)),
        new PolicySpeed("shortest-first", new ShortestFirst(BATCH, null, 0, null)),
        new PolicySpeed("bound-bins", new DedicatedBinBatching(BINS, EQUAL_MASS, BATCH, null)),
        new PolicySpeed("adaptive-bins", adaptive("equal-mass")),
        new PolicySpeed("adaptive-bins, optimal", adaptive("optimal")),
        new PolicySpeed("continuous", new ContinuousBatching(BATCH)),
        new PolicySpeed("wait-threshold", new WaitThreshold(BATCH, 1, null, 2, null, null)));
  }

  private static PolicySpec multiBin(@Nullable ServingOrder order, @Nullable Boolean partial) {
    return new MultiBinBatching(BINS, EQUAL_MASS, BATCH, null, order, partial);
  }

  private static PolicySpec adaptive(String rule) {
    return new AdaptiveBins(BINS, BATCH, rule, 1000, 1000, null);
  }

  /**
   * Simulates two runs, one after the other, and measures. Processor time hardly knows what else
   * the machine does, but systems count it in steps of 10 ms: it takes many requests or rounds.
   *
   * @param requests number of requests of a run
   */
  public Cost measure(long requests) {
    Simulation simulation =
        Simulation.of(new PoissonArrivals(RATE), new Uniform(1, 20), policy)
            .requests(requests)
            .replications(RUNS)
            .threads(1);
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long start = process.getProcessCpuTime();
    SimulationResults results = simulation.run();
    double nanoseconds = process.getProcessCpuTime() - start;
    return new Cost(nanoseconds / (RUNS * requests), results.estimate("latency.mean").mean());
  }
}

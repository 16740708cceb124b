package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.policy.DedicatedBinBatching;
import io.github.batchq.policy.DynamicBatching;
import io.github.batchq.policy.ElasticBatching;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.SortedWindow;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.scenario.ScenarioWithoutArrivals;
import io.github.batchq.service.TokenCosts;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.ClosedBatches;
import io.github.batchq.theory.ClosedLoop;
import io.github.batchq.theory.FiniteSourceQueue;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.TheoryResult.Exact;
import io.github.batchq.theory.TheoryResult.UpperBound;
import io.github.batchq.workload.ClosedProcess;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Theory of clients who wait for answers (T41 to T44): exact where servers serve one request each
 * or one server takes what waits, bounds of asymptotic analysis for all other policies that answer
 * every request and whose capacity no batches exceed.
 *
 * @param system all that serves the clients, whose servers are alike
 * @param capacity what it can carry in an open system
 */
record ClosedTheory(ScenarioWithoutArrivals system, Supplier<TheoryResult> capacity) {
  private static final String ALWAYS_THERE = "T44, no think times: all requests are always there";

  /** What theory says of the metrics in the long run of a closed loop. */
  Map<Metric, Expected> results(ClosedProcess process) {
    double think = process.think().mean();
    if (Double.isInfinite(think)) {
      return Map.of();
    }
    ClosedLoop loop = new ClosedLoop(process.clients(), think);
    Map<Metric, Expected> exact = exact(process, loop);
    return exact.isEmpty() ? bounds(loop) : exact;
  }

  private Map<Metric, Expected> exact(ClosedProcess process, ClosedLoop loop) {
    PolicySpec policy = system.policy();
    BatchSystem batches = system.oneBin();
    int least = fewest(policy);
    if (batches == null || least == 0 || least > loop.clients() || system.servers().infinite()) {
      return Map.of();
    }
    int servers = system.servers().count();
    boolean thinks = process.think().exponentialRate().isPresent();
    if (process.think().upper() == 0) {
      return alwaysThere(batches, loop, servers);
    }
    double mean = lengthMean(batches);
    if (thinks && policy.batchSize() == 1 && !Double.isNaN(mean)) {
      FiniteSourceQueue queue = new FiniteSourceQueue(loop.clients(), loop.think(), servers, mean);
      return Map.of(
          Metric.THROUGHPUT, Expected.cheap(queue::throughput),
          Metric.LATENCY_MEAN, Expected.cheap(queue::meanLatency),
          Metric.UTILIZATION, Expected.cheap(queue::utilization));
    }
    boolean whole = !(policy instanceof ElasticBatching) || policy.batchSize() == 1;
    if (!thinks
        || servers > 1
        || !whole
        || loop.clients() > ClosedBatches.MOST_CLIENTS
        || Double.isInfinite(system.lengthLaw().mean())) {
      return Map.of();
    }
    Lazy<ClosedBatches> chain =
        new Lazy<>(() -> new ClosedBatches(batches, least, loop.clients(), loop.think()));
    Map<Metric, Expected> results = new HashMap<>();
    results.put(Metric.THROUGHPUT, Expected.costly(() -> chain.get().throughput()));
    results.put(Metric.LATENCY_MEAN, Expected.costly(() -> chain.get().meanLatency()));
    results.put(Metric.UTILIZATION, Expected.costly(() -> chain.get().utilization()));
    results.put(Metric.BATCH_SIZE_MEAN, Expected.costly(() -> chain.get().meanBatchSize()));
    results.put(Metric.SERVICE_MEAN, Expected.costly(() -> chain.get().requestBatchSeconds()));
    results.put(Metric.named("wait.mean"), Expected.costly(() -> chain.get().meanWait()));
    return results;
  }

  /**
   * Fewest requests that start a batch of a policy which takes them in the order of arrival, all in
   * one bin; 0 where it is another.
   */
  private static int fewest(PolicySpec policy) {
    if (policy instanceof DynamicBatching dynamic) {
      return dynamic.waits() ? 0 : dynamic.fewest();
    }
    if (policy instanceof ElasticBatching elastic) {
      return elastic.fewest();
    }
    return policy instanceof StandardBatching ? policy.batchSize() : 0;
  }

  /** The mean service time where it is exponential; else NaN. */
  private static double lengthMean(BatchSystem batches) {
    BatchTime time = batches.service();
    return batches.law().exponentialRate().isPresent() && time.offset(1) == 0
        ? time.secondsPerUnit(1) * batches.law().mean()
        : Double.NaN;
  }

  /**
   * Without think times nobody is ever elsewhere: one server takes min(N, B) at a time, and c
   * servers are busy with full batches if all of them can have one.
   */
  private Map<Metric, Expected> alwaysThere(BatchSystem batches, ClosedLoop loop, int servers) {
    int batchSize = batches.batchSize();
    boolean full = (long) servers * batchSize <= loop.clients();
    boolean leaves = system.policy() instanceof ElasticBatching && batchSize > 1;
    boolean waits = system.policy() instanceof StandardBatching && servers > 1;
    if (leaves || (servers > 1 && !full) || (waits && loop.clients() < mostNeeded(servers))) {
      return Map.of();
    }
    BatchSystem taken =
        full
            ? batches
            : new BatchSystem(
                batches.law(), batches.boundaries(), loop.clients(), batches.service(), servers);
    double throughput = (double) servers * taken.batchSize() / taken.meanBatchSeconds();
    return Map.of(
        Metric.THROUGHPUT,
        Expected.cheap(() -> TheoryResult.exact(throughput, ALWAYS_THERE)),
        Metric.LATENCY_MEAN,
        Expected.cheap(() -> TheoryResult.exact(loop.latency(throughput), ALWAYS_THERE)),
        Metric.UTILIZATION,
        Expected.cheap(() -> TheoryResult.exact(1, ALWAYS_THERE)),
        Metric.BATCH_SIZE_MEAN,
        Expected.cheap(() -> TheoryResult.exact(taken.batchSize(), ALWAYS_THERE)));
  }

  /** So many clients that a full batch always waits when a server is free. */
  private long mostNeeded(int servers) {
    return (long) servers * system.policy().batchSize() + system.policy().batchSize() - 1;
  }

  private Map<Metric, Expected> bounds(ClosedLoop loop) {
    double least = leastSeconds();
    Supplier<Double> most = () -> isLimit() ? limit(capacity.get()) : Double.POSITIVE_INFINITY;
    return Map.of(
        Metric.THROUGHPUT,
        Expected.cheap(() -> loop.mostThroughput(least, most.get())),
        Metric.LATENCY_MEAN,
        Expected.cheap(() -> loop.leastLatency(least, most.get())));
  }

  /** Mean seconds that a request takes alone, or less. */
  private double leastSeconds() {
    double mean = system.lengthLaw().mean();
    TokenCosts costs = system.service().tokenCosts();
    if (system.policy().serving().inSteps()) {
      return costs == null || Double.isInfinite(mean) ? 0 : mean * costs.stepSeconds(1, 0);
    }
    BatchTime time = system.batchTime();
    return time == null || Double.isInfinite(mean) ? 0 : time.seconds(1, mean);
  }

  /**
   * Whether the capacity bounds the throughput of a closed loop too: where every request is served
   * in its turn, so that long ones do not stay behind, and no batch or step costs less for each of
   * its requests than a full one.
   */
  private boolean isLimit() {
    PolicySpec policy = system.policy();
    if (policy instanceof ContinuousBatching) {
      TokenCosts costs = system.service().tokenCosts();
      return costs != null
          && costs.stepSecondsPerContextToken() == 0
          && (costs.stepSecondsPerRequest() == 0 || costs.freeRequests() == 0);
    }
    BatchTime time = system.batchTime();
    boolean inTurn =
        policy.serving().inFullBatches()
            || policy instanceof DynamicBatching
            || policy instanceof ElasticBatching
            || policy instanceof DedicatedBinBatching
            || policy instanceof SortedWindow;
    return inTurn && time != null && time.delta() == 0;
  }

  private static double limit(TheoryResult capacity) {
    return capacity instanceof Exact || capacity instanceof UpperBound
        ? capacity.value()
        : Double.POSITIVE_INFINITY;
  }
}

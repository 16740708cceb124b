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
import io.github.batchq.theory.FewRequests;
import io.github.batchq.theory.FiniteSourceQueue;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.TheoryResult.Exact;
import io.github.batchq.theory.TheoryResult.UpperBound;
import io.github.batchq.workload.ClosedProcess;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Theory of clients who wait for answers (T41 to T44, T49, T50): exact where servers serve one
 * request each, one server takes what waits, or nobody thinks and batches stay as they are; else
 * bounds, those of few requests for policies that take them in the order of arrival, and those of
 * asymptotic analysis for all others that answer every request and whose capacity no batches
 * exceed.
 *
 * @param system all that serves the clients, whose servers are alike
 * @param capacity what it can carry in an open system
 */
record ClosedTheory(ScenarioWithoutArrivals system, Supplier<TheoryResult> capacity) {
  private static final String ALWAYS_THERE = "T50, no think times: all requests are always there";

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
    if (system.servers().infinite() || Double.isInfinite(system.lengthLaw().mean())) {
      return Map.of();
    }
    boolean thinks = process.think().upper() > 0;
    BatchSystem bins = system.fullBatches();
    if (!thinks && bins != null && areBusy(bins, loop.clients())) {
      return busy(bins, loop);
    }
    BatchSystem batches = system.oneBin();
    int least = fewest(policy);
    if (batches == null || least == 0 || least > loop.clients()) {
      return Map.of();
    }
    int servers = system.servers().count();
    if (!thinks) {
      boolean full = (long) servers * batches.batchSize() <= loop.clients();
      boolean early = policy instanceof ElasticBatching && batches.batchSize() > 1;
      return full
          ? busy(batches, loop)
          : servers == 1 || (!early && process.rampUp() == 0)
              ? unchanging(batches, least, loop)
              : Map.of();
    }
    if (process.think().exponentialRate().isEmpty()) {
      return Map.of();
    }
    double mean = lengthMean(batches);
    if (policy.batchSize() == 1 && !Double.isNaN(mean)) {
      FiniteSourceQueue queue = new FiniteSourceQueue(loop.clients(), loop.think(), servers, mean);
      return Map.of(
          Metric.THROUGHPUT, Expected.cheap(queue::throughput),
          Metric.LATENCY_MEAN, Expected.cheap(queue::meanLatency),
          Metric.UTILIZATION, Expected.cheap(queue::utilization));
    }
    return servers > 1 || loop.clients() > ClosedBatches.MOST_CLIENTS
        ? Map.of()
        : chain(
            new Lazy<>(
                () ->
                    new ClosedBatches(
                        batches,
                        least,
                        loop.clients(),
                        loop.think(),
                        policy instanceof ElasticBatching)));
  }

  private static Map<Metric, Expected> chain(Lazy<ClosedBatches> chain) {
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
  static int fewest(PolicySpec policy) {
    if (policy instanceof DynamicBatching dynamic) {
      return dynamic.waits() ? 0 : dynamic.fewest();
    }
    if (policy instanceof ElasticBatching elastic) {
      return elastic.fewest();
    }
    return policy instanceof StandardBatching ? policy.batchSize() : 0;
  }

  /** The mean service time where it is exponential; else NaN. */
  static double lengthMean(BatchSystem batches) {
    BatchTime time = batches.service();
    return batches.law().exponentialRate().isPresent() && time.offset(1) == 0
        ? time.secondsPerUnit(1) * batches.law().mean()
        : Double.NaN;
  }

  /**
   * Whether nobody who thinks for no time leaves a server without a full batch: while one is idle
   * the others have at most (c - 1) B requests, and of more than k (B - 1) others some fill a bin.
   */
  private static boolean areBusy(BatchSystem bins, long clients) {
    long batchSize = bins.batchSize();
    return clients > (bins.servers() - 1) * batchSize + bins.boundaries().bins() * (batchSize - 1);
  }

  /** All servers always have full batches. */
  private static Map<Metric, Expected> busy(BatchSystem batches, ClosedLoop loop) {
    double batchSize = batches.batchSize();
    Supplier<Double> throughput = () -> batches.servers() * batchSize / batches.meanBatchSeconds();
    return alwaysThere(loop, throughput, 1, () -> batchSize);
  }

  /**
   * With too few for all servers, as many batches of B as there can be and one of the rest, if it
   * is large enough, are served again and again: who leaves together is together.
   */
  private static Map<Metric, Expected> unchanging(BatchSystem batches, int least, ClosedLoop loop) {
    int full = loop.clients() / batches.batchSize();
    int rest = loop.clients() % batches.batchSize();
    boolean goesOn = rest >= least;
    Supplier<Double> ofFull = () -> full == 0 ? 0 : full / batches.meanBatchSeconds();
    Supplier<Double> ofRest = () -> goesOn ? 1 / FewRequests.batchSeconds(batches, rest) : 0;
    Supplier<Double> throughput = () -> ofFull.get() * batches.batchSize() + ofRest.get() * rest;
    double busy = (full + (goesOn ? 1.0 : 0)) / batches.servers();
    return alwaysThere(
        loop, throughput, busy, () -> throughput.get() / (ofFull.get() + ofRest.get()));
  }

  private static Map<Metric, Expected> alwaysThere(
      ClosedLoop loop, Supplier<Double> throughput, double busy, Supplier<Double> batchSize) {
    return Map.of(
        Metric.THROUGHPUT,
        Expected.cheap(() -> TheoryResult.exact(throughput.get(), ALWAYS_THERE)),
        Metric.LATENCY_MEAN,
        Expected.cheap(() -> TheoryResult.exact(loop.latency(throughput.get()), ALWAYS_THERE)),
        Metric.UTILIZATION,
        Expected.cheap(() -> TheoryResult.exact(busy, ALWAYS_THERE)),
        Metric.BATCH_SIZE_MEAN,
        Expected.cheap(() -> TheoryResult.exact(batchSize.get(), ALWAYS_THERE)));
  }

  private Map<Metric, Expected> bounds(ClosedLoop loop) {
    BatchSystem batches = system.oneBin();
    int least = fewest(system.policy());
    if (batches != null
        && least > 0
        && least <= loop.clients()
        && !system.servers().infinite()
        && !Double.isInfinite(system.lengthLaw().mean())) {
      FewRequests few = new FewRequests(batches, least, system.policy() instanceof ElasticBatching);
      return Map.of(
          Metric.THROUGHPUT,
          Expected.costly(() -> few.throughput(loop.clients(), loop.think())),
          Metric.LATENCY_MEAN,
          Expected.costly(() -> few.latency(loop.clients(), loop.think())));
    }
    double seconds = leastSeconds(loop);
    Supplier<Double> most = () -> isLimit() ? limit(capacity.get()) : Double.POSITIVE_INFINITY;
    return Map.of(
        Metric.THROUGHPUT,
        Expected.cheap(() -> loop.mostThroughput(seconds, most.get())),
        Metric.LATENCY_MEAN,
        Expected.cheap(() -> loop.leastLatency(seconds, most.get())));
  }

  /**
   * Mean seconds that a request takes alone, or less; in full batches those of its batch, if so
   * many are there that none but full ones are served.
   */
  private double leastSeconds(ClosedLoop loop) {
    double mean = system.lengthLaw().mean();
    BatchSystem bins = system.fullBatches();
    if (bins != null
        && !Double.isInfinite(mean)
        && loop.clients() > (long) bins.boundaries().bins() * (bins.batchSize() - 1)) {
      return bins.meanBatchSeconds();
    }
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

package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.ScenarioWithoutArrivals;
import io.github.batchq.sim.ServerPool;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.Interruptions;
import io.github.batchq.theory.TheoryResult;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What theory says where servers differ in speed or are not always there, from what it says of one
 * server. Busy servers of speeds s_i do s_1 + ... + s_c seconds of work in a second, whichever of
 * them has which batch, so that is what multiplies the capacity of one. A server that fails is up
 * for a share E[up] / (E[up] + E[down]) of its time (the renewal theorem). Where interrupted work
 * is done again, servers carry at most that share; where it is lost with its requests, they get rid
 * of at least that share. For full batches on equal servers whose times up are exponential both are
 * known exactly ({@link Interruptions}). Drains that end do not matter in the long run; servers
 * that are drained for good do not count.
 */
final class PoolTheory implements PolicyTheory {
  private static final String SPEEDS =
      "T36, sum of the servers' speeds, times that of one server: ";

  private final PolicyTheory one;
  private final ServerPool servers;
  private final int batchSize;
  private final @Nullable Interruptions interruptions;

  /** Mean number of failures that a batch meets, or the share of batches that one ends. */
  private final Lazy<Double> met;

  private PoolTheory(
      PolicyTheory one, ServerPool servers, int batchSize, @Nullable Interruptions interruptions) {
    this.one = one;
    this.servers = servers;
    this.batchSize = batchSize;
    this.interruptions = interruptions;
    this.met = new Lazy<>(() -> met(interruptions, servers.failures()));
  }

  static PoolTheory of(ScenarioWithoutArrivals scenario) {
    ServerPool servers = scenario.servers();
    ScenarioWithoutArrivals alone = scenario.onOneServer();
    return new PoolTheory(
        PolicyTheory.onServersAlike(alone),
        servers,
        scenario.policy().batchSize(),
        interruptions(alone.fullBatches(), servers));
  }

  /**
   * The exact theory of full batches on equal servers whose times up are exponential; null
   * elsewhere.
   */
  private static @Nullable Interruptions interruptions(
      @Nullable BatchSystem batches, ServerPool servers) {
    ServerPool.Failures failures = servers.failures();
    if (failures == null
        || batches == null
        || !batches.confusion().isIdentity()
        || failures.up().exponentialRate().isEmpty()
        || speeds(servers).distinct().count() != 1) {
      return null;
    }
    return new Interruptions(
        batches,
        failures.up().exponentialRate().getAsDouble(),
        speeds(servers).findFirst().orElseThrow());
  }

  private static double met(
      @Nullable Interruptions interruptions, ServerPool.@Nullable Failures failures) {
    if (interruptions == null || failures == null) {
      return Double.NaN;
    }
    return failures.retry() ? interruptions.failuresWithRetry() : interruptions.lostShare();
  }

  @Override
  public boolean needsPoissonArrivals() {
    return one.needsPoissonArrivals();
  }

  @Override
  public TheoryResult capacity() {
    if (!one.growsWithServers() || !(one.capacity() instanceof TheoryResult.Exact alone)) {
      return NOTHING;
    }
    double work = speeds(servers).sum() * alone.value();
    ServerPool.Failures failures = servers.failures();
    if (failures == null) {
      return TheoryResult.exact(work, SPEEDS + alone.source());
    }
    Interruptions exact = interruptions;
    if (exact != null && (!failures.retry() || exact.isBounded())) {
      double seconds = failures.retry() ? exact.secondsWithRetry() : exact.secondsWithLoss();
      return TheoryResult.exact(
          availability(failures) * (double) speeds(servers).count() * batchSize / seconds,
          failures.retry()
              ? "T15, c A B / E[(e^(f T) - 1) / f]: exponential times up, batches begin anew"
              : "T15, c A B / E[(1 - e^(-f T)) / f]: exponential times up, a failure ends a batch");
    }
    String source = "T36, share of time up, E[up] / (E[up] + E[down]), times " + SPEEDS;
    return failures.retry()
        ? TheoryResult.upperBound(availability(failures) * work, source + alone.source())
        : TheoryResult.lowerBound(availability(failures) * work, source + alone.source());
  }

  @Override
  public Map<Metric, Expected> results(PreparedScenario scenario, Supplier<TheoryResult> capacity) {
    Map<Metric, Expected> results = new HashMap<>();
    ServerPool.Failures failures = servers.failures();
    double rate = scenario.arrivals().rate();
    // The throughput does not count requests that are lost.
    if (Double.isFinite(rate) && (failures == null || failures.retry())) {
      results.put(
          Metric.THROUGHPUT, Expected.cheap(() -> PolicyTheory.delivered(rate, capacity.get())));
    }
    Interruptions exact = scenario.followsTrace() ? null : interruptions;
    if (failures != null && exact != null) {
      putInterruptions(results, exact, failures.retry());
      if (!failures.retry() && Double.isFinite(rate)) {
        results.put(Metric.THROUGHPUT, Expected.cheap(() -> served(rate, capacity.get())));
      }
    }
    if (failures != null) {
      results.put(
          Metric.AVAILABILITY,
          Expected.cheap(
              () ->
                  TheoryResult.exact(
                      availability(failures), "T36, renewal theorem, E[up] / (E[up] + E[down])")));
    }
    return results;
  }

  /** The throughput without the requests that are lost. */
  private TheoryResult served(double rate, TheoryResult capacity) {
    return capacity.with(
        Math.min(rate, capacity.value()) * (1 - met.get()),
        "T15, min(rate, capacity) E[e^(-f T)]: " + capacity.source());
  }

  private void putInterruptions(Map<Metric, Expected> results, Interruptions exact, boolean retry) {
    if (!retry) {
      Expected lost =
          Expected.cheap(
              () -> TheoryResult.exact(met.get(), "T15, 1 - E[e^(-f T)], exponential times up"));
      results.put(Metric.LOST_SHARE, lost);
      results.put(Metric.INTERRUPTIONS, lost);
    } else if (exact.isBounded()) {
      results.put(
          Metric.INTERRUPTIONS,
          Expected.cheap(
              () -> TheoryResult.exact(met.get(), "T15, E[e^(f T)] - 1, exponential times up")));
    }
  }

  private static double availability(ServerPool.Failures failures) {
    double up = failures.up().mean();
    return up == Double.POSITIVE_INFINITY ? 1 : up / (up + failures.down().mean());
  }

  /** The speeds of the servers that are not drained for good. */
  private static DoubleStream speeds(ServerPool servers) {
    return IntStream.range(0, servers.count())
        .filter(
            server ->
                servers.drains().stream()
                    .noneMatch(drain -> drain.server() == server && drain.until() == null))
        .mapToDouble(servers::speed);
  }
}

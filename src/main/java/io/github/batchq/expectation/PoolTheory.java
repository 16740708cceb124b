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
 *
 * @param one what theory says of the policy on servers that are alike
 * @param servers the servers
 */
record PoolTheory(PolicyTheory one, ServerPool servers) implements PolicyTheory {
  private static final String SPEEDS =
      "T36, sum of the servers' speeds, times that of one server: ";

  @Override
  public boolean needsPoissonArrivals() {
    return one.needsPoissonArrivals();
  }

  @Override
  public TheoryResult capacity(ScenarioWithoutArrivals scenario) {
    if (!one.growsWithServers()
        || !(one.capacity(scenario.onOneServer()) instanceof TheoryResult.Exact alone)) {
      return NOTHING;
    }
    double work = speed() * alone.value();
    ServerPool.Failures failures = servers.failures();
    if (failures == null) {
      return TheoryResult.exact(work, SPEEDS + alone.source());
    }
    Interruptions exact = interruptions(scenario, failures);
    if (exact != null && (!failures.retry() || exact.isBounded())) {
      double seconds = failures.retry() ? exact.secondsWithRetry() : exact.secondsWithLoss();
      return TheoryResult.exact(
          availability(failures) * stayingServers() * scenario.policy().batchSize() / seconds,
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
  public Map<Metric, Supplier<TheoryResult>> results(
      PreparedScenario scenario, TheoryResult capacity) {
    Map<Metric, Supplier<TheoryResult>> results = new HashMap<>();
    ServerPool.Failures failures = servers.failures();
    double rate = scenario.arrivals().rate();
    // The throughput does not count requests that are lost.
    if (Double.isFinite(rate) && (failures == null || failures.retry())) {
      results.put(Metric.THROUGHPUT, () -> PolicyTheory.delivered(rate, capacity));
    }
    Interruptions exact =
        failures == null || scenario.followsTrace()
            ? null
            : interruptions(scenario.withoutArrivals(), failures);
    if (failures != null && exact != null) {
      putInterruptions(results, exact, failures.retry());
      if (!failures.retry() && Double.isFinite(rate)) {
        results.put(
            Metric.THROUGHPUT,
            () ->
                capacity.with(
                    Math.min(rate, capacity.value()) * (1 - exact.lostShare()),
                    "T15, min(rate, capacity) E[e^(-f T)]: " + capacity.source()));
      }
    }
    if (failures != null) {
      results.put(
          Metric.AVAILABILITY,
          () ->
              TheoryResult.exact(
                  availability(failures), "T36, renewal theorem, E[up] / (E[up] + E[down])"));
    }
    return results;
  }

  private static void putInterruptions(
      Map<Metric, Supplier<TheoryResult>> results, Interruptions exact, boolean retry) {
    if (!retry) {
      Supplier<TheoryResult> lost =
          () -> TheoryResult.exact(exact.lostShare(), "T15, 1 - E[e^(-f T)], exponential times up");
      results.put(Metric.LOST_SHARE, lost);
      results.put(Metric.INTERRUPTIONS, lost);
    } else if (exact.isBounded()) {
      results.put(
          Metric.INTERRUPTIONS,
          () ->
              TheoryResult.exact(
                  exact.failuresWithRetry(), "T15, E[e^(f T)] - 1, exponential times up"));
    }
  }

  /**
   * The exact theory of full batches on equal servers whose times up are exponential; null
   * elsewhere.
   */
  private @Nullable Interruptions interruptions(
      ScenarioWithoutArrivals scenario, ServerPool.Failures failures) {
    BatchSystem batches = scenario.onOneServer().fullBatches();
    if (batches == null
        || !batches.confusion().isIdentity()
        || failures.up().exponentialRate().isEmpty()
        || staying().mapToDouble(servers::speed).distinct().count() != 1) {
      return null;
    }
    return new Interruptions(
        batches,
        failures.up().exponentialRate().getAsDouble(),
        staying().mapToDouble(servers::speed).findFirst().orElseThrow());
  }

  private static double availability(ServerPool.Failures failures) {
    double up = failures.up().mean();
    return up == Double.POSITIVE_INFINITY ? 1 : up / (up + failures.down().mean());
  }

  /** The sum of the speeds of the servers that are not drained for good. */
  private double speed() {
    return staying().mapToDouble(servers::speed).sum();
  }

  /** The number of servers that are not drained for good. */
  private double stayingServers() {
    return (double) staying().count();
  }

  /** The servers that are not drained for good. */
  private IntStream staying() {
    return IntStream.range(0, servers.count())
        .filter(
            server ->
                servers.drains().stream()
                    .noneMatch(drain -> drain.server() == server && drain.until() == null));
  }
}

package io.github.batchq.experiment;

import io.github.batchq.sim.ServerPool;
import io.github.batchq.theory.TheoryResult;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What theory says where servers differ in speed or are not always there, from what it says of one
 * server. Busy servers of speeds s_i do s_1 + ... + s_c seconds of work in a second, whichever of
 * them has which batch, so that is what multiplies the capacity of one. A server that fails is up
 * for a share E[up] / (E[up] + E[down]) of its time (the renewal theorem). Where interrupted work
 * is done again, servers carry at most that share; where it is lost with its requests, they get rid
 * of at least that share. Drains that end do not matter in the long run; servers that are drained
 * for good do not count.
 *
 * @param one what theory says of the policy on servers that are alike
 * @param servers the servers
 */
record PoolTheory(PolicyTheory one, ServerPool servers) implements PolicyTheory {
  private static final String SPEEDS = "sum of the servers' speeds, times that of one server: ";

  @Override
  public boolean needsPoissonArrivals() {
    return one.needsPoissonArrivals();
  }

  @Override
  public TheoryResult capacity(ServingSystem system) {
    if (!one.growsWithServers()
        || !(one.capacity(system.onOneServer()) instanceof TheoryResult.Exact alone)) {
      return NOTHING;
    }
    double work = speed() * alone.value();
    ServerPool.Failures failures = servers.failures();
    if (failures == null) {
      return new TheoryResult.Exact(work, SPEEDS + alone.source());
    }
    String source = "share of time up, E[up] / (E[up] + E[down]), times the " + SPEEDS;
    return failures.retry()
        ? new TheoryResult.UpperBound(availability(failures) * work, source + alone.source())
        : new TheoryResult.LowerBound(availability(failures) * work, source + alone.source());
  }

  @Override
  public Map<String, Supplier<TheoryResult>> results(
      PreparedScenario scenario, TheoryResult capacity) {
    Map<String, Supplier<TheoryResult>> results = new HashMap<>();
    ServerPool.Failures failures = servers.failures();
    double rate = scenario.arrivals().rate();
    // Requests that are lost are not delivered.
    if (Double.isFinite(rate) && (failures == null || failures.retry())) {
      results.put("throughput", () -> PolicyTheory.delivered(rate, capacity));
    }
    if (failures != null) {
      results.put(
          "availability",
          () ->
              new TheoryResult.Exact(
                  availability(failures), "renewal theorem, E[up] / (E[up] + E[down])"));
    }
    return results;
  }

  private static double availability(ServerPool.Failures failures) {
    double up = failures.up().mean();
    return up == Double.POSITIVE_INFINITY ? 1 : up / (up + failures.down().mean());
  }

  /** Sum of the speeds of the servers that are not drained for good. */
  private double speed() {
    return IntStream.range(0, servers.count())
        .filter(
            server ->
                servers.drains().stream()
                    .noneMatch(drain -> drain.server() == server && drain.until() == null))
        .mapToDouble(servers::speed)
        .sum();
  }
}

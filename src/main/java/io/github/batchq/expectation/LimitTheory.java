package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.policy.DynamicBatching;
import io.github.batchq.policy.ElasticBatching;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.Traffic;
import io.github.batchq.sim.ServerPool;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.ErlangC;
import io.github.batchq.theory.FewRequests;
import io.github.batchq.theory.TheoryResult;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Theory of open arrivals of which at most so many are in flight, N: in times from the intended
 * moment it is another system without a limit wherever that starts the same batches at the same
 * moments (T49); else there is a bound of few requests (T50).
 *
 * @param scenario with the limit, on servers that are alike
 * @param limit N, at least 1
 */
record LimitTheory(PreparedScenario scenario, int limit) {
  private static final Metric SENT = Metric.named("latency.sent.mean");

  /** What does not depend on where requests wait. */
  private static final Set<Metric> SAME =
      Set.of(
          Metric.THROUGHPUT,
          Metric.LATENCY_MEAN,
          Metric.UTILIZATION,
          Metric.SERVICE_MEAN,
          Metric.BATCH_SIZE_MEAN,
          Metric.PADDING);

  /** What theory says of the metrics in the steady state. */
  Map<Metric, Expected> results() {
    PreparedScenario other = withoutLimit();
    return other == null ? bounds() : results(other);
  }

  private Map<Metric, Expected> results(PreparedScenario other) {
    PolicyTheory theory = PolicyTheory.of(other.withoutArrivals());
    Lazy<TheoryResult> capacity = new Lazy<>(theory::capacity);
    Map<Metric, Expected> results = new HashMap<>(theory.results(other, capacity));
    double rate = scenario.arrivals().rate();
    boolean finite = Double.isFinite(rate) && !scenario.followsTrace();
    boolean stable = finite && rate < capacity.get().value();
    ErlangC one = stable ? exponentialOneByOne(other) : null;
    if (one != null) {
      results.put(Metric.LATENCY_MEAN, Expected.cheap(one::meanLatency));
    }
    results.keySet().retainAll(SAME);
    if (scenario.servers().infinite()) {
      results.remove(Metric.UTILIZATION);
    }
    double share = (double) other.servers().count() / scenario.servers().count();
    results.computeIfPresent(
        Metric.UTILIZATION,
        (metric, expected) ->
            expected.with(result -> result.with(result.value() * share, result.source())));
    if (stable) {
      results.put(SENT, Expected.cheap(() -> sent(one)));
    }
    return results;
  }

  /** The mean time from when requests are sent: by Little's law what is in flight over the rate. */
  private TheoryResult sent(@Nullable ErlangC one) {
    double rate = scenario.arrivals().rate();
    BatchSystem batches = scenario.withoutArrivals().oneBin();
    if (batches != null && batches.batchSize() == 1 && limit <= scenario.servers().count()) {
      return TheoryResult.exact(batches.meanOwnSeconds(), "T49, who is sent is served");
    }
    return one != null
        ? TheoryResult.exact(one.meanAtMost(limit) / rate, "T49, Little's law of what is in flight")
        : TheoryResult.upperBound(limit / rate, "T49, Little's law of what is in flight");
  }

  /** Poisson arrivals whose exponential service is one by one; null for others. */
  private static @Nullable ErlangC exponentialOneByOne(PreparedScenario other) {
    BatchSystem batches = other.withoutArrivals().oneBin();
    boolean known =
        batches != null
            && batches.batchSize() == 1
            && other.arrivals().isPoisson()
            && batches.law().exponentialRate().isPresent();
    if (!known || batches == null) {
      return null;
    }
    BatchTime time = batches.service();
    return time.offset(1) == 0
        ? new ErlangC(
            other.arrivals().rate(), batches.servers(), time.seconds(1, batches.law().mean()))
        : null;
  }

  /** The system without a limit that starts the same batches; null where there is none. */
  private @Nullable PreparedScenario withoutLimit() {
    PolicySpec policy = scenario.policy();
    ServerPool servers = scenario.servers();
    long batchSize = policy.batchSize();
    if (policy instanceof DynamicBatching || policy instanceof ElasticBatching) {
      boolean one = servers.count() == 1 && ClosedTheory.fewest(policy) <= limit;
      if (servers.infinite()
          ? batchSize > 1
          : !one && limit < servers.count() * batchSize && batchSize > 1) {
        return null;
      }
      return batchSize == 1
          ? with(policy, fewer(servers, limit))
          : with(limit < batchSize ? smaller(policy) : policy, servers);
    }
    if (policy instanceof StandardBatching) {
      return limit < batchSize ? null : with(policy, fewer(servers, (int) (limit / batchSize)));
    }
    long needed =
        (servers.count() - 1) * batchSize + scenario.boundaries().bins() * (batchSize - 1) + 1;
    return policy.serving().inFullBatches() && !servers.infinite() && limit >= needed
        ? with(policy, servers)
        : null;
  }

  private PolicySpec smaller(PolicySpec policy) {
    return policy instanceof DynamicBatching dynamic
        ? new DynamicBatching(limit, dynamic.least(), dynamic.drain())
        : policy instanceof ElasticBatching elastic
            ? new ElasticBatching(limit, elastic.least(), elastic.drain())
            : policy;
  }

  private static ServerPool fewer(ServerPool servers, int most) {
    return servers.count() <= most ? servers : ServerPool.of(most);
  }

  private PreparedScenario with(PolicySpec policy, ServerPool servers) {
    Traffic limited = scenario.traffic();
    return new PreparedScenario(
        new Traffic(
            limited.arrivals(),
            limited.lengthLaw(),
            limited.lengthTrace(),
            limited.sample(),
            limited.promptLaw()),
        scenario.service(),
        scenario.predictor(),
        policy,
        scenario.boundaries(),
        servers,
        scenario.runSetup());
  }

  private Map<Metric, Expected> bounds() {
    BatchSystem batches = scenario.withoutArrivals().oneBin();
    int least = ClosedTheory.fewest(scenario.policy());
    double rate = scenario.arrivals().rate();
    if (batches == null
        || Double.isInfinite(rate)
        || least == 0
        || least > limit
        || scenario.servers().infinite()
        || Double.isInfinite(scenario.lengthLaw().mean())) {
      return Map.of();
    }
    FewRequests few = new FewRequests(batches, least, scenario.policy() instanceof ElasticBatching);
    return Map.of(
        Metric.THROUGHPUT,
        Expected.costly(
            () -> {
              TheoryResult most = few.capacity(limit);
              return most.with(Math.min(rate, most.value()), most.source());
            }));
  }
}

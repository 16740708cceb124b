package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.policy.DynamicBatching;
import io.github.batchq.policy.ElasticBatching;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.scenario.Horizon;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.GroupLatency;
import io.github.batchq.theory.GroupLatency.Check;
import io.github.batchq.theory.GroupLatency.Served;
import io.github.batchq.workload.GroupProcess;
import io.github.batchq.workload.Verify;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Theory of groups of requests (T48): how long they take on infinitely many servers, where siblings
 * are served one by one, or a batch holds all of a group.
 *
 * @param scenario a scenario whose arrivals are groups
 * @param groups the groups
 */
record GroupTheory(PreparedScenario scenario, GroupProcess groups) {
  /** What theory says of the groups in the long run. */
  Map<Metric, Expected> results() {
    BatchTime time = scenario.batchTime();
    Served served = served();
    Verify verify = groups.verify();
    boolean known =
        time != null
            && served != null
            && scenario.servers().isPlain()
            && scenario.servers().infinite()
            && scenario.horizon() == Horizon.STEADY
            && scenario.traffic().concurrency() == null
            && scenario.traffic().impatience() == null
            && scenario.traffic().phases() == null
            && (verify == null || groups.scoresInSystem());
    if (!known || time == null || served == null) {
      return Map.of();
    }
    GroupLatency latency =
        new GroupLatency(
            scenario.lengthLaw(),
            groups.within(),
            groups.sizes().law(),
            groups.join() == null ? null : groups.join().first(),
            time,
            served,
            verify == null ? Check.NONE : new Check(time.seconds(1, 1), 0, 0));
    return Map.of(
        Metric.named("group.latency.mean"), Expected.costly(latency::mean),
        Metric.named("group.latency.p50"), Expected.costly(() -> latency.quantile(0.50)),
        Metric.named("group.latency.p95"), Expected.costly(() -> latency.quantile(0.95)),
        Metric.named("group.latency.p99"), Expected.costly(() -> latency.quantile(0.99)));
  }

  /** How siblings share servers that are always free; null where it is neither way. */
  private @Nullable Served served() {
    PolicySpec policy = scenario.policy();
    if (policy instanceof StandardBatching) {
      int size = groups.sizes().constant();
      // A pass that scores would move the ends of batches away from those of groups.
      return policy.batchSize() == 1
          ? Served.ALONE
          : policy.batchSize() == size && !groups.scoresInSystem() ? Served.TOGETHER : null;
    }
    boolean dynamic =
        policy instanceof DynamicBatching taking && taking.fewest() == 1 && !taking.waits();
    boolean elastic = policy instanceof ElasticBatching taking && taking.fewest() == 1;
    if (!dynamic && !elastic) {
      return null;
    }
    if (policy.batchSize() == 1) {
      return Served.ALONE;
    }
    boolean whole = groups.sizes().most() <= policy.batchSize();
    return !whole ? null : dynamic ? Served.TOGETHER : Served.EARLY;
  }
}

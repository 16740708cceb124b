package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.policy.DynamicBatching;
import io.github.batchq.policy.ElasticBatching;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.ShortestFirst;
import io.github.batchq.policy.SortedWindow;
import io.github.batchq.random.Deterministic;
import io.github.batchq.scenario.ScenarioWithoutArrivals;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.GroupLatency;
import io.github.batchq.theory.GroupLatency.Check;
import io.github.batchq.theory.GroupLatency.Served;
import io.github.batchq.theory.RoundTime;
import io.github.batchq.theory.StepTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Theory of rounds whose requests come together (T45), also on infinitely many servers (T48).
 *
 * @param system all that serves them, whose servers are alike
 * @param size requests of a round
 */
record RoundTheory(ScenarioWithoutArrivals system, long size) {
  private static final Metric ROUND_MEAN = Metric.named("round.mean");

  /** What theory says of the metrics. */
  Map<Metric, Expected> results() {
    if (system.servers().infinite()) {
      return onInfinitelyMany();
    }
    BatchSystem inBins = inBins();
    if (inBins != null) {
      RoundTime time = new RoundTime(inBins, size);
      return Map.of(ROUND_MEAN, Expected.costly(time::inBins));
    }
    if (system.policy().serving().inSteps()) {
      return inSteps();
    }
    BatchSystem oneBin = system.oneBin();
    if (oneBin == null) {
      return Map.of();
    }
    RoundTime time = new RoundTime(oneBin, size);
    return Map.of(ROUND_MEAN, Expected.costly(isSorted() ? time::sorted : time::leastOfAll));
  }

  /** No batch waits, and a round is one group (T48) if its batches are all of one size. */
  private Map<Metric, Expected> onInfinitelyMany() {
    BatchSystem batches = system.oneBin();
    if (batches == null
        || ClosedTheory.fewest(system.policy()) == 0
        || size % Math.min(size, batches.batchSize()) != 0) {
      return Map.of();
    }
    int each = (int) Math.min(size, batches.batchSize());
    BatchTime time = batches.service();
    GroupLatency round =
        new GroupLatency(
            batches.law(),
            0,
            new Deterministic(size),
            null,
            new BatchTime(time.offset(each), 0, time.secondsPerUnit(each)),
            Served.ALONE,
            Check.NONE);
    return Map.of(
        ROUND_MEAN,
        Expected.costly(round::mean),
        Metric.named("round.p50"),
        Expected.costly(() -> round.quantile(0.50)),
        Metric.named("round.p95"),
        Expected.costly(() -> round.quantile(0.95)),
        Metric.named("round.p99"),
        Expected.costly(() -> round.quantile(0.99)));
  }

  private Map<Metric, Expected> inSteps() {
    StepTime steps = ContinuousTheory.stepTime(system.service());
    return steps == null || size > Integer.MAX_VALUE
        ? Map.of()
        : Map.of(
            ROUND_MEAN,
            Expected.costly(
                () ->
                    RoundTime.inSteps(
                        system.lengthLaw(),
                        (int) size,
                        steps,
                        system.policy().batchSize(),
                        system.servers().count())));
  }

  /** The bins whose full batches are served, and the rest at the end; null if there are none. */
  private @Nullable BatchSystem inBins() {
    PolicySpec policy = system.policy();
    if (policy.serving().inFullBatches()) {
      return system.bins();
    }
    boolean takesWhatWaits =
        policy instanceof ElasticBatching
            || (policy instanceof DynamicBatching dynamic && !dynamic.waits());
    return takesWhatWaits ? system.oneBin() : null;
  }

  /** Whether the whole round is sorted by true lengths before it is cut into batches. */
  private boolean isSorted() {
    PolicySpec policy = system.policy();
    boolean whole =
        policy instanceof ShortestFirst
            || (policy instanceof SortedWindow sorted
                && (long) sorted.window() * sorted.batchSize() >= size);
    return whole && system.predictor().isExact();
  }
}

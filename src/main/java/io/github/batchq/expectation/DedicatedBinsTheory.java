package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.ScenarioWithoutArrivals;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchWait;
import io.github.batchq.theory.DedicatedBins;
import io.github.batchq.theory.Latency;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.Throughput;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Theory of bins that are bound to servers. The group of servers with the most work sets the
 * capacity; where every group has one bin, each is a queue of full batches by itself.
 */
record DedicatedBinsTheory() implements PolicyTheory {
  @Override
  public boolean growsWithServers() {
    return false;
  }

  @Override
  public TheoryResult capacity(ScenarioWithoutArrivals scenario) {
    BatchSystem bins = scenario.bins();
    return bins == null ? NOTHING : DedicatedBins.capacity(bins);
  }

  @Override
  public Map<Metric, Supplier<TheoryResult>> results(
      PreparedScenario scenario, TheoryResult capacity) {
    double rate = scenario.arrivals().rate();
    BatchSystem system = scenario.withoutArrivals().bins();
    if (system == null || scenario.followsTrace() || Double.isInfinite(rate)) {
      return Map.of();
    }
    Map<Metric, Supplier<TheoryResult>> results =
        FullBatchTheory.batches(system, scenario.arrivals());
    results.put(Metric.THROUGHPUT, () -> PolicyTheory.delivered(rate, capacity));
    if (rate < capacity.value()) {
      results.put(Metric.UTILIZATION, () -> Throughput.utilization(system, rate));
      if (scenario.arrivals().isRenewal()) {
        results.put(
            Metric.LATENCY_MEAN,
            () ->
                scenario.arrivals().isPoisson() && isQueueForEachBin(system)
                    ? queueForEachBin(scenario.withoutArrivals(), system, rate)
                    : Latency.mean(system, rate));
      }
    } else {
      results.put(Metric.LATENCY_MEAN, () -> OVERLOADED);
    }
    return results;
  }

  private static boolean isQueueForEachBin(BatchSystem system) {
    return system.boundaries().bins() <= system.servers() && system.confusion().isIdentity();
  }

  /**
   * The mean latency over queues that have a bin and some servers each; it is as exact as the least
   * exact of theirs.
   */
  private static TheoryResult queueForEachBin(
      ScenarioWithoutArrivals scenario, BatchSystem system, double rate) {
    int bins = system.boundaries().bins();
    double sum = 0;
    TheoryResult kind = NOTHING;
    for (int bin = 0; bin < bins; bin++) {
      double mass = scenario.binMass(bin);
      if (mass > 0) {
        BatchSystem alone =
            new BatchSystem(
                scenario.binLaw(bin),
                BinBoundaries.none(),
                system.batchSize(),
                system.service(),
                (system.servers() - bin + bins - 1) / bins);
        TheoryResult latency = BatchWait.of(alone, rate * mass).latency();
        sum += mass * latency.value();
        kind = leastExact(kind, latency);
      }
    }
    return kind.with(sum, "Prop. 4.1 and Lemma 5.1 for each bin: " + kind.source());
  }

  private static TheoryResult leastExact(TheoryResult one, TheoryResult other) {
    return one == NOTHING || one instanceof TheoryResult.Exact ? other : one;
  }
}

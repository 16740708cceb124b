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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Theory of bins that are bound to servers. The group of servers with the most work sets the
 * capacity; where every group has one bin, each is a queue of full batches by itself.
 *
 * @param bins the bins; null where theory does not cover them
 * @param alone the bins that receive requests, where each is a queue by itself; else none
 */
record DedicatedBinsTheory(@Nullable BatchSystem bins, List<Alone> alone) implements PolicyTheory {
  /**
   * A bin with servers of its own.
   *
   * @param mass the share of requests that it receives
   * @param system its batches
   */
  record Alone(double mass, BatchSystem system) {}

  static DedicatedBinsTheory of(ScenarioWithoutArrivals scenario) {
    BatchSystem bins = scenario.bins();
    return new DedicatedBinsTheory(
        bins, bins != null && isQueueForEachBin(bins) ? alone(scenario, bins) : List.of());
  }

  @Override
  public boolean growsWithServers() {
    return false;
  }

  @Override
  public TheoryResult capacity() {
    return bins == null ? NOTHING : DedicatedBins.capacity(bins);
  }

  @Override
  public Map<Metric, Expected> results(PreparedScenario scenario, Supplier<TheoryResult> capacity) {
    double rate = scenario.arrivals().rate();
    BatchSystem system = bins;
    if (system == null || scenario.followsTrace() || Double.isInfinite(rate)) {
      return Map.of();
    }
    Map<Metric, Expected> results = FullBatchTheory.batches(system, scenario.arrivals());
    results.put(
        Metric.THROUGHPUT, Expected.cheap(() -> PolicyTheory.delivered(rate, capacity.get())));
    if (rate < capacity.get().value()) {
      results.put(Metric.UTILIZATION, Expected.cheap(() -> Throughput.utilization(system, rate)));
      if (scenario.arrivals().isPoisson() && !alone.isEmpty()) {
        results.put(Metric.LATENCY_MEAN, Expected.costly(() -> queueForEachBin(rate)));
      } else if (scenario.arrivals().isRenewal()) {
        results.put(Metric.LATENCY_MEAN, Expected.cheap(() -> Latency.mean(system, rate)));
      }
    } else {
      results.put(Metric.LATENCY_MEAN, Expected.cheap(() -> OVERLOADED));
    }
    return results;
  }

  private static boolean isQueueForEachBin(BatchSystem system) {
    return system.boundaries().bins() <= system.servers() && system.confusion().isIdentity();
  }

  private static List<Alone> alone(ScenarioWithoutArrivals scenario, BatchSystem system) {
    int bins = system.boundaries().bins();
    List<Alone> alone = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      double mass = scenario.binMass(bin);
      if (mass > 0) {
        alone.add(
            new Alone(
                mass,
                new BatchSystem(
                    scenario.binLaw(bin),
                    BinBoundaries.none(),
                    system.batchSize(),
                    system.service(),
                    (system.servers() - bin + bins - 1) / bins)));
      }
    }
    return List.copyOf(alone);
  }

  /**
   * The mean latency over queues that have a bin and some servers each; it is as exact as the least
   * exact of theirs.
   */
  private TheoryResult queueForEachBin(double rate) {
    double sum = 0;
    TheoryResult kind = NOTHING;
    for (Alone bin : alone) {
      TheoryResult latency = BatchWait.of(bin.system(), rate * bin.mass()).latency();
      sum += bin.mass() * latency.value();
      kind = leastExact(kind, latency);
    }
    return kind.with(sum, "Prop. 4.1 and Lemma 5.1 for each bin: " + kind.source());
  }

  private static TheoryResult leastExact(TheoryResult one, TheoryResult other) {
    return one == NOTHING || one instanceof TheoryResult.Exact ? other : one;
  }
}

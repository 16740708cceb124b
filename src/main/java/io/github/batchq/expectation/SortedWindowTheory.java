package io.github.batchq.expectation;

import io.github.batchq.metric.Metric;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.ScenarioWithoutArrivals;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.SortedGrouping;
import io.github.batchq.theory.TheoryResult;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Theory of sorted windows, where true lengths are known on arrival (T14). The requests of a window
 * wait for its last one, whatever their lengths.
 *
 * @param window batches of a window n
 */
record SortedWindowTheory(int window) implements PolicyTheory {
  private static final String SOURCE = "T14, order statistics of a sorted window";

  @Override
  public TheoryResult capacity(ScenarioWithoutArrivals scenario) {
    BatchTimes times = times(scenario);
    return times == null
        ? NOTHING
        : TheoryResult.exact(
            (double) scenario.servers().count() * scenario.policy().batchSize() / times.mean(),
            "c B / E[service] with " + SOURCE);
  }

  /**
   * The mean seconds of a batch, and those of a batch whose requests are all as long as the mean.
   */
  private record BatchTimes(double mean, double own) {}

  private @Nullable BatchTimes times(ScenarioWithoutArrivals scenario) {
    BatchTime time = scenario.batchTime();
    boolean infinite = scenario.lengthLaw().mean() == Double.POSITIVE_INFINITY;
    // In a window of one batch there is nothing to sort.
    boolean sorted = window == 1 || scenario.predictor().isExact();
    if (time == null || infinite || !sorted) {
      return null;
    }
    int batchSize = scenario.policy().batchSize();
    double longest = new SortedGrouping(scenario.lengthLaw(), batchSize, window).meanLongest();
    return new BatchTimes(
        time.seconds(batchSize, longest), time.seconds(batchSize, scenario.lengthLaw().mean()));
  }

  @Override
  public Map<Metric, Supplier<TheoryResult>> results(
      PreparedScenario scenario, TheoryResult capacity) {
    double rate = scenario.arrivals().rate();
    BatchTimes times = times(scenario.withoutArrivals());
    if (times == null || scenario.followsTrace() || Double.isInfinite(rate)) {
      return Map.of();
    }
    double forming = ((double) window * scenario.policy().batchSize() - 1) / (2 * rate);
    Map<Metric, Supplier<TheoryResult>> results = new HashMap<>();
    results.put(Metric.SERVICE_MEAN, () -> TheoryResult.exact(times.mean(), SOURCE));
    results.put(
        Metric.PADDING,
        () -> TheoryResult.exact(Math.max(0, 1 - times.own() / times.mean()), SOURCE));
    boolean renewal = scenario.arrivals().isRenewal();
    if (renewal) {
      results.put(
          Metric.FORMATION_MEAN,
          () ->
              TheoryResult.exact(forming, "T11, (nB - 1) / (2 rate), as eq. (64) for nB requests"));
    }
    if (scenario.servers().infinite()) {
      if (renewal) {
        results.put(Metric.LATENCY_MEAN, () -> TheoryResult.exact(forming + times.mean(), SOURCE));
      }
      return results;
    }
    results.put(Metric.THROUGHPUT, () -> PolicyTheory.delivered(rate, capacity));
    results.put(
        Metric.UTILIZATION,
        () ->
            TheoryResult.exact(
                Math.min(1, rate / capacity.value()), "min(1, rate / capacity), " + SOURCE));
    if (renewal || rate >= capacity.value()) {
      results.put(
          Metric.LATENCY_MEAN,
          () ->
              rate >= capacity.value()
                  ? OVERLOADED
                  : TheoryResult.lowerBound(
                      forming + times.mean(), SOURCE + ", without the wait for a server"));
    }
    return results;
  }
}

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
 * @param slots requests that all servers together serve at a time
 * @param times how long batches take; null where theory does not cover them
 */
record SortedWindowTheory(int window, double slots, @Nullable BatchTimes times)
    implements PolicyTheory {
  private static final String SOURCE = "T14, order statistics of a sorted window";

  /**
   * The mean seconds of a batch, and those of a batch whose requests are all as long as the mean.
   */
  record BatchTimes(double mean, double own) {}

  static SortedWindowTheory of(int window, ScenarioWithoutArrivals scenario) {
    double slots = (double) scenario.servers().count() * scenario.policy().batchSize();
    return new SortedWindowTheory(window, slots, times(window, scenario));
  }

  private static @Nullable BatchTimes times(int window, ScenarioWithoutArrivals scenario) {
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
  public TheoryResult capacity() {
    return times == null
        ? NOTHING
        : TheoryResult.exact(slots / times.mean(), "c B / E[service] with " + SOURCE);
  }

  @Override
  public Map<Metric, Expected> results(PreparedScenario scenario, Supplier<TheoryResult> capacity) {
    double rate = scenario.arrivals().rate();
    BatchTimes known = times;
    if (known == null || scenario.followsTrace() || Double.isInfinite(rate)) {
      return Map.of();
    }
    double forming = ((double) window * scenario.policy().batchSize() - 1) / (2 * rate);
    Map<Metric, Expected> results = new HashMap<>();
    results.put(
        Metric.SERVICE_MEAN, Expected.cheap(() -> TheoryResult.exact(known.mean(), SOURCE)));
    results.put(
        Metric.PADDING,
        Expected.cheap(
            () -> TheoryResult.exact(Math.max(0, 1 - known.own() / known.mean()), SOURCE)));
    boolean renewal = scenario.arrivals().isRenewal();
    if (renewal) {
      results.put(
          Metric.FORMATION_MEAN,
          Expected.cheap(
              () ->
                  TheoryResult.exact(
                      forming, "T11, (nB - 1) / (2 rate), as eq. (64) for nB requests")));
    }
    if (scenario.servers().infinite()) {
      if (renewal) {
        results.put(
            Metric.LATENCY_MEAN,
            Expected.cheap(() -> TheoryResult.exact(forming + known.mean(), SOURCE)));
      }
      return results;
    }
    results.put(
        Metric.THROUGHPUT, Expected.cheap(() -> PolicyTheory.delivered(rate, capacity.get())));
    results.put(
        Metric.UTILIZATION,
        Expected.cheap(
            () ->
                TheoryResult.exact(
                    Math.min(1, rate / capacity.get().value()),
                    "min(1, rate / capacity), " + SOURCE)));
    if (renewal || rate >= capacity.get().value()) {
      results.put(
          Metric.LATENCY_MEAN,
          Expected.cheap(
              () ->
                  rate >= capacity.get().value()
                      ? OVERLOADED
                      : TheoryResult.lowerBound(
                          forming + known.mean(), SOURCE + ", without the wait for a server")));
    }
    return results;
  }
}

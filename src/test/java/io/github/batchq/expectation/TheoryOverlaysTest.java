package io.github.batchq.expectation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.file.ExperimentFile;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Metric;
import io.github.batchq.policy.ShortestFirst;
import io.github.batchq.random.Law;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.Traffic;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Theory of the points of a sweep: what is computed once for many of them, and what is left out.
 */
class TheoryOverlaysTest {
  /** What quadratures, sums over tokens and inversions ask of a law. */
  private static final Set<String> EVALUATIONS =
      Set.of("cdf", "survival", "atLeast", "density", "quantile", "upperQuantile");

  private static final List<Double> RATES = List.of(0.1, 0.13, 0.17, 0.29, 5.0);

  @TempDir Path folder;

  private final AtomicLong evaluations = new AtomicLong();

  /** A scenario whose law counts how often it is evaluated. */
  private PreparedScenario scenario(String policy, String rest) {
    PreparedScenario prepared =
        ExperimentFile.read(
                ExperimentFiles.write(
                    folder,
                    """
                    name: overlays
                    scenario:
                      arrivals: {process: poisson, rate: 0.1}
                      service: {tokens: {law: uniform, min: 1, max: 20}, secondsPerToken: 1}
                      policy: %s
                      requests: 5000
                      %s
                    """
                        .formatted(policy, rest)),
                Map.of())
            .points()
            .get(0)
            .scenario();
    Traffic traffic = prepared.traffic();
    Law law = counted(traffic.lengthLaw());
    return new PreparedScenario(
        new Traffic(traffic.arrivals(), law, null, null, null),
        prepared.service(),
        prepared.predictor(),
        prepared.policy(),
        prepared.boundaries(),
        prepared.servers(),
        prepared.runSetup());
  }

  private Law counted(Law law) {
    return (Law)
        Proxy.newProxyInstance(
            Law.class.getClassLoader(),
            new Class<?>[] {Law.class},
            (proxy, method, arguments) -> {
              if (EVALUATIONS.contains(method.getName())) {
                evaluations.incrementAndGet();
              }
              return method.invoke(law, arguments);
            });
  }

  private static void askAll(TheoryOverlay overlay, TheoryEffort effort) {
    overlay.load();
    Metric.ALL.forEach(metric -> overlay.get(metric, effort));
  }

  /**
   * Integrals over the law are those of the first point: what is cheap asks for no more of them at
   * another rate. What is costly must not be computed unless it is asked for.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{type: standard, batchSize: 8}; ",
        "{type: standard, batchSize: 8}; servers: infinite",
        "{type: standard, batchSize: 8}; horizon: finite",
        "{type: multi-bin, bins: 4, boundaries: equal-mass, batchSize: 8}; ",
        "{type: multi-bin, bins: 4, boundaries: equal-mass, batchSize: 8, order: shortest}; ",
        "{type: multi-bin, bins: 4, boundaries: equal-mass, batchSize: 8};"
            + " predictor: {type: symmetric-error, errorRate: 0.1}",
        "{type: multi-bin, bins: 4, boundaries: equal-mass, batchSize: 8};"
            + " servers: {count: 2, failures: {up: {law: exponential, rate: 0.01},"
            + " down: {law: exponential, rate: 1}, batch: lose}}",
        "{type: bound-bins, bins: 4, boundaries: equal-mass, batchSize: 8}; servers: 4",
        "{type: adaptive-bins, bins: 4, batchSize: 8, window: 100, rule: optimal}; ",
        "{type: max-wait, bins: 4, boundaries: equal-mass, batchSize: 8, maxWait: 5}; ",
        "{type: dynamic, batchSize: 8}; ",
        "{type: elastic, batchSize: 8}; ",
        "{type: sorted-window, batchSize: 8, window: 4}; ",
        "{type: shortest-first, batchSize: 8}; ",
        "{type: continuous, batchSize: 8}; ",
        "{type: wait-threshold, batchSize: 8, threshold: 4}; "
      })
  void ratesShareWhatDoesNotDependOnThem(String policy, String rest) {
    PreparedScenario scenario = scenario(policy, rest == null ? "" : rest);
    TheoryOverlays overlays = new TheoryOverlays();
    // A rate below the capacity and one above it, at which other values are asked for.
    askAll(overlays.of(scenario), TheoryEffort.CHEAP);
    askAll(overlays.of(scenario.atRate(5)), TheoryEffort.CHEAP);
    long first = evaluations.get();
    RATES.forEach(rate -> askAll(overlays.of(scenario.atRate(rate)), TheoryEffort.CHEAP));
    assertEquals(first, evaluations.get());
    assertEquals(1, overlays.size());
    for (double rate : RATES) {
      PreparedScenario point = scenario.atRate(rate);
      TheoryOverlay shared = overlays.of(point);
      TheoryOverlay alone = TheoryOverlay.of(point);
      assertEquals(alone.load(), shared.load());
      assertEquals(alone.capacity(), shared.capacity());
      Metric.ALL.forEach(metric -> assertEquals(alone.get(metric), shared.get(metric)));
    }
  }

  /** The law is evaluated for the first system, so the count can tell. */
  @Test
  void anotherSystemIsComputedAnew() {
    PreparedScenario scenario = scenario("{type: standard, batchSize: 8}", "");
    TheoryOverlays overlays = new TheoryOverlays();
    askAll(overlays.of(scenario), TheoryEffort.CHEAP);
    long first = evaluations.get();
    assertTrue(first > 0);
    askAll(overlays.of(scenario("{type: standard, batchSize: 9}", "")), TheoryEffort.CHEAP);
    assertTrue(evaluations.get() > first);
    assertEquals(2, overlays.size());
  }

  /** Loads are shares of a capacity that is computed once. */
  @Test
  void aCapacityIsComputedOnce() {
    PreparedScenario scenario = scenario("{type: standard, batchSize: 8}", "");
    TheoryOverlays overlays = new TheoryOverlays();
    double capacity = overlays.knownCapacity(scenario.withoutArrivals());
    assertEquals(PolicyTheory.knownCapacity(scenario.withoutArrivals()), capacity);
    long first = evaluations.get();
    assertTrue(first > 0);
    assertEquals(capacity, overlays.knownCapacity(scenario.atRate(0.2).withoutArrivals()));
    assertEquals(capacity, overlays.of(scenario).capacity().value());
    assertEquals(first, evaluations.get());
  }

  @Test
  void theSystemsAskedForLastAreKept() {
    PreparedScenario kept = scenario("{type: standard, batchSize: 8}", "");
    PreparedScenario lost = scenario("{type: standard, batchSize: 9}", "");
    TheoryOverlays overlays = new TheoryOverlays();
    askAll(overlays.of(kept), TheoryEffort.CHEAP);
    askAll(overlays.of(lost), TheoryEffort.CHEAP);
    long both = evaluations.get();
    for (int i = 0; i < TheoryOverlays.MOST_SYSTEMS; i++) {
      overlays.of(kept);
      overlays.of(
          new PreparedScenario(
              kept.traffic(),
              kept.service(),
              kept.predictor(),
              new ShortestFirst(i + 1, null, 0, null),
              kept.boundaries(),
              kept.servers(),
              kept.runSetup()));
    }
    assertEquals(TheoryOverlays.MOST_SYSTEMS, overlays.size());
    assertEquals(both, evaluations.get());
    askAll(overlays.of(kept), TheoryEffort.CHEAP);
    assertEquals(both, evaluations.get());
    askAll(overlays.of(lost), TheoryEffort.CHEAP);
    assertTrue(evaluations.get() > both);
  }

  @Test
  void lessEffortLeavesOutWhatTakesLong() {
    PreparedScenario scenario = scenario("{type: dynamic, batchSize: 8}", "");
    TheoryOverlay overlay = TheoryOverlay.of(scenario);
    assertTrue(overlay.leavesOut(Metric.LATENCY_MEAN, TheoryEffort.CHEAP));
    assertEquals(PolicyTheory.NOTHING, overlay.get(Metric.LATENCY_MEAN, TheoryEffort.CHEAP));
    assertFalse(overlay.leavesOut(Metric.LATENCY_MEAN, TheoryEffort.ALL));
    assertEquals("exact", overlay.get(Metric.LATENCY_MEAN, TheoryEffort.ALL).kind());
    assertFalse(overlay.leavesOut(Metric.THROUGHPUT, TheoryEffort.CHEAP));
    assertEquals("exact", overlay.get(Metric.THROUGHPUT, TheoryEffort.CHEAP).kind());
    assertTrue(overlay.leavesOut(Metric.THROUGHPUT, TheoryEffort.OFF));
    assertEquals(PolicyTheory.NOTHING, overlay.get(Metric.THROUGHPUT, TheoryEffort.OFF));
    assertFalse(overlay.leavesOut(Metric.PADDING, TheoryEffort.OFF), "theory never says it");
  }

  /** The chain has a state for each request of a batch, and ends somewhere. */
  @Test
  void aBatchTooLargeForTheChainHasItsThroughputAlone() {
    TheoryOverlay largest = TheoryOverlay.of(scenario("{type: dynamic, batchSize: 2048}", ""));
    assertTrue(largest.leavesOut(Metric.UTILIZATION, TheoryEffort.OFF));
    TheoryOverlay larger = TheoryOverlay.of(scenario("{type: dynamic, batchSize: 2049}", ""));
    assertEquals("exact", larger.get(Metric.THROUGHPUT).kind());
    Metric.ALL.stream()
        .filter(metric -> !metric.equals(Metric.THROUGHPUT))
        .forEach(metric -> assertFalse(larger.has(metric), metric.id()));
  }

  @Test
  void aLargeSweepHasWhatIsCheap() {
    assertEquals(TheoryEffort.ALL, TheoryEffort.ofSweep(1));
    assertEquals(TheoryEffort.ALL, TheoryEffort.ofSweep(1000));
    assertEquals(TheoryEffort.CHEAP, TheoryEffort.ofSweep(1001));
  }
}

package io.github.batchq.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The intervals of the capacity search hold what is known exactly, and are as narrow as asked. */
@Tag("long")
class CapacityTest {
  private static final String BINS =
      """
      name: capacity
      scenario:
        arrivals: {process: poisson, rate: 0.5}
        service: {law: uniform, min: 1, max: 20}
        policy: {type: multi-bin, bins: 2, boundaries: equal-mass, batchSize: 8}
        requests: 20000
      sweep:
        policy.bins: [1, 4]
        arrivals.rate: [0.3, 0.4]
      """;

  private static final String ONE_BY_ONE =
      """
      name: one-by-one
      scenario:
        arrivals: {process: poisson, rate: 0.5}
        service: {law: exponential, rate: 1}
        policy: {type: standard, batchSize: 1}
        requests: 30000
        warmUp: {requests: 5000}
      """;

  @TempDir Path folder;

  private ResultTable search(String text, Capacity capacity, long seed) {
    try {
      return capacity.search(ExperimentFiles.read(folder, text).withSeed(seed), 2, runs -> {});
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Capacity stable(double relative) {
    return new Capacity(null, 0, relative, 0.95, 64);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void holdsTheCapacityOfTheory(long seed) {
    ResultTable found = search(BINS, stable(0.02), seed);
    assertEquals(2, found.rows().size());
    double[] theory = {72.0 / 161, 8 / (10.5 + 19 * 7 / 18.0 / 4)};
    for (int row = 0; row < 2; row++) {
      assertEquals(theory[row], found.number(row, "theory"), 1e-12);
      double within = found.number(row, "rate.within");
      double beyond = found.number(row, "rate.beyond");
      assertTrue(within < theory[row] && theory[row] < beyond, within + " to " + beyond);
      assertTrue(beyond - within <= 0.02 * within);
    }
  }

  /** Batches of dynamic batching grow with the load, so its busy servers do not show 72/161. */
  @ParameterizedTest
  @CsvSource({"1", "2"})
  void holdsTheCapacityOfAPolicyWhoseBatchesGrow(long seed) {
    ResultTable found =
        search(
            BINS.replace("multi-bin, bins: 2, boundaries: equal-mass,", "dynamic,")
                .replace("  policy.bins: [1, 4]\n", ""),
            stable(0.02),
            seed);
    double within = found.number(0, "rate.within");
    double beyond = found.number(0, "rate.beyond");
    double capacity = 72.0 / 161;
    assertEquals(capacity, found.number(0, "theory"), 1e-12);
    assertTrue(within < capacity && capacity < beyond, within + " to " + beyond);
    assertTrue(beyond - within <= 0.035 * within, within + " to " + beyond);
  }

  /** Judged by their backlogs, also where one server alone, or the longest bin, is overloaded. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: bound-bins, bins: 4, boundaries: equal-mass, batchSize: 8} | 4",
        "{type: multi-bin, bins: 4, boundaries: [8, 14, 19], batchSize: 8, order: shortest} | 1",
        "{type: max-wait, bins: 2, boundaries: equal-mass, batchSize: 8, maxWait: 15} | 2",
        "{type: continuous, batchSize: 8, bins: 2, boundaries: [15]} | 2",
        "{type: dynamic, batchSize: 8} | 1",
        "{type: standard, batchSize: 8} | 4"
      })
  void holdsTheCapacityOfPoliciesThatAreOverloadedInPart(String policy, int servers) {
    String text =
        """
        name: capacity
        scenario:
          arrivals: {process: poisson, rate: 0.5}
          service: {law: uniform, min: 1, max: 20}
          policy: %s
          servers: %d
          requests: 20000
          warmUp: {requests: 2000}
        """
            .formatted(policy, servers);
    ResultTable found = search(text, new Capacity(null, 0, 0.04, 0.95, 256), 5);
    double theory = found.number(0, "theory");
    assertEquals("exact", found.text(0, "kind"));
    double within = found.number(0, "rate.within");
    double beyond = found.number(0, "rate.beyond");
    assertTrue(within < theory && theory < beyond, within + " to " + beyond + ": " + theory);
    assertTrue(beyond - within < 0.1 * theory, within + " to " + beyond);
  }

  /** Where replications are few the interval stays wide, and says so, but it holds the truth. */
  @Test
  void isHonestAboutNoise() {
    ResultTable found =
        search(
            BINS.replace("requests: 20000", "requests: 500"),
            new Capacity(null, 0, 0.001, 0.95, 8),
            1);
    for (int row = 0; row < 2; row++) {
      double within = found.number(row, "rate.within");
      double beyond = found.number(row, "rate.beyond");
      assertTrue(within < found.number(row, "theory") && found.number(row, "theory") < beyond);
      assertTrue(beyond - within > 0.01 * within, within + " to " + beyond);
      assertTrue(found.text(row, "stopped").startsWith("replications used up: 8"));
    }
  }

  /**
   * M/M/1 has mean latency 1/(1 - rate) and quantiles -log(1-p) times it, so a limit of 5 s for the
   * mean allows 0.8, one of 10 s for the 99 % quantile 1 - log(100)/10 = 0.539.
   */
  @ParameterizedTest
  @CsvSource({"latency.mean, 5, 0.8", "latency.p99, 10, 0.53948", "latency.p50, 2, 0.65343"})
  void keepsATimeWithinItsLimit(String metric, double limit, double rate) {
    ResultTable found =
        search(ONE_BY_ONE, new Capacity(Metric.named(metric), limit, 0.02, 0.95, 128), 3);
    double within = found.number(0, "rate.within");
    double beyond = found.number(0, "rate.beyond");
    assertTrue(within < rate && rate < beyond, within + " to " + beyond);
    assertTrue(beyond - within < 0.05 * within, within + " to " + beyond);
    assertEquals("upper-bound", found.text(0, "kind"));
  }

  @Test
  void saysWhenNoRateKeepsTheLimit() {
    ResultTable found =
        search(ONE_BY_ONE, new Capacity(Metric.named("latency.mean"), 0.9, 0.02, 0.95, 8), 1);
    assertTrue(Double.isNaN(found.number(0, "rate.within")));
    assertEquals("no rate is surely within", found.text(0, "stopped"));
  }

  /**
   * Two requests of 6 s, 10 s apart as recorded: at a speed s the second waits 6 - 10 / s, so the
   * mean of both stays within 7 s up to s = 2.5, a rate of 0.25.
   */
  @Test
  void findsTheRateAtWhichAReplayedTraceKeepsALimit() throws IOException {
    Files.writeString(folder.resolve("trace.csv"), "t,s\n0,6\n10,6\n");
    String replay =
        """
        name: replay
        scenario:
          arrivals: {process: trace, trace: {format: csv, file: trace.csv, arrivalTime: t, serviceTime: s}}
          service: trace
          policy: {type: standard, batchSize: 1}
        """;
    ResultTable found =
        search(replay, new Capacity(Metric.named("latency.mean"), 7, 0.001, 0.95, 64), 1);
    double within = found.number(0, "rate.within");
    double beyond = found.number(0, "rate.beyond");
    assertTrue(within <= 0.25 && 0.25 <= beyond, within + " to " + beyond);
    assertTrue(beyond - within <= 0.001 * within, within + " to " + beyond);
    assertEquals("", found.text(0, "theory"));
    assertEquals(
        "narrow enough, for this recording: see trace-bootstrap", found.text(0, "stopped"));
    // However fast: the second waits 6 s and no more.
    found = search(replay, new Capacity(Metric.named("latency.mean"), 9.5, 0.001, 0.95, 64), 1);
    assertEquals("no rate is surely beyond", found.text(0, "stopped"));
    assertTrue(found.number(0, "rate.within") > 1);
    String refused =
        assertThrows(BadInputException.class, () -> search(replay, stable(0.01), 1)).getMessage();
    assertTrue(refused.contains("--limit") && refused.contains("trace-bootstrap"), refused);
    String steady = replay.replace("  service:", "  horizon: steady\n  service:");
    refused =
        assertThrows(BadInputException.class, () -> search(steady, stable(0.01), 1)).getMessage();
    assertTrue(refused.contains("process: trace-bootstrap"), refused);
  }

  /** One run of M/M/1 may be long, and is beyond its limit where the steady state is. */
  @Test
  void findsTheRateAtWhichFiniteRunsKeepALimit() {
    String finite = ONE_BY_ONE.replace("  requests:", "  horizon: finite\n  requests:");
    Capacity capacity = new Capacity(Metric.named("latency.mean"), 4, 0.05, 0.95, 64);
    ResultTable found = search(finite, capacity, 1);
    double within = found.number(0, "rate.within");
    double beyond = found.number(0, "rate.beyond");
    assertTrue(within < 0.75 && 0.75 < beyond, within + " to " + beyond);
    assertEquals("", found.text(0, "theory"));
    assertThrows(BadInputException.class, () -> search(finite, stable(0.01), 1));
  }

  @Test
  void refusesWhatHasNoCapacity() {
    String infinite = ONE_BY_ONE.replace("  requests:", "  servers: infinite\n  requests:");
    assertThrows(BadInputException.class, () -> search(infinite, stable(0.01), 1));
    String offline =
        ONE_BY_ONE.replace(
            "arrivals: {process: poisson, rate: 0.5}", "arrivals: {process: all-at-zero}");
    assertThrows(BadInputException.class, () -> search(offline, stable(0.01), 1));
    assertThrows(BadInputException.class, () -> stable(0));
    assertThrows(
        BadInputException.class, () -> new Capacity(Metric.named("throughput"), 1, 0.1, 0.95, 64));
    assertThrows(
        BadInputException.class,
        () -> new Capacity(Metric.named("latency.mean"), -1, 0.1, 0.95, 64));
    assertThrows(BadInputException.class, () -> new Capacity(null, 0, 0.1, 1, 64));
    assertThrows(BadInputException.class, () -> new Capacity(null, 0, 0.1, 0.95, 7));
  }
}

package io.github.batchq.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.Runner;
import io.github.batchq.expectation.TheoryOverlay;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Histograms;
import io.github.batchq.metric.Metric;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.ServedRequest;
import io.github.batchq.sim.SimulationListener;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Any quantile, least and largest values and deviations of times, against plain lists of them. */
class TimeFamiliesTest {
  /** What a cell of a histogram allows, as a share and in seconds. */
  private static final double CELL = 0.0005;

  private static final double NANOSECOND = 0.5e-9;

  @TempDir Path folder;

  /** Every time of every request, in lists. */
  private static final class Lists implements SimulationListener {
    private final Map<String, List<Double>> times = new LinkedHashMap<>();

    private void add(String name, double time) {
      times.computeIfAbsent(name, key -> new ArrayList<>()).add(time);
    }

    @Override
    public void arrived(long id, double now) {}

    @Override
    public void dispatched(ServedBatch batch) {}

    @Override
    public void completed(ServedBatch batch, double now) {
      for (int i = 0; i < batch.size(); i++) {
        double end = batch.leavesEarly() ? batch.departureTime(i) : now;
        add("latency", end - batch.arrivalTime(i));
        add("wait", batch.startTime() - batch.arrivalTime(i));
        add("formation", batch.formedTime() - batch.arrivalTime(i));
        add("queueing", batch.startTime() - batch.formedTime());
        add("service", end - batch.startTime());
      }
    }

    @Override
    public void left(ServedRequest request, double now) {
      add("latency", now - request.arrivalTime());
      add("wait", request.joinTime() - request.arrivalTime());
      add("queueing", request.joinTime() - request.arrivalTime());
      add("service", now - request.joinTime());
      add("ttft", request.firstTokenTime() - request.arrivalTime());
      add("slowdown", (now - request.arrivalTime()) / request.secondsAlone());
      if (request.tokens() > 1) {
        add("tpot", (now - request.firstTokenTime()) / (request.tokens() - 1));
      }
    }
  }

  private Experiment experiment(String policy, String rest) throws IOException {
    return experiment(policy, rest, 3000);
  }

  private Experiment experiment(String policy, String rest, int requests) throws IOException {
    return ExperimentFiles.read(
        folder,
        """
        name: families
        scenario:
          arrivals: {process: poisson, rate: 0.9}
          service: {tokens: {law: exponential, rate: 0.16666666666666666}, model: {type: token-level, step: 0.2, perRequest: 0.01}}
          policy: {POLICY}
          servers: 1
          requests: REQUESTS
        """
                .replace("POLICY", policy)
                .replace("REQUESTS", Integer.toString(requests))
            + rest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type: multi-bin, batchSize: 4, bins: 2, boundaries: equal-mass",
        "type: dynamic, batchSize: 4",
        "type: elastic, batchSize: 4",
        "type: continuous, batchSize: 4"
      })
  void statisticsAreThoseOfTheLists(String policy) throws Exception {
    Experiment experiment = experiment(policy, "metrics: [latency.mean]\n");
    Replication run =
        new Replication(
            experiment.points().get(0).scenario(),
            new RandomStreams(experiment.generator(), experiment.seed(), 1),
            0);
    Lists lists = new Lists();
    run.simulate(lists);
    assertTrue(lists.times.size() >= 5);
    lists.times.forEach(
        (name, times) -> {
          Collections.sort(times);
          for (String percent : List.of("0.1", "5", "50", "77.25", "90", "99", "99.9", "99.99")) {
            int rank =
                new BigDecimal(percent)
                    .multiply(BigDecimal.valueOf(times.size()))
                    .movePointLeft(2)
                    .setScale(0, RoundingMode.CEILING)
                    .intValue();
            double exact = times.get(Math.max(1, rank) - 1);
            assertEquals(
                exact,
                value(run, name + ".p" + percent),
                CELL * exact + (exact > 0 ? NANOSECOND : 0),
                name + percent);
          }
          DescriptiveStatistics all =
              new DescriptiveStatistics(times.stream().mapToDouble(Double::doubleValue).toArray());
          assertEquals(times.get(0), value(run, name + ".min"), 1e-12, name);
          assertEquals(all.getMax(), value(run, name + ".max"), 1e-12, name);
          assertEquals(
              all.getStandardDeviation(),
              value(run, name + ".std"),
              1e-9 * all.getStandardDeviation(),
              name);
        });
    assertEquals(
        lists.times.getOrDefault("wait", List.of()).stream()
            .mapToDouble(Double::doubleValue)
            .average()
            .orElseThrow(),
        value(run, "wait.mean"),
        1e-9);
  }

  private static double value(Replication run, String name) {
    Metric metric = Metric.named(name);
    return run.measure(List.of(metric), new Histograms()).mean(metric);
  }

  /**
   * One run of requests that never wait has independent exponential times of mean m: the quantile p
   * has the half-width 1.96 sqrt(p / (1 - p) / n) m, the standard deviation 1.96 sqrt(2 / n) m.
   */
  @Test
  void oneLongRunHasIntervals() throws Exception {
    int n = 200_000;
    Experiment experiment =
        ExperimentFiles.read(
            folder,
            """
            name: alone
            scenario:
              arrivals: {process: poisson, rate: 1}
              service: {law: exponential, rate: 0.3333333333333333}
              policy: {type: standard, batchSize: 1}
              servers: infinite
              requests: 200000
            metrics: [latency.p90, service.std, service.p25, wait.p50, latency.max, latency.p99.9]
            replications: 1
            """);
    RunResults results = Runner.run(experiment, 1, (runs, all, requests) -> {});
    assertNear(3 * Math.log(10), 3 * 1.96 * Math.sqrt(9.0 / n), estimate(results, "latency.p90"));
    assertNear(
        3 * Math.log(1000), 3 * 1.96 * Math.sqrt(999.0 / n), estimate(results, "latency.p99.9"));
    assertNear(
        3 * Math.log(4 / 3.0), 3 * 1.96 * Math.sqrt(1 / 3.0 / n), estimate(results, "service.p25"));
    assertNear(3, 3 * 1.96 * Math.sqrt(2.0 / n), estimate(results, "service.std"));
    assertEquals(0, estimate(results, "wait.p50").mean());
    assertTrue(Double.isNaN(estimate(results, "latency.max").halfWidth()));
    TheoryOverlay theory = TheoryOverlay.of(experiment.points().get(0).scenario());
    assertEquals(
        new Exponential(1 / 3.0).quantile(0.9),
        theory.get(Metric.named("latency.p90")).value(),
        1e-3);
    assertTrue(theory.has(Metric.named("latency.p99.9")));
    assertEquals("undefined", theory.get(Metric.named("wait.p90")).kind());
  }

  private static Estimate estimate(RunResults results, String metric) {
    return results.estimate(0, Metric.named(metric));
  }

  private static void assertNear(double value, double halfWidth, Estimate estimate) {
    assertEquals(halfWidth, estimate.halfWidth(), 0.25 * halfWidth);
    assertEquals(value, estimate.mean(), 1.5 * halfWidth + CELL * value);
  }

  /** One run of 20,000 requests is as far off as many such runs lie apart. */
  @Test
  void intervalsOfOneRunAreThoseOfMany() throws Exception {
    List<String> metrics =
        List.of("tpot.p90", "tpot.std", "ttft.p90", "ttft.p50", "ttft.std", "slowdown.p95");
    Experiment experiment =
        experiment(
            "type: continuous, batchSize: 4",
            "metrics: [" + String.join(", ", metrics) + "]\nreplications: 1\n",
            20_000);
    RunResults one = Runner.run(experiment, 1, (runs, all, requests) -> {});
    RunResults many = Runner.run(experiment.withReplications(40), 2, (runs, all, requests) -> {});
    for (String metric : metrics) {
      Estimate over = estimate(many, metric);
      double ofOneRun = over.halfWidth() * Math.sqrt(40);
      assertEquals(1, estimate(one, metric).halfWidth() / ofOneRun, 0.35, metric);
      assertEquals(over.mean(), estimate(one, metric).mean(), 1.5 * ofOneRun, metric);
    }
  }

  /** What a file asks for beside the usual metrics stands after them, by name. */
  @Test
  void columnsAreInTheOrderOfTheFile() throws Exception {
    Experiment experiment =
        experiment(
            "type: dynamic, batchSize: 4",
            "metrics: [wait.std, latency.p90, throughput]\nreplications: 2\n");
    assertEquals(
        List.of("wait.std", "latency.p90", "throughput"),
        experiment.metrics().stream().map(Metric::id).toList());
    List<String> measured = experiment.measured().stream().map(Metric::id).toList();
    assertEquals(
        List.of("latency.p90", "wait.std"), measured.subList(measured.size() - 2, measured.size()));
    assertEquals("throughput", measured.get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          latency.p100   | above 0 and below 100 %, found 100; the largest value is latency.max
          ttft.p0        | the least value is ttft.min
          latency.p250   | above 0 and below 100 %, found 250
          latency.p90.0  | without spare zeros, latency.p90
          latency.p099   | without spare zeros, latency.p99
          latncy.p99.9   | did you mean 'latency.p99.9'?
          tftt.std       | did you mean 'ttft.std'?
          wait.means     | did you mean 'wait.mean'?
          itl.p90        | and latency, wait, formation
          """)
  void otherNamesAreRefused(String name, String words) {
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> Metric.named(name)).getMessage());
    assertTrue(message.contains(words), message);
  }
}

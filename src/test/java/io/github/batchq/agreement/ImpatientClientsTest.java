package io.github.batchq.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.Runner;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.model.BadInputException;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.scenario.Replication;
import io.github.batchq.scenario.RequestRow;
import io.github.batchq.study.Capacity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients who give up, from the file to the results: against a birth-death chain, against the rows
 * of requests, and against runs in which nobody gives up.
 */
class ImpatientClientsTest {
  /** Quantile of Student's t with 19 degrees of freedom for 99.9 %, over that for 95 %. */
  private static final double WIDER = 3.883 / 2.093;

  private static final String POISSON = "{process: poisson, rate: 1.5}";
  private static final String CLOSED =
      "{process: closed, clients: 25, think: {law: exponential, rate: 0.2}}";
  private static final String RETRY = "retry: {after: {law: uniform, min: 0, max: 4}, most: 2}";

  @TempDir Path folder;

  private Experiment experiment(String arrivals, String policy, int requests, String more) {
    return ExperimentFiles.read(
        folder,
        """
        name: impatient
        scenario:
          arrivals: %s
          service: {tokens: {law: uniform, min: 1, max: 20}, secondsPerToken: 0.1}
          policy: {type: %s}
          requests: %d
        %s
        replications: 3
        """
            .formatted(arrivals, policy, requests, more.indent(2)));
  }

  private static String patience(String in) {
    return "patience: {law: {law: exponential, rate: 0.4}, in: " + in + "}\n";
  }

  private static Replication replication(Experiment experiment) {
    return new Replication(experiment.points().get(0).scenario(), new RandomStreams(5, 1), 0);
  }

  private static List<RequestRow> rows(Experiment experiment) {
    List<RequestRow> rows = new ArrayList<>();
    replication(experiment).record(rows::add);
    return rows;
  }

  private static final String[] POLICIES = {
    "dynamic, batchSize: 1",
    "dynamic, batchSize: 4",
    "standard, batchSize: 4",
    "multi-bin, bins: 2, boundaries: equal-mass, batchSize: 4, order: shortest",
    "multi-bin, bins: 2, boundaries: equal-mass, batchSize: 4, order: formed, partial: true",
    "bound-bins, bins: 2, boundaries: equal-mass, batchSize: 4",
    "adaptive-bins, bins: 2, batchSize: 4, window: 100, every: 50",
    "elastic, batchSize: 4",
    "shortest-first, batchSize: 4, ageing: 1",
    "sorted-window, batchSize: 4, window: 2",
    "max-wait, bins: 2, boundaries: equal-mass, batchSize: 4, maxWait: 1",
    "continuous, batchSize: 4, bins: 1",
    "wait-threshold, batchSize: 4, bins: 2, boundaries: equal-mass, threshold: 2"
  };

  /** Metrics are what the rows of requests say. */
  @ParameterizedTest
  @CsvSource({"queue, ''", "all, ''", "queue, again", "all, again"})
  void metricsAreSumsOverRows(String in, String again) {
    for (String policy : POLICIES) {
      String more =
          patience(in)
              + "limits: {latency: 2.5}\nwarmUp: {requests: 500}\n"
              + (again.isEmpty() ? "" : RETRY);
      Experiment experiment = experiment("{process: poisson, rate: 3.5}", policy, 3000, more);
      List<RequestRow> rows = rows(experiment);
      RunStatistics run = replication(experiment).run();
      assertEquals(3000, rows.size());
      List<RequestRow> measured = rows.stream().filter(RequestRow::measured).toList();
      double answered = count(measured, row -> !Double.isNaN(row.end()));
      double gaveUp = count(measured, row -> !Double.isNaN(row.gaveUp()));
      assertEquals(2500, measured.size());
      assertEquals(2500, answered + gaveUp, policy);
      assertTrue(answered > 300 && gaveUp > 20, policy + ": " + answered);
      double latency =
          measured.stream().mapToDouble(row -> row.end() - row.arrival()).filter(t -> t >= 0).sum();
      double inTime = count(measured, row -> row.end() - row.arrival() <= 2.5);
      double tries = measured.stream().mapToDouble(RequestRow::tries).sum();
      double begin = measured.get(0).arrival();
      // An elastic batch counts when it ends, after some of its answers.
      List<RequestRow> ended = rows.stream().filter(row -> !Double.isNaN(row.end())).toList();
      double last = ended.stream().mapToDouble(RequestRow::released).max().orElse(0);
      double completed = count(ended, row -> row.released() >= begin);
      assertValue(gaveUp / 2500, "abandoned.share", run, policy);
      assertValue(inTime / 2500, "slo.attainment", run, policy);
      assertValue(latency / answered, "latency.mean", run, policy);
      assertValue(tries / 2500, "tries.mean", run, policy);
      assertValue(completed / (last - begin), "throughput", run, policy);
      assertValue(inTime / answered * completed / (last - begin), "goodput", run, policy);
      assertValue(0, "requests.discarded", run, policy);
      assertEquals(
          again.isEmpty() ? 1 : 3, rows.stream().mapToInt(RequestRow::tries).max().orElse(0));
    }
  }

  private static double count(List<RequestRow> rows, Predicate<RequestRow> counts) {
    return rows.stream().filter(counts).count();
  }

  private static void assertValue(double expected, String metric, RunStatistics run, String what) {
    assertEquals(
        expected, Metric.named(metric).of(run), 1e-9 * Math.abs(expected), what + ", " + metric);
  }

  /** Whoever would wait for a hundred years changes nothing, to the last digit. */
  @ParameterizedTest
  @ValueSource(strings = {"queue", "all"})
  void endlessPatienceChangesNothing(String in) {
    String patience = "patience: {law: {law: deterministic, value: 3e9}, in: " + in + "}";
    for (String arrivals :
        List.of(POISSON, CLOSED, "{process: rounds, size: 50}", "{process: all-at-zero}")) {
      for (String policy : POLICIES) {
        String expected = table(experiment(arrivals, policy, 500, ""), 1);
        assertEquals(expected, table(experiment(arrivals, policy, 500, patience), 2), policy);
      }
    }
  }

  private static String table(Experiment experiment, int threads) {
    try {
      return Runner.run(experiment, threads, (runs, all, requests) -> {}).replications().toString();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void resultsDoNotDependOnTheNumberOfThreads() {
    for (String policy : POLICIES) {
      Experiment experiment = experiment(CLOSED, policy, 1000, patience("all") + RETRY);
      assertEquals(table(experiment, 1), table(experiment, 3), policy);
    }
  }

  /** A request has the same patience and pauses under every policy, in a closed loop too. */
  @ParameterizedTest
  @ValueSource(strings = {POISSON, CLOSED})
  void aRequestHasItsPatienceUnderEveryPolicy(String arrivals) {
    Map<Double, Double> seen = new HashMap<>();
    int common = 0;
    for (String policy : POLICIES) {
      for (RequestRow row : rows(experiment(arrivals, policy, 1000, patience("queue")))) {
        // Lengths are real numbers here, and tell requests apart.
        Double before =
            Double.isNaN(row.gaveUp())
                ? null
                : seen.putIfAbsent(row.length(), row.gaveUp() - row.arrival());
        if (before != null) {
          assertEquals(before, row.gaveUp() - row.arrival(), 1e-9, policy);
          common++;
        }
      }
    }
    assertTrue(common > 1000, "only " + common + " gave up twice");
  }

  /** M/M/c+M: those who are there are a birth-death chain. */
  private record Chain(double rate, double service, double patience, int servers) {
    double[] probabilities() {
      double[] p = new double[2000];
      p[0] = 1;
      double sum = 1;
      for (int n = 1; n < p.length; n++) {
        double leaving = Math.min(n, servers) * service + Math.max(0, n - servers) * patience;
        p[n] = p[n - 1] * rate / leaving;
        sum += p[n];
      }
      for (int n = 0; n < p.length; n++) {
        p[n] /= sum;
      }
      return p;
    }

    double abandoned() {
      double[] p = probabilities();
      double waiting = 0;
      for (int n = servers; n < p.length; n++) {
        waiting += (n - servers) * p[n];
      }
      return waiting * patience / rate;
    }

    /** Mean wait of those who are served: each finds k before it, who leave one by one. */
    double waitOfServed() {
      double[] p = probabilities();
      double wait = 0;
      for (int n = servers; n < p.length; n++) {
        double stays = 1;
        double time = 0;
        for (int j = n - servers; j >= 0; j--) {
          double others = servers * service + j * patience;
          stays *= others / (others + patience);
          time += 1 / (others + patience);
        }
        wait += p[n] * stays * time;
      }
      return wait / (1 - abandoned());
    }
  }

  @ParameterizedTest
  @CsvSource({"0.8, 0.25, 1", "1.5, 0.5, 1", "3.6, 0.2, 3"})
  void oneByOneItIsErlangA(double rate, double patience, int servers) throws InterruptedException {
    Chain chain = new Chain(rate, 1, patience, servers);
    double abandoned = chain.abandoned();
    RunResults queue = erlang(rate, patience, servers, "queue");
    agree(abandoned, queue, "abandoned.share");
    agree(rate * (1 - abandoned), queue, "throughput");
    agree(rate * (1 - abandoned) / servers, queue, "utilization");
    agree(chain.waitOfServed(), queue, "wait.mean");
    assertEquals("stable", queue.stability(0).regime().toString());
    assertEquals("patience", queue.stability(0).source());
    // In service too a client gives up, but its server works on.
    RunResults all = erlang(rate, patience, servers, "all");
    double answered = (1 - abandoned) / (1 + patience);
    agree(1 - answered, all, "abandoned.share");
    agree(rate * answered, all, "throughput");
    agree(rate * (1 - abandoned) / servers, all, "utilization");
  }

  private RunResults erlang(double rate, double patience, int servers, String in)
      throws InterruptedException {
    Experiment experiment =
        ExperimentFiles.read(
            folder,
            """
            name: erlang
            scenario:
              arrivals: {process: poisson, rate: %s}
              service: {law: exponential, rate: 1}
              policy: {type: dynamic, batchSize: 1}
              servers: %d
              patience: {law: {law: exponential, rate: %s}, in: %s}
              requests: 40000
              warmUp: {requests: 2000}
            replications: 20
            metrics: [throughput, utilization, wait.mean, abandoned.share]
            """
                .formatted(rate, servers, patience, in));
    return Runner.run(experiment, 2, (runs, all, requests) -> {});
  }

  private static void agree(double expected, RunResults results, String metric) {
    Estimate estimate = results.estimate(0, Metric.named(metric));
    assertEquals(expected, estimate.mean(), WIDER * estimate.halfWidth(), metric);
    assertTrue(estimate.halfWidth() < 0.02 * expected, metric + ": " + estimate);
  }

  /** A queue that clients leave is stable at any rate, so only who is answered in time counts. */
  @Test
  void capacityNeedsTheShareInTime() throws InterruptedException {
    Experiment experiment =
        experiment(
            POISSON, "dynamic, batchSize: 4", 2000, patience("queue") + "limits: {latency: 4}");
    for (Metric metric : new Metric[] {null, Metric.LATENCY_P99}) {
      Capacity capacity = new Capacity(metric, 5, 0.05, 0.95, 16);
      String message =
          assertThrows(BadInputException.class, () -> capacity.search(experiment, 2, runs -> {}))
              .getMessage();
      assertTrue(String.valueOf(message).contains("clients who give up"), message);
    }
    Capacity inTime = new Capacity(Metric.named("slo.attainment"), 0.9, 0.1, 0.95, 16);
    assertTrue(inTime.search(experiment, 2, runs -> {}).number(0, "rate.within") > 0.2);
  }
}

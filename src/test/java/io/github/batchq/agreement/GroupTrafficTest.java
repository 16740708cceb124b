package io.github.batchq.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.expectation.TheoryOverlay;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.random.Uniform;
import io.github.batchq.scenario.Replication;
import io.github.batchq.scenario.RequestRow;
import io.github.batchq.workload.ArrivalSpec;
import io.github.batchq.workload.Groups;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import umontreal.ssj.probdist.NormalDist;

/** Groups of requests: against a plain simulator, exact means, and the law of each length. */
public class GroupTrafficTest {
  private static final RandomStreams STREAMS = new RandomStreams(13, 1);
  private static final int REQUESTS = 6000;

  @TempDir Path folder;

  /** The kinds of arrivals that are tested here. */
  public static Set<Class<? extends ArrivalSpec>> specs() {
    return Set.of(Groups.class);
  }

  private static double[] draw(Law law, StreamName name, int size) {
    double[] values = new double[size];
    var sampler = law.sampler(STREAMS.stream(0, name));
    Arrays.setAll(values, i -> sampler.getAsDouble());
    return values;
  }

  private static String text(String groups, String policy, int servers) {
    return """
    name: groups
    scenario:
      arrivals: {process: groups, starts: {process: poisson, rate: 0.2}, size: {law: uniform, min: 1, max: 9}%s}
      service: {tokens: {law: uniform, min: 1, max: 20}, secondsPerToken: 0.25}
      policy: {type: %s}
      servers: %d
      requests: %d
    """
        .formatted(groups, policy, servers, REQUESTS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 20 | false | false | false | 3",
        "', join: {first: 2}' | 2 | true | false | false | 3",
        "', join: {first: 2}' | 2 | true | true | false | 3",
        "', join: {first: 4, rest: run}' | 4 | false | false | false | 4",
        "', verify: {servers: same}' | 20 | false | false | true | 4",
        "', join: {first: 3}, verify: {servers: same}' | 3 | true | true | true | 2",
        "', join: {first: 1}' | 1 | true | true | false | 1",
      })
  void whatThePlainSimulatorSays(
      String groups, int first, boolean cancel, boolean steps, boolean scored, int servers) {
    String policy = steps ? "continuous, batchSize: 1" : "dynamic, batchSize: 1";
    Experiment experiment = ExperimentFiles.read(folder, text(groups, policy, servers));
    RunStatistics run = new Replication(experiment.points().get(0).scenario(), STREAMS, 0).run();
    double[] starts = draw(new Exponential(0.2), StreamName.ARRIVALS, REQUESTS);
    Arrays.parallelPrefix(starts, Double::sum);
    int[] sizes =
        Arrays.stream(draw(new Uniform(1, 9), StreamName.GROUPS, REQUESTS))
            .mapToInt(size -> (int) Math.round(size))
            .toArray();
    NaiveGroups naive = new NaiveGroups(servers, 0.25, first, cancel, steps, scored);
    naive.run(starts, sizes, draw(new Uniform(1, 20), StreamName.SERVICE, REQUESTS), REQUESTS);
    double mean = naive.latencies.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    assertTrue(naive.latencies.size() > 500, naive.latencies.size() + " groups");
    assertEquals(mean, of("group.latency.mean", run), 1e-9 * mean);
    double[] sorted = naive.latencies.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double p95 = sorted[(int) Math.ceil(0.95 * sorted.length) - 1];
    assertEquals(p95, of("group.latency.p95", run), 5.1e-4 * p95);
    if (!scored) {
      double spread =
          naive.spreads.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
      assertEquals(spread, of("group.spread.mean", run), 1e-9 * mean);
    }
    assertEquals((double) naive.cancelled / naive.siblingsGone, of("cancelled.share", run), 1e-12);
    assertEquals(cancel, naive.cancelled > 0);
    List<RequestRow> rows = new ArrayList<>();
    new Replication(experiment.points().get(0).scenario(), STREAMS, 0).record(rows::add);
    assertEquals(naive.cancelled, rows.stream().filter(row -> row.gaveUp() > 0).count());
    if (!scored) {
      for (RequestRow row : rows) {
        assertEquals(starts[(int) row.group()], row.arrival(), 1e-9 * row.arrival());
      }
    }
    assertEquals(0, of("groups.failed", run));
  }

  private static double of(String metric, RunStatistics run) {
    return Metric.named(metric).of(run);
  }

  /** A server that scores by itself takes the groups in the order in which they have answers. */
  @Test
  void scorersOfTheirOwnAreAQueueOfTheirOwn() {
    String text =
        text(
            ", verify: {servers: 1, model: {type: token-level, prefillPerToken: 0.02, step: 0.5,"
                + " perRequest: 0}}",
            "dynamic, batchSize: 1",
            40);
    Replication replication =
        new Replication(ExperimentFiles.read(folder, text).points().get(0).scenario(), STREAMS, 0);
    double[] starts = draw(new Exponential(0.2), StreamName.ARRIVALS, REQUESTS);
    Arrays.parallelPrefix(starts, Double::sum);
    double[] sizes = draw(new Uniform(1, 9), StreamName.GROUPS, REQUESTS);
    double[] lengths = draw(new Uniform(1, 20), StreamName.SERVICE, REQUESTS);
    // So many servers that nobody ever waits for one.
    record Answered(double start, double time, double tokens) {}
    List<Answered> answered = new ArrayList<>();
    int request = 0;
    for (int group = 0; request < REQUESTS; group++) {
      int size = (int) Math.round(sizes[group]);
      double longest = 0;
      double tokens = 0;
      int from = request;
      for (; request < Math.min(REQUESTS, from + size); request++) {
        longest = Math.max(longest, lengths[request]);
        tokens += Math.ceil(lengths[request]);
      }
      if (request == from + size) {
        answered.add(new Answered(starts[group], starts[group] + 0.25 * longest, tokens));
      }
    }
    answered.sort(Comparator.comparingDouble(Answered::time));
    double free = 0;
    double sum = 0;
    for (Answered each : answered) {
      free = Math.max(free, each.time()) + 0.02 * each.tokens() + 0.5;
      sum += free - each.start();
    }
    double mean = sum / answered.size();
    assertEquals(mean, of("group.latency.mean", replication.run()), 1e-9 * mean);
  }

  /** Each length keeps its law, and the numbers behind those of siblings are correlated. */
  @ParameterizedTest
  @CsvSource({"0", "0.3", "0.9", "1"})
  void siblingsAreAlikeAndKeepTheirLaw(double within) {
    int groups = 20_000;
    String text =
        """
        name: groups
        scenario:
          arrivals: {process: groups, starts: {process: poisson, rate: 1}, size: 2, within: %s}
          service: {law: uniform, min: 0, max: 1}
          policy: {type: dynamic, batchSize: 1}
          servers: infinite
          requests: %d
        """
            .formatted(within, 2 * groups);
    double[] lengths = new double[2 * groups];
    new Replication(ExperimentFiles.read(folder, text).points().get(0).scenario(), STREAMS, 0)
        .record(row -> lengths[(int) row.id()] = row.length());
    double product = 0;
    for (int i = 0; i < groups; i++) {
      product += NormalDist.inverseF01(lengths[2 * i]) * NormalDist.inverseF01(lengths[2 * i + 1]);
    }
    // The deviation of a product of normal numbers with correlation r is sqrt(1 + r^2).
    double deviation = Math.sqrt((1 + within * within) / groups);
    assertEquals(within, product / groups, 3.3 * deviation);
    // One of each pair, so that they are independent: Kolmogorov's 0.1 % point.
    double[] ones = new double[groups];
    Arrays.setAll(ones, i -> lengths[2 * i + 1]);
    Arrays.sort(ones);
    double distance = 0;
    for (int i = 0; i < groups; i++) {
      distance = Math.max(distance, Math.abs(ones[i] - (i + 0.5) / groups));
    }
    assertTrue(distance < 1.95 / Math.sqrt(groups), "distance " + distance);
  }

  /** T48: what theory says of groups on infinitely many servers is what runs show. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'within: 0.4' | dynamic, batchSize: 1",
        "'within: 0.4, join: {first: 3}' | dynamic, batchSize: 1",
        "'within: 0.4, verify: {servers: same}' | dynamic, batchSize: 1",
        "'within: 0.7' | dynamic, batchSize: 9",
        "'within: 0.7' | elastic, batchSize: 9",
        "'join: {first: 4, rest: run}' | standard, batchSize: 1",
      })
  void theoryOfGroupsIsWhatRunsShow(String groups, String policy) {
    String text =
        """
        name: groups
        scenario:
          arrivals: {process: groups, starts: {process: poisson, rate: 0.2}, size: {law: uniform, min: 1, max: 9}, %s}
          service: {tokens: {law: uniform, min: 1, max: 20}, model: {type: affine, alpha: 2, beta: 0.1, gamma: 1, delta: 0.05}}
          policy: {type: %s}
          servers: infinite
          requests: 20000
        """
            .formatted(groups, policy);
    Replication first =
        new Replication(ExperimentFiles.read(folder, text).points().get(0).scenario(), STREAMS, 0);
    RandomStreams streams = new RandomStreams(13, 12);
    for (String name : List.of("group.latency.mean", "group.latency.p95")) {
      Metric metric = Metric.named(name);
      double theory = TheoryOverlay.of(first.scenario()).get(metric).value();
      double[] found = new double[12];
      Arrays.setAll(found, run -> metric.of(new Replication(first.scenario(), streams, run).run()));
      Estimate estimate = Estimate.of(found, 0.999);
      // A quantile is read from a histogram, within 0.05 %.
      double cell = name.endsWith("mean") ? 0 : 5e-4 * theory;
      assertEquals(theory, estimate.mean(), estimate.halfWidth() + cell, name);
    }
  }

  /** Without correlation the lengths are those of any other arrivals. */
  @Test
  void withoutCorrelationLengthsAreAsTheyWere() {
    double[] lengths = draw(new Uniform(1, 20), StreamName.SERVICE, REQUESTS);
    new Replication(
            ExperimentFiles.read(folder, text("", "dynamic, batchSize: 4", 2))
                .points()
                .get(0)
                .scenario(),
            STREAMS,
            0)
        .record(row -> assertEquals(lengths[(int) row.id()], row.length()));
  }
}

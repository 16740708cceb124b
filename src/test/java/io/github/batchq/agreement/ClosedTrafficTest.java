package io.github.batchq.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Histograms;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.random.Uniform;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.Replication;
import io.github.batchq.scenario.RequestRow;
import io.github.batchq.workload.ArrivalSpec;
import io.github.batchq.workload.ClosedClients;
import io.github.batchq.workload.Rounds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that wait for answers, by every policy: against a plain simulator, against what each
 * client owes, and against Little's law.
 */
public class ClosedTrafficTest {
  private static final int REQUESTS = 3000;
  private static final int CLIENTS = 13;
  private static final RandomStreams STREAMS = new RandomStreams(11, 1);
  private static final Law LENGTHS = new Uniform(1, 20);
  private static final Law PAUSES = new Exponential(0.05);

  @TempDir Path folder;

  /** The kinds of arrivals that are tested here, since they have no rate of their own. */
  public static Set<Class<? extends ArrivalSpec>> specs() {
    return Set.of(ClosedClients.class, Rounds.class);
  }

  private Replication replication(
      String arrivals, String policy, String servers, int requests, String more) {
    String text =
        """
        name: closed
        scenario:
          arrivals: %s
          service: {tokens: {law: uniform, min: 1, max: 20}, secondsPerToken: 1}
          policy: {type: %s}
          servers: %s
          requests: %d
        %s
        """
            .formatted(arrivals, policy, servers, requests, more.indent(2));
    Experiment experiment = ExperimentFiles.read(folder, text);
    return new Replication(experiment.points().get(0).scenario(), STREAMS, 0);
  }

  private static List<RequestRow> rows(Replication replication) {
    List<RequestRow> rows = new ArrayList<>();
    replication.record(rows::add);
    return rows;
  }

  private static double[] draw(Law law, StreamName name, int size) {
    double[] values = new double[size];
    var sampler = law.sampler(STREAMS.stream(0, name));
    Arrays.setAll(values, i -> sampler.getAsDouble());
    return values;
  }

  private static final String CLOSED =
      "{process: closed, clients: "
          + CLIENTS
          + ", think: {law: exponential, rate: 0.05}, rampUp: 30}";

  private static void assertSame(List<PlainTraffic.Served> expected, List<RequestRow> rows) {
    assertEquals(expected.size(), rows.size());
    for (int i = 0; i < rows.size(); i++) {
      PlainTraffic.Served plain = expected.get(i);
      RequestRow row = rows.get(i);
      assertEquals(plain.length(), row.length(), "length of " + i);
      assertEquals(plain.intended(), row.arrival(), 1e-9 * plain.end(), "arrival of " + i);
      assertEquals(plain.sent(), row.sent(), 1e-9 * plain.end(), "sending of " + i);
      assertEquals(plain.start(), row.start(), 1e-9 * plain.end(), "start of " + i);
      assertEquals(plain.end(), row.end(), 1e-9 * plain.end(), "end of " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 20})
  void clientsDoWhatThePlainSimulatorSays(int batchSize) {
    int draws = 20 * REQUESTS;
    List<PlainTraffic.Served> plain =
        PlainTraffic.run(
            PlainTraffic.closed(CLIENTS, 30, draw(PAUSES, StreamName.ARRIVALS, draws)),
            draw(LENGTHS, StreamName.SERVICE, draws),
            REQUESTS,
            Integer.MAX_VALUE,
            batchSize);
    assertSame(
        plain, rows(replication(CLOSED, "dynamic, batchSize: " + batchSize, "1", REQUESTS, "")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 100})
  void heldRequestsDoWhatThePlainSimulatorSays(int concurrency) {
    double[] times = draw(new Exponential(0.4), StreamName.ARRIVALS, REQUESTS + 1);
    Arrays.parallelPrefix(times, Double::sum);
    List<PlainTraffic.Served> plain =
        PlainTraffic.run(
            PlainTraffic.open(times),
            draw(LENGTHS, StreamName.SERVICE, REQUESTS),
            REQUESTS,
            concurrency,
            4);
    Replication limited =
        replication(
            "{process: poisson, rate: 0.4}",
            "dynamic, batchSize: 4",
            "1",
            REQUESTS,
            "concurrency: " + concurrency);
    assertSame(plain, rows(limited));
    RunStatistics run = limited.run();
    double latency =
        plain.stream().mapToDouble(r -> r.end() - r.intended()).average().orElseThrow();
    double sent = plain.stream().mapToDouble(r -> r.end() - r.sent()).average().orElseThrow();
    assertEquals(latency, Metric.LATENCY_MEAN.of(run), 1e-9 * latency);
    assertEquals(sent, Metric.named("latency.sent.mean").of(run), 1e-9 * sent);
    double[] held = plain.stream().mapToDouble(r -> r.end() - r.sent()).sorted().toArray();
    Metric most = Metric.named("latency.sent.max");
    RunStatistics measured = statistics(limited, most);
    assertEquals(held[held.length - 1], most.of(measured), 1e-9 * sent);
  }

  private static RunStatistics statistics(Replication replication, Metric metric) {
    PreparedScenario scenario = replication.scenario();
    RunStatistics statistics =
        new RunStatistics(
            scenario.servers(),
            scenario.warmUp(),
            scenario.requests(),
            scenario.policy().batchSize(),
            scenario.measurementTerms(),
            new Histograms(),
            false,
            List.of(metric));
    replication.simulate(statistics);
    return statistics;
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "4, 0", "50, 0", "4, 7", "50, 20"})
  void roundsDoWhatThePlainSimulatorSays(int batchSize, int concurrency) {
    int size = 30;
    int requests = 100 * size;
    double[] pauses = draw(PAUSES, StreamName.ARRIVALS, 101);
    List<PlainTraffic.Served> plain =
        PlainTraffic.run(
            PlainTraffic.rounds(size, pauses),
            draw(LENGTHS, StreamName.SERVICE, requests),
            requests,
            concurrency == 0 ? Integer.MAX_VALUE : concurrency,
            batchSize);
    Replication replication =
        replication(
            "{process: rounds, size: 30, gap: {law: exponential, rate: 0.05}}",
            "dynamic, batchSize: " + batchSize,
            "1",
            requests,
            concurrency == 0 ? "" : "concurrency: " + concurrency);
    assertSame(plain, rows(replication));
    double[] seconds = new double[100];
    for (int round = 0; round < 100; round++) {
      seconds[round] =
          plain.get(size * round + size - 1).end() - plain.get(size * round).intended();
    }
    RunStatistics run = replication.run();
    double mean = Arrays.stream(seconds).average().orElseThrow();
    assertEquals(mean, Metric.named("round.mean").of(run), 1e-9 * mean);
    assertEquals(
        100 / plain.get(requests - 1).end(), Metric.named("rounds.throughput").of(run), 1e-9);
    Arrays.sort(seconds);
    assertEquals(seconds[49], Metric.named("round.p50").of(run), 5.1e-4 * mean);
    assertEquals(seconds[94], Metric.named("round.p95").of(run), 5.1e-4 * seconds[94]);
    assertEquals(seconds[98], Metric.named("round.p99").of(run), 5.1e-4 * seconds[98]);
    assertEquals(0, Metric.named("straggler.share").of(run), 1e-9);
  }

  /** With one slot and whole tokens, joining a running batch is being served alone. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        CLOSED + " | 2",
        // Tied answers of several servers are told in another order, and who hears first sends
        // first.
        "{process: closed, clients: 5} | 1",
        "{process: rounds, size: 30, gap: {law: deterministic, value: 0.5}} | 2"
      })
  void stepsOfOneSlotAreBatchesOfOne(String arrivals, int servers) {
    for (String more : List.of("", "concurrency: 3")) {
      List<RequestRow> batches = rows(tokens(arrivals, "dynamic, batchSize: 1", servers, more));
      List<RequestRow> steps = rows(tokens(arrivals, "continuous, batchSize: 1", servers, more));
      assertEquals(batches.size(), steps.size());
      for (int i = 0; i < batches.size(); i++) {
        RequestRow batch = batches.get(i);
        RequestRow step = steps.get(i);
        assertEquals(batch.length(), step.length());
        assertEquals(batch.arrival(), step.arrival(), 1e-9 * batch.end());
        assertEquals(batch.sent(), step.sent(), 1e-9 * batch.end());
        assertEquals(batch.start(), step.start(), 1e-9 * batch.end());
        assertEquals(batch.end(), step.end(), 1e-9 * batch.end());
      }
    }
  }

  private Replication tokens(String arrivals, String policy, int servers, String more) {
    String text =
        """
        name: closed
        scenario:
          arrivals: %s
          service: {tokens: {law: mixture, weights: [1, 1, 1], laws: [{law: deterministic, value: 1}, {law: deterministic, value: 7}, {law: deterministic, value: 20}]}, secondsPerToken: 0.25}
          policy: {type: %s}
          servers: %d
          requests: %d
        %s
        """
            .formatted(arrivals, policy, servers, REQUESTS, more.indent(2));
    return new Replication(
        ExperimentFiles.read(folder, text).points().get(0).scenario(), STREAMS, 0);
  }

  /** Every kind of policy, as it is in the catalogue, with some of its variants. */
  static Stream<String> policies() {
    return Stream.of(
        "standard, batchSize: 8",
        "standard, batchSize: 20",
        "multi-bin, bins: 3, boundaries: equal-mass, batchSize: 3",
        "multi-bin, bins: 3, boundaries: equal-mass, batchSize: 8",
        "multi-bin, bins: 3, boundaries: equal-mass, batchSize: 8, order: shortest",
        "multi-bin, bins: 3, boundaries: equal-mass, batchSize: 8, partial: true",
        "bound-bins, bins: 3, boundaries: equal-mass, batchSize: 8",
        "adaptive-bins, bins: 3, batchSize: 8, window: 100, every: 50",
        "max-wait, bins: 3, boundaries: equal-mass, batchSize: 8, maxWait: 5",
        "dynamic, batchSize: 8",
        "dynamic, batchSize: 20, least: 15",
        "elastic, batchSize: 8",
        "elastic, batchSize: 8, least: 3",
        "sorted-window, batchSize: 4, window: 2",
        "sorted-window, batchSize: 8, window: 4",
        "shortest-first, batchSize: 4",
        "shortest-first, batchSize: 20, least: 14",
        "continuous, batchSize: 4",
        "continuous, batchSize: 4, bins: 2, boundaries: equal-mass",
        "wait-threshold, batchSize: 8, threshold: 8, bins: 3, boundaries: equal-mass");
  }

  /**
   * What each client sends and how long it thinks is its own, whatever the policy; and at every
   * moment each is either waiting for an answer or thinking (Little's law for the whole loop).
   */
  @ParameterizedTest
  @MethodSource("policies")
  void everyClientWaitsThinksAndSendsAgain(String policy) {
    int draws = 20 * REQUESTS;
    double[] lengths = draw(LENGTHS, StreamName.SERVICE, draws);
    double[] pauses = draw(PAUSES, StreamName.ARRIVALS, draws);
    Map<Double, Integer> places = new HashMap<>();
    for (int i = 0; i < draws; i++) {
      places.put(lengths[i], i);
    }
    Replication replication = replication(CLOSED, policy, "2", REQUESTS, "");
    List<RequestRow> rows = rows(replication);
    assertEquals(REQUESTS, rows.size());
    RequestRow[] last = new RequestRow[CLIENTS];
    int[] sent = new int[CLIENTS];
    // The last request is sent at the end of the window; before it, no client stops.
    double until = rows.get(REQUESTS - 1).arrival();
    double from = until / 3;
    double waiting = 0;
    double thinking = 0;
    int completed = 0;
    for (RequestRow row : rows) {
      int place = places.get(row.length());
      int client = place % CLIENTS;
      assertEquals(sent[client], place / CLIENTS, "requests of client " + client);
      sent[client]++;
      RequestRow before = last[client];
      if (before != null) {
        assertEquals(before.end() + pauses[place], row.arrival(), 1e-9 * until);
      }
      last[client] = row;
      waiting += within(row.arrival(), row.end(), from, until);
      thinking += within(row.end(), row.end() + pauses[place + CLIENTS], from, until);
      completed += row.end() > from && row.end() <= until ? 1 : 0;
    }
    double seconds = until - from;
    double rate = completed / seconds;
    double response = waiting / completed;
    double think = thinking / completed;
    assertEquals(CLIENTS, rate * (response + think), 1e-9 * CLIENTS, "X (R + Z) = N");
    RunStatistics run = replication.run();
    assertEquals(REQUESTS, run.requests());
    assertEquals(0, Metric.named("requests.discarded").of(run));
    assertEquals(
        rows.stream().mapToDouble(row -> row.end() - row.arrival()).average().orElseThrow(),
        Metric.LATENCY_MEAN.of(run),
        1e-9 * seconds);
  }

  private static double within(double start, double end, double from, double until) {
    return Math.max(0, Math.min(end, until) - Math.max(start, from));
  }

  /** Nobody is left behind, more than the limit are never in flight, and rounds never overlap. */
  @ParameterizedTest
  @MethodSource("policies")
  void allAreServedInRoundsAndUnderALimit(String policy) {
    List<RequestRow> rounds =
        rows(
            replication(
                "{process: rounds, size: 50, gap: {law: deterministic, value: 3}}",
                policy,
                "2",
                1000,
                ""));
    for (int i = 50; i < 1000; i++) {
      int first = i / 50 * 50;
      double end =
          rounds.subList(first - 50, first).stream()
              .mapToDouble(RequestRow::end)
              .max()
              .orElseThrow();
      assertEquals(end + 3, rounds.get(i).arrival(), 1e-9 * end);
    }
    for (int limit : List.of(2, 20)) {
      List<RequestRow> limited =
          rows(
              replication(
                  "{process: poisson, rate: 2}", policy, "2", 1000, "concurrency: " + limit));
      double[] sent = limited.stream().mapToDouble(RequestRow::sent).sorted().toArray();
      double[] ends = limited.stream().mapToDouble(RequestRow::end).sorted().toArray();
      for (int i = limit; i < 1000; i++) {
        assertTrue(sent[i] >= ends[i - limit], "request " + i + " of " + policy);
      }
      for (int i = 1; i < 1000; i++) {
        assertTrue(limited.get(i).sent() >= limited.get(i - 1).sent(), "first come, first sent");
        assertTrue(limited.get(i).sent() >= limited.get(i).arrival());
      }
    }
  }

  /** Lost requests are answered by an error, so their clients go on. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dynamic, batchSize: 4 | lose", "elastic, batchSize: 4 | lose",
        "continuous, batchSize: 4 | lose", "standard, batchSize: 8 | retry",
        "elastic, batchSize: 4 | retry", "continuous, batchSize: 4 | retry"
      })
  void clientsGoOnAfterFailures(String policy, String batch) {
    String servers =
        "{count: 2, failures: {up: {law: exponential, rate: 0.01}, down: {law: exponential, rate:"
            + " 0.1}, batch: "
            + batch
            + "}}";
    RunStatistics run = replication(CLOSED, policy, servers, REQUESTS, "").run();
    double lost = Metric.LOST_SHARE.of(run);
    assertEquals(REQUESTS, run.requests() / (1 - lost), 1e-6);
    assertEquals(batch.equals("lose"), lost > 0);
    assertEquals(0, Metric.named("requests.discarded").of(run));
  }
}

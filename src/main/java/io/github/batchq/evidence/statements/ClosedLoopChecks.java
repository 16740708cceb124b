package io.github.batchq.evidence.statements;

import static io.github.batchq.evidence.statements.SampleLaws.UNIFORM;
import static io.github.batchq.evidence.statements.TrafficRuns.STREAMS;
import static io.github.batchq.evidence.statements.TrafficRuns.estimate;
import static io.github.batchq.evidence.statements.TrafficRuns.runs;
import static io.github.batchq.evidence.statements.TrafficRuns.scenario;

import io.github.batchq.expectation.PolicyTheory;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.DynamicBatching;
import io.github.batchq.policy.ElasticBatching;
import io.github.batchq.policy.MultiBinBatching;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.ShortestFirst;
import io.github.batchq.policy.SortedWindow;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Sampler;
import io.github.batchq.random.StreamName;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.Replication;
import io.github.batchq.scenario.RequestRow;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.ClosedBatches;
import io.github.batchq.theory.ClosedLoop;
import io.github.batchq.theory.FiniteSourceQueue;
import io.github.batchq.theory.RoundTime;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.Throughput;
import io.github.batchq.workload.ClosedClients;
import io.github.batchq.workload.Rounds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks of statements about requests that wait for answers. */
final class ClosedLoopChecks {
  private static final long REQUESTS = 20_000;
  private static final double THINK = 20;
  private static final int CLIENTS = 8;

  private ClosedLoopChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "T41",
            "In a closed loop X (R + Z) = N over any time, with the parts of waits and think times"
                + " that lie in it.",
            "T41",
            ClosedLoopChecks::littlesLaw),
        new Check(
            "T42",
            "In a closed loop X <= min(N / (R0 + Z), C) and R >= max(R0, N / C - Z).",
            "T42",
            ClosedLoopChecks::asymptoticBounds),
        new Check(
            "T43",
            "Requests served one by one with exponential times of service and thought are the queue"
                + " M/M/c//N.",
            "T43",
            ClosedLoopChecks::finiteSource),
        new Check(
            "T44",
            "Batches of what waits at one server, with exponential think times, are a finite Markov"
                + " chain, and M/G/1//N for B = 1.",
            "T44",
            ClosedLoopChecks::closedBatches),
        new Check(
            "T45",
            "A round in full batches lasts as long as a run that is all there at 0, sorted as its order"
                + " statistics say, and on c servers from W / c to W / c + (1 - 1/c) M.",
            "T45",
            ClosedLoopChecks::rounds));
  }

  private static ClosedClients clients(int number) {
    return new ClosedClients(number, new Exponential(1 / THINK), null);
  }

  /** The clients are told by the lengths of their requests, no two of which are the same. */
  private static void littlesLaw(Findings findings) {
    for (PolicySpec policy :
        List.of(
            new DynamicBatching(4, 1, null),
            new ElasticBatching(4, 1, null),
            new MultiBinBatching(2, "equal-mass", 4))) {
      int requests = 4000;
      Sampler lengths = UNIFORM.sampler(STREAMS.stream(0, StreamName.SERVICE));
      Sampler pauses = new Exponential(1 / THINK).sampler(STREAMS.stream(0, StreamName.ARRIVALS));
      Map<Double, Integer> places = new HashMap<>();
      double[] thinks = new double[10 * requests];
      for (int i = 0; i < thinks.length; i++) {
        places.put(lengths.getAsDouble(), i);
        thinks[i] = pauses.getAsDouble();
      }
      List<RequestRow> rows = new ArrayList<>();
      new Replication(scenario(clients(CLIENTS), UNIFORM, policy, 1, requests, 0), STREAMS, 0)
          .record(rows::add);
      double until = rows.get(requests - 1).arrival();
      double from = until / 3;
      double waiting = 0;
      double thinking = 0;
      for (RequestRow row : rows) {
        double think = thinks[places.getOrDefault(row.length(), 0) + CLIENTS];
        waiting += within(row.arrival(), row.end(), from, until);
        thinking += within(row.end(), row.end() + think, from, until);
      }
      findings.equal(
          FindingKind.ALGORITHM,
          "mean number waiting or thinking, " + policy.getClass().getSimpleName(),
          CLIENTS,
          (waiting + thinking) / (until - from),
          1e-9);
    }
  }

  private static double within(double start, double end, double from, double until) {
    return Math.max(0, Math.min(end, until) - Math.max(start, from));
  }

  private static void asymptoticBounds(Findings findings) {
    for (PolicySpec policy :
        List.of(
            new StandardBatching(4),
            new DynamicBatching(4, 1, null),
            new ElasticBatching(4, 1, null),
            new MultiBinBatching(2, "equal-mass", 4),
            new SortedWindow(2, 2, null))) {
      PreparedScenario scenario = scenario(clients(CLIENTS), UNIFORM, policy, 1, REQUESTS, 1000);
      double capacity = PolicyTheory.knownCapacity(scenario.withoutArrivals());
      ClosedLoop loop = new ClosedLoop(CLIENTS, THINK);
      List<RunStatistics> runs = runs(scenario);
      String name = ", " + policy.getClass().getSimpleName();
      findings.atMost(
          "throughput of 8 clients" + name,
          loop.mostThroughput(UNIFORM.mean(), capacity).value(),
          estimate(runs, Metric.THROUGHPUT).mean());
      findings.atMost(
          "least latency of 8 clients" + name,
          estimate(runs, Metric.LATENCY_MEAN).mean(),
          loop.leastLatency(UNIFORM.mean(), capacity).value());
    }
  }

  private static void finiteSource(Findings findings) {
    Law service = new Exponential(0.1);
    for (int servers : List.of(1, 3)) {
      int number = 3 * servers;
      FiniteSourceQueue queue = new FiniteSourceQueue(number, THINK, servers, service.mean());
      List<RunStatistics> runs =
          runs(
              scenario(
                  clients(number),
                  service,
                  new DynamicBatching(1, 1, null),
                  servers,
                  5 * REQUESTS,
                  1000));
      String name = ", M/M/" + servers + "//" + number;
      findings.simulation(
          "throughput" + name, queue.throughput().value(), estimate(runs, Metric.THROUGHPUT));
      findings.simulation(
          "latency" + name, queue.meanLatency().value(), estimate(runs, Metric.LATENCY_MEAN));
      findings.simulation(
          "utilization" + name, queue.utilization().value(), estimate(runs, Metric.UTILIZATION));
    }
  }

  private static void closedBatches(Findings findings) {
    Law exponential = new Exponential(0.1);
    findings.equal(
        FindingKind.ALGORITHM,
        "throughput of M/M/1//30, birth and death process and chain",
        new FiniteSourceQueue(30, 300, 1, 10).throughput().value(),
        chain(exponential, 1, 1, 30, 300).throughput().value(),
        1e-10);
    findings.equal(
        FindingKind.ALGORITHM,
        "throughput of M/D/1//20, Takacs' formula and chain",
        takacs(20, 150, 10),
        chain(new Deterministic(10), 1, 1, 20, 150).throughput().value(),
        1e-10);
    for (int least : List.of(1, 3, 4)) {
      ClosedBatches chain = chain(UNIFORM, 4, least, CLIENTS, THINK);
      PolicySpec policy =
          least == 4 ? new StandardBatching(4) : new DynamicBatching(4, least, null);
      List<RunStatistics> runs =
          runs(scenario(clients(CLIENTS), UNIFORM, policy, 1, REQUESTS, 1000));
      String name = ", 8 clients, batches of " + least + " to 4";
      findings.simulation(
          "throughput" + name, chain.throughput().value(), estimate(runs, Metric.THROUGHPUT));
      findings.simulation(
          "latency" + name, chain.meanLatency().value(), estimate(runs, Metric.LATENCY_MEAN));
      findings.simulation(
          "service" + name,
          chain.requestBatchSeconds().value(),
          estimate(runs, Metric.SERVICE_MEAN));
    }
    BatchSystem full = BatchSystem.of(UNIFORM, BinBoundaries.none(), 4);
    List<RunStatistics> always =
        runs(
            scenario(
                new ClosedClients(CLIENTS, null, null),
                UNIFORM,
                new DynamicBatching(4, 1, null),
                1,
                REQUESTS,
                1000));
    findings.simulation(
        "throughput without think times is the capacity",
        Throughput.capacity(full).value(),
        estimate(always, Metric.THROUGHPUT));
  }

  private static ClosedBatches chain(Law law, int batchSize, int least, int clients, double think) {
    return new ClosedBatches(
        BatchSystem.of(law, BinBoundaries.none(), batchSize), least, clients, think);
  }

  /** The throughput of M/D/1//N (L. Takacs, Introduction to the Theory of Queues, 1962). */
  private static double takacs(int clients, double think, double service) {
    double sum = 0;
    double term = 1;
    for (int k = 0; k < clients; k++) {
      sum += term;
      double come = (k + 1) * service / think;
      // C(N - 1, k + 1) / C(N - 1, k), and (1 - b) / b for the transform b of the service time.
      term *= (clients - 1.0 - k) / (k + 1) * Math.expm1(come);
    }
    return 1 / (service + think / (clients * sum));
  }

  private static void rounds(Findings findings) {
    int size = 50;
    Rounds arrivals = new Rounds(size, new Deterministic(5));
    Metric mean = Metric.named("round.mean");
    BatchSystem one = BatchSystem.of(UNIFORM, BinBoundaries.none(), 8);
    MultiBinBatching binned = new MultiBinBatching(4, "equal-mass", 8);
    PreparedScenario inBins = scenario(arrivals, UNIFORM, binned, 1, REQUESTS, 0);
    findings.simulation(
        "seconds of a round of 50, one bin",
        new RoundTime(one, size).inBins().value(),
        estimate(runs(scenario(arrivals, UNIFORM, new StandardBatching(8), 1, REQUESTS, 0)), mean));
    findings.simulation(
        "seconds of a round of 50, four bins",
        new RoundTime(BatchSystem.of(UNIFORM, inBins.boundaries(), 8), size).inBins().value(),
        estimate(runs(inBins), mean));
    findings.simulation(
        "seconds of a round of 48, sorted",
        new RoundTime(one, 48).sorted().value(),
        estimate(
            runs(
                scenario(
                    new Rounds(48, null), UNIFORM, new SortedWindow(8, 6, null), 1, 19_200, 0)),
            mean));
    Rounds unequal = new Rounds(size, null);
    findings.simulation(
        "seconds of a round of 50, sorted, the last batch of two",
        new RoundTime(one, size).sorted().value(),
        estimate(
            runs(scenario(unequal, UNIFORM, new ShortestFirst(8, null, 0, null), 1, REQUESTS, 0)),
            mean));
    findings.atMost(
        "least seconds of a round of 50 in any batches, and in windows of 16",
        estimate(
                runs(scenario(unequal, UNIFORM, new SortedWindow(8, 2, null), 1, REQUESTS, 0)),
                mean)
            .mean(),
        new RoundTime(one, size).leastOfAll().value());
    BatchSystem three = new BatchSystem(UNIFORM, BinBoundaries.none(), 8, BatchTime.LONGEST, 3);
    TheoryResult least = new RoundTime(three, size).inBins();
    PreparedScenario spread = scenario(arrivals, UNIFORM, new StandardBatching(8), 3, REQUESTS, 0);
    findings.atMost(
        "least seconds of a round of 50 on three servers",
        estimate(runs(spread), mean).mean(),
        least.value());
    findings.atMost(
        "seconds of a round of 50 on three servers",
        new RoundTime(three, size).mostInBins().value(),
        estimate(runs(spread), mean).mean());
    findings.search("rounds outside W/3 and W/3 + 2/3 M", outside(spread, size));
  }

  /** Rounds on three servers that are shorter or longer than list scheduling allows. */
  private static long outside(PreparedScenario scenario, int size) {
    List<RequestRow> rows = new ArrayList<>();
    new Replication(scenario, STREAMS, 0).record(rows::add);
    long violations = 0;
    for (int first = 0; first < rows.size(); first += size) {
      double start = rows.get(first).arrival();
      double end = 0;
      Map<Long, Double> batches = new HashMap<>();
      for (RequestRow row : rows.subList(first, first + size)) {
        end = Math.max(end, row.end());
        batches.put(row.batch(), row.end() - row.start());
      }
      double work = batches.values().stream().mapToDouble(seconds -> seconds).sum();
      double longest = batches.values().stream().mapToDouble(seconds -> seconds).max().orElse(0);
      double seconds = end - start;
      boolean inside = seconds >= work / 3 - 1e-6 && seconds <= work / 3 + 2 * longest / 3 + 1e-6;
      violations += inside ? 0 : 1;
    }
    return violations;
  }
}

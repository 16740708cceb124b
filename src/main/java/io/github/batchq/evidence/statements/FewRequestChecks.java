package io.github.batchq.evidence.statements;

import static io.github.batchq.evidence.statements.SampleLaws.EXPONENTIAL;
import static io.github.batchq.evidence.statements.SampleLaws.UNIFORM;
import static io.github.batchq.evidence.statements.TrafficRuns.estimate;
import static io.github.batchq.evidence.statements.TrafficRuns.rows;
import static io.github.batchq.evidence.statements.TrafficRuns.runs;
import static io.github.batchq.evidence.statements.TrafficRuns.scenario;

import io.github.batchq.metric.Metric;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.DynamicBatching;
import io.github.batchq.policy.ElasticBatching;
import io.github.batchq.policy.MultiBinBatching;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.RequestRow;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.ClosedBatches;
import io.github.batchq.theory.ErlangC;
import io.github.batchq.theory.FewRequests;
import io.github.batchq.workload.ClosedClients;
import io.github.batchq.workload.PoissonArrivals;
import java.util.List;

/** Checks of statements about batches that find few requests in flight. */
final class FewRequestChecks {
  private static final long REQUESTS = 20_000;
  private static final Metric SENT = Metric.named("latency.sent.mean");

  private FewRequestChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "T49",
            "A closed loop whose requests leave early is a Markov chain, and a limit of what is in"
                + " flight is another system without one.",
            "T49",
            FewRequestChecks::earlyAndLimited),
        new Check(
            "T50",
            "With few requests no mixture of batches does more than the concave hull of their"
                + " rates, and without think times their sizes do not change.",
            "T50",
            FewRequestChecks::few));
  }

  private static ClosedClients thinking(int clients) {
    return new ClosedClients(clients, new Exponential(0.05), null);
  }

  private static void earlyAndLimited(Findings findings) {
    Law atoms = Empirical.of(new double[] {1, 6, 9, 20}, new long[] {3, 4, 3, 1});
    for (Law law : List.of(UNIFORM, atoms)) {
      for (int least : new int[] {1, 3}) {
        ClosedBatches chain = new ClosedBatches(one(law, 4, 1), least, 8, 20, true);
        List<RunStatistics> runs =
            runs(scenario(thinking(8), law, new ElasticBatching(4, least, null), 1, 40_000, 1000));
        String name = ", " + law + ", 8 clients, elastic batches of " + least + " to 4";
        findings.simulation(
            "throughput" + name, chain.throughput().value(), estimate(runs, Metric.THROUGHPUT));
        findings.simulation(
            "latency" + name, chain.meanLatency().value(), estimate(runs, Metric.LATENCY_MEAN));
      }
    }
    Law equal = new Deterministic(7);
    findings.equal(
        FindingKind.ALGORITHM,
        "throughput of equal lengths, leaving early and together",
        new ClosedBatches(one(equal, 4, 1), 2, 9, 20).throughput().value(),
        new ClosedBatches(one(equal, 4, 1), 2, 9, 20, true).throughput().value(),
        1e-12);
    samePaths(findings);
    sent(findings);
  }

  private static BatchSystem one(Law law, int batchSize, int servers) {
    return new BatchSystem(law, BinBoundaries.none(), batchSize, BatchTime.LONGEST, servers);
  }

  private static void samePaths(Findings findings) {
    same(findings, new DynamicBatching(1, 1, null), 4, 3, new DynamicBatching(1, 1, null), 3);
    same(findings, new DynamicBatching(1, 1, null), 2, 5, new DynamicBatching(1, 1, null), 2);
    same(findings, new StandardBatching(3), 4, 8, new StandardBatching(3), 2);
    same(findings, new StandardBatching(3), 2, 6, new StandardBatching(3), 2);
    same(findings, new DynamicBatching(8, 2, null), 1, 5, new DynamicBatching(5, 2, null), 1);
    same(findings, new ElasticBatching(8, 1, null), 1, 5, new ElasticBatching(5, 1, null), 1);
    same(findings, new ElasticBatching(3, 2, null), 2, 6, new ElasticBatching(3, 2, null), 2);
    MultiBinBatching bins = new MultiBinBatching(3, "equal-mass", 3);
    same(findings, bins, 2, 10, bins, 2);
  }

  /** Every request of a run with a limit leaves when it does in another system without one. */
  private static void same(
      Findings findings,
      PolicySpec policy,
      int servers,
      int limit,
      PolicySpec other,
      int otherServers) {
    PoissonArrivals arrivals = new PoissonArrivals(0.3);
    List<RequestRow> limited =
        rows(scenario(arrivals, UNIFORM, policy, servers, REQUESTS, 0, limit, null));
    List<RequestRow> free = rows(scenario(arrivals, UNIFORM, other, otherServers, REQUESTS, 0));
    long moved = Math.abs(limited.size() - free.size());
    for (int i = 0; i < Math.min(limited.size(), free.size()); i++) {
      boolean agrees =
          limited.get(i).arrival() == free.get(i).arrival()
              && Math.abs(limited.get(i).end() - free.get(i).end()) <= 1e-6;
      moved += agrees ? 0 : 1;
    }
    findings.search(
        "requests that leave at another moment, "
            + policy.getClass().getSimpleName()
            + " of "
            + policy.batchSize()
            + " on "
            + servers
            + " servers, at most "
            + limit
            + " in flight",
        moved);
  }

  private static void sent(Findings findings) {
    PolicySpec single = new DynamicBatching(1, 1, null);
    ErlangC queue = new ErlangC(0.2, 3, 10);
    List<RunStatistics> runs =
        runs(
            scenario(
                new PoissonArrivals(0.2), EXPONENTIAL, single, 3, 15 * REQUESTS, 1000, 6, null));
    findings.simulation(
        "latency of M/M/3, at most 6 in flight",
        queue.meanLatency().value(),
        estimate(runs, Metric.LATENCY_MEAN));
    findings.simulation(
        "the same from when requests are sent", queue.meanAtMost(6) / 0.2, estimate(runs, SENT));
    List<RunStatistics> batches =
        runs(
            scenario(
                new PoissonArrivals(0.2),
                UNIFORM,
                new DynamicBatching(8, 1, null),
                1,
                REQUESTS,
                1000,
                4,
                null));
    findings.atMost(
        "latency from when requests are sent, at most 4 in flight",
        4 / estimate(batches, Metric.THROUGHPUT).mean(),
        estimate(batches, SENT).mean());
  }

  private static void few(Findings findings) {
    for (PolicySpec policy :
        List.of(
            new DynamicBatching(4, 1, null),
            new ElasticBatching(4, 1, null),
            new StandardBatching(4))) {
      boolean elastic = policy instanceof ElasticBatching;
      int least = policy instanceof StandardBatching ? 4 : 1;
      FewRequests bound = new FewRequests(one(UNIFORM, 4, 2), least, elastic);
      List<RunStatistics> runs = runs(scenario(thinking(8), UNIFORM, policy, 2, REQUESTS, 1000));
      String name = " of 8 clients at two servers, " + policy.getClass().getSimpleName();
      findings.atMost(
          "throughput" + name,
          bound.throughput(8, 20).value(),
          estimate(runs, Metric.THROUGHPUT).mean());
      findings.atMost(
          "least latency" + name,
          estimate(runs, Metric.LATENCY_MEAN).mean(),
          bound.latency(8, 20).value());
    }
    double four = 4 / (1 + 19 * 0.8);
    double rest = 1 / 10.5;
    always(findings, 9, new DynamicBatching(4, 1, null), 3, 2 * four + rest);
    always(findings, 9, new DynamicBatching(4, 2, null), 3, 2 * four);
    always(findings, 8, new StandardBatching(4), 2, 2 * four);
    always(findings, 8, new ElasticBatching(4, 1, null), 2, 2 * four);
    always(findings, 3, new ElasticBatching(4, 1, null), 1, 3 / 15.25);
    MultiBinBatching bins = new MultiBinBatching(2, "equal-mass", 4);
    // Halves of the lengths: the longest of four is 1 + 9.5 * 0.8 or 9.5 more.
    always(findings, 15, bins, 3, 3 * 4 / (1 + 9.5 * 0.8 + 9.5 / 2));
  }

  private static void always(
      Findings findings, int clients, PolicySpec policy, int servers, double throughput) {
    PreparedScenario scenario =
        scenario(new ClosedClients(clients, null, null), UNIFORM, policy, servers, REQUESTS, 1000);
    findings.simulation(
        "throughput of "
            + clients
            + " clients who do not think, "
            + policy.getClass().getSimpleName()
            + " on "
            + servers
            + " servers",
        throughput,
        estimate(runs(scenario), Metric.THROUGHPUT));
  }
}

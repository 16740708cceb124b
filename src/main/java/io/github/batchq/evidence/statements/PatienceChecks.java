package io.github.batchq.evidence.statements;

import static io.github.batchq.evidence.statements.SampleLaws.EXPONENTIAL;
import static io.github.batchq.evidence.statements.SampleLaws.UNIFORM;
import static io.github.batchq.evidence.statements.TrafficRuns.estimate;

import io.github.batchq.metric.Metric;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.DynamicBatching;
import io.github.batchq.policy.ElasticBatching;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Uniform;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.ErlangA;
import io.github.batchq.theory.FewRequests;
import io.github.batchq.theory.ImpatientBatches;
import io.github.batchq.theory.ImpatientQueue;
import io.github.batchq.workload.Patience;
import io.github.batchq.workload.Patience.In;
import io.github.batchq.workload.PoissonArrivals;
import java.util.List;

/** Checks of statements about clients who give up. */
final class PatienceChecks {
  private static final long REQUESTS = 250_000;
  private static final Law PATIENCE = new Exponential(0.05);
  private static final Metric ABANDONED = Metric.named("abandoned.share");

  private PatienceChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "T46",
            "Requests that give up are the queues M/M/c+G and M/G/1+M where they are served one by"
                + " one, and a Markov chain where one server takes what waits.",
            "T46",
            PatienceChecks::check));
  }

  private static List<RunStatistics> runs(
      double rate, Law lengths, PolicySpec policy, int servers, Law patience, In in) {
    return TrafficRuns.runs(
        TrafficRuns.scenario(
            new PoissonArrivals(rate),
            lengths,
            policy,
            servers,
            REQUESTS,
            1000,
            null,
            new Patience(patience, in)));
  }

  private static void check(Findings findings) {
    birthAndDeath(findings);
    oneByOne(findings);
    batches(findings);
  }

  /** Erlang-A from its balance equations, state by state. */
  private static void birthAndDeath(Findings findings) {
    int servers = 20;
    double rate = 3;
    double weight = 1;
    double total = 0;
    double queue = 0;
    for (int n = 0; n < 2000; n++) {
      total += weight;
      queue += weight * Math.max(0, n - servers);
      int next = n + 1;
      weight *= rate / (Math.min(next, servers) * 0.1 + Math.max(0, next - servers) * 0.05);
    }
    findings.equal(
        FindingKind.ALGORITHM,
        "share that gives up of M/M/20+M, balance equations and integral",
        queue / total * 0.05 / rate,
        ErlangA.untilService(rate, servers, 10, PATIENCE).abandonedShare().value(),
        1e-10);
    findings.equal(
        FindingKind.ALGORITHM,
        "share that gives up of M/M/1+M, integral and series",
        ErlangA.untilService(0.3, 1, 10, PATIENCE).abandonedShare().value(),
        new ImpatientQueue(one(EXPONENTIAL, 1), 0.3, 20).abandonedShare().value(),
        1e-10);
    findings.equal(
        FindingKind.ALGORITHM,
        "share that gives up of M/G/1+M, series and chain",
        new ImpatientQueue(one(UNIFORM, 1), 0.3, 20).abandonedShare().value(),
        new ImpatientBatches(one(UNIFORM, 1), 1, 0.3, 20).abandonedShare().value(),
        1e-10);
  }

  private static BatchSystem one(Law law, int batchSize) {
    return BatchSystem.of(law, BinBoundaries.none(), batchSize);
  }

  private static void oneByOne(Findings findings) {
    Law limits = new Uniform(5, 25);
    PolicySpec single = new StandardBatching(1);
    erlang(
        findings,
        ", M/M/2+U",
        ErlangA.untilService(0.5, 2, 10, limits),
        runs(0.5, EXPONENTIAL, single, 2, limits, In.QUEUE));
    erlang(
        findings,
        ", M/M/3+M, until the answer",
        ErlangA.untilAnswer(0.5, 3, 10, PATIENCE, false),
        runs(0.5, EXPONENTIAL, single, 3, PATIENCE, In.ALL));
    ImpatientQueue queue = new ImpatientQueue(one(UNIFORM, 1), 0.2, 20);
    List<RunStatistics> runs = runs(0.2, UNIFORM, single, 1, PATIENCE, In.QUEUE);
    findings.simulation(
        "share that gives up, M/U/1+M", queue.abandonedShare().value(), estimate(runs, ABANDONED));
    findings.simulation(
        "latency, M/U/1+M", queue.meanLatency().value(), estimate(runs, Metric.LATENCY_MEAN));
  }

  private static void erlang(
      Findings findings, String name, ErlangA queue, List<RunStatistics> runs) {
    findings.simulation(
        "share that gives up" + name, queue.abandonedShare().value(), estimate(runs, ABANDONED));
    findings.simulation(
        "throughput" + name, queue.throughput().value(), estimate(runs, Metric.THROUGHPUT));
    findings.simulation(
        "utilization" + name, queue.utilization().value(), estimate(runs, Metric.UTILIZATION));
    findings.simulation(
        "latency" + name, queue.meanLatency().value(), estimate(runs, Metric.LATENCY_MEAN));
  }

  private static void batches(Findings findings) {
    for (boolean elastic : new boolean[] {false, true}) {
      for (In in : In.values()) {
        PolicySpec policy =
            elastic ? new ElasticBatching(4, 2, null) : new DynamicBatching(4, 1, null);
        ImpatientBatches chain = new ImpatientBatches(one(UNIFORM, 4), elastic ? 2 : 1, 0.3, 20);
        double answers = (in == In.ALL ? chain.answeredInTime(elastic) : chain.served()).value();
        List<RunStatistics> runs = runs(0.3, UNIFORM, policy, 1, PATIENCE, in);
        String name = ", " + (elastic ? "elastic" : "dynamic") + " batches of 4, patience in " + in;
        findings.simulation(
            "share that gives up" + name, 1 - answers / 0.3, estimate(runs, ABANDONED));
        findings.simulation(
            "mean batch" + name,
            chain.meanBatchSize().value(),
            estimate(runs, Metric.BATCH_SIZE_MEAN));
      }
    }
    Law limits = new Uniform(5, 25);
    findings.atMost(
        "throughput of full batches of 4 at three times the capacity",
        new FewRequests(one(UNIFORM, 4), 1, false).capacity(4).value(),
        estimate(
                runs(0.75, UNIFORM, new StandardBatching(4), 1, limits, In.QUEUE),
                Metric.THROUGHPUT)
            .mean());
  }
}

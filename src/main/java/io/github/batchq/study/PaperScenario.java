package io.github.batchq.study;

import io.github.batchq.expectation.PolicyTheory;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BadRows;
import io.github.batchq.policy.MultiBinBatching;
import io.github.batchq.random.StreamSource;
import io.github.batchq.random.Uniform;
import io.github.batchq.scenario.Inputs;
import io.github.batchq.scenario.LengthSpec;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.Replication;
import io.github.batchq.scenario.Scenario;
import io.github.batchq.scenario.ServerSpec;
import io.github.batchq.scenario.ServiceSpec;
import io.github.batchq.service.LongestRequest;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.BoundaryRules;
import io.github.batchq.theory.Throughput;
import io.github.batchq.workload.Oracle;
import io.github.batchq.workload.PoissonArrivals;
import io.github.batchq.workload.Trace.LengthUnit;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A scenario of the base paper whose runs a study of variance reduction samples: lengths U(1,20),
 * bins of equal mass, true predictions, Poisson arrivals.
 *
 * @param batchSize requests in a batch B
 * @param bins number of bins k
 * @param servers number of servers c
 */
record PaperScenario(int batchSize, int bins, int servers) {
  static final Uniform LENGTHS = new Uniform(1, 20);

  /** What theory sees of it. */
  BatchSystem system() {
    return new BatchSystem(
        LENGTHS,
        BoundaryRules.named("equal-mass").boundaries(LENGTHS, bins, batchSize),
        batchSize,
        BatchTime.LONGEST,
        servers);
  }

  /** The rate that keeps the servers busy for a share of the time, requests per second. */
  double rate(double load) {
    return load * Throughput.capacity(system()).value();
  }

  /** The same scenario with another number of bins. */
  PaperScenario withBins(int other) {
    return new PaperScenario(batchSize, other, servers);
  }

  /** What the scenario is called in a table. */
  String label(double load) {
    return "B = "
        + batchSize
        + ", k = "
        + bins
        + ", load "
        + load
        + (servers == 1 ? "" : ", " + servers + " servers");
  }

  /** Simulates runs 0 to number - 1 of a source of streams, on all processors. */
  List<Run> runs(double rate, long requests, int number, StreamSource streams) {
    PreparedScenario scenario =
        PreparedScenario.of(
            new Scenario(
                new PoissonArrivals(rate),
                new ServiceSpec(
                    new LengthSpec.FromLaw(LENGTHS), LengthUnit.SECONDS, LongestRequest.SECONDS),
                new Oracle(),
                new MultiBinBatching(bins, "equal-mass", batchSize),
                new ServerSpec(servers),
                requests,
                WarmUp.NONE),
            new Inputs(BadRows.none(), PolicyTheory::knownCapacity),
            "study of variance reduction",
            "");
    return IntStream.range(0, number)
        .parallel()
        .mapToObj(run -> Run.of(new Replication(scenario, streams, run).run()))
        .toList();
  }

  /**
   * What is read from a run.
   *
   * @param latency mean latency in seconds
   * @param throughput in requests per second
   * @param p99 99 % quantile of the latency in seconds
   * @param unqueued mean latency without the wait for a server, in seconds
   * @param gap mean gap between arrivals in seconds
   * @param length mean length in seconds
   */
  record Run(
      double latency, double throughput, double p99, double unqueued, double gap, double length) {
    private static Run of(RunStatistics statistics) {
      return new Run(
          Metric.LATENCY_MEAN.of(statistics),
          Metric.THROUGHPUT.of(statistics),
          Metric.LATENCY_P99.of(statistics),
          Metric.FORMATION_MEAN.of(statistics) + Metric.SERVICE_MEAN.of(statistics),
          Metric.GAP_MEAN.of(statistics),
          Metric.LENGTH_MEAN.of(statistics));
    }
  }
}

package io.github.batchq.evidence.statements;

import io.github.batchq.expectation.PolicyTheory;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BadRows;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.random.Law;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.scenario.Inputs;
import io.github.batchq.scenario.LengthSpec;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.Replication;
import io.github.batchq.scenario.RequestRow;
import io.github.batchq.scenario.Scenario;
import io.github.batchq.scenario.ServerSpec;
import io.github.batchq.scenario.ServiceSpec;
import io.github.batchq.service.LongestRequest;
import io.github.batchq.workload.ArrivalSpec;
import io.github.batchq.workload.Oracle;
import io.github.batchq.workload.Patience;
import io.github.batchq.workload.Trace.LengthUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scenarios whose lengths are service times in seconds, and ten runs of each. */
final class TrafficRuns {
  private static final int RUNS = 10;

  /** The random numbers of all runs. */
  static final RandomStreams STREAMS = new RandomStreams(Checks.SEED, RUNS);

  private TrafficRuns() {}

  /** Clients who wait for ever, without a limit of what is in flight. */
  static PreparedScenario scenario(
      ArrivalSpec arrivals,
      Law lengths,
      PolicySpec policy,
      int servers,
      long requests,
      long warmUp) {
    return scenario(arrivals, lengths, policy, servers, requests, warmUp, null, null);
  }

  static PreparedScenario scenario(
      ArrivalSpec arrivals,
      Law lengths,
      PolicySpec policy,
      int servers,
      long requests,
      long warmUp,
      @Nullable Integer concurrency,
      @Nullable Patience patience) {
    return PreparedScenario.of(
        new Scenario(
            arrivals,
            new ServiceSpec(
                new LengthSpec.FromLaw(lengths), LengthUnit.SECONDS, LongestRequest.SECONDS),
            new Oracle(),
            policy,
            new ServerSpec(servers),
            requests,
            new WarmUp(warmUp, null),
            null,
            null,
            null,
            concurrency,
            patience,
            null),
        new Inputs(BadRows.none(), PolicyTheory::knownCapacity),
        "traffic",
        "");
  }

  static List<RunStatistics> runs(PreparedScenario scenario) {
    List<RunStatistics> runs = new ArrayList<>();
    for (int r = 0; r < RUNS; r++) {
      runs.add(new Replication(scenario, STREAMS, r).run());
    }
    return runs;
  }

  /** The requests of the first run. */
  static List<RequestRow> rows(PreparedScenario scenario) {
    List<RequestRow> rows = new ArrayList<>();
    new Replication(scenario, STREAMS, 0).record(rows::add);
    return rows;
  }

  static Estimate estimate(List<RunStatistics> runs, Metric metric) {
    return Estimate.of(runs.stream().mapToDouble(metric::of).toArray(), Findings.CONFIDENCE);
  }
}

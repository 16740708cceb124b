package io.github.batchq.evidence.statements;

import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.BoundaryChoice;
import io.github.batchq.policy.MultiBinBatching;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.service.LongestRequest;
import io.github.batchq.sim.Kernel;
import io.github.batchq.sim.ServerPool;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.workload.AllAtZero;
import io.github.batchq.workload.ArrivalProcess;
import io.github.batchq.workload.Confusion;
import io.github.batchq.workload.RenewalProcess;
import io.github.batchq.workload.RequestSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Simulates what theory calls a {@link BatchSystem}: multi-bin batching, the batch formed first
 * served first, partial batches flushed when arrivals end.
 *
 * @param system what theory speaks of
 * @param rate rate of the Poisson arrivals, requests per second; infinite if all requests are there
 *     at time 0
 * @param servers how many servers there are, whatever the system says
 */
record MultiBinScenario(BatchSystem system, double rate, ServerPool servers) {
  static MultiBinScenario of(BatchSystem system, double rate) {
    return new MultiBinScenario(system, rate, ServerPool.of(system.servers()));
  }

  /**
   * Nobody waits for a server. The flush at the end spares the last requests of a bin of share p_i
   * a wait of B^2 / (6 rate p_i) in total, so runs must be long for it to vanish in the mean.
   */
  static MultiBinScenario infiniteServers(BatchSystem system, double rate) {
    return new MultiBinScenario(system, rate, ServerPool.of(Kernel.INFINITE_SERVERS));
  }

  /**
   * Replications independent replications.
   *
   * @param requests requests of a run
   * @param warmUp first requests that are not measured
   */
  Replications run(int replications, long requests, long warmUp) {
    RandomStreams streams = new RandomStreams(Checks.SEED, replications);
    List<RunStatistics> runs = new ArrayList<>();
    for (int r = 0; r < replications; r++) {
      RunStatistics statistics = new RunStatistics(servers.count(), new WarmUp(warmUp, null));
      BinBoundaries boundaries = system.boundaries();
      RequestSource source =
          new RequestSource(
              arrivals().arrivalTimes(streams.stream(r, StreamName.ARRIVALS)),
              system.law().sampler(streams.stream(r, StreamName.SERVICE)),
              new Confusion(system.confusion())
                  .create(streams.stream(r, StreamName.PREDICTION), boundaries),
              null,
              requests);
      new Kernel(
              source,
              new MultiBinBatching(
                      boundaries.bins(),
                      BoundaryChoice.rule("equal-mass"),
                      system.batchSize(),
                      null)
                  .create(boundaries),
              new LongestRequest(
                  system.service().offset(system.batchSize()),
                  system.service().secondsPerUnit(system.batchSize())),
              servers.count(),
              system.batchSize(),
              List.of(statistics))
          .run();
      runs.add(statistics);
    }
    return new Replications(runs);
  }

  private ArrivalProcess arrivals() {
    return rate == Double.POSITIVE_INFINITY
        ? new AllAtZero()
        : new RenewalProcess(new Exponential(rate));
  }

  /** What independent replications measured. */
  record Replications(List<RunStatistics> runs) {
    Estimate of(ToDoubleFunction<RunStatistics> quantity) {
      return Estimate.of(runs.stream().mapToDouble(quantity).toArray(), Findings.CONFIDENCE);
    }
  }
}

package io.github.batchq.scenario;

import io.github.batchq.policy.PolicySetting;
import io.github.batchq.policy.PrefixCache;
import io.github.batchq.policy.Serving;
import io.github.batchq.policy.StepRules;
import io.github.batchq.random.StreamName;
import io.github.batchq.service.TokenCosts;
import io.github.batchq.sim.FullBatchKernel;
import io.github.batchq.sim.Kernel;
import io.github.batchq.sim.SimulationListener;
import io.github.batchq.sim.StepKernel;
import io.github.batchq.workload.ArrivalProcess;
import io.github.batchq.workload.ArrivingRequests;
import io.github.batchq.workload.Impatience;
import io.github.batchq.workload.LimitedRequests;
import io.github.batchq.workload.PatientRequests;
import io.github.batchq.workload.RequestSource;
import io.github.batchq.workload.Trace;
import java.util.List;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

/**
 * Which kernel simulates a replication: that of token steps where requests join and leave running
 * batches, that of full batches where batches can be formed ahead of the servers, which they cannot
 * where arrivals wait for answers or clients give up, else that of events.
 */
public final class KernelChoice {
  private final Replication replication;
  private final PreparedScenario scenario;

  KernelChoice(Replication replication) {
    this.replication = replication;
    this.scenario = replication.scenario();
  }

  /** Makes the run and tells a listener what happens. */
  void run(SimulationListener listener) {
    RequestSource drawn = drawn();
    ArrivingRequests source = source(drawn);
    Serving serving = scenario.policy().serving();
    TokenCosts costs = scenario.service().tokenCosts();
    if (serving instanceof Serving.InSteps steps && costs != null) {
      new StepKernel(
              source,
              scenario.policy().create(setting()),
              costs,
              rules(steps.rules()),
              scenario.servers(),
              failures(),
              slots(),
              true,
              List.of(listener))
          .run();
    } else if (serving instanceof Serving.InFullBatches full
        && canFormAhead()
        && !listener.hearsDispatches()) {
      new FullBatchKernel(
              drawn,
              scenario.boundaries(),
              scenario.policy().batchSize(),
              full.rest(),
              scenario.service(),
              scenario.servers().count(),
              listener)
          .run();
    } else {
      new Kernel(
              source,
              scenario.policy().create(setting()),
              scenario.service(),
              scenario.servers(),
              failures(),
              slots(),
              serving.leavesEarly(),
              List.of(listener))
          .run();
    }
  }

  /** The rules of servers, which keep prompts in the blocks that a trace tells. */
  private StepRules rules(StepRules rules) {
    PrefixCache cache = rules.prefixCache();
    return cache == null || new RequestStreams(replication).blocks() == null
        ? rules
        : new StepRules(rules.memory(), rules.chunk(), cache.inBlocksOf(Trace.BLOCK_TOKENS));
  }

  /** The requests as they arrive. */
  private ArrivingRequests source(RequestSource drawn) {
    ArrivingRequests source =
        scenario.arrivals().arriving(drawn, scenario.requests(), replication::stream);
    Impatience impatience = scenario.traffic().impatience();
    if (impatience != null) {
      source = new PatientRequests(source, impatience, replication.stream(StreamName.PATIENCE));
    }
    Integer concurrency = scenario.traffic().concurrency();
    return concurrency == null ? source : new LimitedRequests(source, concurrency);
  }

  /** The requests as they are drawn, every time the same. */
  private RequestSource drawn() {
    RequestStreams requests = new RequestStreams(replication);
    ArrivalProcess arrivals = scenario.arrivals();
    return new RequestSource(
        arrivals.arrivalTimes(replication.stream(StreamName.ARRIVALS)),
        requests.lengths(),
        scenario
            .predictor()
            .create(
                replication.stream(StreamName.PREDICTION),
                scenario.boundaries(),
                requests.predictions()),
        requests.prompts(),
        arrivals.isDrawnInOrder() ? scenario.requests() : Long.MAX_VALUE,
        requests.blocks());
  }

  /**
   * Whether servers all serve alike, there is a batch that fills and stays full, and no arrival
   * waits for what servers do.
   */
  private boolean canFormAhead() {
    return scenario.servers().isPlain()
        && scenario.arrivals().isDrawnInOrder()
        && !scenario.traffic().hearsSystem()
        && scenario.policy().batchSize() <= scenario.requests();
  }

  /** Places of a batch: more than there are requests are never taken. */
  private int slots() {
    return (int) Math.min(scenario.policy().batchSize(), scenario.requests());
  }

  private @Nullable RandomStream failures() {
    return scenario.servers().failures() == null ? null : replication.stream(StreamName.FAILURES);
  }

  private PolicySetting setting() {
    return new PolicySetting(
        scenario.boundaries(), scenario.servers().count(), ObservedBoundaries.ESTIMATOR);
  }
}

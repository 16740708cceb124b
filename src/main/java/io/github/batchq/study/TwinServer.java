package io.github.batchq.study;

import io.github.batchq.expectation.TheoryOverlays;
import io.github.batchq.model.BadRows;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.scenario.Horizon;
import io.github.batchq.scenario.Inputs;
import io.github.batchq.scenario.LengthSpec;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.Scenario;
import io.github.batchq.scenario.ServerSpec;
import io.github.batchq.scenario.ServiceSpec;
import io.github.batchq.service.ServiceModelSpec;
import io.github.batchq.workload.ArrivalSpec;
import io.github.batchq.workload.BootstrapArrivals;
import io.github.batchq.workload.PredictorSpec;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.Trace.LengthUnit;
import io.github.batchq.workload.TraceArrivals;
import org.jspecify.annotations.Nullable;

/**
 * What serves the requests of a measured run.
 *
 * @param policy how it batches them
 * @param servers on which servers; one when null
 * @param predictor what the policy is told of their lengths; the truth when null
 */
public record TwinServer(
    PolicySpec policy, @Nullable ServerSpec servers, @Nullable PredictorSpec predictor) {
  /** The very requests of a run, on its finite horizon. */
  PreparedScenario replay(Trace trace, ServiceModelSpec model) {
    return prepare(new TraceArrivals(trace, null), trace, model);
  }

  /** As many requests, in blocks of consecutive ones with their gaps. */
  PreparedScenario resampled(Trace trace, int block, ServiceModelSpec model) {
    return prepare(new BootstrapArrivals(trace, block, null, null, null), trace, model);
  }

  private PreparedScenario prepare(ArrivalSpec arrivals, Trace trace, ServiceModelSpec model) {
    Scenario scenario =
        new Scenario(
            arrivals,
            new ServiceSpec(new LengthSpec.FromTrace(), LengthUnit.TOKENS, model),
            predictor,
            policy,
            servers,
            (long) trace.size(),
            null,
            null,
            null,
            Horizon.FINITE,
            null);
    return PreparedScenario.of(
        scenario,
        new Inputs(BadRows.none(), new TheoryOverlays()::knownCapacity),
        trace.name(),
        "");
  }
}

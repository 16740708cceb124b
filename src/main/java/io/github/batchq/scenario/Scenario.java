package io.github.batchq.scenario;

import io.github.batchq.metric.Limits;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.workload.ArrivalSpec;
import io.github.batchq.workload.PredictorSpec;
import org.jspecify.annotations.Nullable;

/**
 * What is simulated: one point of a sweep.
 *
 * @param arrivals when requests arrive
 * @param service how long they take
 * @param predictor what the policy is told of their lengths; {@code oracle} when absent
 * @param policy how they are batched
 * @param servers how many servers there are; 1 when absent
 * @param requests number of requests; the whole trace when absent, required where arrivals are
 *     generated
 * @param warmUp what is not measured; nothing when absent
 * @param limits times within which requests must be answered; without any, nothing says how many
 *     are
 * @param price of an hour of a server, in any currency; without one, nothing says what tokens cost
 * @param horizon which question its runs answer; when absent {@code finite} where arrivals replay a
 *     trace or all come at time 0, and {@code steady} where they are generated
 */
public record Scenario(
    ArrivalSpec arrivals,
    ServiceSpec service,
    @Nullable PredictorSpec predictor,
    PolicySpec policy,
    @Nullable Servers servers,
    @Nullable Long requests,
    @Nullable WarmUp warmUp,
    @Nullable Limits limits,
    @Nullable Double price,
    @Nullable Horizon horizon) {
  /** Without limits and price, with the horizon that goes with its arrivals. */
  public Scenario(
      ArrivalSpec arrivals,
      ServiceSpec service,
      @Nullable PredictorSpec predictor,
      PolicySpec policy,
      @Nullable Servers servers,
      @Nullable Long requests,
      @Nullable WarmUp warmUp) {
    this(arrivals, service, predictor, policy, servers, requests, warmUp, null, null, null);
  }
}

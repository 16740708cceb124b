package io.github.batchq.experiment;

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
 */
public record Scenario(
    ArrivalSpec arrivals,
    ServiceSpec service,
    @Nullable PredictorSpec predictor,
    PolicySpec policy,
    @Nullable Servers servers,
    @Nullable Long requests,
    @Nullable WarmUp warmUp) {}

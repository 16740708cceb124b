package io.github.batchq.scenario;

import io.github.batchq.metric.Limits;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.workload.ArrivalSpec;
import io.github.batchq.workload.Patience;
import io.github.batchq.workload.PredictorSpec;
import io.github.batchq.workload.Retry;
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
 * @param concurrency most requests in flight, sent and neither answered, lost nor given up; the
 *     others wait at their clients, in their order; no limit when absent
 * @param patience how long clients wait before they give up; for ever when absent
 * @param retry whether those who gave up ask again; they do not when absent
 */
public record Scenario(
    @Key(about = "when requests arrive", example = "{process: poisson, rate: 0.5}")
        ArrivalSpec arrivals,
    @Key(
            type = "map, or trace",
            about = "how long requests are, and how long a batch takes",
            example = "{law: uniform, min: 1, max: 20}")
        ServiceSpec service,
    @Key(
            about = "what the policy is told of the lengths",
            absent = "{type: oracle}",
            example = "{type: symmetric-error, errorRate: 0.1}")
        @Nullable PredictorSpec predictor,
    @Key(
            about = "how requests are batched",
            example = "{type: multi-bin, bins: 4, boundaries: equal-mass, batchSize: 8}")
        PolicySpec policy,
    @Key(
            type = "whole number, infinite, or map",
            about = "how many servers there are, or what each is like",
            unit = "servers",
            range = "1 to a million, or infinite",
            absent = "1",
            example = "2")
        @Nullable ServerSpec servers,
    @Key(
            about = "requests of a run",
            unit = "requests",
            range = "at least 1",
            absent = "the whole trace; must be there where arrivals are generated",
            example = "2000")
        @Nullable Long requests,
    @Key(
            about = "what is not measured at the beginning of a run",
            absent = "everything is measured",
            example = "{requests: 500}")
        @Nullable WarmUp warmUp,
    @Key(
            about = "times within which requests must be answered, for slo.attainment and goodput",
            absent = "no limits, and no such metrics",
            example = "{ttft: 30, latency: 60}")
        @Nullable Limits limits,
    @Key(
            about = "price of a server for an hour, in any currency, for cost.per.million.tokens",
            unit = "price per h",
            range = "at least 0, finite",
            absent = "no price, and no such metric",
            example = "2.5")
        @Nullable Double price,
    @Key(
            about =
                "what runs tell of: the long run, of which they are samples, or these requests, each served to its end",
            absent = "finite where arrivals replay a trace or all come at time 0, else steady",
            example = "steady")
        @Nullable Horizon horizon,
    @Key(
            about =
                "most requests in flight, sent and neither answered, lost nor given up; the others wait at their clients, in their order",
            unit = "requests",
            range = "at least 1",
            absent = "no limit",
            example = "64")
        @Nullable Integer concurrency,
    @Key(
            about = "how long clients wait before they give up",
            absent = "for ever",
            example = "{law: {law: exponential, rate: 0.05}, in: queue}")
        @Nullable Patience patience,
    @Key(
            about = "whether clients who gave up ask again; needs patience",
            absent = "they do not",
            example = "{after: {law: exponential, rate: 0.2}, most: 2}")
        @Nullable Retry retry) {
  /**
   * Checks the number of requests in flight.
   *
   * @throws IllegalArgumentException if it is less than 1, or if clients ask again who never give
   *     up
   */
  public Scenario {
    if (concurrency != null) {
      Require.ARGUMENT.atLeast("concurrency", concurrency, 1);
    }
    if (retry != null && patience == null) {
      throw new IllegalArgumentException(
          "'retry' is for clients who give up, and nothing says that they do: give their"
              + " 'patience', such as {law: {law: exponential, rate: 0.05}}. What becomes of the"
              + " batch of a server that fails is said by 'batch' in 'servers.failures'");
    }
  }

  /** With clients who wait for ever. */
  public Scenario(
      ArrivalSpec arrivals,
      ServiceSpec service,
      @Nullable PredictorSpec predictor,
      PolicySpec policy,
      @Nullable ServerSpec servers,
      @Nullable Long requests,
      @Nullable WarmUp warmUp,
      @Nullable Limits limits,
      @Nullable Double price,
      @Nullable Horizon horizon,
      @Nullable Integer concurrency) {
    this(
        arrivals,
        service,
        predictor,
        policy,
        servers,
        requests,
        warmUp,
        limits,
        price,
        horizon,
        concurrency,
        null,
        null);
  }

  /** Without limits and price, with the horizon that goes with its arrivals. */
  public Scenario(
      ArrivalSpec arrivals,
      ServiceSpec service,
      @Nullable PredictorSpec predictor,
      PolicySpec policy,
      @Nullable ServerSpec servers,
      @Nullable Long requests,
      @Nullable WarmUp warmUp) {
    this(arrivals, service, predictor, policy, servers, requests, warmUp, null, null, null, null);
  }
}

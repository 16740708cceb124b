package io.github.batchq.scenario;

import io.github.batchq.model.BadRows;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.RecentlyUsed;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Law;
import io.github.batchq.random.LawSpec;
import io.github.batchq.service.ServiceModelSpec;
import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.workload.PredictorSpec;
import io.github.batchq.workload.SampledRequests;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.Traces;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The laws, service models, traces and boundaries of an experiment: each file is read once, and
 * each set of boundaries computed once, however many points of a sweep use it. What reads files are
 * the descriptions themselves, which live with the files. Several threads may prepare scenarios.
 * Where a sweep goes over the numbers of laws or models, only some of them are kept.
 */
public final class Inputs {
  /** Laws, models and boundaries that are kept. */
  private static final int KEPT = 1000;

  private final BadRows told;
  private final Traces traces;
  private final ToDoubleFunction<ScenarioWithoutArrivals> capacity;
  private final RecentlyUsed<LawSpec, Law> laws = new RecentlyUsed<>(KEPT);
  private final RecentlyUsed<ServiceModelSpec, ServiceTimeModel> services =
      new RecentlyUsed<>(KEPT);
  private final Map<TraceLengths, Law> traceLaws = new HashMap<>();
  private final Map<PredictorSpec, PredictorSpec> predictors = new HashMap<>();
  private final Map<LengthSpec.Sampled, SampledRequests> samples = new HashMap<>();
  private final RecentlyUsed<Rule, BinBoundaries> boundaries = new RecentlyUsed<>(KEPT);

  /**
   * @param bad what becomes of malformed lines of traces
   * @param capacity what a scenario can carry, in requests per second, where arrivals are a share
   *     of it; it throws an {@link IllegalArgumentException} where that is not known
   */
  public Inputs(BadRows bad, ToDoubleFunction<ScenarioWithoutArrivals> capacity) {
    this.told = bad;
    this.traces = new Traces(bad);
    this.capacity = capacity;
  }

  synchronized double capacity(ScenarioWithoutArrivals scenario) {
    return capacity.applyAsDouble(scenario);
  }

  Traces traces() {
    return traces;
  }

  synchronized Law law(LawSpec spec) {
    return laws.get(spec, found -> found.create(told));
  }

  /** The empirical law of a trace's first lengths. */
  synchronized Law lengthLaw(Trace trace, int requests) {
    return traceLaws.computeIfAbsent(
        new TraceLengths(trace, requests), key -> Empirical.of(trace.lengths(requests)));
  }

  /** The requests of a trace, to be drawn at random. */
  synchronized SampledRequests sample(LengthSpec.Sampled spec) {
    return samples.computeIfAbsent(
        spec, key -> new SampledRequests(traces.get(key.trace(), key.from(), key.to())));
  }

  /** The predictor of a description, when it has learnt. */
  synchronized PredictorSpec predictor(PredictorSpec spec) {
    return predictors.computeIfAbsent(spec, key -> key.prepare(traces));
  }

  /** The service model of a description. */
  synchronized ServiceTimeModel service(ServiceModelSpec spec) {
    return services.get(spec, ServiceModelSpec::create);
  }

  /** The boundaries that a rule chooses, which may take longer than a short run. */
  synchronized BinBoundaries boundaries(String rule, Law law, int bins, int batchSize) {
    return boundaries.get(
        new Rule(rule, law, bins, batchSize),
        key -> ObservedBoundaries.rule(rule).boundaries(law, bins, batchSize));
  }

  private record Rule(String name, Law law, int bins, int batchSize) {}

  private record TraceLengths(Trace trace, int requests) {}
}

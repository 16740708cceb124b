package io.github.batchq.scenario;

import io.github.batchq.metric.MeasurementTerms;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.random.Law;
import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.sim.ServerPool;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.workload.ArrivalProcess;
import io.github.batchq.workload.AtRate;
import io.github.batchq.workload.PredictorSpec;
import io.github.batchq.workload.SampledRequests;
import io.github.batchq.workload.Trace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scenario whose files are read, whose boundaries are evaluated and whose parts are checked
 * against each other: it can run, and theory can speak of it. Immutable and shared by all
 * replications.
 *
 * @param arrivals the arrival process
 * @param lengthLaw law of the true lengths; the empirical law where lengths come from a trace
 * @param lengthTrace the trace of the arrivals, which tells the lengths too; null where they are
 *     drawn
 * @param sample the requests that prompts and lengths are drawn from together; null where lengths
 *     are drawn from the law
 * @param promptLaw law of the numbers of prompt tokens, rounded to whole ones of at least 0; null
 *     where requests have the prompts of the replayed trace, or none
 * @param service service time of a batch
 * @param predictor what the policy is told
 * @param policy the policy
 * @param boundaries its bins
 * @param servers the servers
 * @param requests number of requests of a run
 * @param warmUp what is not measured
 * @param measurementTerms what the scenario says beyond times, which decides what can be measured
 * @param horizon which question its runs answer
 * @param horizonGiven whether the user chose that; else the arrivals did
 */
public record PreparedScenario(
    ArrivalProcess arrivals,
    Law lengthLaw,
    @Nullable Trace lengthTrace,
    @Nullable SampledRequests sample,
    @Nullable Law promptLaw,
    ServiceTimeModel service,
    PredictorSpec predictor,
    PolicySpec policy,
    BinBoundaries boundaries,
    ServerPool servers,
    long requests,
    WarmUp warmUp,
    MeasurementTerms measurementTerms,
    Horizon horizon,
    boolean horizonGiven) {

  /**
   * Prepares a scenario.
   *
   * @param where the user's place, for messages
   * @param point which point of the sweep this is, for messages; empty if there is no sweep
   * @throws BadInputException if parts do not fit each other
   */
  public static PreparedScenario of(Scenario scenario, Inputs inputs, String where, String point) {
    try {
      return ScenarioPreparation.prepare(scenario, inputs);
    } catch (BadInputException e) {
      throw new BadInputException(where + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(where + ": " + e.getMessage() + point, e);
    }
  }

  /** The service as theory sees it; null where theory does not cover it. */
  public @Nullable BatchTime batchTime() {
    return withoutArrivals().batchTime();
  }

  /** The scenario without its arrivals: what a capacity depends on. */
  public ScenarioWithoutArrivals withoutArrivals() {
    Law prompts = promptLaw == null && sample != null ? sample.prompts() : promptLaw;
    return new ScenarioWithoutArrivals(
        lengthLaw, prompts, service, predictor, policy, boundaries, servers);
  }

  /** The same scenario with its arrivals scaled to another rate, in requests per second. */
  public PreparedScenario atRate(double rate) {
    return with(new AtRate(arrivals, rate), warmUp, measurementTerms);
  }

  /** The same scenario, measured from the start. */
  public PreparedScenario withoutWarmUp() {
    return with(arrivals, WarmUp.NONE, measurementTerms);
  }

  /**
   * The same scenario, which also measures what these metrics need: the slowdown of requests in
   * batches, unless the service model does not know how long one takes alone.
   */
  public PreparedScenario measuring(List<Metric> metrics) {
    if (metrics.stream().noneMatch(Metric::isSlowdown)) {
      return this;
    }
    try {
      service.check(1, lengthLaw.lower(), lengthLaw.upper());
    } catch (BadInputException e) {
      return this;
    }
    return with(arrivals, warmUp, measurementTerms.withSlowdown(service));
  }

  private PreparedScenario with(
      ArrivalProcess otherArrivals, WarmUp otherWarmUp, MeasurementTerms otherTerms) {
    return new PreparedScenario(
        otherArrivals,
        lengthLaw,
        lengthTrace,
        sample,
        promptLaw,
        service,
        predictor,
        policy,
        boundaries,
        servers,
        requests,
        otherWarmUp,
        otherTerms,
        horizon,
        horizonGiven);
  }

  /**
   * Deviation by chance of the work that a run brings, as a share of it: sqrt(((dispersion of
   * arrivals) / b + (scv of batch times)) / n) for n batches of b requests.
   *
   * @param batchSize mean number of requests in a batch
   * @param batchVariation squared coefficient of variation of the time of a batch, or of a request
   *     alone where requests join and leave batches
   */
  public double spread(double batchSize, double batchVariation) {
    if (policy.serving().inSteps()) {
      // Each request brings its work by itself.
      return Math.sqrt((arrivals.dispersion() + batchVariation) / requests);
    }
    return Math.sqrt((arrivals.dispersion() / batchSize + batchVariation) * batchSize / requests);
  }

  /**
   * Most requests that wait for a batch to fill; where requests join and leave batches, as many as
   * run besides.
   */
  public double mostForming() {
    double forming = policy.mostForming();
    return policy.serving().inSteps()
        ? forming + (double) servers.count() * policy.batchSize()
        : forming;
  }

  /** Whether busy servers complete as much as they can: not where batches grow with the load. */
  public boolean showsCapacity() {
    // A server shows what it carries while it is up, not how often it is.
    return policy.serving().inFullBatches()
        && servers.failures() == null
        && servers.drains().isEmpty();
  }

  /** Whether a replayed trace leaves nothing to chance. */
  public boolean isReplay() {
    return arrivals.isReplay();
  }

  /** Whether replications differ: whether anything of arrivals, requests or servers is drawn. */
  public boolean isRandom() {
    boolean arrivalsDrawn = !isReplay() && (followsTrace() || Double.isFinite(arrivals.rate()));
    boolean requestsDrawn = sample != null || (lengthTrace == null && isSpread(lengthLaw));
    return arrivalsDrawn
        || requestsDrawn
        || (promptLaw != null && isSpread(promptLaw))
        || predictor.isRandom()
        || servers.failures() != null;
  }

  private static boolean isSpread(Law law) {
    return law.lower() < law.upper();
  }

  /** Whether arrivals come from a trace, so that neighbours among them may resemble each other. */
  public boolean followsTrace() {
    return arrivals.trace() != null;
  }
}

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
import io.github.batchq.workload.PredictorSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scenario whose files are read, whose boundaries are evaluated and whose parts are checked
 * against each other: it can run, and theory can speak of it. Immutable and shared by all
 * replications.
 *
 * @param traffic the requests
 * @param service service time of a batch
 * @param predictor what the policy is told
 * @param policy the policy
 * @param boundaries its bins
 * @param servers the servers
 * @param runSetup how long runs are, and what of them is measured
 */
public record PreparedScenario(
    Traffic traffic,
    ServiceTimeModel service,
    PredictorSpec predictor,
    PolicySpec policy,
    BinBoundaries boundaries,
    ServerPool servers,
    RunSetup runSetup) {

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
    return new ScenarioWithoutArrivals(
        lengthLaw(), traffic.drawnPrompts(), service, predictor, policy, boundaries, servers);
  }

  /** The same scenario with its arrivals scaled to another rate, in requests per second. */
  public PreparedScenario atRate(double rate) {
    return with(traffic.atRate(rate), runSetup);
  }

  /** The same scenario, measured from the start. */
  public PreparedScenario withoutWarmUp() {
    return with(traffic, runSetup.withoutWarmUp());
  }

  /**
   * The same scenario in runs of another length.
   *
   * @param requests number of requests of a run, at least 1
   * @param warmUp what is not measured
   */
  public PreparedScenario inRuns(long requests, WarmUp warmUp) {
    return with(traffic, runSetup.of(requests, warmUp));
  }

  /** The same scenario on other servers. */
  public PreparedScenario on(ServerPool otherServers) {
    return new PreparedScenario(
        traffic, service, predictor, policy, boundaries, otherServers, runSetup);
  }

  /** The same scenario, whose policy is told something else; the bins stay as they are. */
  public PreparedScenario told(PredictorSpec otherPredictor) {
    return new PreparedScenario(
        traffic, service, otherPredictor, policy, boundaries, servers, runSetup);
  }

  /**
   * The same scenario with all lengths multiplied, those in tokens rounded up; the bins stay as
   * they are.
   *
   * @param factor positive and finite
   */
  public PreparedScenario withLengthsTimes(double factor) {
    return with(traffic.withLengthsTimes(factor), runSetup);
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
      service.check(1, lengthLaw().lower(), lengthLaw().upper());
    } catch (BadInputException e) {
      return this;
    }
    return with(traffic, runSetup.withSlowdown(service));
  }

  private PreparedScenario with(Traffic otherTraffic, RunSetup otherSetup) {
    return new PreparedScenario(
        otherTraffic, service, predictor, policy, boundaries, servers, otherSetup);
  }

  /** The arrival process. */
  public ArrivalProcess arrivals() {
    return traffic.arrivals();
  }

  /** Law of the true lengths; the empirical law where lengths come from a trace. */
  public Law lengthLaw() {
    return traffic.lengthLaw();
  }

  /** Number of requests of a run. */
  public long requests() {
    return runSetup.requests();
  }

  /** What is not measured. */
  public WarmUp warmUp() {
    return runSetup.warmUp();
  }

  /** What makes more than times measurable. */
  public MeasurementTerms measurementTerms() {
    return runSetup.measurementTerms();
  }

  /** Which question its runs answer. */
  public Horizon horizon() {
    return runSetup.horizon();
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
      return Math.sqrt((arrivals().dispersion() + batchVariation) / requests());
    }
    return Math.sqrt(
        (arrivals().dispersion() / batchSize + batchVariation) * batchSize / requests());
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

  /**
   * Whether busy servers complete as much as they can: not where batches grow with the load,
   * requests wait at their clients beside idle servers, or leave empty places in batches.
   */
  public boolean showsCapacity() {
    // A server shows what it carries while it is up, not how often it is.
    return traffic.concurrency() == null
        && traffic.impatience() == null
        && policy.serving().inFullBatches()
        && servers.failures() == null
        && servers.drains().isEmpty();
  }

  /** Whether a replayed trace leaves nothing to chance. */
  public boolean isReplay() {
    return arrivals().isReplay();
  }

  /** Whether replications differ: whether anything of arrivals, requests or servers is drawn. */
  public boolean isRandom() {
    return traffic.isRandom() || predictor.isRandom() || servers.failures() != null;
  }

  /** Whether arrivals come from a trace, so that neighbours among them may resemble each other. */
  public boolean followsTrace() {
    return arrivals().trace() != null;
  }
}

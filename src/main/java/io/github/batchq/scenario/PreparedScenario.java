package io.github.batchq.scenario;

import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Measurands;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.QuantileIntervals;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.BoundaryChoice;
import io.github.batchq.policy.Drain;
import io.github.batchq.policy.PolicySetting;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.StepRules;
import io.github.batchq.random.Law;
import io.github.batchq.random.Sampler;
import io.github.batchq.random.StreamName;
import io.github.batchq.random.StreamSource;
import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.service.TokenCosts;
import io.github.batchq.sim.FullBatchKernel;
import io.github.batchq.sim.Kernel;
import io.github.batchq.sim.ServerPool;
import io.github.batchq.sim.SimulationListener;
import io.github.batchq.sim.StepKernel;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.workload.ArrivalProcess;
import io.github.batchq.workload.AtRate;
import io.github.batchq.workload.Oracle;
import io.github.batchq.workload.PredictorSpec;
import io.github.batchq.workload.RequestSource;
import io.github.batchq.workload.SampledRequests;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.Trace.LengthUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

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
 * @param measurands what makes more than times measurable
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
    Measurands measurands,
    Horizon horizon,
    boolean horizonGiven) {

  /** Requests of a run that takes days. */
  private static final long MOST_REQUESTS = 1_000_000_000_000L;

  /**
   * Prepares a scenario.
   *
   * @param where the user's place, for messages
   * @param point which point of the sweep this is, for messages; empty if there is no sweep
   * @throws BadInputException if parts do not fit each other
   */
  public static PreparedScenario of(Scenario scenario, Inputs inputs, String where, String point) {
    try {
      return prepare(scenario, inputs);
    } catch (BadInputException e) {
      throw new BadInputException(where + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(where + ": " + e.getMessage() + point, e);
    }
  }

  private static PreparedScenario prepare(Scenario scenario, Inputs inputs) {
    ArrivalProcess arrivals =
        scenario.arrivals().create(inputs.traces(), () -> capacity(scenario, inputs));
    long requests = requests(scenario, arrivals);
    PolicySpec policy = scenario.policy();
    ServiceTimeModel service = inputs.service(scenario.service().model());
    if (policy.steps() != null) {
      checkSteps(servers(scenario, inputs), service);
    }
    String learned = policy.learnsBy();
    if (learned != null) {
      ObservedBoundaries.check(learned);
    }
    if (policy.bindsServers() && servers(scenario, inputs).infinite()) {
      throw new IllegalArgumentException(
          "a policy that chooses the servers of its batches needs a number of servers, found"
              + " 'infinite'");
    }
    WarmUp warmUp = scenario.warmUp() == null ? WarmUp.NONE : scenario.warmUp();
    checkWarmUp(warmUp, requests, arrivals);
    Horizon given = scenario.horizon();
    Horizon horizon = given == null ? Horizon.of(arrivals) : given;
    checkCompany(policy, requests, horizon);
    Trace lengthTrace = null;
    Law lengthLaw;
    SampledRequests sample = null;
    if (scenario.service().lengths() instanceof LengthSpec.FromTrace) {
      lengthTrace = lengthTrace(scenario.service(), arrivals.trace());
      int rows = arrivals.isReplay() ? (int) requests : lengthTrace.size();
      lengthLaw = inputs.lengthLaw(lengthTrace, rows);
    } else {
      sample = sample(scenario.service(), inputs);
      lengthLaw = lengthLaw(scenario.service(), inputs);
    }
    service.check(policy.batchSize(), lengthLaw.lower(), lengthLaw.upper());
    BinBoundaries boundaries = boundaries(policy, lengthLaw, inputs);
    PredictorSpec predictor = predictor(scenario, inputs);
    if (policy.readsLengths() && !predictor.predictsLengths()) {
      throw new IllegalArgumentException(
          "this policy needs predicted lengths, and the predictor says no more than a bin: use"
              + " oracle or lognormal-noise");
    }
    predictor.check(boundaries);
    boolean prompts =
        sample != null || arrivals.trace() != null || scenario.service().prompts() != null;
    if (predictor.readsPrompts() && !prompts) {
      throw new IllegalArgumentException(
          "this predictor goes by prompts, and requests have none: take them from a trace, as"
              + " {tokens: {sample: {format: ..., file: ...}}}");
    }
    return new PreparedScenario(
        arrivals,
        lengthLaw,
        lengthTrace,
        sample,
        promptLaw(scenario.service().prompts(), arrivals.trace(), inputs),
        service,
        predictor,
        policy,
        boundaries,
        servers(scenario, inputs),
        requests,
        warmUp,
        measurands(scenario, horizon),
        horizon,
        given != null);
  }

  /**
   * Refuses runs of which none is served, and those that ask for the long run where batches start
   * when arrivals have ended.
   */
  private static void checkCompany(PolicySpec policy, long requests, Horizon horizon) {
    long least = policy.leastCompany();
    boolean served = policy.flushes() && horizon == Horizon.FINITE;
    if (least <= requests || served) {
      return;
    }
    String found =
        least == policy.batchSize()
            ? "batchSize " + least + " is larger than the number of requests, " + requests
            : "batches wait for " + least + " requests, and a run has " + requests;
    throw new IllegalArgumentException(
        found
            + (policy.flushes()
                ? ", so no batch would ever be full: 'horizon: finite' serves them at the end"
                : ", so none would ever be served"));
  }

  /** Refuses a warm-up after which no request arrives, or none is expected to. */
  private static void checkWarmUp(WarmUp warmUp, long requests, ArrivalProcess arrivals) {
    Long first = warmUp.requests();
    if (first != null && first >= requests) {
      throw new IllegalArgumentException(
          "the warm-up takes "
              + first
              + " of "
              + requests
              + " requests, nothing is left to measure");
    }
    Double time = warmUp.time();
    if (time == null) {
      return;
    }
    double last = arrivals.lastArrival(requests);
    boolean known = arrivals.isReplay() || Double.isInfinite(arrivals.rate());
    if (time > last || (time == last && !known)) {
      throw new IllegalArgumentException(
          "the warm-up takes "
              + time
              + " s, and the last of "
              + requests
              + " requests arrives at "
              + (known ? "" : "about ")
              + last
              + " s, nothing is left to measure");
    }
  }

  private static Measurands measurands(Scenario scenario, Horizon horizon) {
    StepRules steps = scenario.policy().steps();
    return new Measurands(
        scenario.service().unit() == LengthUnit.TOKENS,
        steps == null ? Long.MAX_VALUE : steps.memoryLimit(),
        scenario.limits(),
        scenario.price(),
        null,
        horizon == Horizon.FINITE);
  }

  /** The requests that a service draws prompts and lengths from together; null if it does not. */
  private static @Nullable SampledRequests sample(ServiceSpec service, Inputs inputs) {
    if (!(service.lengths() instanceof LengthSpec.Sampled sampled)) {
      return null;
    }
    SampledRequests sample = inputs.sample(sampled);
    if (sample.trace().unit() != LengthUnit.TOKENS) {
      throw new IllegalArgumentException(
          "the trace "
              + sample.trace().name()
              + " has service times, and tokens are drawn from a trace of tokens");
    }
    return sample;
  }

  /** The law of lengths that no trace of arrivals tells. */
  private static Law lengthLaw(ServiceSpec service, Inputs inputs) {
    if (service.lengths() instanceof LengthSpec.FromLaw fromLaw) {
      return inputs.law(fromLaw.law());
    }
    SampledRequests sample = sample(service, inputs);
    if (sample == null) {
      throw new IllegalArgumentException(
          "a load needs lengths from a law, found lengths from a trace");
    }
    return sample.lengths();
  }

  /** Checks that servers can take the token steps of the policy. */
  private static void checkSteps(ServerPool servers, ServiceTimeModel service) {
    if (servers.infinite()) {
      throw new IllegalArgumentException(
          "a policy by which requests join and leave running batches needs a number of servers, found"
              + " 'infinite'");
    }
    if (service.tokenCosts() == null) {
      throw new IllegalArgumentException(
          "this service model knows whole batches only, and the policy needs the time of a token"
              + " step");
    }
  }

  private static PredictorSpec predictor(Scenario scenario, Inputs inputs) {
    return scenario.predictor() == null ? new Oracle() : inputs.predictor(scenario.predictor());
  }

  private static ServerPool servers(Scenario scenario, Inputs inputs) {
    Servers servers = scenario.servers() == null ? Servers.ONE : scenario.servers();
    return servers.pool(inputs);
  }

  /** What the scenario's policy and servers can carry, requests per second. */
  private static double capacity(Scenario scenario, Inputs inputs) {
    ServerPool servers = servers(scenario, inputs);
    if (servers.infinite()) {
      throw new IllegalArgumentException(
          "a load is a share of the capacity, which infinitely many servers do not have: give a"
              + " rate");
    }
    Law law = lengthLaw(scenario.service(), inputs);
    Law promptLaw = promptLaw(scenario.service().prompts(), null, inputs);
    SampledRequests sample = sample(scenario.service(), inputs);
    ServingSystem system =
        new ServingSystem(
            law,
            promptLaw == null && sample != null ? sample.prompts() : promptLaw,
            inputs.service(scenario.service().model()),
            predictor(scenario, inputs),
            scenario.policy(),
            boundaries(scenario.policy(), law, inputs),
            servers);
    double capacity = inputs.capacity(system);
    if (!(capacity > 0)) {
      throw new IllegalArgumentException("a load needs a capacity, and that of " + law + " is 0");
    }
    return capacity;
  }

  private static long requests(Scenario scenario, ArrivalProcess arrivals) {
    Trace trace = arrivals.trace();
    Long requests = scenario.requests();
    if (requests == null) {
      if (trace == null) {
        throw new IllegalArgumentException(
            "the key 'requests' is missing: how many requests arrive");
      }
      return trace.size();
    }
    if (requests < 1 || requests > MOST_REQUESTS) {
      throw new IllegalArgumentException(
          "requests must be at "
              + (requests < 1 ? "least 1" : "most " + MOST_REQUESTS)
              + ", found "
              + requests);
    }
    if (trace != null && arrivals.isReplay() && requests > trace.size()) {
      throw new IllegalArgumentException(
          "requests is " + requests + ", but the trace " + trace.name() + " has " + trace.size());
    }
    return requests;
  }

  private static @Nullable Law promptLaw(
      @Nullable LengthSpec prompts, @Nullable Trace trace, Inputs inputs) {
    if (prompts instanceof LengthSpec.FromLaw fromLaw) {
      return inputs.law(fromLaw.law());
    }
    if (prompts != null && trace == null) {
      throw new IllegalArgumentException(
          "service takes its prompts from a trace, but arrivals do not replay one that has them");
    }
    return null;
  }

  private static Trace lengthTrace(ServiceSpec service, @Nullable Trace trace) {
    if (trace == null) {
      throw new IllegalArgumentException(
          "service takes its lengths from a trace, but arrivals do not replay one (process: trace)");
    }
    if (trace.unit() != service.unit()) {
      throw new IllegalArgumentException(
          "the trace "
              + trace.name()
              + " has "
              + (trace.unit() == LengthUnit.TOKENS
                  ? "tokens, so service needs {tokens: trace, secondsPerToken: ...}"
                  : "service times, so service is 'trace'"));
    }
    return trace;
  }

  private static BinBoundaries boundaries(PolicySpec policy, Law lengthLaw, Inputs inputs) {
    BoundaryChoice choice = policy.boundaries();
    if (choice == null) {
      return BinBoundaries.none();
    }
    BinBoundaries listed = choice.listed();
    if (listed != null) {
      return listed;
    }
    return inputs.boundaries(
        String.valueOf(choice.rule()), lengthLaw, policy.bins(), policy.batchSize());
  }

  /** The service as theory sees it; null where theory does not cover it. */
  public @Nullable BatchTime batchTime() {
    return system().batchTime();
  }

  /** What serves the requests. */
  public ServingSystem system() {
    Law prompts = promptLaw == null && sample != null ? sample.prompts() : promptLaw;
    return new ServingSystem(lengthLaw, prompts, service, predictor, policy, boundaries, servers);
  }

  /** Runs one replication. */
  public RunStatistics run(StreamSource streams, int replication) {
    return run(streams, replication, warmUp(streams, replication));
  }

  private RunStatistics run(StreamSource streams, int replication, WarmUp found) {
    RunStatistics statistics =
        new RunStatistics(servers, found, requests, policy.batchSize(), measurands);
    simulate(streams, replication, statistics);
    if (statistics.measuresNothing()) {
      throw new BadInputException(
          "the warm-up takes "
              + found.time()
              + " s, and the last of "
              + requests
              + " requests arrives at "
              + statistics.lastArrival()
              + " s in replication "
              + replication
              + ", nothing is left to measure");
    }
    return statistics;
  }

  /** Runs one replication and reads one metric. */
  public double value(Metric metric, StreamSource streams, int replication) {
    WarmUp found = warmUp(streams, replication);
    return value(metric, run(streams, replication, found), found);
  }

  /** The warm-up of a replication, found in a run of its own where a rule has to find it. */
  private WarmUp warmUp(StreamSource streams, int replication) {
    if (warmUp.detect() == null) {
      return warmUp;
    }
    double found = run(streams, replication, WarmUp.NONE).mser5();
    return new WarmUp(Double.isNaN(found) ? requests / 2 : (long) found, null);
  }

  /** Runs one replication among several and reads all metrics. */
  public RunMeasurement measure(StreamSource streams, int replication) {
    WarmUp found = warmUp(streams, replication);
    RunStatistics statistics = run(streams, replication, found);
    return new RunMeasurement(
        Metric.ALL.stream()
            .map(metric -> new Estimate(value(metric, statistics, found), Double.NaN, 0))
            .toList());
  }

  /**
   * Makes the one long run of a scenario and reads all metrics with intervals by batch means. It is
   * made a second time for the intervals of quantiles.
   *
   * @param quantiles whether these are wanted
   */
  public RunMeasurement measureAlone(StreamSource streams, boolean quantiles) {
    WarmUp found = warmUp(streams, 0);
    RunStatistics statistics = run(streams, 0, found);
    QuantileIntervals intervals =
        new QuantileIntervals(statistics, found, policy.batchSize(), Metric.SHARES);
    if (quantiles) {
      simulate(streams, 0, intervals);
    }
    List<Estimate> estimates = new ArrayList<>();
    for (Metric metric : Metric.ALL) {
      Estimate estimate =
          metric.share() > 0
              ? intervals.estimate(Metric.SHARES.indexOf(metric.share()), Estimate.CONFIDENCE)
              : metric.batchMeans(statistics, Estimate.CONFIDENCE);
      estimates.add(
          new Estimate(
              value(metric, statistics, found), estimate.halfWidth(), estimate.degreesOfFreedom()));
    }
    return new RunMeasurement(estimates);
  }

  private double value(Metric metric, RunStatistics statistics, WarmUp found) {
    Long left = found.requests();
    if (warmUp.detect() != null && left != null && metric.id().equals("warmup.mser5")) {
      // What the rule left out of this run, not what it would leave out of the rest.
      return left;
    }
    double value = metric.of(statistics);
    // A finite run of no length, or without a token, has no rate and no price.
    return horizon == Horizon.FINITE && Double.isInfinite(value) ? Double.NaN : value;
  }

  /** The same scenario with its arrivals scaled to another rate, in requests per second. */
  public PreparedScenario atRate(double rate) {
    return with(new AtRate(arrivals, rate), warmUp, measurands);
  }

  /** The same scenario, measured from the start. */
  public PreparedScenario withoutWarmUp() {
    return with(arrivals, WarmUp.NONE, measurands);
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
    return with(arrivals, warmUp, measurands.withSlowdown(service));
  }

  private PreparedScenario with(
      ArrivalProcess otherArrivals, WarmUp otherWarmUp, Measurands otherMeasurands) {
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
        otherMeasurands,
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
    if (policy.steps() != null) {
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
    return policy.steps() == null
        ? forming
        : forming + (double) servers.count() * policy.batchSize();
  }

  /** Whether busy servers complete as much as they can: not where batches grow with the load. */
  public boolean showsCapacity() {
    // A server shows what it carries while it is up, not how often it is.
    return policy.fullBatches() != null && servers.failures() == null && servers.drains().isEmpty();
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

  /** Makes one run that tells a listener what happens. */
  public void simulate(StreamSource streams, int replication, SimulationListener listener) {
    RequestSource source =
        new RequestSource(
            arrivals.arrivalTimes(streams.stream(replication, StreamName.ARRIVALS)),
            lengths(streams, replication),
            predictor.create(streams.stream(replication, StreamName.PREDICTION), boundaries),
            prompts(streams, replication),
            requests);
    Drain drain = policy.fullBatches();
    StepRules steps = policy.steps();
    TokenCosts costs = service.tokenCosts();
    if (steps != null && costs != null) {
      new StepKernel(
              source,
              policy.create(setting()),
              costs,
              steps,
              servers,
              failures(streams, replication),
              slots(),
              true,
              List.of(listener))
          .run();
    } else if (drain == null || !servers.isPlain() || policy.batchSize() > requests) {
      new Kernel(
              source,
              policy.create(setting()),
              service,
              servers,
              failures(streams, replication),
              slots(),
              policy.leavesEarly(),
              List.of(listener))
          .run();
    } else {
      new FullBatchKernel(
              source, boundaries, policy.batchSize(), drain, service, servers.count(), listener)
          .run();
    }
  }

  /** Places of a batch: more than there are requests are never taken. */
  private int slots() {
    return (int) Math.min(policy.batchSize(), requests);
  }

  private @Nullable RandomStream failures(StreamSource streams, int replication) {
    return servers.failures() == null ? null : streams.stream(replication, StreamName.FAILURES);
  }

  private PolicySetting setting() {
    return new PolicySetting(boundaries, servers.count(), ObservedBoundaries.ESTIMATOR);
  }

  private @Nullable IntSupplier prompts(StreamSource streams, int replication) {
    if (promptLaw == null) {
      RequestRows rows = promptRows(streams, replication);
      return rows == null ? null : () -> rows.trace().promptTokens(rows.next().getAsInt());
    }
    Sampler tokens = promptLaw.sampler(streams.stream(replication, StreamName.PROMPTS));
    return () -> (int) Math.min(Integer.MAX_VALUE, Math.max(0, Math.round(tokens.getAsDouble())));
  }

  private DoubleSupplier lengths(StreamSource streams, int replication) {
    RequestRows rows = lengthRows(streams, replication);
    return rows == null
        ? lengthLaw.sampler(streams.stream(replication, StreamName.SERVICE))
        : () -> rows.trace().length(rows.next().getAsInt());
  }

  /**
   * Requests of a trace, one after the other. Who asks twice gets two equal sequences, so the
   * prompt and the length of a request are those of the same row.
   */
  private record RequestRows(Trace trace, IntSupplier next) {}

  private @Nullable RequestRows lengthRows(StreamSource streams, int replication) {
    return sample != null
        ? new RequestRows(
            sample.trace(), sample.rows(streams.stream(replication, StreamName.SERVICE)))
        : arrivalRows(lengthTrace, streams, replication);
  }

  private @Nullable RequestRows promptRows(StreamSource streams, int replication) {
    return sample != null
        ? lengthRows(streams, replication)
        : arrivalRows(arrivals.trace(), streams, replication);
  }

  private @Nullable RequestRows arrivalRows(
      @Nullable Trace trace, StreamSource streams, int replication) {
    return trace == null
        ? null
        : new RequestRows(
            trace, arrivals.traceRows(streams.stream(replication, StreamName.ARRIVALS)));
  }
}

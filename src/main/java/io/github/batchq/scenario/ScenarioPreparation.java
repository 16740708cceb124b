package io.github.batchq.scenario;

import io.github.batchq.metric.GroupTerms;
import io.github.batchq.metric.MeasurementTerms;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.Require;
import io.github.batchq.policy.BoundaryChoice;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.PrefixCache;
import io.github.batchq.policy.Serving;
import io.github.batchq.random.Law;
import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.sim.ServerPool;
import io.github.batchq.workload.ArrivalProcess;
import io.github.batchq.workload.ConversationProcess;
import io.github.batchq.workload.GroupProcess;
import io.github.batchq.workload.Impatience;
import io.github.batchq.workload.LengthPhases;
import io.github.batchq.workload.Oracle;
import io.github.batchq.workload.Patience;
import io.github.batchq.workload.PredictorSpec;
import io.github.batchq.workload.Retry;
import io.github.batchq.workload.SampledRequests;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.Trace.LengthUnit;
import io.github.batchq.workload.Verify;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link PreparedScenario} of what a user describes, or refuses it: that its parts fit each
 * other is checked here and nowhere else.
 */
final class ScenarioPreparation {
  /** Requests of a run that takes days. */
  private static final long MOST_REQUESTS = 1_000_000_000_000L;

  private ScenarioPreparation() {}

  /**
   * Prepares a scenario.
   *
   * @throws BadInputException if a file that it names cannot be read
   * @throws IllegalArgumentException if parts do not fit each other
   */
  static PreparedScenario prepare(Scenario scenario, Inputs inputs) {
    ArrivalProcess arrivals =
        scenario.arrivals().create(inputs.traces(), () -> capacity(scenario, inputs));
    long requests = requests(scenario, arrivals);
    arrivals.checkRequests(requests);
    PolicySpec policy = scenario.policy();
    ServiceTimeModel service = inputs.service(scenario.service().model());
    if (arrivals instanceof GroupProcess groups) {
      checkGroups(groups, scenario);
    }
    if (policy.serving() instanceof Serving.InSteps steps) {
      checkSteps(servers(scenario, inputs), service);
      PrefixCache cache = steps.rules().prefixCache();
      if (cache != null && arrivals.trace() != null && arrivals.trace().hasBlocks()) {
        cache.inBlocksOf(Trace.BLOCK_TOKENS);
      }
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
    LengthPhases phases = phases(scenario.service(), arrivals, inputs);
    Horizon horizon =
        given != null ? given : phases != null ? Horizon.FINITE : Horizon.of(arrivals);
    checkCompany(policy, requests, horizon);
    Impatience impatience = impatience(scenario, inputs);
    if (impatience == null) {
      checkEndlessWaits(policy, scenario.concurrency(), arrivals);
    }
    Trace lengthTrace = null;
    Law lengthLaw;
    SampledRequests sample = null;
    if (scenario.service().lengths() instanceof LengthSpec.FromTrace) {
      lengthTrace = lengthTrace(scenario.service(), arrivals.trace());
      int rows = arrivals.isReplay() ? (int) requests : lengthTrace.size();
      lengthLaw = inputs.lengthLaw(lengthTrace, rows);
    } else {
      sample = sample(scenario.service(), inputs);
      lengthLaw = phases == null ? lengthLaw(scenario.service(), inputs) : phases.law(requests);
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
    if (predictor.readsTrace()) {
      checkRecorded(sample == null ? lengthTrace : sample.trace());
    }
    return new PreparedScenario(
        new Traffic(
            arrivals,
            lengthLaw,
            phases,
            lengthTrace,
            sample,
            promptLaw(scenario.service().prompts(), arrivals.trace(), inputs),
            scenario.concurrency(),
            impatience),
        service,
        predictor,
        policy,
        boundaries,
        servers(scenario, inputs),
        new RunSetup(
            requests,
            warmUp,
            measurementTerms(scenario, horizon, arrivals),
            horizon,
            given != null));
  }

  /** How long clients wait; null where they do so for ever. */
  private static @Nullable Impatience impatience(Scenario scenario, Inputs inputs) {
    Patience patience = scenario.patience();
    Retry retry = scenario.retry();
    if (patience == null) {
      return null;
    }
    Law pause = retry == null ? null : inputs.law(retry.after());
    if (pause != null && Double.isInfinite(pause.mean())) {
      throw new IllegalArgumentException(
          "retry.after must have a finite mean, or more and more requests would be away: found "
              + pause);
    }
    return new Impatience(
        inputs.law(patience.law()), patience.inService(), pause, retry == null ? 0 : retry.most());
  }

  /** Refuses a trace of the lengths that tells no predictions of them. */
  private static void checkRecorded(@Nullable Trace trace) {
    if (trace == null || !trace.hasPredictions()) {
      throw new IllegalArgumentException(
          "this predictor tells what a trace recorded of the requests, and "
              + (trace == null
                  ? "their lengths come from no trace: take them from one, as {tokens: trace} or"
                      + " {tokens: {sample: {format: ..., file: ...}}}"
                  : "the trace "
                      + trace.name()
                      + " tells no predictions: name their column, as predicted: NAME, beside its"
                      + " file"));
    }
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

  /** Refuses policies by which all who are there may wait for company that never comes. */
  private static void checkEndlessWaits(
      PolicySpec policy, @Nullable Integer concurrency, ArrivalProcess arrivals) {
    long each = policy.leastCompany() - 1;
    long mostWaiting = policy.bins() * each;
    long alone = arrivals.fewestAlone();
    boolean limited = concurrency != null && concurrency < alone;
    long there = limited && concurrency != null ? concurrency : alone;
    if (policy.flushes() || there > mostWaiting) {
      return;
    }
    String waiting =
        policy.bins() == 1
            ? "up to " + mostWaiting + " requests wait for company"
            : "up to " + each + " requests wait for company in each of " + policy.bins() + " bins";
    String who =
        limited
            ? "the "
                + there
                + " in flight, to which 'concurrency' holds them, may all do so for ever"
            : arrivals.roundSize() > 0
                ? "the last ones of a round may do so for ever"
                : "the " + there + " clients may all do so for ever";
    throw new IllegalArgumentException(
        waiting
            + ", and "
            + who
            + ": 'drain: flush' serves them when nobody else can come"
            + (arrivals.roundSize() > 0 && !limited
                ? ""
                : ", and more than " + mostWaiting + " never all wait"));
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

  private static MeasurementTerms measurementTerms(
      Scenario scenario, Horizon horizon, ArrivalProcess arrivals) {
    Serving serving = scenario.policy().serving();
    return new MeasurementTerms(
        scenario.service().unit() == LengthUnit.TOKENS,
        serving instanceof Serving.InSteps steps ? steps.rules().memoryLimit() : Long.MAX_VALUE,
        scenario.limits(),
        scenario.price(),
        null,
        horizon == Horizon.FINITE,
        arrivals.roundSize(),
        arrivals instanceof GroupProcess groups ? groupTerms(groups) : null);
  }

  private static GroupTerms groupTerms(GroupProcess groups) {
    Verify verify = groups.verify();
    return new GroupTerms(
        groups.join() == null ? Integer.MAX_VALUE : groups.join().first(),
        groups.scoresInSystem(),
        verify == null ? 0 : verify.scorers(),
        verify == null || verify.model() == null ? null : verify.model()::seconds);
  }

  /** Refuses what does not go with groups of requests. */
  private static void checkGroups(GroupProcess groups, Scenario scenario) {
    if (groups.verify() != null && scenario.service().unit() != LengthUnit.TOKENS) {
      throw new IllegalArgumentException(
          "'verify' reads answers by their tokens, and the lengths of this service are seconds: give"
              + " it {tokens: ...}");
    }
    boolean early = scenario.policy().serving().leavesEarly();
    if (early && groups.endsEarly()) {
      throw new IllegalArgumentException(
          "'join' ends a group with some of its answers, and requests that leave a whole batch early"
              + " are counted when the batch ends: use continuous batching, or batches that are"
              + " served whole");
    }
    if (early && groups.verify() != null) {
      throw new IllegalArgumentException(
          "'verify' scores answers when they are there, and requests that leave a whole batch early"
              + " are counted when the batch ends: use continuous batching, or batches that are"
              + " served whole");
    }
  }

  /** The phases of lengths that drift; null where their law stays. */
  private static @Nullable LengthPhases phases(
      ServiceSpec service, ArrivalProcess arrivals, Inputs inputs) {
    if (!(service.lengths() instanceof LengthSpec.Drifting drifting)) {
      return null;
    }
    List<LengthPhases.Phase> phases = new ArrayList<>();
    for (LengthSpec.Phase phase : drifting.phases()) {
      boolean stays = phases.size() == drifting.phases().size() - 1;
      long requests = stays ? Long.MAX_VALUE : requests(phase, arrivals);
      phases.add(new LengthPhases.Phase(inputs.law(phase.law()), requests));
    }
    boolean byTurn = drifting.phases().stream().anyMatch(phase -> phase.turns() != null);
    if (byTurn && drifting.phases().stream().anyMatch(LengthSpec.Phase::isCountedOnce)) {
      throw new IllegalArgumentException(
          "phases are counted by the turns of each conversation or by requests, not by both");
    }
    return new LengthPhases(
        phases, byTurn && arrivals instanceof ConversationProcess talks ? talks.turns() : null);
  }

  private static long requests(LengthSpec.Phase phase, ArrivalProcess arrivals) {
    if (phase.turns() != null) {
      if (!(arrivals instanceof ConversationProcess)) {
        throw new IllegalArgumentException(
            "lengths drift by turns, and requests are no conversations: give the 'requests' of each"
                + " phase");
      }
      return phase.turns();
    }
    if (phase.rounds() == null) {
      return Objects.requireNonNull(phase.requests());
    }
    long roundSize = arrivals.roundSize();
    if (roundSize == 0) {
      throw new IllegalArgumentException(
          "lengths drift by rounds, and requests come in none: give the 'requests' of each phase");
    }
    return Math.multiplyExact(phase.rounds(), roundSize);
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
    if (service.lengths() instanceof LengthSpec.Drifting) {
      throw new IllegalArgumentException(
          "a load is a share of the capacity, which drifts with the lengths: give a rate");
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
    ServerSpec servers = scenario.servers() == null ? ServerSpec.ONE : scenario.servers();
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
    ScenarioWithoutArrivals withoutArrivals =
        new ScenarioWithoutArrivals(
            law,
            promptLaw == null && sample != null ? sample.prompts() : promptLaw,
            inputs.service(scenario.service().model()),
            predictor(scenario, inputs),
            scenario.policy(),
            boundaries(scenario.policy(), law, inputs),
            servers);
    double capacity = inputs.capacity(withoutArrivals);
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
    Require.ARGUMENT.atLeast("requests", requests, 1);
    Require.ARGUMENT.atMost("requests", requests, MOST_REQUESTS);
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
}

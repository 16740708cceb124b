package io.github.batchq.file;

import io.github.batchq.experiment.Precision;
import io.github.batchq.experiment.VarianceReduction;
import io.github.batchq.file.data.EmpiricalSpec;
import io.github.batchq.file.data.ServiceTableSpec;
import io.github.batchq.file.trace.LearntPredictor;
import io.github.batchq.file.trace.TraceFile;
import io.github.batchq.file.trace.TraceFormats;
import io.github.batchq.metric.Limits;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.ChartSpec;
import io.github.batchq.policy.AdaptiveBins;
import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.policy.DedicatedBinBatching;
import io.github.batchq.policy.DynamicBatching;
import io.github.batchq.policy.ElasticBatching;
import io.github.batchq.policy.MaxWaitBatching;
import io.github.batchq.policy.MultiBinBatching;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.PrefixCache;
import io.github.batchq.policy.ShortestFirst;
import io.github.batchq.policy.SortedWindow;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.policy.WaitThreshold;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Erlang;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Gamma;
import io.github.batchq.random.LawSpec;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.MixtureSpec;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.ScaledSpec;
import io.github.batchq.random.TruncatedSpec;
import io.github.batchq.random.Uniform;
import io.github.batchq.random.Weibull;
import io.github.batchq.scenario.LengthSpec;
import io.github.batchq.scenario.Scenario;
import io.github.batchq.scenario.ServerSpec;
import io.github.batchq.service.AffineBatch;
import io.github.batchq.service.LongestRequestSpec;
import io.github.batchq.service.ServiceModelSpec;
import io.github.batchq.service.StepTimeSpec;
import io.github.batchq.service.TokenLevel;
import io.github.batchq.sim.PlannedDrain;
import io.github.batchq.workload.AllAtZero;
import io.github.batchq.workload.ArrivalSpec;
import io.github.batchq.workload.BootstrapArrivals;
import io.github.batchq.workload.BulkArrivals;
import io.github.batchq.workload.ClosedClients;
import io.github.batchq.workload.Confusion;
import io.github.batchq.workload.Conversations;
import io.github.batchq.workload.GammaArrivals;
import io.github.batchq.workload.Groups;
import io.github.batchq.workload.Join;
import io.github.batchq.workload.LognormalNoise;
import io.github.batchq.workload.MarkovModulatedArrivals;
import io.github.batchq.workload.Oracle;
import io.github.batchq.workload.Patience;
import io.github.batchq.workload.PiecewiseArrivals;
import io.github.batchq.workload.PoissonArrivals;
import io.github.batchq.workload.PoissonAtLoad;
import io.github.batchq.workload.PredictorSpec;
import io.github.batchq.workload.Recorded;
import io.github.batchq.workload.RenewalArrivals;
import io.github.batchq.workload.Retry;
import io.github.batchq.workload.Rounds;
import io.github.batchq.workload.SymmetricError;
import io.github.batchq.workload.TraceArrivals;
import io.github.batchq.workload.TraceSpec;
import io.github.batchq.workload.Verify;
import io.github.batchq.workload.WeibullArrivals;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds of one sort of thing that an experiment file may name. A kind is a record whose
 * components are the keys that it takes; a component that is marked nullable may be left out.
 *
 * <p>To add a policy, a law, a service model, an arrival process or a predictor, write its record
 * with a {@link io.github.batchq.model.Key} at every component, add one line here, and make
 * docs/reference again by {@code batchq reference}. Trace formats are told in {@link TraceFormats}.
 *
 * @param what the sort of thing, for messages
 * @param key the key whose value names the kind
 * @param base what all kinds are
 * @param kinds the kinds, in the order in which they are listed
 */
public record Catalogue<T>(String what, String key, Class<T> base, List<Kind<? extends T>> kinds) {
  /** Laws of lengths and gaps. */
  public static final Catalogue<LawSpec> LAWS =
      new Catalogue<>(
          "law",
          "law",
          LawSpec.class,
          List.of(
              new Kind<>("deterministic", Deterministic.class, "always the same value"),
              new Kind<>("uniform", Uniform.class, "uniform on [min, max]"),
              new Kind<>("exponential", Exponential.class, "exponential with mean 1/rate"),
              new Kind<>("gamma", Gamma.class, "gamma with mean shape * scale"),
              new Kind<>(
                  "erlang", Erlang.class, "sum of stages exponentials, each with mean 1/rate"),
              new Kind<>(
                  "lognormal",
                  Lognormal.class,
                  "exp(N(mu, sigma^2)): mu and sigma of the logarithm"),
              new Kind<>("weibull", Weibull.class, "P(X > x) = exp(-(x/scale)^shape)"),
              new Kind<>("pareto", Pareto.class, "P(X > x) = (scale/x)^shape for x >= scale"),
              new Kind<>("truncated", TruncatedSpec.class, "a law conditioned on [min, max]"),
              new Kind<>(
                  "empirical",
                  EmpiricalSpec.class,
                  "values of a CSV column, each as often as a column of counts says"),
              new Kind<>("mixture", MixtureSpec.class, "one of several laws, chosen by weight"),
              new Kind<>("scaled", ScaledSpec.class, "a law whose values are all multiplied")));

  /** Arrival processes. */
  public static final Catalogue<ArrivalSpec> ARRIVALS =
      new Catalogue<>(
          "arrival process",
          "process",
          ArrivalSpec.class,
          List.of(
              new Kind<>("poisson", PoissonArrivals.class, "Poisson arrivals of a given rate"),
              new Kind<>(
                  "poisson-at-load",
                  PoissonAtLoad.class,
                  "Poisson arrivals at a share of the policy's capacity"),
              new Kind<>("renewal", RenewalArrivals.class, "independent gaps of any law"),
              new Kind<>(
                  "gamma",
                  GammaArrivals.class,
                  "independent gamma gaps of a given rate and coefficient of variation"),
              new Kind<>(
                  "weibull",
                  WeibullArrivals.class,
                  "independent Weibull gaps of a given rate and coefficient of variation"),
              new Kind<>(
                  "mmpp",
                  MarkovModulatedArrivals.class,
                  "Poisson arrivals whose rate changes with the state of a Markov chain"),
              new Kind<>(
                  "piecewise",
                  PiecewiseArrivals.class,
                  "Poisson arrivals whose rate is constant piece by piece and repeats, as by day"),
              new Kind<>(
                  "bulk",
                  BulkArrivals.class,
                  "groups of requests at the times of a Poisson process"),
              new Kind<>(
                  "closed",
                  ClosedClients.class,
                  "clients that wait for each answer, think, and send the next request"),
              new Kind<>(
                  "rounds",
                  Rounds.class,
                  "requests that come together, the next round a gap after the last answer"),
              new Kind<>(
                  "conversations",
                  Conversations.class,
                  "conversations of several turns, each with all that was said before as its prompt"),
              new Kind<>(
                  "groups",
                  Groups.class,
                  "groups of requests with one prompt, as votes and best-of-N sample them"),
              new Kind<>("all-at-zero", AllAtZero.class, "all requests are there at time 0"),
              new Kind<>(
                  "trace",
                  TraceArrivals.class,
                  "replay of a recorded trace, its rate times rateScale"),
              new Kind<>(
                  "trace-bootstrap",
                  BootstrapArrivals.class,
                  "blocks of neighbouring requests of a trace, drawn at random")));

  /** Trace formats: one kind for each of {@link TraceFormats}, all of the same keys. */
  public static final Catalogue<TraceSpec> TRACES =
      new Catalogue<>(
          "trace format",
          "format",
          TraceSpec.class,
          TraceFormats.all().stream()
              .<Kind<? extends TraceSpec>>map(
                  format ->
                      new Kind<>(
                          format.name(),
                          TraceFile.class,
                          format.description(),
                          Map.of(),
                          format.example()))
              .toList());

  /** Length predictors. */
  public static final Catalogue<PredictorSpec> PREDICTORS =
      new Catalogue<>(
          "predictor",
          "type",
          PredictorSpec.class,
          List.of(
              new Kind<>("oracle", Oracle.class, "tells the true length"),
              new Kind<>(
                  "symmetric-error",
                  SymmetricError.class,
                  "takes a bin for either neighbour with probability errorRate each"),
              new Kind<>(
                  "confusion",
                  Confusion.class,
                  "draws the bin from a row of a matrix: rows true, columns predicted"),
              new Kind<>(
                  "lognormal-noise", LognormalNoise.class, "true length times exp(N(0, sigma^2))"),
              new Kind<>(
                  "recorded",
                  Recorded.class,
                  "tells what the trace of the requests recorded as predicted of each"),
              new Kind<>(
                  "learnt",
                  LearntPredictor.class,
                  "what a regression tree or nearest neighbours learn from the prompts of a"
                      + " trace")));

  /** Batching policies. */
  public static final Catalogue<PolicySpec> POLICIES =
      new Catalogue<>(
          "policy",
          "type",
          PolicySpec.class,
          List.of(
              new Kind<>(
                  "standard", StandardBatching.class, "full batches in the order of arrival"),
              new Kind<>(
                  "multi-bin",
                  MultiBinBatching.class,
                  "full batches within bins of similar predicted length, bins served in any order"),
              new Kind<>(
                  "bound-bins",
                  DedicatedBinBatching.class,
                  "multi-bin batching in which each server serves bins of its own"),
              new Kind<>(
                  "adaptive-bins",
                  AdaptiveBins.class,
                  "multi-bin batching whose boundaries follow the lengths of completed requests",
                  Map.of("window", 1000, "every", 1000)),
              new Kind<>(
                  "max-wait",
                  MaxWaitBatching.class,
                  "multi-bin batches that close when full or after a longest wait"),
              new Kind<>(
                  "dynamic",
                  DynamicBatching.class,
                  "up to B waiting requests when a server is free, at least a"),
              new Kind<>(
                  "elastic",
                  ElasticBatching.class,
                  "dynamic batches whose requests leave when their own tokens are done"),
              new Kind<>(
                  "sorted-window",
                  SortedWindow.class,
                  "windows of n batches, sorted by predicted length and cut into batches"),
              new Kind<>(
                  "shortest-first",
                  ShortestFirst.class,
                  "the B shortest of the waiting requests when a server is free, with ageing",
                  Map.of("ageing", 0)),
              new Kind<>(
                  "continuous",
                  ContinuousBatching.class,
                  "requests join and leave running batches of up to B between token steps",
                  Map.of("bins", 1)),
              new Kind<>(
                  "wait-threshold",
                  WaitThreshold.class,
                  "continuous batching that lets requests join once enough of their bin wait",
                  Map.of("bins", 1))));

  /** Service-time models. */
  public static final Catalogue<ServiceModelSpec> SERVICES =
      new Catalogue<>(
          "service model",
          "type",
          ServiceModelSpec.class,
          List.of(
              new Kind<>(
                  "longest",
                  LongestRequestSpec.class,
                  "offset + secondsPerToken * longest length",
                  Map.of("offset", 0)),
              new Kind<>(
                  "affine",
                  AffineBatch.class,
                  "alpha + beta b + (gamma + delta b) * longest length",
                  Map.of("delta", 0)),
              new Kind<>("step-time", StepTimeSpec.class, "(tau0 + tau1 b) * longest length"),
              new Kind<>(
                  "token-level",
                  TokenLevel.class,
                  "prompts first, then steps that slow down with requests and memory",
                  Map.of(
                      "prefill", 0,
                      "prefillPerToken", 0,
                      "freePromptTokens", 0,
                      "perRequest", 0,
                      "freeRequests", 0,
                      "perContextToken", 0)),
              new Kind<>(
                  "table",
                  ServiceTableSpec.class,
                  "a measured grid batchSize,length,seconds, linear between its points"),
              new Kind<>(
                  "pack",
                  CoefficientPackSpec.class,
                  "published coefficients, within their range")));

  /** All catalogues. */
  public static final List<Catalogue<?>> ALL =
      List.of(POLICIES, LAWS, SERVICES, ARRIVALS, TRACES, PREDICTORS);

  private static final List<String> GROUPS =
      List.of("process: groups", "starts: {process: poisson, rate: 0.1}", "size: 8");

  /**
   * The maps of an experiment file that are no kinds: from the top of the file to the lines of a
   * chart.
   */
  public static final List<Section> SECTIONS =
      List.of(
          new Section("", ExperimentFile.Header.class, "the file itself"),
          new Section("scenario", Scenario.class, "what is simulated: one point of the sweep"),
          new Section(
              "scenario.policy.prefixCache",
              PrefixCache.class,
              "what a server keeps of earlier prompts",
              List.of("type: continuous", "batchSize: 32", "bins: 1")),
          new Section(
              "scenario.arrivals.join",
              Join.class,
              "with how many answers a group of requests ends",
              GROUPS),
          new Section(
              "scenario.arrivals.verify",
              Verify.class,
              "how the answers of a group are scored",
              GROUPS),
          new Section(
              "scenario.service",
              ServiceDeserializer.Tokens.class,
              "lengths that are tokens, and what they cost; in their place may stand a law of service"
                  + " times in s, or `trace` for those of the replayed trace"),
          new Section(
              "scenario.service.tokens",
              ServiceDeserializer.Sample.class,
              "requests drawn at random from a trace, each with its own length and prompt"),
          new Section(
              "scenario.service.tokens",
              LengthSpec.Drifting.class,
              "lengths that drift; so may `scenario.service` in s"),
          new Section(
              "scenario.service.tokens.phases[]",
              LengthSpec.Phase.class,
              "a phase of lengths that drift"),
          new Section("scenario.servers", ServerSpec.class, "servers that differ, fail or pause"),
          new Section(
              "scenario.servers.failures",
              ServerSpec.FailureSpec.class,
              "how servers fail and are repaired"),
          new Section(
              "scenario.servers.drains[]",
              PlannedDrain.class,
              "a time in which a server finishes what it has and takes no new requests"),
          new Section(
              "scenario.warmUp",
              WarmUp.class,
              "the beginning of a run that is not measured, in one of three ways"),
          new Section(
              "scenario.limits",
              Limits.class,
              "times within which requests must be answered, at least one of the three"),
          new Section(
              "scenario.patience",
              Patience.class,
              "how long clients wait for answers before they give up"),
          new Section(
              "scenario.retry",
              Retry.class,
              "clients who gave up send the same request again; servers that fail have a retry of"
                  + " their own, batch in servers.failures",
              List.of("patience: {law: {law: exponential, rate: 0.02}}")),
          new Section("sweep.PATH", Sweep.Range.class, "a range of values in place of their list"),
          new Section("precision", Precision.class, "how narrow the interval of a metric must be"),
          new Section(
              "varianceReduction", VarianceReduction.class, "how runs are made to vary less"),
          new Section(
              "charts[]",
              ChartSpec.class,
              "a chart: simulation as points with their intervals, theory as lines"),
          new Section("charts[].thresholds[]", ChartSpec.Threshold.class, "a vertical line"),
          new Section(
              "charts[].plotted", ChartSpec.Plotted.class, "points that the base paper plots"));

  /** The maps of the file of a plan that are no kinds and stand in no experiment file. */
  public static final List<Section> PLAN_SECTIONS =
      List.of(
          new Section("", PlanFile.Header.class, "the file itself"),
          new Section("traffic", PlanFile.Demand.class, "the requests"),
          new Section("carry", PlanFile.Carry.class, "the rate that must be carried"),
          new Section("search", PlanFile.Search.class, "where to search"),
          new Section(
              "search.batchSize",
              PlanFile.WholeNumbers.class,
              "a range of whole numbers in place of their list, of batch sizes, bins or servers"));

  /**
   * A map of an experiment file that is no kind.
   *
   * @param path where it stands, by its path from the top of the file; empty for the file itself
   * @param type record of its keys
   * @param description one line
   * @param beside lines that stand beside it in an example, where it belongs to one kind alone
   */
  public record Section(String path, Class<?> type, String description, List<String> beside) {
    /** A map that stands by itself. */
    Section(String path, Class<?> type, String description) {
      this(path, type, description, List.of());
    }
  }

  /**
   * A kind of thing.
   *
   * @param name how files name it
   * @param type its record
   * @param description one line
   * @param defaults numbers of keys that may be left out; other such keys are components that are
   *     marked nullable
   * @param examples where several kinds are of one record, the keys that mean something for this
   *     one, with values in YAML; else none
   */
  public record Kind<K>(
      String name,
      Class<K> type,
      String description,
      Map<String, Integer> defaults,
      Map<String, String> examples) {
    /** A kind without default numbers. */
    public Kind(String name, Class<K> type, String description) {
      this(name, type, description, Map.of());
    }

    /** A kind that is the only one of its record. */
    public Kind(String name, Class<K> type, String description, Map<String, Integer> defaults) {
      this(name, type, description, defaults, Map.of());
    }

    /** The keys that this kind takes, in the order of the record's components. */
    public List<String> keys() {
      return Catalogue.keys(type);
    }
  }

  /** The keys that a map takes which is bound to a record, in the order of its components. */
  static List<String> keys(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  /** The kind of a name. */
  public Optional<Kind<? extends T>> find(String name) {
    return kinds.stream()
        .filter(kind -> kind.name().equals(name))
        .<Kind<? extends T>>map(kind -> kind)
        .findFirst();
  }

  /** Names of all kinds. */
  public List<String> names() {
    return kinds.stream().<String>map(Kind::name).toList();
  }
}

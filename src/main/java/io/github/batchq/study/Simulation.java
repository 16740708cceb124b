package io.github.batchq.study;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.batchq.engine.Runner;
import io.github.batchq.expectation.TheoryOverlays;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Sampling;
import io.github.batchq.experiment.VarianceReduction;
import io.github.batchq.metric.Limits;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BadRows;
import io.github.batchq.model.Require;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.random.Generator;
import io.github.batchq.random.LawSpec;
import io.github.batchq.scenario.Horizon;
import io.github.batchq.scenario.Inputs;
import io.github.batchq.scenario.LengthSpec;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.Scenario;
import io.github.batchq.scenario.ServerSpec;
import io.github.batchq.scenario.ServiceSpec;
import io.github.batchq.service.LongestRequest;
import io.github.batchq.sim.Kernel;
import io.github.batchq.workload.ArrivalSpec;
import io.github.batchq.workload.Oracle;
import io.github.batchq.workload.Patience;
import io.github.batchq.workload.PredictorSpec;
import io.github.batchq.workload.Retry;
import io.github.batchq.workload.Trace.LengthUnit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A simulation as a Java program or a notebook describes it: three parts that it cannot do without,
 * and defaults for the rest. Immutable; each method that changes something returns a new
 * simulation.
 *
 * <pre>{@code
 * var simulation =
 *     Simulation.of(
 *         new PoissonArrivals(8), new Uniform(1, 20), new MultiBinBatching(4, "equal-mass", 128));
 * var results = simulation.servers(2).run();
 * results.estimate("latency.mean"); // mean over the replications, with its 95 % interval
 * results.theory("throughput"); // what theory says, and whether it is exact
 * }</pre>
 *
 * <p>With {@link #vary} it becomes a sweep: all combinations of the values of its axes. All points
 * of it meet the same traffic, and the same simulation gives the same numbers on any machine with
 * any number of processors.
 *
 * <pre>{@code
 * simulation
 *     .vary("policy.bins", List.of(1, 2, 4), (s, k) -> s.policy(new MultiBinBatching(k, "optimal", 128)))
 *     .vary("arrivals.rate", List.of(4.0, 8.0), (s, rate) -> s.arrivals(new PoissonArrivals(rate)))
 *     .run()
 *     .table("throughput", "latency.p99");
 * }</pre>
 */
public final class Simulation {
  private static final long REQUESTS = 100_000;
  private static final int REPLICATIONS = 10;

  private final Scenario scenario;
  private final int replications;
  private final long seed;
  private final int threads;
  private final Generator generator;
  private final List<Axis<?>> axes;
  private final List<Metric> metrics;

  private Simulation(
      Scenario scenario,
      int replications,
      long seed,
      int threads,
      Generator generator,
      List<Axis<?>> axes,
      List<Metric> metrics) {
    this.scenario = scenario;
    this.replications = replications;
    this.seed = seed;
    this.threads = threads;
    this.generator = generator;
    this.axes = List.copyOf(axes);
    this.metrics = List.copyOf(metrics);
  }

  /** What a sweep varies. */
  private record Axis<V>(
      String path, List<V> values, BiFunction<Simulation, ? super V, Simulation> change) {
    List<Variant> applied(Variant variant) {
      return values.stream()
          .map(
              value -> {
                List<String> texts = new ArrayList<>(variant.values());
                texts.add(String.valueOf(value));
                return new Variant(texts, change.apply(variant.simulation(), value));
              })
          .toList();
    }
  }

  /** A point of a sweep before it is prepared. */
  private record Variant(List<String> values, Simulation simulation) {}

  /**
   * A simulation of 100,000 requests on one server, with predictions that are true, no warm-up, 10
   * replications and seed 1.
   *
   * @param arrivals when requests arrive
   * @param lengths law of their lengths: service times in seconds, unless {@link #secondsPerToken}
   *     makes them tokens
   * @param policy how they are batched
   */
  public static Simulation of(ArrivalSpec arrivals, LawSpec lengths, PolicySpec policy) {
    ServiceSpec service =
        new ServiceSpec(
            new LengthSpec.FromLaw(lengths), LengthUnit.SECONDS, LongestRequest.SECONDS);
    return new Simulation(
        new Scenario(
            arrivals, service, new Oracle(), policy, ServerSpec.ONE, REQUESTS, WarmUp.NONE),
        REPLICATIONS,
        1,
        Runtime.getRuntime().availableProcessors(),
        Generator.LFSR258,
        List.of(),
        Metric.ALL);
  }

  /** With other arrivals. */
  public Simulation arrivals(ArrivalSpec arrivals) {
    return with(parts -> parts.arrivals = arrivals);
  }

  /**
   * With other lengths, in the same unit.
   *
   * @param lengths their law
   */
  public Simulation lengths(LawSpec lengths) {
    ServiceSpec service = scenario.service();
    return service(
        new ServiceSpec(
            new LengthSpec.FromLaw(lengths), service.unit(), service.model(), service.prompts()));
  }

  /**
   * With lengths that are tokens: a batch takes this many seconds for each token of its longest
   * request.
   *
   * @param seconds positive and finite
   */
  public Simulation secondsPerToken(double seconds) {
    return service(
        new ServiceSpec(
            scenario.service().lengths(),
            LengthUnit.TOKENS,
            new LongestRequest(0, seconds),
            scenario.service().prompts()));
  }

  /**
   * With requests drawn from a trace, each with its own prompt and length in tokens.
   *
   * @param sampled where they are drawn from
   * @param seconds that a batch takes for each token of its longest request, positive and finite
   */
  public Simulation sampled(LengthSpec.Sampled sampled, double seconds) {
    return service(
        new ServiceSpec(sampled, LengthUnit.TOKENS, new LongestRequest(0, seconds), null));
  }

  private Simulation service(ServiceSpec service) {
    return with(parts -> parts.service = service);
  }

  /** With another predictor of lengths. */
  public Simulation predictor(PredictorSpec predictor) {
    return with(parts -> parts.predictor = predictor);
  }

  /** With another policy, which may be one of your own. */
  public Simulation policy(PolicySpec policy) {
    return with(parts -> parts.policy = policy);
  }

  /**
   * On several servers, all alike.
   *
   * @param number at least 1
   */
  public Simulation servers(int number) {
    return with(parts -> parts.servers = new ServerSpec(number));
  }

  /** On so many servers that no batch ever waits for one. */
  public Simulation infinitelyManyServers() {
    return servers(Kernel.INFINITE_SERVERS);
  }

  /**
   * With another number of requests in each run.
   *
   * @param number at least 1, and so many that some of them are served
   */
  public Simulation requests(long number) {
    return with(parts -> parts.requests = number);
  }

  /** Without measuring the beginning of each run. */
  public Simulation warmUp(WarmUp warmUp) {
    return with(parts -> parts.warmUp = warmUp);
  }

  /** With times within which requests must be answered, for the goodput. */
  public Simulation limits(Limits limits) {
    return with(parts -> parts.limits = limits);
  }

  /**
   * With a price of an hour of a server, for the cost of tokens.
   *
   * @param perServerHour in any currency, at least 0
   */
  public Simulation price(double perServerHour) {
    return with(parts -> parts.price = perServerHour);
  }

  /**
   * With a limit of the requests in flight, beyond which the others wait at their clients.
   *
   * @param most at least 1
   */
  public Simulation concurrency(int most) {
    return with(parts -> parts.concurrency = most);
  }

  /**
   * With clients who give up.
   *
   * @param how how long they wait
   */
  public Simulation patience(Patience how) {
    return with(parts -> parts.patience = how);
  }

  /**
   * With clients who ask again when they have given up; their {@link #patience} comes first.
   *
   * @param how when, and how often
   */
  public Simulation retry(Retry how) {
    return with(parts -> parts.retry = how);
  }

  /** With the question that its runs answer. */
  public Simulation horizon(Horizon horizon) {
    return with(parts -> parts.horizon = horizon);
  }

  /**
   * With another number of independent runs.
   *
   * @param number at least 1; there are intervals from 2 on
   */
  public Simulation replications(int number) {
    Require.ARGUMENT.atLeast("replications", number, 1);
    return new Simulation(scenario, number, seed, threads, generator, axes, metrics);
  }

  /** With other random numbers. */
  public Simulation seed(long other) {
    return new Simulation(scenario, replications, other, threads, generator, axes, metrics);
  }

  /**
   * On another number of threads; results are the same on any.
   *
   * @param number at least 1
   */
  public Simulation threads(int number) {
    Require.ARGUMENT.atLeast("threads", number, 1);
    return new Simulation(scenario, replications, seed, number, generator, axes, metrics);
  }

  /** With random numbers of another generator. */
  public Simulation generator(Generator other) {
    return new Simulation(scenario, replications, seed, threads, other, axes, metrics);
  }

  /**
   * Measures these metrics beside those that are measured in any case, such as {@code latency.p90}.
   *
   * @param names their names
   * @throws io.github.batchq.model.BadInputException if there is no such metric
   */
  public Simulation measuring(String... names) {
    List<Metric> more = new ArrayList<>(metrics);
    for (String name : names) {
      more.add(SimulationResults.metric(name));
    }
    return new Simulation(
        scenario, replications, seed, threads, generator, axes, more.stream().distinct().toList());
  }

  /**
   * With one more axis of a sweep, which varies faster than those before it. Only what a change
   * does to the scenario counts: replications and seed are those of the whole sweep.
   *
   * @param path name of the axis, a column of the results; a path of the experiment file such as
   *     {@code arrivals.rate} gets the same label in a chart
   * @param values its values, whose texts the results show
   * @param change what a value changes, such as {@code (s, rate) -> s.arrivals(new
   *     PoissonArrivals(rate))}
   * @throws IllegalArgumentException if there is an axis of that name already
   */
  public <V> Simulation vary(
      String path, List<V> values, BiFunction<Simulation, ? super V, Simulation> change) {
    if (axes.stream().anyMatch(axis -> axis.path().equals(path))) {
      throw new IllegalArgumentException("the sweep has an axis '" + path + "' already");
    }
    List<Axis<?>> more = new ArrayList<>(axes);
    more.add(new Axis<>(path, List.copyOf(values), change));
    return new Simulation(scenario, replications, seed, threads, generator, more, metrics);
  }

  /**
   * Runs all replications of all points, on all processors unless told otherwise.
   *
   * @throws io.github.batchq.model.BadInputException if parts do not fit each other; nothing has
   *     run then
   */
  public SimulationResults run() {
    Experiment experiment =
        new Experiment(
            "simulation",
            axes.stream().<String>map(Axis::path).toList(),
            points(),
            new Sampling(replications, null, VarianceReduction.NONE, seed, generator),
            metrics,
            metrics,
            List.of(),
            MissingNode.getInstance(),
            List.of(),
            Path.of(""));
    try {
      return new SimulationResults(
          experiment, Runner.run(experiment, threads, (runs, allRuns, requests) -> {}));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the simulation was interrupted", e);
    }
  }

  private List<Experiment.Point> points() {
    List<Variant> variants = List.of(new Variant(List.of(), this));
    for (Axis<?> axis : axes) {
      variants = variants.stream().flatMap(variant -> axis.applied(variant).stream()).toList();
    }
    Inputs inputs = new Inputs(BadRows.none(), new TheoryOverlays()::knownCapacity);
    return variants.stream()
        .map(
            variant -> {
              PreparedScenario scenario =
                  PreparedScenario.of(
                          variant.simulation().scenario,
                          inputs,
                          "simulation",
                          variant.values().isEmpty()
                              ? ""
                              : ", at " + String.join(", ", variant.values()))
                      .measuring(metrics);
              return new Experiment.Point(variant.values(), () -> scenario);
            })
        .toList();
  }

  /** The same simulation with some parts changed. */
  private Simulation with(Consumer<Parts> change) {
    Parts parts = new Parts(scenario);
    change.accept(parts);
    return new Simulation(parts.scenario(), replications, seed, threads, generator, axes, metrics);
  }

  /** The parts of a scenario while one of them changes. */
  private static final class Parts {
    private ArrivalSpec arrivals;
    private ServiceSpec service;
    private @Nullable PredictorSpec predictor;
    private PolicySpec policy;
    private @Nullable ServerSpec servers;
    private @Nullable Long requests;
    private @Nullable WarmUp warmUp;
    private @Nullable Limits limits;
    private @Nullable Double price;
    private @Nullable Horizon horizon;
    private @Nullable Integer concurrency;
    private @Nullable Patience patience;
    private @Nullable Retry retry;

    Parts(Scenario scenario) {
      arrivals = scenario.arrivals();
      service = scenario.service();
      predictor = scenario.predictor();
      policy = scenario.policy();
      servers = scenario.servers();
      requests = scenario.requests();
      warmUp = scenario.warmUp();
      limits = scenario.limits();
      price = scenario.price();
      horizon = scenario.horizon();
      concurrency = scenario.concurrency();
      patience = scenario.patience();
      retry = scenario.retry();
    }

    Scenario scenario() {
      return new Scenario(
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
          patience,
          retry);
    }
  }
}

package io.github.batchq.experiment;

import io.github.batchq.metric.Control;
import io.github.batchq.metric.Direction;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.Key;
import io.github.batchq.model.NearestName;
import io.github.batchq.policy.Drain;
import io.github.batchq.policy.Serving;
import io.github.batchq.random.QuasiRandomStreams;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.sim.ServerPool;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.FiniteRunLatency;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says how the runs of an experiment are made to vary less.
 *
 * @param commonRandomNumbers whether all points of the sweep meet the same traffic; true when
 *     absent
 * @param antithetic whether replications come in pairs, the second with 1 - u for every random
 *     number u of the first; false when absent
 * @param controls names of control variates, {@code gap}, {@code length} and {@code
 *     infinite-servers}: the mean gap between arrivals, the mean length, and the mean latency
 *     without the wait for a server, whose means are known exactly; none when absent
 * @param sobolPoints number of short runs that each replication is the mean of, their random
 *     numbers the points of a randomised Sobol net; a power of two from 2 to 65,536; none when
 *     absent
 */
public record VarianceReduction(
    @Key(
            about = "whether all points of the sweep meet the same traffic",
            absent = "true",
            example = "true")
        @Nullable Boolean commonRandomNumbers,
    @Key(
            about =
                "whether replications come in pairs, the second with 1 - u for every random number u of the first",
            absent = "false",
            example = "true")
        @Nullable Boolean antithetic,
    @Key(
            about =
                "control variates, whose means are known exactly: gap (mean gap between arrivals), length (mean length), infinite-servers (mean latency without the wait for a server)",
            range = "any of gap, length, infinite-servers",
            absent = "none",
            example = "[gap]")
        @Nullable List<String> controls,
    @Key(
            about =
                "short runs that each replication is the mean of, their random numbers a randomised Sobol net; for runs of at most 120 requests",
            unit = "runs",
            range = "a power of two, 2 to 65,536",
            absent = "plain sampling",
            example = "16",
            insteadOf = "antithetic")
        @Nullable Integer sobolPoints) {
  /** Plain sampling, with common random numbers. */
  public static final VarianceReduction NONE = new VarianceReduction(null, null, null, null);

  private static final String GAP = "gap";
  private static final String LENGTH = "length";
  private static final String INFINITE_SERVERS = "infinite-servers";

  /** The controls, each with the metrics that it is computed from. */
  private static final Map<String, List<String>> OF_METRICS =
      Map.of(
          GAP, List.of("gap.mean"),
          LENGTH, List.of("length.mean"),
          INFINITE_SERVERS, List.of("formation.mean", "service.mean"));

  private static final List<String> CONTROLS = List.of(GAP, LENGTH, INFINITE_SERVERS);
  private static final int MOST_POINTS = 65_536;

  public VarianceReduction {
    controls = controls == null ? List.of() : List.copyOf(controls);
    for (String control : controls) {
      if (!CONTROLS.contains(control)) {
        throw new IllegalArgumentException(
            "unknown control '" + control + "'; " + NearestName.hint(control, CONTROLS));
      }
    }
    if (sobolPoints != null
        && (sobolPoints < 2 || sobolPoints > MOST_POINTS || Integer.bitCount(sobolPoints) != 1)) {
      throw new IllegalArgumentException(
          "sobolPoints must be a power of two from 2 to " + MOST_POINTS + ", found " + sobolPoints);
    }
    if (sobolPoints != null && antithetic != null && antithetic) {
      throw new IllegalArgumentException("antithetic and sobolPoints exclude each other");
    }
  }

  /**
   * Whether controls are used for a metric, which they are for times alone. A throughput is a
   * quotient; where the mean gap explains nearly all of it, its dependence on the rest is not
   * linear, and in runs at load 0.3 intervals of 95 % covered 79 %.
   */
  boolean isControlled(Metric metric) {
    return !named().isEmpty()
        && metric.unit().equals("s")
        && metric.direction() != Direction.NEITHER;
  }

  /** Names of the controls. */
  List<String> named() {
    return controls == null ? List.of() : controls;
  }

  /** Names of the metrics that the controls are computed from. */
  List<String> controlled() {
    return named().stream()
        .flatMap(control -> OF_METRICS.getOrDefault(control, List.of()).stream())
        .toList();
  }

  /** Whether all points of the sweep meet the same traffic. */
  public boolean isCommon() {
    return commonRandomNumbers == null || commonRandomNumbers;
  }

  /** How many replications make one independent observation. */
  public int groupSize() {
    return antithetic != null && antithetic ? 2 : 1;
  }

  /** How many runs make one replication. */
  public int runs() {
    return sobolPoints == null ? 1 : sobolPoints;
  }

  /** Whether there is a gain over plain sampling to report. */
  boolean changesRuns() {
    return groupSize() > 1 || runs() > 1 || !named().isEmpty();
  }

  /**
   * Refuses what a scenario or the number of replications does not allow.
   *
   * @throws IllegalArgumentException if it does not
   */
  void check(PreparedScenario scenario, int replications) {
    if (changesRuns() && replications < 2 * groupSize()) {
      throw new IllegalArgumentException(
          "variance reduction needs at least "
              + 2 * groupSize()
              + " replications, found "
              + replications);
    }
    if (replications % groupSize() != 0) {
      throw new IllegalArgumentException(
          "antithetic replications come in pairs, found " + replications);
    }
    if (changesRuns() && scenario.isReplay()) {
      throw new IllegalArgumentException("a replayed trace has no variance to reduce");
    }
    boolean needsGaps = runs() > 1 || named().contains(GAP) || named().contains(INFINITE_SERVERS);
    boolean hasGaps =
        scenario.arrivals().isRenewal() || Double.isInfinite(scenario.arrivals().rate());
    if (needsGaps && !hasGaps) {
      throw new IllegalArgumentException(
          "sobolPoints and the controls 'gap' and 'infinite-servers' need independent gaps between"
              + " arrivals, found another process");
    }
    if (runs() > 1 && scenario.traffic().promptLaw() != null) {
      throw new IllegalArgumentException(
          "Sobol points cover arrivals, lengths and predictions, found prompts of a law");
    }
    if (runs() > 1 && scenario.requests() > QuasiRandomStreams.MOST_DRAWS) {
      throw new IllegalArgumentException(
          "sobolPoints is for runs of at most "
              + QuasiRandomStreams.MOST_DRAWS
              + " requests, found "
              + scenario.requests());
    }
    if (runs() > 1 && scenario.servers().failures() != null) {
      throw new IllegalArgumentException(
          "Sobol points cover arrivals, lengths and predictions, found servers that fail");
    }
    boolean whole =
        scenario.policy().serving().equals(new Serving.InFullBatches(Drain.FLUSH))
            && !losesRequests(scenario);
    if (scenario.traffic().hearsSystem() && !named().isEmpty()) {
      throw new IllegalArgumentException(
          "controls need arrivals and lengths whose means are known, found requests that wait for"
              + " answers to others or leave without one");
    }
    if (named().contains(LENGTH) && !(whole && Double.isFinite(scenario.lengthLaw().mean()))) {
      throw new IllegalArgumentException(
          "the control 'length' needs lengths with a finite mean and full batches that are flushed"
              + " at the end and never lost");
    }
    if (named().contains(INFINITE_SERVERS)
        && !(whole && scenario.warmUp().equals(WarmUp.NONE) && system(scenario) != null)) {
      throw new IllegalArgumentException(
          "the control 'infinite-servers' needs runs without a warm-up of full batches that are"
              + " flushed at the end, and a service and a predictor that theory knows");
    }
  }

  private static @Nullable BatchSystem system(PreparedScenario scenario) {
    return scenario.servers().isPlain() ? scenario.withoutArrivals().fullBatches() : null;
  }

  /** Whether long requests are lost more often than short ones. */
  private static boolean losesRequests(PreparedScenario scenario) {
    ServerPool.Failures failures = scenario.servers().failures();
    return failures != null && !failures.retry();
  }

  /**
   * The controls of a scenario.
   *
   * @param values the values of a metric in all observations, by its name
   */
  List<Control> controls(PreparedScenario scenario, Function<String, double[]> values) {
    List<Control> found = new ArrayList<>();
    for (String name : named()) {
      switch (name) {
        case GAP ->
            found.add(new Control(name, values.apply("gap.mean"), 1 / scenario.arrivals().rate()));
        case LENGTH -> {
          if (!losesRequests(scenario)) {
            found.add(new Control(name, values.apply("length.mean"), scenario.lengthLaw().mean()));
          }
        }
        default -> {
          BatchSystem system = system(scenario);
          if (system != null) {
            double[] unqueued = values.apply("formation.mean");
            double[] service = values.apply("service.mean");
            for (int i = 0; i < unqueued.length; i++) {
              unqueued[i] += service[i];
            }
            found.add(
                new Control(
                    name,
                    unqueued,
                    FiniteRunLatency.infiniteServers(
                            system, scenario.arrivals().rate(), scenario.requests())
                        .value()));
          }
        }
      }
    }
    return found;
  }
}

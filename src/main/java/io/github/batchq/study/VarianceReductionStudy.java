package io.github.batchq.study;

import io.github.batchq.metric.Control;
import io.github.batchq.metric.ControlVariates;
import io.github.batchq.metric.Gain;
import io.github.batchq.metric.GroupedEstimate;
import io.github.batchq.model.Require;
import io.github.batchq.random.AntitheticStreams;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.QuasiRandomStreams;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.SobolPoints;
import io.github.batchq.study.PaperScenario.Run;
import io.github.batchq.theory.BoundaryRules;
import io.github.batchq.theory.FiniteRunLatency;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.moment.Variance;

/**
 * Measures on systems of arXiv:2412.04504 what each method of variance reduction gains over plain
 * sampling with the same number of runs: lengths U(1,20), bins of equal mass, Poisson arrivals,
 * runs from empty to flush as in the paper.
 *
 * <ul>
 *   <li>Antithetic pairs of runs, against as many independent runs.
 *   <li>Controls of known mean: the mean gap, the mean length, and the latency without the wait for
 *       a server ({@link FiniteRunLatency}); each alone and all together.
 *   <li>Common random numbers for the difference between one bin and four at the same rate, against
 *       independent runs of both.
 *   <li>Sobol points for short runs and for the integral {@link BatchLengthIntegral}, also with
 *       exponential lengths; with uniform ones the bins only scale the integrand.
 * </ul>
 *
 * @param seed seed of all random numbers
 * @param replications plain runs, and antithetic pairs, of each system, at least 60; Sobol points
 *     have a quarter as many randomisations, at least 60
 * @param requests requests of a run, at least 128
 */
public record VarianceReductionStudy(long seed, int replications, long requests) {
  /** The study of which the manual shows the results. */
  public static final VarianceReductionStudy DEFAULT =
      new VarianceReductionStudy(2026, 400, 10_000);

  private static final int LEAST_REPLICATIONS = 60;
  private static final long LEAST_REQUESTS = 128;

  private static final List<Double> LOADS = List.of(0.3, 0.5, 0.8, 0.9);
  private static final int[] BATCH_SIZES = {8, 128};
  private static final int[] BINS = {1, 4};

  private static final int LOG_GROUP_OF_RUNS = 7;
  private static final int LOG_GROUP_OF_POINTS = 10;
  private static final long[] SHORT_RUNS = {32, 64};
  private static final double SHORT_RUN_LOAD = 0.8;

  public VarianceReductionStudy {
    Require.ARGUMENT.atLeast("replications", replications, LEAST_REPLICATIONS);
    Require.ARGUMENT.atLeast("requests", requests, LEAST_REQUESTS);
  }

  /** A scenario with the load at which it runs. */
  private record Case(PaperScenario scenario, double load) {}

  /** Measures all gains, on all processors. */
  public List<MeasuredGain> run() {
    List<MeasuredGain> gains = new ArrayList<>();
    for (Case one : cases()) {
      gains.addAll(longRuns(one));
    }
    for (Law law : List.of(PaperScenario.LENGTHS, new Exponential(0.1))) {
      for (int batchSize : BATCH_SIZES) {
        for (int bins : BINS) {
          gains.add(integral(law, batchSize, bins));
        }
      }
    }
    for (int bins : BINS) {
      for (long length : SHORT_RUNS) {
        gains.addAll(shortRuns(new PaperScenario(8, bins, 1), length));
      }
    }
    return gains;
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (int batchSize : BATCH_SIZES) {
      for (int bins : BINS) {
        for (double load : LOADS) {
          cases.add(new Case(new PaperScenario(batchSize, bins, 1), load));
        }
      }
    }
    for (int bins : BINS) {
      cases.add(new Case(new PaperScenario(8, bins, 8), SHORT_RUN_LOAD));
    }
    return cases;
  }

  private static Map<String, ToDoubleFunction<Run>> quantities() {
    Map<String, ToDoubleFunction<Run>> quantities = new LinkedHashMap<>();
    quantities.put("latency.mean", Run::latency);
    quantities.put("throughput", Run::throughput);
    quantities.put("latency.p99", Run::p99);
    return quantities;
  }

  /**
   * Measures antithetic pairs and controls; with one bin also common random numbers for the
   * difference from four bins.
   */
  private List<MeasuredGain> longRuns(Case one) {
    PaperScenario scenario = one.scenario();
    double rate = scenario.rate(one.load());
    String label = scenario.label(one.load());
    RandomStreams streams = new RandomStreams(seed, replications);
    List<Run> pairs =
        scenario.runs(rate, requests, 2 * replications, new AntitheticStreams(streams));
    List<Run> plain =
        IntStream.range(0, replications).mapToObj(pair -> pairs.get(2 * pair)).toList();
    Map<String, List<Control>> controls = controls(scenario, rate, plain);
    List<Run> fourBins =
        scenario.bins() == 1
            ? scenario.withBins(4).runs(rate, requests, replications, streams)
            : List.of();
    List<MeasuredGain> gains = new ArrayList<>();
    quantities()
        .forEach(
            (name, quantity) -> {
              String part = "Runs of " + requests + " requests";
              gains.add(
                  new MeasuredGain(
                      part, label, name, "antithetic pairs", grouped(values(pairs, quantity), 2)));
              double[] values = values(plain, quantity);
              controls.forEach(
                  (method, chosen) ->
                      gains.add(
                          new MeasuredGain(part, label, name, method, controlled(values, chosen))));
              if (!fourBins.isEmpty()) {
                gains.add(
                    new MeasuredGain(
                        "Difference of k = 1 and k = 4 at the same rate",
                        label,
                        name,
                        "common random numbers",
                        difference(values, values(fourBins, quantity))));
              }
            });
    return gains;
  }

  private Map<String, List<Control>> controls(PaperScenario scenario, double rate, List<Run> runs) {
    Control gap = new Control("gap", values(runs, Run::gap), 1 / rate);
    Control length = new Control("length", values(runs, Run::length), PaperScenario.LENGTHS.mean());
    Control unqueued =
        new Control(
            "infinite servers",
            values(runs, Run::unqueued),
            FiniteRunLatency.infiniteServers(scenario.system(), rate, requests).value());
    Map<String, List<Control>> controls = new LinkedHashMap<>();
    controls.put("control: gap", List.of(gap));
    controls.put("control: length", List.of(length));
    controls.put("control: infinite servers", List.of(unqueued));
    controls.put("controls: gap, length", List.of(gap, length));
    controls.put("all three controls", List.of(gap, length, unqueued));
    return controls;
  }

  private List<MeasuredGain> shortRuns(PaperScenario scenario, long length) {
    int group = 1 << LOG_GROUP_OF_RUNS;
    QuasiRandomStreams streams =
        new QuasiRandomStreams(seed, groups(), LOG_GROUP_OF_RUNS, (int) length);
    List<Run> runs =
        scenario.runs(scenario.rate(SHORT_RUN_LOAD), length, groups() * group, streams);
    List<MeasuredGain> gains = new ArrayList<>();
    quantities()
        .forEach(
            (name, quantity) ->
                gains.add(
                    new MeasuredGain(
                        "Short runs in groups of " + group,
                        scenario.label(SHORT_RUN_LOAD) + ", " + length + " requests",
                        name,
                        "Sobol points",
                        grouped(values(runs, quantity), group))));
    return gains;
  }

  private MeasuredGain integral(Law law, int batchSize, int bins) {
    SobolPoints points = new SobolPoints(seed, groups(), LOG_GROUP_OF_POINTS, batchSize);
    BatchLengthIntegral integral =
        new BatchLengthIntegral(
            law, BoundaryRules.named("equal-mass").boundaries(law, bins, batchSize), batchSize);
    return new MeasuredGain(
        "Integrals over groups of " + points.size() + " points",
        law + ", B = " + batchSize + ", k = " + bins,
        "mean longest length",
        "Sobol points",
        grouped(integral.quasiValues(points), points.size()));
  }

  /** How many randomisations the Sobol points get. */
  private int groups() {
    return Math.max(LEAST_REPLICATIONS, replications / 4);
  }

  private static Gain controlled(double[] values, List<Control> controls) {
    return Gain.of(
        values.length,
        chosen ->
            ControlVariates.of(
                    chosen(values, chosen),
                    controls.stream()
                        .map(
                            control ->
                                new Control(
                                    control.name(),
                                    Arrays.stream(chosen).mapToObj(control.values()::get).toList(),
                                    control.mean()))
                        .toList())
                .gain());
  }

  private static Gain grouped(double[] values, int size) {
    return Gain.of(
        values.length / size,
        chosen ->
            GroupedEstimate.of(
                    Arrays.stream(chosen)
                        .flatMap(group -> IntStream.range(group * size, (group + 1) * size))
                        .mapToDouble(run -> values[run])
                        .toArray(),
                    size)
                .gain());
  }

  /** Variance of a difference between independent runs over that between runs of common numbers. */
  private static Gain difference(double[] first, double[] second) {
    double[] differences = new double[first.length];
    Arrays.setAll(differences, i -> first[i] - second[i]);
    return Gain.of(
        first.length,
        chosen ->
            (variance(chosen(first, chosen)) + variance(chosen(second, chosen)))
                / variance(chosen(differences, chosen)));
  }

  private static double variance(double[] values) {
    return new Variance().evaluate(values);
  }

  private static double[] values(List<Run> runs, ToDoubleFunction<Run> quantity) {
    return runs.stream().mapToDouble(quantity).toArray();
  }

  private static double[] chosen(double[] values, int[] chosen) {
    return Arrays.stream(chosen).mapToDouble(i -> values[i]).toArray();
  }
}

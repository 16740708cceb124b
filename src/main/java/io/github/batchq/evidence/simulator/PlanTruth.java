package io.github.batchq.evidence.simulator;

import io.github.batchq.expectation.TheoryOverlay;
import io.github.batchq.expectation.TheoryOverlays;
import io.github.batchq.file.PlanQuestion;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Histograms;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.Requirement;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.Replication;
import io.github.batchq.scenario.RunMeasurement;
import io.github.batchq.sim.ServerPool;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.TheoryResult.Exact;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is true of every candidate of a small plan, by brute force: theory where it is exact, else
 * runs with random numbers of their own, until a metric is six standard errors from its limit, or
 * ten times as much has been run as a plan runs of its best.
 */
final class PlanTruth {
  /** Requests of a run and number of runs, one after the other. */
  private static final long[] REQUESTS = {16_000, 64_000, 256_000};

  private static final int[] RUNS = {8, 24, 60};

  private static final double SURE = 6;

  /** What is farther from the best than this in a first look is not the best. */
  private static final double NEAR = 0.2;

  private final PlanQuestion question;
  private final List<Metric> metrics;
  private final RandomStreams streams;
  private final Histograms histograms = new Histograms();
  private final TheoryOverlays theory = new TheoryOverlays();

  /**
   * @param seed of the random numbers, another one than the plan's
   */
  PlanTruth(PlanQuestion question, long seed) {
    this.question = question;
    this.metrics =
        Stream.concat(
                question.requirements().stream().map(Requirement::metric),
                Stream.ofNullable(question.objective()))
            .distinct()
            .toList();
    this.streams = new RandomStreams(seed, 100);
  }

  /**
   * The truth of a candidate.
   *
   * @param keeps whether it keeps the requirements
   * @param objective the true cost, or the objective's true value
   */
  record Truth(PlanQuestion.Option option, int servers, boolean keeps, double objective) {}

  /**
   * The best that truly keeps the requirements; NaN where nothing does.
   *
   * @param within servers that need not be looked at beyond, where the cost decides
   */
  double best(int within) {
    if (question.objective() != null) {
      return precise(all()).stream()
          .filter(Truth::keeps)
          .mapToDouble(Truth::objective)
          .min()
          .orElse(Double.NaN);
    }
    for (int servers : question.servers()) {
      for (PlanQuestion.Option option : question.options()) {
        if (servers <= within && of(option, servers).keeps()) {
          return servers * question.price();
        }
      }
    }
    return Double.NaN;
  }

  private List<Truth> all() {
    List<Truth> truths = new ArrayList<>();
    for (PlanQuestion.Option option : question.options()) {
      for (int servers : question.servers()) {
        truths.add(of(option, servers));
      }
    }
    return truths;
  }

  /** The truth of one candidate; its objective by the longest runs. */
  Truth precise(PlanQuestion.Option option, int servers) {
    return precise(List.of(of(option, servers))).get(0);
  }

  private Truth of(PlanQuestion.Option option, int servers) {
    PreparedScenario scenario = option.scenario().on(ServerPool.of(servers));
    TheoryOverlay overlay = theory.of(scenario);
    boolean keeps = isCarried(scenario, overlay);
    for (Requirement requirement : question.requirements()) {
      keeps = keeps && isKept(scenario, overlay, requirement);
    }
    double objective =
        question.objective() == null
            ? servers * question.price()
            : keeps ? value(scenario, overlay, question.objective(), 0) : Double.NaN;
    return new Truth(option, servers, keeps, objective);
  }

  private static boolean isCarried(PreparedScenario scenario, TheoryOverlay overlay) {
    TheoryResult capacity = overlay.capacity();
    return !(capacity instanceof Exact) || scenario.arrivals().rate() < capacity.value();
  }

  private boolean isKept(
      PreparedScenario scenario, TheoryOverlay overlay, Requirement requirement) {
    TheoryResult known = overlay.get(requirement.metric());
    if (known instanceof Exact) {
      return requirement.isKeptBy(known.value());
    }
    double value = Double.NaN;
    for (int stage = 0; stage < RUNS.length; stage++) {
      Estimate estimate = estimate(scenario, requirement.metric(), stage);
      value = estimate.mean();
      // The half-width of 95 % is about two standard errors.
      if (Math.abs(value - requirement.limit()) > SURE / 2 * estimate.halfWidth()) {
        break;
      }
    }
    return requirement.isKeptBy(value);
  }

  private double value(PreparedScenario scenario, TheoryOverlay overlay, Metric metric, int stage) {
    TheoryResult known = overlay.get(metric);
    return known instanceof Exact ? known.value() : estimate(scenario, metric, stage).mean();
  }

  /** The truths, with longer runs of those whose objective is near the best. */
  private List<Truth> precise(List<Truth> truths) {
    double least =
        truths.stream().filter(Truth::keeps).mapToDouble(Truth::objective).min().orElse(Double.NaN);
    Metric objective = question.objective();
    return truths.stream()
        .map(
            truth -> {
              boolean near = truth.keeps() && truth.objective() <= (1 + NEAR) * least;
              if (!near || objective == null) {
                return truth;
              }
              PreparedScenario scenario =
                  truth.option().scenario().on(ServerPool.of(truth.servers()));
              return new Truth(
                  truth.option(),
                  truth.servers(),
                  true,
                  value(scenario, theory.of(scenario), objective, RUNS.length - 1));
            })
        .toList();
  }

  private Estimate estimate(PreparedScenario scenario, Metric metric, int stage) {
    long requests = REQUESTS[stage];
    PreparedScenario run =
        scenario.inRuns(requests, new WarmUp(requests / 4, null)).measuring(metrics);
    double[] values = new double[RUNS[stage]];
    for (int r = 0; r < values.length; r++) {
      RunMeasurement measured = new Replication(run, streams, r).measure(metrics, histograms);
      values[r] = measured.mean(metric);
    }
    return Estimate.of(values);
  }
}

package io.github.batchq.evidence.simulator;

import io.github.batchq.engine.Parallel;
import io.github.batchq.engine.TaskProgress;
import io.github.batchq.evidence.Evidence;
import io.github.batchq.evidence.Finding;
import io.github.batchq.evidence.Statement;
import io.github.batchq.evidence.Verdict;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.ResultTable;
import io.github.batchq.policy.MultiBinBatching;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.LawSpec;
import io.github.batchq.random.Uniform;
import io.github.batchq.study.Simulation;
import io.github.batchq.study.SimulationResults;
import io.github.batchq.workload.PoissonArrivals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * Measures how often 95 % intervals cover the truth: two queues at two loads, each simulated many
 * times over as a user would, with replications whose warm-up is left out and with one long run by
 * batch means. The truth is exact for M/M/1, and for two bins comes from long runs of the second
 * implementation.
 */
public final class CoverageStudy {
  /** How often each experiment of the committed report is repeated. */
  public static final int MACRO_REPLICATIONS = 2_000;

  /** How far coverage may be from the nominal 95 %. */
  static final double TOLERANCE = 0.02;

  private static final List<String> METRICS = List.of("latency.mean", "latency.p95");
  private static final int REPLICATIONS = 10;
  private static final int LONG_RUNS = 2;

  private CoverageStudy() {}

  /**
   * A queue at a load.
   *
   * @param name what the report calls it
   * @param requests requests of a replication, warm-up included
   * @param warmUp requests of its warm-up
   * @param alone requests of the one long run
   * @param truth mean and 95 % quantile of the time in system
   */
  private record Queue(
      String name,
      Simulation simulation,
      long requests,
      long warmUp,
      long alone,
      List<Double> truth) {}

  /**
   * How often intervals of one metric of a queue, made by one method, cover its true value.
   *
   * @param queue name of the queue
   * @param method how intervals were made
   * @param metric the metric
   * @param truth its true value, in seconds
   * @param covered share of the intervals that hold it
   * @param halfWidth mean half-width as a share of the truth
   * @param without share of the runs that were too short for an interval
   */
  public record CoverageFinding(
      String queue,
      String method,
      String metric,
      double truth,
      double covered,
      double halfWidth,
      double without)
      implements Finding {
    static final List<String> COLUMNS =
        List.of(
            "queue",
            "method",
            "metric",
            "truth [s]",
            "coverage [%]",
            "half-width [% of truth]",
            "without [%]",
            "within 2 points");

    @Override
    public String quantity() {
      return queue + ", " + method + ", " + metric;
    }

    /** Whether coverage is as near to 95 % as it must be. */
    @Override
    public Verdict verdict() {
      return Verdict.of(Math.abs(covered - Estimate.CONFIDENCE) <= TOLERANCE);
    }

    @Override
    public List<String> cells() {
      return List.of(
          queue,
          method,
          metric,
          ResultTable.cell(truth),
          percent(covered),
          percent(halfWidth),
          percent(without),
          holds() ? "yes" : "no");
    }

    private static String percent(double share) {
      return String.format(Locale.ROOT, "%.2f", 100 * share);
    }
  }

  /**
   * Makes the study.
   *
   * @param macroReplications repetitions of each experiment
   * @param threads number of threads, at least 1
   */
  public static Evidence<CoverageFinding> run(
      int macroReplications, int threads, TaskProgress progress) throws InterruptedException {
    try (Parallel parallel = new Parallel(threads)) {
      List<Queue> queues = queues(macroReplications, parallel);
      List<CoverageFinding> found = new ArrayList<>();
      int all = 2 * queues.size();
      for (Queue queue : queues) {
        Simulation replicated =
            queue
                .simulation()
                .requests(queue.requests())
                .warmUp(new WarmUp(queue.warmUp(), null))
                .replications(REPLICATIONS);
        found.addAll(cover(queue, "10 replications", replicated, macroReplications, parallel));
        progress.finished(found.size() / METRICS.size(), all);
        Simulation alone =
            queue
                .simulation()
                .requests(queue.alone())
                .warmUp(new WarmUp(queue.warmUp(), null))
                .replications(1);
        found.addAll(cover(queue, "batch means", alone, macroReplications, parallel));
        progress.finished(found.size() / METRICS.size(), all);
      }
      return new Evidence<>(new Statement("Coverage", terms(macroReplications), ""), found);
    }
  }

  private static String terms(int macroReplications) {
    return String.format(
        Locale.ROOT,
        "Each experiment is made %d times with other seeds, and the share of its 95 %% intervals"
            + " that hold the truth is counted: %d replications whose warm-up is left out, with a"
            + " t-interval of %d degrees of freedom; and one long run by batch means, with a tested"
            + " batch size (quantiles: batch means of the share below). The standard error of a"
            + " coverage is %.1f points. Truth is exact for M/M/1; for two bins it is the mean of two"
            + " runs of %.0f million requests of the second implementation, with another generator."
            + " \"Without\" is the share of long runs that batchq says are too short for an interval.",
        macroReplications,
        REPLICATIONS,
        REPLICATIONS - 1,
        100 * Math.sqrt(Estimate.CONFIDENCE * (1 - Estimate.CONFIDENCE) / macroReplications),
        requestsOfTruth(macroReplications) / 1e6);
  }

  /**
   * How many requests a run has that tells the truth: so many that its error is small beside the
   * intervals tested.
   */
  private static long requestsOfTruth(int macroReplications) {
    return 40_000L * macroReplications;
  }

  private static List<Queue> queues(int macroReplications, Parallel parallel)
      throws InterruptedException {
    List<Queue> queues = new ArrayList<>();
    for (double load : new double[] {0.5, 0.9}) {
      double mean = 1 / (1 - load);
      queues.add(
          new Queue(
              "M/M/1, load " + load,
              simulation(load, new Exponential(1), new StandardBatching(1)),
              load < 0.7 ? 4_000 : 24_000,
              load < 0.7 ? 500 : 4_000,
              load < 0.7 ? 40_000 : 250_000,
              List.of(mean, -mean * Math.log(0.05))));
    }
    // U(1,20), B = 8, two equal bins: E[service] = 10.5 + 19 * 7 / (18 * 2) (Theorem 4.2).
    double capacity = 8 / (10.5 + 19.0 * 7 / 36);
    for (double load : new double[] {0.5, 0.9}) {
      queues.add(
          new Queue(
              "two bins of U(1,20), B = 8, load " + load,
              simulation(
                  load * capacity, new Uniform(1, 20), new MultiBinBatching(2, "equal-mass", 8)),
              load < 0.7 ? 6_000 : 16_000,
              load < 0.7 ? 500 : 1_500,
              load < 0.7 ? 60_000 : 250_000,
              longRun(load * capacity, macroReplications, parallel)));
    }
    return queues;
  }

  private static Simulation simulation(double rate, LawSpec lengths, PolicySpec policy) {
    return Simulation.of(new PoissonArrivals(rate), lengths, policy);
  }

  private static List<Double> longRun(double rate, int macroReplications, Parallel parallel)
      throws InterruptedException {
    List<Callable<SecondImplementation.MeasuredLatency>> runs = new ArrayList<>();
    for (int run = 0; run < LONG_RUNS; run++) {
      long seed = 1L + run;
      runs.add(
          () ->
              new SecondImplementation(new double[] {10.5}, 8, 1)
                  .run(rate, 1, 20, requestsOfTruth(macroReplications), seed));
    }
    double mean = 0;
    double p95 = 0;
    for (SecondImplementation.MeasuredLatency found : parallel.all(runs)) {
      mean += found.mean() / LONG_RUNS;
      p95 += found.p95() / LONG_RUNS;
    }
    return List.of(mean, p95);
  }

  private static List<CoverageFinding> cover(
      Queue queue, String method, Simulation simulation, int macroReplications, Parallel parallel)
      throws InterruptedException {
    List<Callable<SimulationResults>> runs = new ArrayList<>();
    for (int seed = 1; seed <= macroReplications; seed++) {
      Simulation repeated = simulation.seed(seed).threads(1);
      runs.add(repeated::run);
    }
    List<List<Estimate>> estimates = new ArrayList<>();
    for (SimulationResults results : parallel.all(runs)) {
      estimates.add(METRICS.stream().map(results::estimate).toList());
    }
    List<CoverageFinding> found = new ArrayList<>();
    for (int m = 0; m < METRICS.size(); m++) {
      double truth = queue.truth().get(m);
      int covered = 0;
      int intervals = 0;
      double halfWidths = 0;
      for (List<Estimate> of : estimates) {
        Estimate estimate = of.get(m);
        if (!Double.isNaN(estimate.halfWidth())) {
          intervals++;
          halfWidths += estimate.halfWidth();
          covered += Math.abs(estimate.mean() - truth) <= estimate.halfWidth() ? 1 : 0;
        }
      }
      found.add(
          new CoverageFinding(
              queue.name(),
              method,
              METRICS.get(m),
              truth,
              (double) covered / intervals,
              halfWidths / intervals / truth,
              1 - (double) intervals / macroReplications));
    }
    return found;
  }
}

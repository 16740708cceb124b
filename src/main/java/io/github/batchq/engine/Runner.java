package io.github.batchq.engine;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Pair;
import io.github.batchq.experiment.RunJournal;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.experiment.VarianceReduction;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.random.AntitheticStreams;
import io.github.batchq.random.QuasiRandomStreams;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamSource;
import io.github.batchq.scenario.Horizon;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.Replication;
import io.github.batchq.scenario.RunMeasurement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Runs the replications of all points of an experiment on several threads: as many as it says, or
 * as many as each point needs for the precision that it asks for. A run depends on its point, the
 * seed and its replication number alone, and how many there are on the results of a whole round of
 * them, so results do not depend on the threads. Some of the runs may be made alone, on one machine
 * of several.
 */
public final class Runner {
  private final Experiment experiment;
  private final RunProgress progress;
  private final RunJournal journal;
  private final VarianceReduction reduction;
  private final List<StreamSource> streams;
  private final boolean alone;
  private final boolean quantiles;
  private final List<List<RunMeasurement>> runs = new ArrayList<>();
  private long allRuns;
  private long finished;
  private long requests;

  private Runner(Experiment experiment, RunProgress progress, RunJournal journal) {
    this.experiment = experiment;
    this.progress = progress;
    this.journal = journal;
    this.reduction = experiment.varianceReduction();
    this.alone = experiment.mostReplications() == 1;
    this.quantiles = experiment.metrics().stream().anyMatch(Metric::isLatencyQuantile);
    experiment.points().forEach(point -> runs.add(new ArrayList<>()));
    this.streams = streams(experiment);
  }

  /** The streams of each point: the same for all, unless the experiment wants them independent. */
  private static List<StreamSource> streams(Experiment experiment) {
    VarianceReduction reduction = experiment.varianceReduction();
    int points = experiment.points().size();
    int replications = experiment.mostReplications();
    List<StreamSource> sources = new ArrayList<>();
    if (reduction.runs() > 1) {
      for (int p = 0; p < points; p++) {
        sources.add(
            new QuasiRandomStreams(
                experiment.seed() + (reduction.isCommon() ? 0 : p),
                replications,
                Integer.numberOfTrailingZeros(reduction.runs()),
                (int) experiment.points().get(p).scenario().requests()));
      }
      return sources;
    }
    RandomStreams streams =
        new RandomStreams(
            experiment.generator(),
            experiment.seed(),
            reduction.isCommon() ? replications : points * replications);
    for (int p = 0; p < points; p++) {
      int first = reduction.isCommon() ? 0 : p * replications;
      StreamSource own = (replication, name) -> streams.stream(first + replication, name);
      sources.add(reduction.groupSize() > 1 ? new AntitheticStreams(own) : own);
    }
    return sources;
  }

  /**
   * Runs an experiment.
   *
   * @param threads number of threads, at least 1
   * @param progress is told of every finished run
   * @return the value of every metric in {@link Metric#ALL}, by point, replication and metric
   * @throws BadInputException if times leave the range of numbers
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static RunResults run(Experiment experiment, int threads, RunProgress progress)
      throws InterruptedException {
    return run(experiment, threads, progress, RunJournal.NONE);
  }

  /**
   * Runs what is not finished of an experiment.
   *
   * @param threads number of threads, at least 1
   * @param progress is told of every finished run
   * @param journal knows the runs that were finished before, and is told of the others
   * @return the value of every metric in {@link Metric#ALL}, by point, replication and metric
   * @throws BadInputException if times leave the range of numbers, or the journal cannot be written
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static RunResults run(
      Experiment experiment, int threads, RunProgress progress, RunJournal journal)
      throws InterruptedException {
    return new Runner(experiment, progress, journal).run(threads);
  }

  /**
   * Makes some of the runs of an experiment.
   *
   * @param pairs which ones
   * @param threads number of threads, at least 1
   * @param progress is told of every finished run
   * @param journal knows the runs that were finished before, and is told of the others
   * @throws BadInputException if times leave the range of numbers, or the journal cannot be written
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static void run(
      Experiment experiment,
      List<Pair> pairs,
      int threads,
      RunProgress progress,
      RunJournal journal)
      throws InterruptedException {
    new Runner(experiment, progress, journal).run(pairs, threads);
  }

  private void run(List<Pair> pairs, int threads) throws InterruptedException {
    addToAllRuns(pairs.size());
    List<Callable<RunMeasurement>> tasks = new ArrayList<>();
    pairs.forEach(pair -> tasks.add(() -> measure(pair.point(), pair.replication())));
    try (Parallel parallel = new Parallel(threads)) {
      parallel.all(tasks);
    }
  }

  private RunResults run(int threads) throws InterruptedException {
    try (Parallel parallel = new Parallel(threads)) {
      int points = experiment.points().size();
      int[] wanted = new int[points];
      Arrays.fill(wanted, experiment.firstReplications());
      while (isMoreWanted(wanted)) {
        round(wanted, parallel);
        RunResults results = new RunResults(experiment, runs, requests);
        for (int p = 0; p < points; p++) {
          wanted[p] = results.wanted(p);
        }
      }
    }
    return new RunResults(experiment, runs, requests);
  }

  private boolean isMoreWanted(int[] wanted) {
    for (int p = 0; p < wanted.length; p++) {
      if (wanted[p] > runs.get(p).size()) {
        return true;
      }
    }
    return false;
  }

  /** Runs the replications that are wanted and not there yet. */
  private void round(int[] wanted, Parallel parallel) throws InterruptedException {
    List<Callable<RunMeasurement>> tasks = new ArrayList<>();
    for (int p = 0; p < wanted.length; p++) {
      int point = p;
      addToAllRuns(wanted[p] - runs.get(p).size());
      for (int r = runs.get(p).size(); r < wanted[p]; r++) {
        int replication = r;
        tasks.add(() -> measure(point, replication));
      }
    }
    Iterator<RunMeasurement> measured = parallel.all(tasks).iterator();
    for (int p = 0; p < wanted.length; p++) {
      while (runs.get(p).size() < wanted[p]) {
        runs.get(p).add(measured.next());
      }
    }
  }

  private RunMeasurement measure(int point, int replication) {
    RunMeasurement known = journal.find(point, replication);
    if (known != null) {
      finished(0);
      return known;
    }
    PreparedScenario scenario = experiment.points().get(point).scenario();
    RunMeasurement measurement =
        alone && scenario.horizon() == Horizon.STEADY && !scenario.isReplay()
            ? new Replication(scenario, streams.get(point), 0).measureAlone(quantiles)
            : measure(scenario, streams.get(point), replication);
    journal.finished(point, replication, measurement);
    finished(scenario.requests() * reduction.runs());
    return measurement;
  }

  /** Measures a replication, which may be the mean of several short runs. */
  private RunMeasurement measure(PreparedScenario scenario, StreamSource source, int replication) {
    int size = reduction.runs();
    if (size == 1) {
      return new Replication(scenario, source, replication).measure();
    }
    List<RunMeasurement> group = new ArrayList<>();
    for (int run = replication * size; run < (replication + 1) * size; run++) {
      group.add(new Replication(scenario, source, run).measure());
    }
    return RunMeasurement.mean(group);
  }

  private synchronized void addToAllRuns(int more) {
    allRuns += more;
  }

  private synchronized void finished(long moreRequests) {
    finished++;
    requests += moreRequests;
    progress.finished(finished, allRuns, requests);
  }
}

package io.github.batchq.engine;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Pair;
import io.github.batchq.experiment.RunJournal;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.model.BadInputException;
import io.github.batchq.scenario.RunMeasurement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has the replications of all points of an experiment made by an engine: as many as it says, or as
 * many as each point needs for the precision that it asks for. A run depends on its point, the seed
 * and its replication number alone, and how many there are on the results of a whole round of them,
 * so results do not depend on the engine. Some of the runs may be made alone, on one machine of
 * several.
 */
public final class Runner {
  private final Experiment experiment;
  private final RunEngine.Runs engine;
  private final RunProgress progress;
  private final RunJournal journal;
  private final List<List<RunMeasurement>> runs = new ArrayList<>();
  private long allRuns;
  private long finished;
  private long requests;

  private Runner(
      Experiment experiment, RunEngine.Runs engine, RunProgress progress, RunJournal journal) {
    this.experiment = experiment;
    this.engine = engine;
    this.progress = progress;
    this.journal = journal;
    for (int p = 0; p < experiment.points().size(); p++) {
      runs.add(new ArrayList<>(experiment.firstReplications()));
    }
  }

  /**
   * Runs an experiment on the threads of this machine.
   *
   * @param threads number of threads, at least 1
   * @param progress is told of every finished run
   * @return what the runs measured, by point, replication and metric
   * @throws BadInputException if times leave the range of numbers
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static RunResults run(Experiment experiment, int threads, RunProgress progress)
      throws InterruptedException {
    return run(experiment, threads, progress, RunJournal.NONE);
  }

  /**
   * Runs what is not finished of an experiment on the threads of this machine.
   *
   * @param threads number of threads, at least 1
   * @param progress is told of every finished run
   * @param journal knows the runs that were finished before, and is told of the others
   * @return what the runs measured, by point, replication and metric
   * @throws BadInputException if times leave the range of numbers, or the journal cannot be written
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static RunResults run(
      Experiment experiment, int threads, RunProgress progress, RunJournal journal)
      throws InterruptedException {
    try (RunEngine engine = new ThreadEngine(threads)) {
      return run(experiment, engine, progress, journal);
    }
  }

  /**
   * Runs what is not finished of an experiment.
   *
   * @param engine makes the runs
   * @param progress is told of every finished run
   * @param journal knows the runs that were finished before, and is told of the others
   * @return what the runs measured, by point, replication and metric
   * @throws BadInputException if times leave the range of numbers, the journal cannot be written,
   *     or the engine can make no runs
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static RunResults run(
      Experiment experiment, RunEngine engine, RunProgress progress, RunJournal journal)
      throws InterruptedException {
    return new Runner(experiment, engine.begin(experiment, null), progress, journal).run();
  }

  /**
   * Makes some of the runs of an experiment.
   *
   * @param pairs which ones
   * @param engine makes the runs
   * @param progress is told of every finished run
   * @param journal knows the runs that were finished before, and is told of the others
   * @throws BadInputException if times leave the range of numbers, the journal cannot be written,
   *     or the engine can make no runs
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static void run(
      Experiment experiment,
      List<Pair> pairs,
      RunEngine engine,
      RunProgress progress,
      RunJournal journal)
      throws InterruptedException {
    new Runner(experiment, engine.begin(experiment, null), progress, journal).measure(pairs);
  }

  private RunResults run() throws InterruptedException {
    int points = experiment.points().size();
    int[] wanted = new int[points];
    Arrays.fill(wanted, experiment.firstReplications());
    while (isMoreWanted(wanted)) {
      round(wanted);
      RunResults results = new RunResults(experiment, runs, requests);
      for (int p = 0; p < points; p++) {
        wanted[p] = results.wanted(p);
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
  private void round(int[] wanted) throws InterruptedException {
    List<Pair> pairs = new ArrayList<>();
    for (int p = 0; p < wanted.length; p++) {
      for (int r = runs.get(p).size(); r < wanted[p]; r++) {
        pairs.add(new Pair(p, r));
      }
    }
    Iterator<RunMeasurement> measured = measure(pairs).iterator();
    for (Pair pair : pairs) {
      runs.get(pair.point()).add(measured.next());
    }
  }

  /** What runs measure, in their order; those that the journal knows are not made again. */
  private List<RunMeasurement> measure(List<Pair> pairs) throws InterruptedException {
    allRuns += pairs.size();
    List<@Nullable RunMeasurement> known = new ArrayList<>();
    List<Pair> missing = new ArrayList<>();
    for (Pair pair : pairs) {
      RunMeasurement run = journal.find(pair.point(), pair.replication());
      known.add(run);
      if (run == null) {
        missing.add(pair);
      } else {
        finished(0);
      }
    }
    Iterator<RunMeasurement> made = engine.make(missing, this::finished).iterator();
    List<RunMeasurement> all = new ArrayList<>();
    known.forEach(run -> all.add(run == null ? made.next() : run));
    return all;
  }

  private void finished(Pair pair, RunMeasurement measurement) {
    journal.finished(pair.point(), pair.replication(), measurement);
    finished(
        experiment.points().get(pair.point()).scenario().requests()
            * experiment.varianceReduction().runs());
  }

  private synchronized void finished(long moreRequests) {
    finished++;
    requests += moreRequests;
    progress.finished(finished, allRuns, requests);
  }
}

package io.github.batchq.study.plan;

import io.github.batchq.engine.RunEngine;
import io.github.batchq.engine.Step;
import io.github.batchq.expectation.TheoryOverlays;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Pair;
import io.github.batchq.experiment.RunJournal;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.RunMeasurement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Makes the runs of a plan. Replication r meets the same traffic in all of them, on any number of
 * threads, and replications of different numbers are independent.
 */
final class PlanRuns {
  /** Replications that there are streams for. */
  private static final int MOST_REPLICATIONS = 4096;

  /** Kinds of runs that a candidate may have: stages, runs again, and changes of the traffic. */
  private static final int KINDS = 32;

  /** The number of the runs of a candidate that are made again. */
  private static final int AGAIN = Effort.STAGES;

  private final Experiment plan;
  private final RunEngine engine;
  private final RunJournal journal;
  private final LongConsumer progress;
  private final TheoryOverlays theory = new TheoryOverlays();
  private final AtomicLong made = new AtomicLong();

  /**
   * What is run.
   *
   * @param number tells these runs from all others of the plan
   * @param scenario with the length of its runs
   * @param from first replication
   * @param to after the last one
   */
  record Task(int number, PreparedScenario scenario, int from, int to) {}

  /**
   * @param plan an experiment that measures what the plan needs; its points do not matter
   * @param journal keeps what is finished
   * @param progress is told the number of runs so far, from several threads
   */
  PlanRuns(Experiment plan, RunEngine engine, RunJournal journal, LongConsumer progress) {
    this.plan = plan;
    this.engine = engine;
    this.journal = journal;
    this.progress = progress;
  }

  /** The number of a candidate's runs in a stage of a race. */
  static int number(Trial trial, int stage) {
    return trial.number() * KINDS + stage;
  }

  /** The number of a candidate's runs on fresh streams. */
  static int numberAgain(Trial trial) {
    return trial.number() * KINDS + AGAIN;
  }

  /**
   * The number of its runs with something changed.
   *
   * @param change from 0, less than 20
   */
  static int numberChanged(Trial trial, int change) {
    return trial.number() * KINDS + AGAIN + 1 + change;
  }

  /** The number of its runs with true predictions. */
  static int numberWithTruth(Trial trial) {
    return trial.number() * KINDS + KINDS - 1;
  }

  /** The number of its policy's runs on infinitely many servers. */
  static int numberUnlimited(Trial trial) {
    return trial.number() * KINDS + KINDS - 2;
  }

  TheoryOverlays theory() {
    return theory;
  }

  /** Runs so far, those of an interrupted search too. */
  long made() {
    return made.get();
  }

  /** Makes all runs of some tasks, and returns a sample for each. */
  List<Sample> make(List<Task> tasks) throws InterruptedException {
    List<Experiment.Point> points = new ArrayList<>();
    List<Pair> wanted = new ArrayList<>();
    List<List<RunMeasurement>> runs = new ArrayList<>();
    for (int t = 0; t < tasks.size(); t++) {
      Task task = tasks.get(t);
      PreparedScenario scenario = task.scenario().measuring(plan.measured());
      points.add(new Experiment.Point(List.of(), () -> scenario));
      runs.add(new ArrayList<>());
      for (int r = task.from(); r < task.to(); r++) {
        if (journal.find(task.number(), r) == null) {
          wanted.add(new Pair(t, r));
        }
      }
    }
    Experiment stage = plan.withPoints(points);
    List<RunMeasurement> found =
        engine
            .begin(stage, new Step(MOST_REPLICATIONS, List.of(), false, null))
            .make(
                wanted,
                (pair, measurement) -> {
                  journal.finished(
                      tasks.get(pair.point()).number(), pair.replication(), measurement);
                  progress.accept(made.incrementAndGet());
                });
    int next = 0;
    for (int t = 0; t < tasks.size(); t++) {
      Task task = tasks.get(t);
      for (int r = task.from(); r < task.to(); r++) {
        RunMeasurement kept = journal.find(task.number(), r);
        boolean isNew = next < wanted.size() && wanted.get(next).equals(new Pair(t, r));
        if (!isNew && kept == null) {
          throw new IllegalStateException("a run that was kept is gone");
        }
        runs.get(t).add(isNew || kept == null ? found.get(next) : kept);
        next += isNew ? 1 : 0;
      }
    }
    RunResults results = new RunResults(stage, runs, 0, theory);
    List<Sample> samples = new ArrayList<>();
    for (int t = 0; t < tasks.size(); t++) {
      samples.add(new Sample(results, t));
    }
    return samples;
  }
}

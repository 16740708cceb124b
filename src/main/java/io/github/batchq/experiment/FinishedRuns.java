package io.github.batchq.experiment;

import io.github.batchq.scenario.RunMeasurement;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs of an experiment that were made elsewhere: either all that it asks for, or those that are
 * still wanted. The replications of a point follow from its own runs alone, so this does not depend
 * on how the runs were cut into slices.
 *
 * @param results what the runs measured, of each point as far as its runs follow each other
 * @param wanted what is missing; empty if nothing is
 */
public record FinishedRuns(RunResults results, Round wanted) {
  /**
   * Gathers runs.
   *
   * @param journal the runs that are finished
   */
  public static FinishedRuns of(Experiment experiment, RunJournal journal) {
    List<List<RunMeasurement>> runs = new ArrayList<>();
    experiment.points().forEach(point -> runs.add(new ArrayList<>()));
    RunResults results = new RunResults(experiment, runs, 0);
    List<Round.Replications> wanted = new ArrayList<>();
    for (int p = 0; p < runs.size(); p++) {
      List<RunMeasurement> own = runs.get(p);
      int next = experiment.firstReplications();
      while (own.size() < next && addFinished(own, p, next, journal)) {
        next = results.wanted(p);
      }
      if (own.size() < next) {
        wanted.add(new Round.Replications(p, own.size(), next));
      }
    }
    return new FinishedRuns(results, new Round(wanted));
  }

  /** Adds the runs that are there; whether they all are. */
  private static boolean addFinished(
      List<RunMeasurement> own, int point, int wanted, RunJournal journal) {
    while (own.size() < wanted) {
      RunMeasurement run = journal.find(point, own.size());
      if (run == null) {
        return false;
      }
      own.add(run);
    }
    return true;
  }

  /** Whether the experiment asks for no other run. */
  public boolean complete() {
    return wanted.wanted().isEmpty();
  }
}

package io.github.batchq.study;

import io.github.batchq.engine.RunEngine;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Pair;
import io.github.batchq.metric.Direction;
import io.github.batchq.metric.KimNelson;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.scenario.RunMeasurement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A metric's values in as many replications of some points as a selection asks for, computed some
 * replications ahead. Their sign is such that larger ones are better.
 */
final class SelectionRuns implements KimNelson.Source {
  private final Experiment experiment;
  private final List<Integer> points;
  private final Metric metric;
  private final int mostReplications;

  /**
   * For each replication an array with a value for each point; the value means nothing where a
   * point was no longer in play.
   */
  private final List<double[]> values;

  private final RunEngine.Runs runs;
  private final int runsAhead;
  private final Runnable progress;

  /**
   * @param points the systems: indices of points of the experiment
   * @param firstStage their values in the first replications, an array for each replication
   * @param mostReplications how many may be asked for
   * @param runs makes as many replications
   * @param runsAhead about how many runs are started together
   * @param progress called after every run, from several threads
   */
  SelectionRuns(
      Experiment experiment,
      List<Integer> points,
      Metric metric,
      List<double[]> firstStage,
      int mostReplications,
      RunEngine.Runs runs,
      int runsAhead,
      Runnable progress) {
    this.experiment = experiment;
    this.points = points;
    this.metric = metric;
    this.mostReplications = mostReplications;
    this.values = new ArrayList<>(firstStage);
    this.runs = runs;
    this.runsAhead = runsAhead;
    this.progress = progress;
  }

  @Override
  public double[] observe(int replication, List<Integer> systems) throws InterruptedException {
    if (replication >= values.size()) {
      compute(systems);
    }
    double sign = metric.direction() == Direction.LOWER_IS_BETTER ? -1 : 1;
    double[] observed = new double[systems.size()];
    for (int i = 0; i < observed.length; i++) {
      double value = values.get(replication)[systems.get(i)];
      if (Double.isNaN(value)) {
        throw new BadInputException(
            "--select "
                + metric.id()
                + ": it is undefined in replication "
                + replication
                + " of the point "
                + String.join(", ", experiment.points().get(points.get(systems.get(i))).values()));
      }
      observed[i] = sign * value;
    }
    return observed;
  }

  /** The mean of a system's first values. */
  double mean(int system, int replications) {
    double sum = 0;
    for (int r = 0; r < replications; r++) {
      sum += values.get(r)[system];
    }
    return sum / replications;
  }

  private void compute(List<Integer> systems) throws InterruptedException {
    int more = Math.max(1, runsAhead / systems.size());
    int end = Math.min(values.size() + more, mostReplications);
    List<Pair> pairs = new ArrayList<>();
    for (int r = values.size(); r < end; r++) {
      for (int system : systems) {
        pairs.add(new Pair(points.get(system), r));
      }
    }
    Iterator<RunMeasurement> found =
        runs.make(pairs, (pair, measurement) -> progress.run()).iterator();
    while (values.size() < end) {
      double[] row = new double[points.size()];
      for (int system : systems) {
        row[system] = found.next().mean(metric);
      }
      values.add(row);
    }
  }
}

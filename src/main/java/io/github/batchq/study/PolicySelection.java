package io.github.batchq.study;

import io.github.batchq.engine.RunEngine;
import io.github.batchq.engine.Step;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.experiment.VarianceReduction;
import io.github.batchq.metric.Direction;
import io.github.batchq.metric.KimNelson;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Selects the best point of every group of a comparison by one metric, with procedure KN ({@link
 * KimNelson}). The experiment's replications are its first stage, and it runs more of them where it
 * needs them. Replication r meets the same traffic everywhere, on any number of threads.
 *
 * @param metric one with a direction
 * @param indifference the smallest difference that matters; as a share of the baseline's mean over
 *     the first stage it is random, and the probability holds nearly
 * @param probability least probability of a correct selection in each group, in (1/2, 1)
 * @param mostReplications of a point
 */
public record PolicySelection(
    Metric metric, Indifference indifference, double probability, int mostReplications) {
  /** There are random streams for this many replications of a point. */
  private static final int LIMIT = 100_000;

  /** How many runs are started together for each thread. */
  private static final int RUNS_AHEAD = 2;

  /** What became of a point; the table shows the names in small letters. */
  public enum Outcome {
    /** Selected. */
    BEST("best"),
    /** Worse than another, after as many replications as the table says. */
    ELIMINATED("eliminated"),
    /** Still in play when the replications ended. */
    NOT_DECIDED("not decided");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    /** The outcome as the table shows it. */
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * Requires a metric that says which values are good.
   *
   * @throws BadInputException if it has no direction
   */
  public PolicySelection {
    if (metric.direction() == Direction.NEITHER) {
      throw new BadInputException(
          "--select takes a metric that can be better or worse, found " + metric.id());
    }
  }

  /**
   * Refuses an experiment whose replications are no first stage, before it runs.
   *
   * @throws BadInputException if they are more than {@link #mostReplications}, or not independent
   *     of each other
   */
  public void check(Experiment experiment) {
    VarianceReduction reduction = experiment.varianceReduction();
    if (reduction.groupSize() > 1 || reduction.runs() > 1) {
      throw new BadInputException(
          "--select adds independent replications to those of the file: leave out antithetic and"
              + " sobolPoints of its varianceReduction");
    }
    if (mostReplications < experiment.replications() || mostReplications > LIMIT) {
      throw new BadInputException(
          "--max-replications must be between the replications of the first stage, "
              + experiment.replications()
              + ", and "
              + LIMIT
              + ", found "
              + mostReplications);
    }
  }

  /**
   * Selects in all groups.
   *
   * @param experiment one that {@link #check} accepts
   * @param comparison its groups
   * @param results its results, the first stage
   * @param engine makes the runs
   * @param progress is told the number of further runs so far; called from several threads
   * @return one row for each point: swept values, metric, indifference in the metric's unit, mean,
   *     the number of replications that the point was in play and the mean is over, and the {@link
   *     Outcome}
   * @throws BadInputException if the metric is undefined in a run, if the indifference is a share
   *     of a mean that is 0, or if times leave the range of numbers
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public ResultTable select(
      Experiment experiment,
      PolicyComparison comparison,
      RunResults results,
      RunEngine engine,
      IntConsumer progress)
      throws InterruptedException {
    List<String> columns = new ArrayList<>(comparison.paths());
    columns.addAll(List.of("metric", "indifference", "mean", "replications", "outcome"));
    List<List<String>> rows = new ArrayList<>();
    RunEngine.Runs made =
        engine.begin(experiment, new Step(mostReplications, List.of(), false, null));
    AtomicInteger runs = new AtomicInteger();
    for (PolicyComparison.Group group : comparison.members()) {
      List<Integer> points =
          Stream.concat(Stream.of(group.baseline()), group.alternatives().stream())
              .sorted()
              .toList();
      SelectionRuns source =
          new SelectionRuns(
              experiment,
              points,
              metric,
              firstStage(experiment, points, results),
              mostReplications,
              made,
              RUNS_AHEAD * engine.threads(),
              () -> progress.accept(runs.incrementAndGet()));
      double delta =
          indifference.at(source.mean(points.indexOf(group.baseline()), experiment.replications()));
      if (!(delta > 0)) {
        throw new BadInputException(
            "--indifference is a share of the baseline's mean "
                + metric.id()
                + ", which is 0 or undefined"
                + comparison.at(group.baseline())
                + ": give it as a number");
      }
      KimNelson.Selection outcome =
          new KimNelson(probability, delta, experiment.replications(), mostReplications)
              .select(points.size(), source);
      for (int i = 0; i < points.size(); i++) {
        int replications = outcome.replications().get(i);
        List<String> row = new ArrayList<>(comparison.values(points.get(i)));
        row.add(metric.id());
        row.add(ResultTable.cell(delta));
        row.add(ResultTable.cell(source.mean(i, replications)));
        row.add(Integer.toString(replications));
        row.add(outcomeOf(i, outcome).toString());
        rows.add(row);
      }
    }
    return new ResultTable(columns, rows);
  }

  /**
   * The metric's values in the experiment's replications, for each replication an array with a
   * value for each point.
   */
  private List<double[]> firstStage(
      Experiment experiment, List<Integer> points, RunResults results) {
    return IntStream.range(0, experiment.replications())
        .mapToObj(
            replication ->
                points.stream()
                    .mapToDouble(point -> results.value(point, replication, metric))
                    .toArray())
        .toList();
  }

  private static Outcome outcomeOf(int system, KimNelson.Selection outcome) {
    if (!outcome.survivors().contains(system)) {
      return Outcome.ELIMINATED;
    }
    return outcome.decided() ? Outcome.BEST : Outcome.NOT_DECIDED;
  }
}

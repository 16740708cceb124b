package io.github.batchq.study;

import io.github.batchq.expectation.Stability;
import io.github.batchq.expectation.TheoryOverlay;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import io.github.batchq.theory.TheoryResult;
import java.util.Arrays;
import java.util.List;

/** What a {@link Simulation} measured, with theory beside it. */
public final class SimulationResults {
  private final Experiment experiment;
  private final RunResults runs;

  SimulationResults(Experiment experiment, RunResults runs) {
    this.experiment = experiment;
    this.runs = runs;
  }

  /**
   * Mean of a metric over the replications, with its 95 % interval, in the metric's unit.
   *
   * @param metric its name, such as {@code latency.mean}
   * @throws BadInputException if there is no such metric, or it was not measured
   * @throws IllegalStateException if this is a sweep, whose values are in its {@link #table}
   */
  public Estimate estimate(String metric) {
    requireOnePoint();
    return runs.estimate(0, measured(metric));
  }

  /**
   * What theory says of a metric in the steady state, or in finite runs where they are the horizon,
   * in the metric's unit; undefined where it says nothing, as of a policy that it does not know.
   *
   * @param metric its name, such as {@code latency.mean}
   * @throws BadInputException if there is no such metric
   * @throws IllegalStateException if this is a sweep, whose values are in its {@link #table}
   */
  public TheoryResult theory(String metric) {
    requireOnePoint();
    return TheoryOverlay.of(experiment.points().get(0).scenario()).get(metric(metric));
  }

  /**
   * One row for each point of the sweep: its values, then each metric with the half-width of its 95
   * % interval and, where theory has a value, theory's value and its kind.
   *
   * @param metrics their names; all metrics when there are none
   * @throws BadInputException if there is no such metric
   */
  public ResultTable table(String... metrics) {
    List<Metric> chosen =
        metrics.length == 0
            ? experiment.metrics()
            : Arrays.stream(metrics).map(this::measured).toList();
    return runs.summary(chosen);
  }

  /**
   * Whether the simulation has a steady state: stable, critical or overloaded; finite where that is
   * not the question.
   *
   * @throws IllegalStateException if this is a sweep, whose verdicts are in its {@link #table}
   */
  public Stability stability() {
    requireOnePoint();
    return runs.stability(0);
  }

  private void requireOnePoint() {
    if (!experiment.paths().isEmpty()) {
      throw new IllegalStateException(
          "this is a sweep over "
              + String.join(", ", experiment.paths())
              + ": its values are in table(metrics)");
    }
  }

  private Metric measured(String name) {
    Metric metric = metric(name);
    if (!experiment.measured().contains(metric)) {
      throw new BadInputException(
          "the metric "
              + name
              + " was not measured: ask for it by Simulation.measuring(\""
              + name
              + "\")");
    }
    return metric;
  }

  static Metric metric(String name) {
    try {
      return Metric.named(name);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(String.valueOf(e.getMessage()), e);
    }
  }
}

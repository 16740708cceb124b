package io.github.batchq.experiment;

import io.github.batchq.expectation.Stability;
import io.github.batchq.expectation.Stability.Regime;
import io.github.batchq.expectation.TheoryEffort;
import io.github.batchq.expectation.TheoryOverlay;
import io.github.batchq.expectation.TheoryOverlays;
import io.github.batchq.metric.Control;
import io.github.batchq.metric.ControlVariates;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.GroupedEstimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.ResultTable;
import io.github.batchq.model.ResultTable.Cells;
import io.github.batchq.scenario.Horizon;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.RunMeasurement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** What all runs of an experiment measured. */
public final class RunResults {
  private final Experiment experiment;
  private final List<List<RunMeasurement>> runs;
  private final long requests;
  private final TheoryOverlays theory;

  /** What theory says of the point that was asked about last. */
  private @Nullable TheoryOverlay overlay;

  private int overlaid;

  /**
   * Results of an experiment.
   *
   * @param runs the measurements of the replications of each point, in their order
   * @param requests requests simulated in all runs together
   */
  public RunResults(Experiment experiment, List<List<RunMeasurement>> runs, long requests) {
    this(experiment, runs, requests, new TheoryOverlays());
  }

  /**
   * Results beside which theory is known already.
   *
   * @param theory that of the systems of other experiments
   */
  public RunResults(
      Experiment experiment,
      List<List<RunMeasurement>> runs,
      long requests,
      TheoryOverlays theory) {
    this.experiment = experiment;
    this.runs = runs;
    this.requests = requests;
    this.theory = theory;
  }

  /** What theory says of a point; it is kept until another point is asked about. */
  TheoryOverlay overlay(int point) {
    TheoryOverlay known = overlay;
    if (known == null || overlaid != point) {
      known = theory.of(experiment.points().get(point).scenario());
      overlay = known;
      overlaid = point;
    }
    return known;
  }

  /** What was run. */
  public Experiment experiment() {
    return experiment;
  }

  /** Requests simulated in all runs together. */
  public long requests() {
    return requests;
  }

  /**
   * How many replications a point should have, given those that it has: as many, or more where its
   * precision is not reached. Its own runs alone decide.
   */
  public int wanted(int point) {
    int have = replications(point);
    Precision precision = experiment.precision();
    if (precision == null
        || have >= experiment.mostReplications()
        || !isKnowable(point, precision.of())
        || precision.isReachedBy(estimate(point, precision.of()))) {
      return have;
    }
    return Math.min(precision.next(have), experiment.mostReplications());
  }

  /** Number of replications of a point. */
  public int replications(int point) {
    return runs.get(point).size();
  }

  /** The value of a metric in one run. */
  public double value(int point, int replication, Metric metric) {
    return runs.get(point).get(replication).mean(metric);
  }

  /** The values of a metric in all replications of a point. */
  double[] sample(int point, Metric metric) {
    double[] sample = new double[replications(point)];
    for (int r = 0; r < sample.length; r++) {
      sample[r] = value(point, r, metric);
    }
    return sample;
  }

  /**
   * The mean of a metric over the replications of a point, with its interval. The interval of a
   * single run is by batch means, where the steady state is asked for. At an overloaded point the
   * mean speaks of runs of this length alone.
   */
  public Estimate estimate(int point, Metric metric) {
    return replications(point) == 1
        ? runs.get(point).get(0).of(metric)
        : reduced(point, metric).estimate();
  }

  /**
   * The estimate with what variance reduction gained; controls are left out if they do not help.
   */
  ReducedEstimate reduced(int point, Metric metric) {
    VarianceReduction reduction = experiment.varianceReduction();
    double[] sample = sample(point, metric);
    GroupedEstimate grouped = GroupedEstimate.of(sample, reduction.groupSize());
    double gain =
        reduction.groupSize() > 1
            ? grouped.gain()
            : reduction.runs() > 1 ? gainOfPoints(point, metric, grouped.estimate()) : 1;
    List<Control> controls = reduction.isControlled(metric) ? controls(point) : List.of();
    if (controls.isEmpty()) {
      return new ReducedEstimate(grouped.estimate(), gain, false);
    }
    ControlVariates controlled = ControlVariates.of(observations(sample), controls);
    return controlled.helps()
        ? new ReducedEstimate(controlled.controlled(), gain * controlled.gain(), true)
        : new ReducedEstimate(grouped.estimate(), gain, false);
  }

  private List<Control> controls(int point) {
    return experiment
        .varianceReduction()
        .controls(
            experiment.points().get(point).scenario(),
            metric -> observations(sample(point, Metric.named(metric))));
  }

  /** Means of the groups of replications that depend on each other. */
  private double[] observations(double[] sample) {
    return GroupedEstimate.means(sample, experiment.varianceReduction().groupSize());
  }

  /** The variance of as many independent runs over that of the points of Sobol nets. */
  private double gainOfPoints(int point, Metric metric, Estimate ofMeans) {
    int n = replications(point);
    double within = 0;
    double between = 0;
    for (RunMeasurement replication : runs.get(point)) {
      within += replication.variance(metric) / n;
      double difference = replication.mean(metric) - ofMeans.mean();
      between += difference * difference / (n - 1);
    }
    return (within + between) / (experiment.varianceReduction().runs() * between);
  }

  /** Whether a point has a steady state, if that is the question. */
  public Stability stability(int point) {
    PreparedScenario scenario = experiment.points().get(point).scenario();
    if (scenario.horizon() == Horizon.FINITE) {
      return finite(point, scenario);
    }
    if (scenario.arrivals().isClosed()) {
      return Stability.CLOSED;
    }
    if (scenario.servers().infinite()) {
      return Stability.INFINITE_SERVERS;
    }
    if (scenario.traffic().impatience() != null) {
      return Stability.IMPATIENT;
    }
    double rate = scenario.arrivals().rate();
    double spread =
        scenario.spread(mean(point, "batch.size.mean"), mean(point, "batch.time.variation"));
    double load = overlay(point).load();
    if (!Double.isNaN(load)) {
      return Stability.ofTheory(load, spread);
    }
    if (!scenario.showsCapacity()) {
      return Stability.ofGrowth(mean(point, "backlog.growth"), Math.sqrt(2) * spread);
    }
    double backlog =
        Math.max(0, mean(point, "backlog") - scenario.mostForming()) / scenario.requests();
    return Stability.ofRun(rate / mean(point, "capacity.seen"), spread, backlog);
  }

  private Stability finite(int point, PreparedScenario scenario) {
    if (scenario.servers().infinite()) {
      return Stability.ofFinite(0, "theory");
    }
    double load = overlay(point).load();
    if (!Double.isNaN(load) || !scenario.showsCapacity()) {
      return Stability.ofFinite(load, "theory");
    }
    return Stability.ofFinite(scenario.arrivals().rate() / mean(point, "capacity.seen"), "run");
  }

  private double mean(int point, String metric) {
    return estimate(point, Metric.named(metric)).mean();
  }

  /** Whether a metric has a steady-state value at a point that its runs can tell. */
  public boolean isKnowable(int point, Metric metric) {
    return !Double.isNaN(estimate(point, metric).mean())
        && !(metric.isUnbounded() && stability(point).regime() == Regime.OVERLOADED);
  }

  /**
   * One row for each point: swept values, then every metric with its interval, the degrees of
   * freedom of the interval and its theory, then whether the point is stable and how many
   * replications it has. Times that grow without bound at an overloaded point are infinite there;
   * what its runs measured is in {@link #replications}.
   */
  public ResultTable summary() {
    return summary(experiment.metrics());
  }

  /** The summary of some metrics. */
  public ResultTable summary(List<Metric> metrics) {
    return new PointSummary(this, metrics, TheoryEffort.ALL).summary().table();
  }

  /** The summary with theory that takes no more than some effort, and how much that is. */
  public Summary summary(TheoryEffort effort) {
    return new PointSummary(this, experiment.metrics(), effort).summary();
  }

  /** One row for each point and replication: swept values, replication, every metric. */
  public ResultTable replications() {
    int[] firstRows = new int[runs.size() + 1];
    for (int p = 0; p < runs.size(); p++) {
      firstRows[p + 1] = firstRows[p] + replications(p);
    }
    int[] points = new int[firstRows[runs.size()]];
    for (int p = 0; p < runs.size(); p++) {
      Arrays.fill(points, firstRows[p], firstRows[p + 1], p);
    }
    IntUnaryOperator replication = row -> row - firstRows[points[row]];
    Map<String, Cells> columns = new LinkedHashMap<>(experiment.sweptCells(row -> points[row]));
    columns.put("replication", row -> Integer.toString(replication.applyAsInt(row)));
    for (Metric metric : experiment.metrics()) {
      columns.put(
          metric.id(),
          row -> ResultTable.cell(value(points[row], replication.applyAsInt(row), metric)));
    }
    return new ResultTable(points.length, columns);
  }
}

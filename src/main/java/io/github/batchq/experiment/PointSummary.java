package io.github.batchq.experiment;

import io.github.batchq.expectation.Stability;
import io.github.batchq.expectation.Stability.Regime;
import io.github.batchq.expectation.TheoryEffort;
import io.github.batchq.expectation.TheoryOverlay;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.ResultTable;
import io.github.batchq.model.ResultTable.Cells;
import io.github.batchq.theory.TheoryResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The summary of the points of a sweep: filled point by point, so that what theory says of one is
 * not kept while the next is asked about, and as columns of numbers, since a sweep may have a
 * million points.
 */
final class PointSummary {
  private final RunResults results;
  private final Experiment experiment;
  private final TheoryEffort effort;
  private final boolean gains;
  private final List<MetricColumns> metrics = new ArrayList<>();
  private final int[] replications;
  private final String[] regimes;
  private final double[] loads;
  private final String[] sources;
  private final String[] precision;

  PointSummary(RunResults results, List<Metric> metrics, TheoryEffort effort) {
    this.results = results;
    this.effort = effort;
    this.experiment = results.experiment();
    this.gains = experiment.varianceReduction().changesRuns();
    int points = experiment.points().size();
    metrics.forEach(metric -> this.metrics.add(new MetricColumns(metric, points)));
    this.replications = new int[points];
    this.regimes = new String[points];
    this.loads = new double[points];
    this.sources = new String[points];
    this.precision = new String[points];
    for (int p = 0; p < points; p++) {
      fill(p);
    }
  }

  private void fill(int point) {
    Stability stability = results.stability(point);
    boolean overloaded = stability.regime() == Regime.OVERLOADED;
    TheoryOverlay overlay = results.overlay(point);
    for (MetricColumns columns : metrics) {
      columns.fill(point, overloaded, overlay);
    }
    replications[point] = results.replications(point);
    regimes[point] = stability.regime().toString();
    loads[point] = stability.load();
    sources[point] = stability.source();
    Precision wanted = experiment.precision();
    precision[point] = wanted == null ? "" : reached(point, wanted);
  }

  private String reached(int point, Precision wanted) {
    if (!results.isKnowable(point, wanted.of())) {
      return "no value";
    }
    return wanted.isReachedBy(results.estimate(point, wanted.of())) ? "reached" : "not reached";
  }

  Summary summary() {
    return new Summary(
        table(),
        new TheoryExtent(
            effort,
            metrics.stream().filter(columns -> columns.leftOut).map(c -> c.metric).toList()));
  }

  private ResultTable table() {
    Map<String, Cells> columns = new LinkedHashMap<>(experiment.sweptCells(row -> row));
    metrics.forEach(metric -> metric.addTo(columns));
    columns.put("replications", row -> Integer.toString(replications[row]));
    columns.put("stability", row -> regimes[row]);
    columns.put("stability.load", Cells.of(loads));
    columns.put("stability.source", row -> sources[row]);
    if (experiment.precision() != null) {
      columns.put("precision", row -> precision[row]);
    }
    return new ResultTable(replications.length, columns);
  }

  /** What was measured of a metric, with its interval, and what theory says of it. */
  private final class MetricColumns {
    private final Metric metric;
    private final double[] means;
    private final double[] halfWidths;
    private final int[] degreesOfFreedom;
    private final double[] gain;
    private final double[] theory;
    private final String[] kinds;
    private boolean hasTheory;
    private boolean leftOut;

    MetricColumns(Metric metric, int points) {
      this.metric = metric;
      this.means = new double[points];
      this.halfWidths = new double[points];
      this.degreesOfFreedom = new int[points];
      this.gain = new double[gains ? points : 0];
      this.theory = new double[points];
      this.kinds = new String[points];
    }

    void fill(int point, boolean overloaded, TheoryOverlay overlay) {
      Estimate measured = results.estimate(point, metric);
      // A metric that no request has, such as the time to the first token in a whole batch, does
      // not grow.
      boolean infinite = overloaded && metric.isUnbounded() && !Double.isNaN(measured.mean());
      means[point] = infinite ? Double.POSITIVE_INFINITY : measured.mean();
      halfWidths[point] = infinite ? Double.NaN : measured.halfWidth();
      degreesOfFreedom[point] = infinite ? 0 : measured.degreesOfFreedom();
      if (gains) {
        gain[point] = infinite ? Double.NaN : results.reduced(point, metric).gain();
      }
      TheoryResult result = overlay.get(metric, effort);
      theory[point] = result.value();
      kinds[point] = Double.isNaN(result.value()) ? "" : result.kind();
      hasTheory |= !Double.isNaN(result.value());
      leftOut = leftOut || overlay.leavesOut(metric, effort);
    }

    void addTo(Map<String, Cells> columns) {
      columns.put(metric.id(), Cells.of(means));
      columns.put(metric.id() + ".ci95", Cells.of(halfWidths));
      columns.put(
          metric.id() + ".df",
          row -> degreesOfFreedom[row] == 0 ? "" : Integer.toString(degreesOfFreedom[row]));
      if (gains) {
        columns.put(metric.id() + ".gain", Cells.of(gain));
      }
      if (hasTheory) {
        columns.put(metric.id() + ".theory", Cells.of(theory));
        columns.put(metric.id() + ".theory.kind", row -> kinds[row]);
      }
    }
  }
}

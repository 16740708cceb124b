package io.github.batchq.experiment;

import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.theory.TheoryResult;
import java.util.ArrayList;
import java.util.List;

/** What all runs of an experiment measured. */
public final class RunResults {
  private final double[][][] values;
  private final long requests;

  RunResults(double[][][] values, long requests) {
    this.values = values;
    this.requests = requests;
  }

  /** Requests simulated in all runs together. */
  public long requests() {
    return requests;
  }

  /** The value of a metric in one run. */
  public double value(int point, int replication, Metric metric) {
    return values[point][replication][Metric.ALL.indexOf(metric)];
  }

  /** Mean of a metric over the replications of a point, with its interval. */
  public Estimate estimate(int point, Metric metric) {
    double[] sample = new double[values[point].length];
    for (int r = 0; r < sample.length; r++) {
      sample[r] = value(point, r, metric);
    }
    return Estimate.of(sample);
  }

  /** One row for each point: swept values, then every metric with its interval and its theory. */
  public ResultTable summary(Experiment experiment) {
    List<TheoryOverlay> overlays =
        experiment.points().stream().map(point -> TheoryOverlay.of(point.scenario())).toList();
    List<Metric> metrics = experiment.metrics();
    List<Boolean> hasTheory =
        metrics.stream()
            .map(metric -> overlays.stream().anyMatch(overlay -> overlay.has(metric.id())))
            .toList();
    List<String> columns = new ArrayList<>(experiment.paths());
    for (int m = 0; m < metrics.size(); m++) {
      String id = metrics.get(m).id();
      columns.add(id);
      columns.add(id + ".ci95");
      if (hasTheory.get(m)) {
        columns.add(id + ".theory");
        columns.add(id + ".theory.kind");
      }
    }
    List<List<String>> rows = new ArrayList<>();
    for (int p = 0; p < values.length; p++) {
      List<String> row = new ArrayList<>(experiment.points().get(p).values());
      for (int m = 0; m < metrics.size(); m++) {
        Estimate estimate = estimate(p, metrics.get(m));
        row.add(ResultTable.cell(estimate.mean()));
        row.add(ResultTable.cell(estimate.halfWidth()));
        if (hasTheory.get(m)) {
          TheoryResult theory = overlays.get(p).get(metrics.get(m).id());
          row.add(ResultTable.cell(theory.value()));
          row.add(Double.isNaN(theory.value()) ? "" : theory.kind());
        }
      }
      rows.add(row);
    }
    return new ResultTable(columns, rows);
  }

  /** One row for each point and replication: swept values, replication, every metric. */
  public ResultTable replications(Experiment experiment) {
    List<String> columns = new ArrayList<>(experiment.paths());
    columns.add("replication");
    experiment.metrics().forEach(metric -> columns.add(metric.id()));
    List<List<String>> rows = new ArrayList<>();
    for (int p = 0; p < values.length; p++) {
      for (int r = 0; r < values[p].length; r++) {
        List<String> row = new ArrayList<>(experiment.points().get(p).values());
        row.add(Integer.toString(r));
        for (Metric metric : experiment.metrics()) {
          row.add(ResultTable.cell(value(p, r, metric)));
        }
        rows.add(row);
      }
    }
    return new ResultTable(columns, rows);
  }
}

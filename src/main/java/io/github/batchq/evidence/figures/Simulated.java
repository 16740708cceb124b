package io.github.batchq.evidence.figures;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.ChartSpec;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.Chart;
import io.github.batchq.report.ChartStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An experiment that was run.
 *
 * @param experiment what was run
 * @param results what was measured
 */
record Simulated(Experiment experiment, RunResults results) {
  /** Its charts as files. */
  Map<String, byte[]> charts(ChartStyle style) {
    ResultTable summary = results.summary();
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (ChartSpec chart : experiment.charts()) {
      files.putAll(new Chart(chart, summary, Metric::unitOf, style).files());
    }
    return files;
  }

  /** The estimate of a metric at a point of the sweep. */
  Estimate at(String metric, String... values) {
    for (int p = 0; p < experiment.points().size(); p++) {
      if (experiment.points().get(p).values().equals(List.of(values))) {
        return results.estimate(p, metric(metric));
      }
    }
    throw new IllegalArgumentException(
        experiment.name() + " has no point " + String.join(", ", values));
  }

  static Metric metric(String id) {
    return Metric.ALL.stream().filter(metric -> metric.id().equals(id)).findFirst().orElseThrow();
  }
}

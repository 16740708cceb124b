package io.github.batchq.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Names of paths and metrics as the axes and the legend of a chart say them. */
final class AxisLabels {
  private AxisLabels() {}

  /** Label of a swept path: "arrival rate [req/s]", else its parts in words. */
  static String ofPath(String path) {
    return path.equals("arrivals.rate") ? "arrival rate [req/s]" : words(path);
  }

  /** Label of a metric with its unit; none for a share, whose unit is 1. */
  static String ofMetric(String metric, String unit) {
    return unit.isEmpty() || unit.equals("1")
        ? ofMetric(metric)
        : ofMetric(metric) + " [" + unit + "]";
  }

  /** A metric in words, the statistic in front: "mean latency", "p99 latency". */
  static String ofMetric(String metric) {
    List<String> parts = new ArrayList<>(List.of(metric.split("\\.", -1)));
    if (parts.get(parts.size() - 1).matches("mean|p[0-9]+")) {
      parts.add(0, parts.remove(parts.size() - 1));
    }
    return words(String.join(".", parts));
  }

  /** Last part of a path in words: "batch size" for policy.batchSize. */
  static String lastPart(String path) {
    return words(path.substring(path.lastIndexOf('.') + 1));
  }

  private static String words(String path) {
    return path.replace('.', ' ').replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
  }
}

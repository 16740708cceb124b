package io.github.batchq.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Puts the names of paths and metrics into the words of axes and legends. */
public final class AxisLabels {
  private AxisLabels() {}

  /**
   * The label of a swept path, such as "arrival rate [req/s]" for {@code arrivals.rate}; for a path
   * that is not known, its parts in words.
   */
  public static String ofPath(String path) {
    return path.equals("arrivals.rate") ? "arrival rate [req/s]" : words(path);
  }

  /** The label of a metric with its unit, which is left out where it is 1. */
  public static String ofMetric(String metric, String unit) {
    return unit.isEmpty() || unit.equals("1")
        ? ofMetric(metric)
        : ofMetric(metric) + " [" + unit + "]";
  }

  /** A metric in words with the statistic in front, such as "mean latency" or "p99 latency". */
  public static String ofMetric(String metric) {
    List<String> parts = new ArrayList<>(List.of(metric.split("\\.", -1)));
    if (parts.get(parts.size() - 1).matches("mean|p[0-9]+")) {
      parts.add(0, parts.remove(parts.size() - 1));
    }
    return words(String.join(".", parts));
  }

  /** The last part of a path in words, such as "batch size" for policy.batchSize. */
  public static String lastPart(String path) {
    return words(path.substring(path.lastIndexOf('.') + 1));
  }

  private static String words(String path) {
    return path.replace('.', ' ').replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
  }
}

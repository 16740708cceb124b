package io.github.batchq.experiment;

import io.github.batchq.metric.Metric;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which metrics the runs of an experiment must measure, so that it can say what it was asked. */
final class MeasuredMetrics {
  /** What is said of all runs, and what tells whether a point has a steady state. */
  private static final List<String> OF_EVERY_RUN =
      List.of(
          "batches.flushed",
          "requests.discarded",
          "batch.size.mean",
          "batch.time.variation",
          "backlog",
          "backlog.growth",
          "capacity.seen");

  private MeasuredMetrics() {}

  /**
   * What is asked for and what is needed besides, in the order of {@link Metric#ALL}; what is not
   * there follows by name.
   *
   * @param asked what is asked for
   * @param sampling what it is estimated from
   */
  static List<Metric> of(List<Metric> asked, Sampling sampling) {
    Set<Metric> needed = new HashSet<>(asked);
    OF_EVERY_RUN.forEach(name -> needed.add(Metric.named(name)));
    sampling.varianceReduction().controlled().forEach(name -> needed.add(Metric.named(name)));
    Precision precision = sampling.precision();
    if (precision != null) {
      needed.add(precision.of());
    }
    return Stream.concat(
            Metric.ALL.stream().filter(needed::contains),
            needed.stream()
                .filter(metric -> !Metric.ALL.contains(metric))
                .sorted(Comparator.comparing(Metric::id)))
        .toList();
  }
}

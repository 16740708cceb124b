package io.github.batchq.study;

import io.github.batchq.metric.Direction;
import io.github.batchq.metric.MeasuredValue;
import io.github.batchq.metric.Metric;
import io.github.batchq.workload.Trace;
import io.github.batchq.workload.Trace.LengthUnit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A run as a comparison sees it: the times of its requests where they are known, in the order of
 * arrival, and values of the whole run.
 *
 * @param name the file that it comes from
 * @param times in seconds, by what they are: {@code ttft}, {@code tpot}, {@code latency}, {@code
 *     service}
 * @param values by metric; NaN where it has no value, infinite where it grows without bound
 */
record ComparedRun(String name, Map<String, double[]> times, Map<String, Double> values) {
  private static final String MEAN = "mean";
  private static final List<String> STATISTICS = List.of(MEAN, "p50", "p90", "p99");
  private static final int PERCENT = 100;

  /**
   * A measured run.
   *
   * @param first number of the first request that counts
   */
  static ComparedRun of(Trace trace, int first) {
    Map<String, double[]> times = new LinkedHashMap<>();
    boolean timed = trace.hasArrivalTimes();
    put(times, "ttft", trace, first, i -> trace.firstToken(i) - (timed ? trace.arrivalTime(i) : 0));
    if (trace.unit() == LengthUnit.TOKENS) {
      put(
          times,
          "tpot",
          trace,
          first,
          i ->
              trace.length(i) > 1
                  ? (trace.end(i) - trace.firstToken(i)) / (trace.length(i) - 1)
                  : Double.NaN);
    }
    put(times, "latency", trace, first, i -> trace.end(i) - (timed ? trace.arrivalTime(i) : 0));
    if (trace.unit() == LengthUnit.SECONDS) {
      put(times, "service", trace, first, trace::length);
    }
    Map<String, Double> values = new LinkedHashMap<>();
    if (timed && times.containsKey("latency")) {
      putRates(values, trace, first);
    }
    return new ComparedRun(trace.name(), times, values);
  }

  private static void put(
      Map<String, double[]> times, String what, Trace trace, int first, IntToDoubleFunction time) {
    double[] known =
        IntStream.range(first, trace.size())
            .mapToDouble(time)
            .filter(value -> !Double.isNaN(value))
            .toArray();
    if (known.length > 0) {
      times.put(what, known);
    }
  }

  /** What was completed over the time from the first arrival to the last completion. */
  private static void putRates(Map<String, Double> values, Trace trace, int first) {
    int[] ended =
        IntStream.range(first, trace.size()).filter(i -> !Double.isNaN(trace.end(i))).toArray();
    double last = Arrays.stream(ended).mapToDouble(trace::end).max().orElseThrow();
    double duration = last - trace.arrivalTime(first);
    if (duration > 0) {
      values.put(Metric.THROUGHPUT.id(), ended.length / duration);
      if (trace.unit() == LengthUnit.TOKENS) {
        double tokens = Arrays.stream(ended).mapToDouble(trace::length).sum();
        values.put("tokens.throughput", tokens / duration);
      }
    }
  }

  /** The metrics that are compared where none are named. */
  List<String> metrics() {
    List<String> metrics = new ArrayList<>();
    times
        .keySet()
        .forEach(what -> STATISTICS.forEach(statistic -> metrics.add(what + "." + statistic)));
    metrics.addAll(values.keySet());
    return metrics;
  }

  /** Whether it tells a metric. */
  boolean tells(String metric) {
    return values.containsKey(metric)
        || (times.containsKey(quantity(metric))
            && (isMean(metric) || !Double.isNaN(level(metric))));
  }

  /** Whether the requests that a metric is taken over are known. */
  boolean knowsRequests(String metric) {
    return !values.containsKey(metric);
  }

  /** How many requests a metric is taken over; 0 where that is not known. */
  int requests(String metric) {
    return times.getOrDefault(quantity(metric), new double[0]).length;
  }

  /** The value of a metric that it tells, with what its own requests tell of its error. */
  MeasuredValue measured(String metric) {
    Double value = values.get(metric);
    if (value != null) {
      return MeasuredValue.overRuns(new double[] {value});
    }
    double[] known = times.getOrDefault(quantity(metric), new double[0]);
    return isMean(metric)
        ? MeasuredValue.meanOfRun(known)
        : MeasuredValue.quantileOfRun(known, level(metric));
  }

  /** Which values of a metric are good. */
  static Direction direction(String metric) {
    try {
      return Metric.named(metric).direction();
    } catch (IllegalArgumentException e) {
      // A column that a later version may know: nobody can say which of its values are good.
      return Direction.NEITHER;
    }
  }

  /** Level of the quantile that a name such as {@code ttft.p99.9} asks for; NaN if it is none. */
  static double level(String metric) {
    String statistic = statistic(metric);
    if (!statistic.matches("p\\d{1,2}(\\.\\d{1,9})?")) {
      return Double.NaN;
    }
    double level =
        new BigDecimal(statistic.substring(1)).divide(BigDecimal.valueOf(PERCENT)).doubleValue();
    return level > 0 ? level : Double.NaN;
  }

  private static boolean isMean(String metric) {
    return statistic(metric).equals(MEAN);
  }

  private static String quantity(String metric) {
    return metric.substring(0, Math.max(0, metric.indexOf('.')));
  }

  private static String statistic(String metric) {
    return metric.substring(metric.indexOf('.') + 1);
  }
}

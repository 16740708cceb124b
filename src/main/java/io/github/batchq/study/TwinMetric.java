package io.github.batchq.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * A figure of a run that is compared with a measured one.
 *
 * @param of what it is a figure of
 * @param percent 0 for the mean, else that of the quantile, by linear interpolation
 */
record TwinMetric(Subject of, int percent) {
  /** What requests are measured by. */
  enum Subject {
    /** All requests of the run over the time from the first arrival to the last token. */
    THROUGHPUT("throughput", "req/s"),
    /** Time from arrival to the first token. */
    TTFT("ttft", "s"),
    /** Mean time of each token of a request after its first. */
    TPOT("tpot", "s"),
    /** Time between two tokens. */
    ITL("itl", "s"),
    /** Time from arrival to the last token. */
    LATENCY("latency", "s");

    private final String id;
    private final String unit;

    Subject(String id, String unit) {
      this.id = id;
      this.unit = unit;
    }

    String id() {
      return id;
    }

    String unit() {
      return unit;
    }

    /** Its value for each request; NaN where that is not known. */
    IntToDoubleFunction of(RequestTimes times) {
      return switch (this) {
        case TTFT -> times::firstTokenTime;
        case TPOT -> times::timePerToken;
        case LATENCY -> times::latency;
        case ITL, THROUGHPUT -> i -> Double.NaN;
      };
    }
  }

  /** All of them, in the order of tables. */
  static final List<TwinMetric> ALL = all();

  private static List<TwinMetric> all() {
    List<TwinMetric> all = new ArrayList<>(List.of(new TwinMetric(Subject.THROUGHPUT, 0)));
    for (Subject of : List.of(Subject.TTFT, Subject.TPOT, Subject.ITL, Subject.LATENCY)) {
      for (int percent : new int[] {0, 50, 90, 99}) {
        all.add(new TwinMetric(of, percent));
      }
    }
    return List.copyOf(all);
  }

  /** Its name in tables. */
  String id() {
    return of == Subject.THROUGHPUT ? of.id : of.id + (percent == 0 ? ".mean" : ".p" + percent);
  }

  /** Its value for some requests of a run; NaN where no request tells it. */
  double value(RequestTimes times, int[] requests) {
    if (of == Subject.THROUGHPUT) {
      double last = 0;
      for (double end : times.ends()) {
        last = Math.max(last, end); // NaN, if one is not known
      }
      return times.size() / last;
    }
    double[] known = RequestTimes.known(requests, of.of(times));
    return percent == 0 ? StatUtils.mean(known) : quantile(known, percent);
  }

  /** The values of all of them. */
  static double[] values(RequestTimes times, int[] requests) {
    return ALL.stream().mapToDouble(metric -> metric.value(times, requests)).toArray();
  }

  /** A quantile by linear interpolation; NaN of nothing. */
  static double quantile(double[] values, double percent) {
    return values.length == 0
        ? Double.NaN
        : new Percentile().withEstimationType(EstimationType.R_7).evaluate(values, percent);
  }

  /** The same times, without those that another run does not know. */
  static RequestTimes asKnown(RequestTimes times, RequestTimes other) {
    return new RequestTimes(
        times.arrivals(),
        where(times.firsts(), other.firsts()),
        where(times.ends(), other.ends()),
        times.tokens());
  }

  private static double[] where(double[] values, double[] known) {
    double[] kept = Arrays.copyOf(values, values.length);
    IntStream.range(0, kept.length)
        .filter(i -> Double.isNaN(known[i]))
        .forEach(i -> kept[i] = Double.NaN);
    return kept;
  }
}

package io.github.batchq.report;

import io.github.batchq.model.ChartSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Draws a measured run beside its replay. */
public final class TwinCharts {
  private static final int POINTS = 40;
  private static final int TIMES = 80;

  /** More points than this hide each other. */
  private static final int MOST_REQUESTS = 1000;

  /** Axes are logarithmic if large values are at least this many times the small ones. */
  private static final double WIDE = 50;

  private static final String MEASURED = "measured";
  private static final String REPLAYED = "replayed";

  private final List<Request> requests;

  /**
   * What a request had.
   *
   * @param part which part of the run it is of, fitted or compared
   * @param arrival when it arrived, in seconds
   * @param tokens how many it generated
   * @param measured times of its first and last tokens, in seconds; NaN where not known
   * @param replayed the same of the replay
   */
  public record Request(
      String part, double arrival, double tokens, Times measured, Times replayed) {}

  /**
   * Times of the first and the last token, in seconds; NaN where not known.
   *
   * @param first the first token
   * @param end the last token
   */
  public record Times(double first, double end) {}

  /**
   * @param requests in order of arrival
   */
  public TwinCharts(List<Request> requests) {
    this.requests = List.copyOf(requests);
  }

  /** A time of a request. */
  private record Subject(
      String name,
      String label,
      ToDoubleFunction<Request> measured,
      ToDoubleFunction<Request> replayed) {}

  private static final List<Subject> SUBJECTS =
      List.of(
          new Subject(
              "ttft",
              "TTFT [s]",
              request -> request.measured.first - request.arrival,
              request -> request.replayed.first - request.arrival),
          new Subject(
              "tpot",
              "TPOT [s]",
              request -> perToken(request, request.measured),
              request -> perToken(request, request.replayed)),
          new Subject(
              "latency",
              "time in system [s]",
              request -> request.measured.end - request.arrival,
              request -> request.replayed.end - request.arrival));

  private static double perToken(Request request, Times times) {
    return request.tokens > 1 ? (times.end - times.first) / (request.tokens - 1) : Double.NaN;
  }

  /** The charts as files, name with extension to content. */
  public Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Subject subject : SUBJECTS) {
      List<Request> known =
          requests.stream()
              .filter(
                  request ->
                      !Double.isNaN(subject.measured.applyAsDouble(request))
                          && !Double.isNaN(subject.replayed.applyAsDouble(request)))
              .toList();
      if (known.size() > 1) {
        files.putAll(scatter(subject, known));
        files.putAll(shares(subject, known));
      }
    }
    files.putAll(running());
    return files;
  }

  /** Replayed over measured, one point a request. */
  private Map<String, byte[]> scatter(Subject subject, List<Request> known) {
    SeriesRows rows = rows();
    int every = 1 + known.size() / MOST_REQUESTS;
    for (int i = 0; i < known.size(); i += every) {
      Request request = known.get(i);
      double x = subject.measured.applyAsDouble(request);
      rows.point(request.part, x, subject.replayed.applyAsDouble(request));
    }
    double[] xs = known.stream().mapToDouble(subject.measured).sorted().toArray();
    for (int i = 0; i <= POINTS; i++) {
      double x = xs[0] + (xs[xs.length - 1] - xs[0]) * i / POINTS;
      rows.line("equal", x, x);
    }
    ChartSpec.Scale scale = scale(xs);
    return rows.files(
        subject.name + "-requests",
        new ChartSpec.Axes("measured " + subject.label, "replayed " + subject.label, scale, scale),
        "points: requests; line: where both agree",
        ChartStyle.SCREEN);
  }

  private static ChartSpec.Scale scale(double[] sorted) {
    double low = sorted[sorted.length / 100];
    double high = sorted[sorted.length - 1 - sorted.length / 100];
    return low > 0 && sorted[0] > 0 && high > WIDE * low
        ? ChartSpec.Scale.LOG
        : ChartSpec.Scale.LINEAR;
  }

  /** Shares of requests up to a value, of the same requests measured and replayed. */
  private static Map<String, byte[]> shares(Subject subject, List<Request> known) {
    double[] measured = known.stream().mapToDouble(subject.measured).sorted().toArray();
    double[] replayed = known.stream().mapToDouble(subject.replayed).sorted().toArray();
    SeriesRows rows = rows();
    int points = Math.min(POINTS, known.size());
    for (int i = 0; i < points; i++) {
      double share = (i + 0.5) / points;
      rows.point(MEASURED, at(measured, share), share);
    }
    int lines = Math.min(5 * POINTS, known.size());
    for (int i = 0; i < lines; i++) {
      double share = (i + 0.5) / lines;
      rows.line(REPLAYED, at(replayed, share), share);
    }
    double[] both =
        DoubleStream.concat(Arrays.stream(measured), Arrays.stream(replayed)).sorted().toArray();
    return rows.files(
        subject.name + "-cdf",
        new ChartSpec.Axes(
            subject.label, "share of requests up to it", scale(both), ChartSpec.Scale.LINEAR),
        "points: measured; line: replayed",
        ChartStyle.SCREEN);
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) (share * sorted.length)];
  }

  /** How many requests are between their first and last tokens, over time. */
  private Map<String, byte[]> running() {
    double[] ends =
        requests.stream()
            .flatMapToDouble(request -> DoubleStream.of(request.measured.end, request.replayed.end))
            .filter(end -> !Double.isNaN(end))
            .toArray();
    double end = Arrays.stream(ends).max().orElse(0);
    if (end == 0) {
      return Map.of();
    }
    SeriesRows rows = rows();
    List<Times> measured = requests.stream().map(Request::measured).toList();
    List<Times> replayed = requests.stream().map(Request::replayed).toList();
    for (int i = 0; i <= TIMES; i++) {
      double now = end * i / TIMES;
      rows.point(MEASURED, now, count(now, measured));
    }
    for (int i = 0; i <= 5 * TIMES; i++) {
      double now = end * i / (5 * TIMES);
      rows.line(REPLAYED, now, count(now, replayed));
    }
    return rows.files(
        "running",
        new ChartSpec.Axes(
            "time since the first arrival [s]",
            "requests between first and last token",
            ChartSpec.Scale.LINEAR,
            ChartSpec.Scale.LINEAR),
        "points: measured; line: replayed",
        ChartStyle.SCREEN);
  }

  private static double count(double now, List<Times> all) {
    return all.stream().filter(times -> times.first <= now && now < times.end).count();
  }

  private static SeriesRows rows() {
    return new SeriesRows("series", "x", "value");
  }
}

package io.github.batchq.study;

import io.github.batchq.metric.Estimate;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.SortedNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How a time of requests is distributed, at one point of a sweep: curves through the means over
 * replications, with their pointwise intervals where there are several.
 */
public final class Distributions {
  private static final int POINTS = 120;
  private static final int CELLS = 40;
  private static final int CLASSES = 20;

  /** Requests of all replications that a point of a tail stands for at least. */
  private static final int FEWEST = 10;

  /** The share of the requests that a histogram shows. */
  private static final double SHOWN = 0.995;

  private final List<double[]> sorted;
  private final List<Replication> replications;
  private final double[] all;

  /** The requests of a replication. */
  public static final class Replication {
    private final double[] times;
    private final double[] lengths;

    /**
     * Takes over numbers.
     *
     * @param times their times, s, at least 0
     * @param lengths their true lengths, in the same order
     */
    public Replication(double[] times, double[] lengths) {
      this.times = times;
      this.lengths = lengths;
    }
  }

  /**
   * A point of a curve.
   *
   * @param x where it is
   * @param y the mean over replications
   * @param low lower end of its 95 % interval; NaN with a single replication
   * @param high upper end of that
   */
  public record At(double x, double y, double low, double high) {}

  /**
   * @param replications each with the requests that have such a time
   * @throws BadInputException if one has none
   */
  public Distributions(List<Replication> replications) {
    if (replications.isEmpty() || replications.stream().anyMatch(one -> one.times.length == 0)) {
      throw new BadInputException("no request has this time, so it has no distribution");
    }
    this.replications = List.copyOf(replications);
    this.sorted = replications.stream().map(one -> sorted(one.times)).toList();
    this.all =
        sorted(
            replications.stream().map(one -> one.times).flatMapToDouble(Arrays::stream).toArray());
  }

  private static double[] sorted(double[] values) {
    double[] copy = values.clone();
    Arrays.sort(copy);
    return copy;
  }

  /** Whether there are several replications, so that curves have intervals. */
  public boolean hasIntervals() {
    return replications.size() > 1;
  }

  /** The share of requests whose time is at most x. */
  public List<At> cdf() {
    double last = quantile(1 - (double) FEWEST / all.length);
    return grid(last, x -> times -> share(times, x));
  }

  /** The share of requests whose time is more than x, as far as ten of them are. */
  public List<At> ccdf() {
    double last = quantile(1 - (double) FEWEST / all.length);
    return grid(last, x -> times -> 1 - share(times, x));
  }

  /** What is computed of sorted times at a place. */
  private interface AtPlace {
    ToDoubleFunction<double[]> at(double x);
  }

  private List<At> grid(double last, AtPlace value) {
    List<At> points = new ArrayList<>();
    for (int i = 0; i <= POINTS; i++) {
      double x = last * i / POINTS;
      At point = at(x, sorted.stream().mapToDouble(value.at(x)).toArray());
      // Shares are at most 1.
      points.add(new At(x, point.y(), point.low(), Math.min(1, point.high())));
    }
    return points;
  }

  private double quantile(double level) {
    return all[Math.max(0, Math.min(all.length - 1, (int) Math.ceil(level * all.length) - 1))];
  }

  private static double share(double[] times, double x) {
    return (double) SortedNumbers.atMost(times, x) / times.length;
  }

  /** Shares of requests per unit of time, as the outline of bars of equal width. */
  public List<At> histogram() {
    double width = quantile(SHOWN) / CELLS;
    List<At> outline = new ArrayList<>();
    outline.add(new At(0, 0, Double.NaN, Double.NaN));
    for (int cell = 0; cell < CELLS && width > 0; cell++) {
      double from = cell * width;
      double to = (cell + 1) * width;
      // A time of 0 belongs to the first bar.
      double before = cell == 0 ? 0 : share(all, from);
      double density = (share(all, to) - before) / width;
      outline.add(new At(from, density, Double.NaN, Double.NaN));
      outline.add(new At(to, density, Double.NaN, Double.NaN));
    }
    return outline;
  }

  /** Mean times of classes of lengths that hold about equally many requests. */
  public List<At> byLength() {
    double[] lengths =
        sorted(
            replications.stream()
                .map(one -> one.lengths)
                .flatMapToDouble(Arrays::stream)
                .toArray());
    double[] edges =
        Stream.iterate(1, i -> i < CLASSES, i -> i + 1)
            .mapToDouble(i -> lengths[i * lengths.length / CLASSES])
            .distinct()
            .toArray();
    List<At> points = new ArrayList<>();
    for (int c = 0; c <= edges.length; c++) {
      double from = c == 0 ? Double.NEGATIVE_INFINITY : edges[c - 1];
      double to = c == edges.length ? Double.POSITIVE_INFINITY : edges[c];
      int first = SortedNumbers.below(lengths, from);
      int end = SortedNumbers.below(lengths, to);
      double x = Arrays.stream(lengths, first, end).average().orElse(Double.NaN);
      double[] means = replications.stream().mapToDouble(one -> mean(one, from, to)).toArray();
      if (!Double.isNaN(x) && Arrays.stream(means).noneMatch(Double::isNaN)) {
        points.add(at(x, means));
      }
    }
    return points;
  }

  private static double mean(Replication one, double from, double to) {
    double sum = 0;
    int number = 0;
    for (int i = 0; i < one.times.length; i++) {
      if (one.lengths[i] >= from && one.lengths[i] < to) {
        sum += one.times[i];
        number++;
      }
    }
    return sum / number;
  }

  private static At at(double x, double[] values) {
    Estimate estimate = Estimate.of(values);
    double halfWidth = estimate.halfWidth();
    return new At(
        x, estimate.mean(), Math.max(0, estimate.mean() - halfWidth), estimate.mean() + halfWidth);
  }
}

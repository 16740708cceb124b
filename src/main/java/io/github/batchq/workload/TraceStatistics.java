package io.github.batchq.workload;

import io.github.batchq.workload.Trace.LengthUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/** What a trace is, in numbers. */
public final class TraceStatistics {
  /** Ranks are taken of about so many requests, evenly spaced. */
  private static final int RANKED = 100_000;

  private static final double[] SHARES = {0.5, 0.9, 0.95, 0.99};

  private final Trace trace;
  private final TraceClock clock;

  /**
   * @param trace the trace
   */
  public TraceStatistics(Trace trace) {
    this.trace = trace;
    this.clock = new TraceClock(trace);
  }

  /**
   * A number that describes a trace.
   *
   * @param of what it is of: requests, gaps, lengths or prompts
   * @param name which number
   * @param value its value; NaN where it is not defined
   * @param unit its unit; 1 for a ratio
   */
  public record Item(String of, String name, double value, String unit) {}

  /**
   * How bursty arrivals are over windows of a length.
   *
   * @param seconds length of a window
   * @param windows how many there are, at least 30
   * @param index variance of the number of arrivals in a window over its mean; 1 for Poisson
   *     arrivals
   * @param most arrivals in a second in the busiest window, on average
   */
  public record Dispersion(double seconds, int windows, double index, double most) {}

  /** Requests, gaps where the trace tells them, lengths, prompts and how they hang together. */
  public List<Item> items() {
    List<Item> items = new ArrayList<>();
    items.add(new Item("requests", "number", trace.size(), "requests"));
    if (trace.hasArrivalTimes()) {
      describeArrivals(items);
    }
    String unit = trace.unit() == LengthUnit.TOKENS ? "tokens" : "s";
    describe(items, "lengths", trace.size(), trace::length, unit);
    if (hasPrompts()) {
      describe(items, "prompts", trace.size(), trace::promptTokens, "tokens");
      correlations(items);
    }
    return items;
  }

  private void describeArrivals(List<Item> items) {
    items.add(new Item("requests", "duration", trace.duration(), "s"));
    items.add(new Item("requests", "rate", trace.rate(), "req/s"));
    int gaps = trace.size() - 1;
    describe(items, "gaps", gaps, this::gap, "s");
    items.add(new Item("gaps", "equal times", clock.equal(), "requests"));
    if (clock.tick() > 0) {
      items.add(new Item("gaps", "tick of the clock", clock.tick(), "s"));
    }
  }

  /** Whether some request has a prompt. */
  public boolean hasPrompts() {
    return IntStream.range(0, trace.size()).anyMatch(i -> trace.promptTokens(i) > 0);
  }

  /** The gap before the request after request {@code i}. */
  private double gap(int i) {
    return trace.arrivalTime(i + 1) - trace.arrivalTime(i);
  }

  private static void describe(
      List<Item> items, String of, int size, IntToDoubleFunction value, String unit) {
    double[] sorted = new double[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sorted[i] = value.applyAsDouble(i);
      sum += sorted[i];
    }
    double mean = sum / size;
    double squares = 0;
    double products = 0;
    for (int i = 0; i < size; i++) {
      double deviation = sorted[i] - mean;
      squares += deviation * deviation;
      products += i == 0 ? 0 : deviation * (sorted[i - 1] - mean);
    }
    Arrays.sort(sorted);
    items.add(new Item(of, "mean", mean, unit));
    items.add(new Item(of, "coefficient of variation", Math.sqrt(squares / size) / mean, "1"));
    items.add(new Item(of, "smallest", sorted[0], unit));
    for (double share : SHARES) {
      double quantile = sorted[(int) Math.ceil(share * size) - 1];
      items.add(new Item(of, Math.round(100 * share) + " % quantile", quantile, unit));
    }
    items.add(new Item(of, "largest", sorted[size - 1], unit));
    items.add(new Item(of, "different values", Arrays.stream(sorted).distinct().count(), "1"));
    items.add(new Item(of, "correlation of neighbours", products / squares, "1"));
  }

  private void correlations(List<Item> items) {
    items.add(new Item("prompts and lengths", "correlation", correlation(), "1"));
    EvenSample ranked = new EvenSample(trace.size(), RANKED);
    int step = ranked.step();
    double[] prompts = ranked.values(trace::promptTokens);
    double[] lengths = ranked.values(trace::length);
    items.add(
        new Item(
            "prompts and lengths",
            "correlation of ranks" + (step == 1 ? "" : ", one request in " + step),
            new SpearmansCorrelation().correlation(prompts, lengths),
            "1"));
  }

  private double correlation() {
    double[] prompts = new double[trace.size()];
    for (int i = 0; i < prompts.length; i++) {
      prompts[i] = trace.promptTokens(i);
    }
    return new PearsonsCorrelation().correlation(prompts, trace.lengths(trace.size()));
  }

  /**
   * The index of dispersion of the numbers of arrivals in windows of 1, 10, 100, ... mean gaps, as
   * long as there are 30 windows: it does not depend on the unit of time, and where it goes on
   * growing, bursts are longer than the windows. Where times are equal, windows are whole ticks.
   * None where the trace tells no arrival times.
   */
  public List<Dispersion> dispersions() {
    if (!trace.hasArrivalTimes()) {
      return List.of();
    }
    ArrivalCounts counts = clock.counts();
    return counts.windows().stream().map(counts::dispersion).toList();
  }
}

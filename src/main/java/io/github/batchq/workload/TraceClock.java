package io.github.batchq.workload;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import umontreal.ssj.rng.RandomStream;

/**
 * What the times of a trace can tell: a clock that ticks too slowly gives requests that came one
 * after the other the same time, and within a tick nothing is known of them.
 */
public final class TraceClock {
  private final Trace trace;
  private final int equal;
  private final double tick;

  /**
   * @param trace the trace
   */
  public TraceClock(Trace trace) {
    this.trace = trace;
    int zeros = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 1; i < trace.size(); i++) {
      double gap = gap(i);
      if (gap == 0) {
        zeros++;
      } else {
        least = Math.min(least, gap);
      }
    }
    equal = zeros;
    tick = zeros > 0 && zeros < trace.size() - 1 ? least : 0;
  }

  private double gap(int request) {
    return trace.arrivalTime(request) - trace.arrivalTime(request - 1);
  }

  /** How many requests have the time of the one before them. */
  public int equal() {
    return equal;
  }

  /**
   * The tick in seconds: the least gap between different times, where some times are equal; 0 where
   * none are, or all.
   */
  public double tick() {
    return tick;
  }

  /** The arrivals, to be counted in windows of whole ticks. */
  public ArrivalCounts counts() {
    return new ArrivalCounts(trace::arrivalTime, trace.size(), tick);
  }

  /** How many groups of equal times there are of each size. */
  public Map<Integer, Integer> groups() {
    Map<Integer, Integer> groups = new TreeMap<>();
    for (int first = 0; first < trace.size(); ) {
      int size = size(first);
      groups.merge(size, 1, Integer::sum);
      first += size;
    }
    return groups;
  }

  private int size(int first) {
    int end = first + 1;
    while (end < trace.size() && gap(end) == 0) {
      end++;
    }
    return end - first;
  }

  /**
   * The gaps, one after the other, if each request comes at a time that is uniform over its tick,
   * as those of a Poisson process do. The recorded gaps where no times are equal.
   *
   * @param stream the stream of these times
   */
  public DoubleSupplier spreadGaps(RandomStream stream) {
    return new SpreadGaps(stream);
  }

  /** Order statistics of uniform times, drawn one after the other. */
  private final class SpreadGaps implements DoubleSupplier {
    private final RandomStream stream;
    private int request;
    private int left;

    /** What remains of the tick after the present request, as a share of it. */
    private double rest;

    SpreadGaps(RandomStream stream) {
      this.stream = stream;
      begin();
    }

    private void begin() {
      left = size(request);
      rest = 1;
      shorten();
    }

    /** The largest of n uniform numbers is the n-th root of one. */
    private void shorten() {
      rest *= tick == 0 ? 1 : Math.pow(stream.nextDouble(), 1.0 / left);
      left--;
    }

    @Override
    public double getAsDouble() {
      request++;
      double before = rest;
      if (left == 0) {
        begin();
      } else {
        shorten();
      }
      return gap(request) + tick * (before - rest);
    }
  }
}

package io.github.batchq.evidence.simulator;

import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Simulates full batches of requests with exponential gaps and uniform or exponential lengths, the
 * batch formed first served first. It is a plain recursion with the generator of the JDK, and
 * shares with batchq's kernels the definition alone.
 */
final class SecondImplementation {
  /**
   * Width of a cell of the histogram of log(1 + latency), about a thousandth of a large latency.
   */
  private static final double CELL = 1e-3;

  private final double[] inner;
  private final int batchSize;
  private final PriorityQueue<Double> free = new PriorityQueue<>();
  private final long[] counts = new long[40_000];
  private double now;
  private double latency;
  private long requests;

  /**
   * @param inner inner boundaries of the bins
   * @param batchSize requests in a batch
   * @param servers number of servers
   */
  SecondImplementation(double[] inner, int batchSize, int servers) {
    this.inner = inner.clone();
    this.batchSize = batchSize;
    for (int s = 0; s < servers; s++) {
      free.add(0.0);
    }
  }

  /** What a run found: mean and 95 % quantile of the time in system. */
  record MeasuredLatency(double mean, double p95) {}

  /**
   * Simulates from empty and leaves the first tenth out.
   *
   * @param rate arrival rate, requests per second
   * @param min least length; with max = 0 lengths are exponential with mean {@code min}
   * @param max largest length
   */
  MeasuredLatency run(double rate, double min, double max, long number, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] arrivalTimes = new double[inner.length + 1][batchSize];
    double[] longest = new double[inner.length + 1];
    int[] members = new int[inner.length + 1];
    for (long i = 0; i < number; i++) {
      now -= Math.log(1 - random.nextDouble()) / rate;
      double u = random.nextDouble();
      double length = max == 0 ? -min * Math.log(1 - u) : min + (max - min) * u;
      int bin = 0;
      while (bin < inner.length && inner[bin] <= length) {
        bin++;
      }
      longest[bin] = Math.max(longest[bin], length);
      arrivalTimes[bin][members[bin]++] = now;
      if (members[bin] == batchSize) {
        double end = Math.max(now, free.remove()) + longest[bin];
        free.add(end);
        if (i >= number / 10) {
          count(arrivalTimes[bin], end);
        }
        members[bin] = 0;
        longest[bin] = 0;
      }
    }
    return new MeasuredLatency(latency / requests, quantile(0.95));
  }

  private void count(double[] arrivalTimes, double end) {
    for (double arrivalTime : arrivalTimes) {
      double time = end - arrivalTime;
      latency += time;
      requests++;
      int cell = (int) (Math.log1p(time) / CELL);
      counts[Math.min(cell, counts.length - 1)]++;
    }
  }

  private double quantile(double share) {
    long below = 0;
    for (int cell = 0; cell < counts.length; cell++) {
      below += counts[cell];
      if (below >= share * requests) {
        return Math.expm1((cell + 0.5) * CELL);
      }
    }
    return Double.NaN;
  }
}

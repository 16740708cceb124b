package io.github.batchq.metric;

import io.github.batchq.sim.ServerPool;

/**
 * The rounds of a run whose requests come in rounds: from when a round comes until its last request
 * leaves. Measured are those that come after the warm-up. Times are seconds.
 */
final class RoundStatistics {
  /** A smaller share is what the rounding of sums leaves where servers are never idle. */
  private static final double ROUNDING = 1e-12;

  private final long size;
  private final int servers;
  private final LatencyHistogram histogram = new LatencyHistogram();
  private boolean measured;
  private double start;
  private double firstStart = Double.NaN;
  private double lastEnd;
  private long gone;
  private double rounds;
  private double seconds;
  private double busy;

  /**
   * @param size requests of a round; 0 where there are none
   */
  RoundStatistics(long size, ServerPool pool) {
    this.size = size;
    this.servers = pool.count();
    this.busy = pool.infinite() ? Double.NaN : 0;
  }

  /** The next request whose arrival counts, from a given one on: the first one of a round. */
  long nextArrival(long from) {
    return size == 0 ? Long.MAX_VALUE : (from + size - 1) / size * size;
  }

  /**
   * A request has arrived.
   *
   * @param counts whether it is measured
   */
  void arrived(long id, double now, boolean counts) {
    if (size > 0 && id % size == 0) {
      measured = counts;
      start = now;
      gone = 0;
      if (measured && Double.isNaN(firstStart)) {
        firstStart = now;
      }
    }
  }

  /** A server has worked for the round. */
  void worked(double time) {
    busy += measured ? time : 0;
  }

  /** Requests were completed or lost, the last of them now. */
  void left(long requests, double now) {
    gone += requests;
    if (gone == size && measured) {
      rounds++;
      seconds += now - start;
      lastEnd = now;
      histogram.record(now - start);
    }
  }

  /** Mean time of a round. */
  double mean() {
    return seconds / rounds;
  }

  /**
   * Quantile of the time of a round, within 0.05 %.
   *
   * @param level in (0,1]
   */
  double quantile(double level) {
    return histogram.quantile(level);
  }

  /** Rounds per second, from the first one that is measured to the end of the last. */
  double throughput() {
    return rounds / (lastEnd - firstStart);
  }

  /** Share of server time, while a round is under way, in which servers are idle. */
  double idleShare() {
    double share = 1 - busy / (servers * seconds);
    return share < ROUNDING ? 0 : share;
  }
}

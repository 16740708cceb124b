package io.github.batchq.theory;

import io.github.batchq.theory.TheoryResult.Exact;
import io.github.batchq.theory.TheoryResult.LowerBound;

/**
 * Mean latency of a request, from its arrival to the end of its batch, in seconds, under Poisson
 * arrivals and full batches: Lemma 5.1 of arXiv:2412.04504 and theory notes, T11.
 */
public final class Latency {
  private Latency() {}

  /**
   * Mean time that a request waits for its batch to fill, k(B-1) / (2 lambda), for any law and any
   * bins: bin i takes (B-1) / (2 lambda p_i), and a share p_i of the requests is in it.
   *
   * @param rate lambda, requests per second, positive
   * @param nonemptyBins k, the number of bins that have probability mass
   * @param batchSize B
   * @throws IllegalArgumentException if the rate is not positive or a number is less than 1
   */
  public static TheoryResult formation(double rate, int nonemptyBins, int batchSize) {
    Require.positive("rate", rate);
    Require.bins(nonemptyBins);
    Require.batchSize(batchSize);
    return new Exact(
        nonemptyBins * (batchSize - 1.0) / (2 * rate), "Lemma 5.1, k(B-1)/(2 lambda) (T11)");
  }

  /** Latency when a batch never waits for a server: E[t] + the time to form the batch. */
  public static TheoryResult infiniteServers(double batchSeconds, double formation) {
    return new Exact(sum(batchSeconds, formation), "Lemma 5.1, eq. (7) (T11)");
  }

  /** The same number where batches may wait for a server: latency is never less. */
  public static TheoryResult finiteServers(double batchSeconds, double formation) {
    return new LowerBound(sum(batchSeconds, formation), "Lemma 5.1 without the wait for a server");
  }

  private static double sum(double batchSeconds, double formation) {
    Require.positive("time of a batch", batchSeconds);
    return batchSeconds + formation;
  }
}

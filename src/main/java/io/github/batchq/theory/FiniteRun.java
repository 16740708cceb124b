package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Law;
import io.github.batchq.theory.TheoryResult.Exact;
import io.github.batchq.theory.TheoryResult.LowerBound;

/**
 * A run of N requests that are all present at time 0, on one server that never pauses; every bin
 * forms full batches of B in any order and its leftover leaves as one smaller batch (theory notes,
 * A.6). The completion time of the run is then the sum of the batch times. Bin i holds n_i
 * requests, a Binomial(N, p_i) number, and
 *
 * <p>E[T] = sum over bins of E[floor(n_i/B)] t(M_B) + sum_{r=1..B-1} P(n_i mod B = r) t(M_r),
 *
 * <p>with M_r the expected longest of r requests of the bin and t the {@link ServiceScale}. The law
 * of n_i mod B is evaluated exactly, so nothing is asked of N; the notes take it as uniform, which
 * holds up to exp(-2 pi^2 N p_i (1-p_i) / B^2) or so.
 */
public final class FiniteRun {
  private FiniteRun() {}

  /**
   * Expected time of the last completion, in seconds.
   *
   * @param requests N, at least 1
   * @throws IllegalArgumentException if N or the batch size is less than 1, or the expectation is
   *     infinite
   */
  public static TheoryResult expectedCompletion(
      Law law, BinBoundaries boundaries, int batchSize, ServiceScale scale, long requests) {
    return new Exact(
        seconds(law, boundaries, batchSize, scale, requests), "theory notes A.6, finite run");
  }

  /**
   * N / E[T], which the expected throughput E[N / T] of the run never falls below (Jensen), in
   * requests per second. For arguments and exceptions see {@link #expectedCompletion}.
   */
  public static TheoryResult throughput(
      Law law, BinBoundaries boundaries, int batchSize, ServiceScale scale, long requests) {
    return new LowerBound(
        requests / seconds(law, boundaries, batchSize, scale, requests),
        "theory notes A.6, N/E[T] of a finite run");
  }

  private static double seconds(
      Law law, BinBoundaries boundaries, int batchSize, ServiceScale scale, long requests) {
    Require.batchSize(batchSize);
    if (requests < 1) {
      throw new IllegalArgumentException(
          "the number of requests must be at least 1, found " + requests);
    }
    double[] probabilities = BatchLength.binProbabilities(law, boundaries);
    double sum = 0;
    for (int bin = 0; bin < probabilities.length; bin++) {
      double[] batches = expectedBatches(requests, probabilities[bin], batchSize);
      for (int size = 1; size <= batchSize; size++) {
        if (batches[size] > 0) {
          double longest =
              BatchLength.expectedMaximum(law, size, boundaries.lower(bin), boundaries.upper(bin));
          sum += batches[size] * scale.seconds(longest);
        }
      }
    }
    return sum;
  }

  /** Expected numbers of batches of size 1..B from a bin, at their index. */
  private static double[] expectedBatches(long requests, double probability, int batchSize) {
    double[] batches = new double[batchSize + 1];
    if (probability > 0) {
      double[] leftover = BinomialRemainder.of(requests, probability, batchSize);
      double inFullBatches = requests * probability;
      for (int r = 1; r < batchSize; r++) {
        batches[r] = leftover[r];
        inFullBatches -= r * leftover[r];
      }
      batches[batchSize] = inFullBatches / batchSize;
    }
    return batches;
  }
}

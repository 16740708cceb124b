package io.github.batchq.workload;

import io.github.batchq.model.BinBoundaries;

/**
 * Requests that were drawn together, in the order of arrival; the next block takes its place. Their
 * parts lie in arrays, so that a loop over them takes little time.
 */
public final class RequestBlock {
  /** Most requests of a block. */
  public static final int CAPACITY = 512;

  final double[] arrivalTimes = new double[CAPACITY];
  final double[] lengths = new double[CAPACITY];

  /** Predicted lengths, or numbers of predicted bins. */
  final double[] predictions = new double[CAPACITY];

  final int[] promptTokens = new int[CAPACITY];
  long firstId;
  int size;

  private final boolean binsAlone;

  /**
   * @param binsAlone whether bins are predicted and no lengths
   */
  RequestBlock(boolean binsAlone) {
    this.binsAlone = binsAlone;
  }

  /** Number of requests; 0 when no requests are left. */
  public int size() {
    return size;
  }

  /** Sequence number of the first request, from 0. */
  public long firstId() {
    return firstId;
  }

  /** When request {@code i} of the block arrives, in seconds since the start of the run. */
  public double arrivalTime(int i) {
    return arrivalTimes[i];
  }

  /** Its true length. */
  public double length(int i) {
    return lengths[i];
  }

  /** Number of its prompt tokens; 0 where the workload has none. */
  public int promptTokens(int i) {
    return promptTokens[i];
  }

  /**
   * The predicted bins.
   *
   * @param boundaries the bins for which the predictor was made
   * @param bins where they go, at least {@link #CAPACITY} places
   */
  public void bins(BinBoundaries boundaries, int[] bins) {
    if (binsAlone) {
      for (int i = 0; i < size; i++) {
        bins[i] = (int) predictions[i];
      }
    } else {
      boundaries.binsOf(predictions, size, bins);
    }
  }
}

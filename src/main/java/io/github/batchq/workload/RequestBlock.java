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
  final double[] predictedLengths = new double[CAPACITY];
  final int[] promptTokens = new int[CAPACITY];
  long firstId;
  int size;

  RequestBlock() {}

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

  /** What the predictor says of its length. */
  public double predictedLength(int i) {
    return predictedLengths[i];
  }

  /**
   * The bins of the predicted lengths.
   *
   * @param bins where they go, at least {@link #CAPACITY} places
   */
  public void bins(BinBoundaries boundaries, int[] bins) {
    boundaries.binsOf(predictedLengths, size, bins);
  }
}

package io.github.batchq.service;

/**
 * A measured batch.
 *
 * @param batchSize number of requests, at least 1
 * @param length longest length in the batch, finite, at least 0
 * @param seconds how long the batch took, positive and finite
 * @param promptTokens prompt tokens of all its requests, at least 0
 */
public record Measurement(int batchSize, double length, double seconds, long promptTokens) {
  public Measurement {
    if (batchSize < 1
        || !(length >= 0 && length < Double.POSITIVE_INFINITY)
        || !(seconds > 0 && seconds < Double.POSITIVE_INFINITY)
        || promptTokens < 0) {
      throw new IllegalArgumentException(
          "a measured batch has at least 1 request, a positive time, and a length and prompt tokens"
              + " of at least 0, found batchSize "
              + batchSize
              + ", length "
              + length
              + ", seconds "
              + seconds
              + ", promptTokens "
              + promptTokens);
    }
  }
}

package io.github.batchq.service;

/**
 * {@link LongestRequest} as files write it.
 *
 * @param secondsPerToken seconds of each token of the longest request, positive
 * @param offset seconds of every batch, at least 0
 */
public record LongestRequestSpec(double secondsPerToken, double offset)
    implements ServiceModelSpec {
  /** Checks the numbers. */
  public LongestRequestSpec {
    new LongestRequest(offset, secondsPerToken);
  }

  @Override
  public ServiceTimeModel create() {
    return new LongestRequest(offset, secondsPerToken);
  }
}

package io.github.batchq.service;

import io.github.batchq.model.Key;

/**
 * {@link LongestRequest} as files write it.
 *
 * @param secondsPerToken seconds of each token of the longest request, positive
 * @param offset seconds of every batch, at least 0
 */
public record LongestRequestSpec(
    @Key(
            about = "time of each token of the longest request",
            unit = "s",
            range = "positive, finite",
            example = "0.0366")
        double secondsPerToken,
    @Key(
            about = "time of every batch beside its tokens",
            unit = "s",
            range = "finite, at least 0",
            example = "0.2")
        double offset)
    implements ServiceModelSpec {
  public LongestRequestSpec {
    new LongestRequest(offset, secondsPerToken);
  }

  @Override
  public ServiceTimeModel create() {
    return new LongestRequest(offset, secondsPerToken);
  }
}

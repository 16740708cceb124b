package io.github.batchq.service;

import io.github.batchq.model.BatchShape;
import io.github.batchq.model.Require;

/**
 * A batch takes as long as its longest request (section 3 of arXiv:2412.04504): offset +
 * secondsPerUnit max l.
 *
 * @param offset seconds that a request takes whatever its length, at least 0
 * @param secondsPerUnit seconds for each unit of length, positive: 1 where lengths are seconds, the
 *     time of a decoding step where lengths are tokens
 */
public record LongestRequest(double offset, double secondsPerUnit) implements ServiceTimeModel {
  /** Lengths are service times in seconds. */
  public static final LongestRequest SECONDS = new LongestRequest(0, 1);

  public LongestRequest {
    Require.ARGUMENT.notNegativeFinite("offset", offset);
    Require.ARGUMENT.positiveFinite("secondsPerToken", secondsPerUnit);
  }

  @Override
  public double seconds(BatchShape batch) {
    return offset + secondsPerUnit * batch.longestLength();
  }

  @Override
  public AffineBatch affine() {
    return new AffineBatch(offset, 0, secondsPerUnit, 0);
  }

  @Override
  public boolean readsMembers() {
    return false;
  }

  @Override
  public double ownSeconds(BatchShape batch, double[] lengths) {
    return batch.size() * offset + secondsPerUnit * batch.totalLength();
  }

  /** Each token takes the same time whatever else runs; the offset is that of joining. */
  @Override
  public TokenCosts tokenCosts() {
    return TokenCosts.constant(offset, secondsPerUnit);
  }
}

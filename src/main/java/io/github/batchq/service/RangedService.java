package io.github.batchq.service;

import io.github.batchq.model.BatchShape;
import org.jspecify.annotations.Nullable;

/**
 * A service-time model that refuses batches outside the range in which it was measured instead of
 * extrapolating.
 *
 * @param model the model
 * @param range where it is valid
 */
public record RangedService(ServiceTimeModel model, ServiceRange range)
    implements ServiceTimeModel {
  @Override
  public double seconds(BatchShape batch) {
    range.requireSize(batch.size());
    range.requireLength(batch.longestLength());
    return model.seconds(batch);
  }

  @Override
  public double ownSeconds(BatchShape batch, double[] lengths) {
    for (int i = 0; i < batch.size(); i++) {
      range.requireLength(lengths[i]);
    }
    return model.ownSeconds(batch, lengths);
  }

  @Override
  public @Nullable AffineBatch affine() {
    return model.affine();
  }

  @Override
  public @Nullable TokenCosts tokenCosts() {
    return model.tokenCosts();
  }

  @Override
  public void check(int batchSize, double shortest, double longest) {
    range.requireSize(batchSize);
    range.requireLength(shortest);
    range.requireLength(longest);
  }
}

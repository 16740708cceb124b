package io.github.batchq.workload;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

/**
 * Predictions that a trace recorded of its own requests: each request is predicted what was
 * predicted of it, whether the trace is replayed, resampled or drawn from. So errors depend on
 * lengths and prompts as the measured ones do.
 */
public record Recorded() implements PredictorSpec {
  @Override
  public boolean readsTrace() {
    return true;
  }

  /** Not without what was recorded. */
  @Override
  public LengthPredictor create(RandomStream stream, BinBoundaries boundaries) {
    throw new IllegalStateException("what was recorded stands in a trace");
  }

  @Override
  public LengthPredictor create(
      RandomStream stream, BinBoundaries boundaries, @Nullable DoubleSupplier recorded) {
    return recorded == null
        ? create(stream, boundaries)
        : (length, promptTokens) -> recorded.getAsDouble();
  }

  @Override
  public @Nullable ConfusionMatrix confusion(int bins) {
    return null;
  }

  @Override
  public boolean isRandom() {
    return false;
  }
}

package io.github.batchq.workload;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import umontreal.ssj.rng.RandomStream;

/** The predictor that tells the truth. */
public record Oracle() implements PredictorSpec {
  @Override
  public LengthPredictor create(RandomStream stream, BinBoundaries boundaries) {
    return (length, promptTokens) -> length;
  }

  @Override
  public boolean isRandom() {
    return false;
  }

  @Override
  public boolean isExact() {
    return true;
  }

  @Override
  public ConfusionMatrix confusion(int bins) {
    return ConfusionMatrix.identity(bins);
  }
}

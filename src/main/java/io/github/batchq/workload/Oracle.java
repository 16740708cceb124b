package io.github.batchq.workload;

import umontreal.ssj.rng.RandomStream;

/** The predictor that tells the truth. */
public record Oracle() implements PredictorSpec {
  @Override
  public LengthPredictor create(RandomStream stream) {
    return (length, promptTokens) -> length;
  }
}

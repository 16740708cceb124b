package io.github.batchq.workload;

import umontreal.ssj.rng.RandomStream;

/** The description of a length predictor as a user writes it: an immutable record. */
public interface PredictorSpec {
  /**
   * A new predictor for one run.
   *
   * @param stream the stream of prediction errors
   */
  LengthPredictor create(RandomStream stream);
}

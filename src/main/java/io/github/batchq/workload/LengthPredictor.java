package io.github.batchq.workload;

/** Predicts the length of a request, or no more than its bin, when it arrives, in one run. */
public interface LengthPredictor {
  /**
   * The predicted length, in the unit of the true one; of a predictor that {@linkplain
   * #predictsLengths predicts no lengths}, the number of the predicted bin, from 0.
   *
   * @param length true length of the request
   * @param promptTokens number of its prompt tokens; 0 where the workload has none
   */
  double predict(double length, int promptTokens);

  /** Whether it predicts lengths; false where it predicts a bin and nothing else. */
  default boolean predictsLengths() {
    return true;
  }
}

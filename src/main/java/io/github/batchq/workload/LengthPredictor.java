package io.github.batchq.workload;

/** Predicts the length of a request when it arrives, in one run. */
public interface LengthPredictor {
  /**
   * The predicted length, in the unit of the true one.
   *
   * @param length true length of the request
   * @param promptTokens number of its prompt tokens; 0 where the workload has none
   */
  double predict(double length, int promptTokens);
}

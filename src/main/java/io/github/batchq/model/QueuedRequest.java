package io.github.batchq.model;

/**
 * A waiting request as a policy may see it: everything but its true length. The truth stays in
 * {@code workload}, which no policy can import.
 */
public interface QueuedRequest {
  /** Sequence number of the arrival: 0 for the first request of the run. */
  long id();

  /** Time of arrival in seconds since the start of the run. */
  double arrivalTime();

  /** Number of prompt tokens; 0 where the workload has no prompts. */
  int promptTokens();

  /**
   * Length that the predictor expects, in the unit of the workload's lengths: tokens where the
   * service model counts tokens, seconds where the length is the service time itself.
   */
  double predictedLength();
}

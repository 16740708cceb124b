package io.github.batchq.model;

import java.util.Comparator;

/**
 * A waiting request as a policy may see it: everything but its true length. The truth stays in a
 * subclass of {@code workload}, which no policy can import. Immutable.
 */
public class QueuedRequest {
  /** The order of arrival. */
  public static final Comparator<QueuedRequest> BY_ARRIVAL =
      Comparator.comparingLong(QueuedRequest::id);

  private final long id;
  private final double arrivalTime;
  private final double predictedLength;
  private final int promptTokens;

  /**
   * @param id sequence number of the arrival, from 0
   * @param arrivalTime seconds since the start of the run
   * @param promptTokens number of prompt tokens; 0 where the workload has none
   * @param predictedLength length that the predictor expects: tokens or seconds, as the workload
   *     counts
   */
  public QueuedRequest(long id, double arrivalTime, int promptTokens, double predictedLength) {
    this.id = id;
    this.arrivalTime = arrivalTime;
    this.promptTokens = promptTokens;
    this.predictedLength = predictedLength;
  }

  /** Sequence number of the arrival: 0 for the first request of the run. */
  public final long id() {
    return id;
  }

  /** Time of arrival in seconds since the start of the run. */
  public final double arrivalTime() {
    return arrivalTime;
  }

  /** Number of prompt tokens; 0 where the workload has none. */
  public final int promptTokens() {
    return promptTokens;
  }

  /**
   * Length that the predictor expects, in the unit of the workload's lengths: tokens where the
   * service model counts tokens, seconds where the length is the service time itself.
   */
  public final double predictedLength() {
    return predictedLength;
  }
}

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
  private final int promptTokens;

  /** Predicted length, which is not negative; where a bin is predicted and no length, -1 - bin. */
  private final double prediction;

  /**
   * A request whose length is predicted.
   *
   * @param id sequence number of the arrival, from 0
   * @param arrivalTime seconds since the start of the run
   * @param promptTokens number of prompt tokens; 0 where the workload has none
   * @param predictedLength length that the predictor expects: tokens or seconds, as the workload
   *     counts
   */
  public QueuedRequest(long id, double arrivalTime, int promptTokens, double predictedLength) {
    this(id, arrivalTime, promptTokens, predictedLength, false);
  }

  /**
   * A request of which a length or a bin is predicted.
   *
   * @param id sequence number of the arrival, from 0
   * @param arrivalTime seconds since the start of the run
   * @param promptTokens number of prompt tokens; 0 where the workload has none
   * @param prediction predicted length, or number of the predicted bin, from 0
   * @param isBin whether it is the number of a bin
   */
  protected QueuedRequest(
      long id, double arrivalTime, int promptTokens, double prediction, boolean isBin) {
    this.id = id;
    this.arrivalTime = arrivalTime;
    this.promptTokens = promptTokens;
    this.prediction = isBin ? -1 - prediction : prediction;
  }

  /**
   * The same request at another place in the order of arrival.
   *
   * @param id sequence number of the arrival, from 0
   * @param arrivalTime seconds since the start of the run
   */
  protected QueuedRequest(QueuedRequest request, long id, double arrivalTime) {
    this.id = id;
    this.arrivalTime = arrivalTime;
    this.promptTokens = request.promptTokens;
    this.prediction = request.prediction;
  }

  /** The same request with other prompt tokens. */
  protected QueuedRequest(QueuedRequest request, int promptTokens) {
    this.id = request.id;
    this.arrivalTime = request.arrivalTime;
    this.promptTokens = promptTokens;
    this.prediction = request.prediction;
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
   *
   * @throws IllegalStateException if the predictor says no more than a bin
   */
  public final double predictedLength() {
    if (prediction < 0) {
      throw new IllegalStateException(
          "request "
              + id
              + " has a predicted bin and no predicted length: ask for its bin, or say"
              + " that the policy reads lengths");
    }
    return prediction;
  }

  /**
   * The predicted bin, from 0: what the predictor says, or the bin of the predicted length.
   *
   * @param boundaries the bins for which the predictor was made
   */
  public final int predictedBin(BinBoundaries boundaries) {
    return prediction < 0 ? (int) (-1 - prediction) : boundaries.binOf(prediction);
  }
}

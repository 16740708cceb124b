package io.github.batchq.workload;

import io.github.batchq.model.QueuedRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request with its true length. Policies see it as a {@link QueuedRequest}, without {@link
 * #length()}.
 */
public sealed class Request extends QueuedRequest permits HeldRequest {
  private final double length;
  private final @Nullable Kinship kinship;
  private boolean dispatched;

  /**
   * @param id sequence number of the arrival, from 0
   * @param arrivalTime seconds since the start of the run
   * @param promptTokens number of prompt tokens; 0 where the workload has none
   * @param length true length: tokens or seconds, as the workload counts
   * @param predictedLength what the predictor said on arrival, in the same unit
   */
  public Request(
      long id, double arrivalTime, int promptTokens, double length, double predictedLength) {
    super(id, arrivalTime, promptTokens, predictedLength);
    this.length = length;
    this.kinship = null;
  }

  /**
   * @param prediction predicted length, or number of the predicted bin, from 0
   * @param isBin whether it is the number of a bin
   */
  Request(
      long id,
      double arrivalTime,
      int promptTokens,
      double length,
      double prediction,
      boolean isBin) {
    this(id, arrivalTime, promptTokens, length, prediction, isBin, null);
  }

  /**
   * @param prediction predicted length, or number of the predicted bin, from 0
   * @param isBin whether it is the number of a bin
   * @param kinship what it has in common with others; null for nothing
   */
  Request(
      long id,
      double arrivalTime,
      int promptTokens,
      double length,
      double prediction,
      boolean isBin,
      @Nullable Kinship kinship) {
    super(id, arrivalTime, promptTokens, prediction, isBin);
    this.length = length;
    this.kinship = kinship;
  }

  /**
   * The same request at another place in the order of arrival.
   *
   * @param id sequence number of the arrival, from 0
   * @param arrivalTime seconds since the start of the run
   */
  Request(Request request, long id, double arrivalTime) {
    this(request, id, arrivalTime, request.kinship);
  }

  /**
   * The same request at another place in the order of arrival, with its kin.
   *
   * @param id sequence number of the arrival, from 0
   * @param arrivalTime seconds since the start of the run
   * @param kinship what it has in common with others; null for nothing
   */
  Request(Request request, long id, double arrivalTime, @Nullable Kinship kinship) {
    super(request, id, arrivalTime);
    this.length = request.length;
    this.kinship = kinship;
  }

  private Request(Request request, int promptTokens, double length) {
    super(request, promptTokens);
    this.length = length;
    this.kinship = request.kinship;
  }

  /**
   * This request as it waits again after it was served in part; what was predicted of it stays.
   *
   * @param promptTokens number of tokens that it needs in memory before it goes on
   * @param length what is left of its true length
   */
  public Request returned(int promptTokens, double length) {
    return new Request(this, promptTokens, length);
  }

  /**
   * This request as it is sent after its client has held it back.
   *
   * @param now seconds since the start of the run
   */
  public Request sentAt(double now) {
    return new HeldRequest(this, id(), now);
  }

  /**
   * When it would have been sent if its client had not held it back, in seconds since the start of
   * the run; else its arrival time.
   */
  public double intendedTime() {
    return arrivalTime();
  }

  /**
   * Sequence number among the requests of the run, from 0, however often it is sent: its id, unless
   * clients send requests again.
   */
  public long number() {
    return id();
  }

  /** True length: tokens or seconds, as the workload counts. */
  public double length() {
    return length;
  }

  /** What it has in common with others of a group or a conversation; null where it has no kin. */
  public @Nullable Kinship kinship() {
    return kinship;
  }

  /**
   * Marks that a server takes this request; called by the kernel, which so notices a policy that
   * dispatches a request twice.
   *
   * @return false if a server had taken it before
   */
  public boolean dispatch() {
    boolean first = !dispatched;
    dispatched = true;
    return first;
  }
}

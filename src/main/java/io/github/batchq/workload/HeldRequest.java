package io.github.batchq.workload;

/**
 * A request that arrives later than was intended: its client has held it back, or sends it again.
 */
final class HeldRequest extends Request {
  private final double intendedTime;
  private final long number;

  /**
   * @param request the request as it was intended
   * @param id sequence number of this arrival, from 0
   * @param sentTime seconds since the start of the run
   */
  HeldRequest(Request request, long id, double sentTime) {
    super(request, id, sentTime);
    this.intendedTime = request.intendedTime();
    this.number = request.number();
  }

  @Override
  public double intendedTime() {
    return intendedTime;
  }

  @Override
  public long number() {
    return number;
  }
}

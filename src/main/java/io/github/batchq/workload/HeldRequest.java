package io.github.batchq.workload;

/** A request that its client has held back: it arrives later than was intended. */
final class HeldRequest extends Request {
  private final double intendedTime;

  HeldRequest(Request request, double sentTime) {
    super(request, request.id(), sentTime);
    this.intendedTime = request.intendedTime();
  }

  @Override
  public double intendedTime() {
    return intendedTime;
  }
}

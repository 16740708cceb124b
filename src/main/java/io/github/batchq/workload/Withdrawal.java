package io.github.batchq.workload;

/**
 * A request that has been sent, or that its client holds back, leaves of its client's accord.
 *
 * @param request the request as it was sent
 * @param how it gives up, or it is called back
 * @param fromService whether it leaves though it is served; else only while it waits
 * @param again whether its client will send it again
 */
public record Withdrawal(Request request, Departure how, boolean fromService, boolean again) {
  /** A request that is not sent again. */
  public Withdrawal(Request request, Departure how, boolean fromService) {
    this(request, how, fromService, false);
  }
}

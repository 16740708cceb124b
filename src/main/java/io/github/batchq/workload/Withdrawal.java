package io.github.batchq.workload;

/**
 * A request that has been sent leaves of its client's accord.
 *
 * @param request the request as it was sent
 * @param how it gives up, or it is called back
 * @param fromService whether it leaves though it is served; else only while it waits
 */
public record Withdrawal(Request request, Departure how, boolean fromService) {}

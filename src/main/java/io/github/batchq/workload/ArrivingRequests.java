package io.github.batchq.workload;

import org.jspecify.annotations.Nullable;

/**
 * The requests of one run, one after the other in the order of arrival. Most sources are deaf to
 * what the system does; others hear of departures and answer with new arrivals. Used by one run.
 */
public interface ArrivingRequests {
  /**
   * When the next request arrives, in seconds since the start of the run, as far as the departures
   * until now tell; infinite where none is known.
   */
  double nextTime();

  /** The request that arrives at that time; null where none is known. */
  @Nullable Request next();

  /**
   * Number of the request that came last, from 0, in the order in which requests are drawn, which
   * does not depend on what the system does.
   */
  long drawn();

  /** Whether no request will arrive any more, whatever happens. */
  boolean isOver();

  /**
   * Whether arrivals depend on departures, so that it must hear of them; else none is infinitely
   * late.
   */
  default boolean answers() {
    return false;
  }

  /**
   * Whether, where no arrival is known, none can come before all requests that are there have left:
   * one of them waits in vain for company. Else each departure may bring an arrival.
   */
  default boolean waitsForAll() {
    return false;
  }

  /**
   * A request has left. Told in the order of time.
   *
   * @param request the request as it was sent
   * @param how why it left
   * @param now seconds since the start of the run
   */
  default void departed(Request request, Departure how, double now) {}

  /** Whether requests may leave of their own accord once they have arrived. */
  default boolean withdraws() {
    return false;
  }

  /**
   * When the next {@link #nextWithdrawal withdrawal} is, in seconds since the start of the run, as
   * far as the departures until now tell; infinite where none is known.
   */
  default double nextWithdrawalTime() {
    return Double.POSITIVE_INFINITY;
  }

  /**
   * Takes the withdrawal at that time; null where none is known. Who has left already, or is served
   * and leaves from a queue only, stays as it is.
   */
  default @Nullable Withdrawal nextWithdrawal() {
    return null;
  }

  /** Most requests that are sent and have not left; the others wait at their clients. */
  default int mostInFlight() {
    return Integer.MAX_VALUE;
  }
}

package io.github.batchq.workload;

import io.github.batchq.model.Require;
import org.jspecify.annotations.Nullable;

/**
 * Requests of which only so many are in flight: the others wait at their clients, and the one that
 * was intended first is sent first.
 *
 * @param source the requests as they were intended
 * @param mostInFlight at least 1
 */
public record LimitedRequests(ArrivingRequests source, int mostInFlight)
    implements ArrivingRequests {
  public LimitedRequests {
    Require.ARGUMENT.atLeast("concurrency", mostInFlight, 1);
  }

  @Override
  public double nextTime() {
    return source.nextTime();
  }

  @Override
  public @Nullable Request next() {
    return source.next();
  }

  @Override
  public long drawn() {
    return source.drawn();
  }

  @Override
  public boolean isOver() {
    return source.isOver();
  }

  @Override
  public boolean answers() {
    return source.answers();
  }

  @Override
  public boolean waitsForAll() {
    return source.waitsForAll();
  }

  @Override
  public void departed(Request request, Departure how, double now) {
    source.departed(request, how, now);
  }

  @Override
  public boolean withdraws() {
    return source.withdraws();
  }

  @Override
  public double nextWithdrawalTime() {
    return source.nextWithdrawalTime();
  }

  @Override
  public @Nullable Withdrawal nextWithdrawal() {
    return source.nextWithdrawal();
  }
}

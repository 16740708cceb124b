package io.github.batchq.workload;

import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.LawSpec;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A closed loop: each of N clients sends a request, waits for its answer, thinks, and sends the
 * next, until the run has had its requests. Most benchmarks of servers at a fixed concurrency are
 * such loops without think times.
 *
 * @param clients N, at least 1
 * @param think law of the think times in seconds; they take none when absent
 * @param rampUp seconds over which the clients start, evenly spaced; all start at time 0 when
 *     absent
 */
public record ClosedClients(
    @Key(
            about = "number of clients N: most requests that are there at once",
            unit = "clients",
            range = "1 to a million",
            example = "32")
        int clients,
    @Key(
            about = "law of the time from an answer to the client's next request",
            unit = "s",
            absent = "no time",
            example = "{law: exponential, rate: 0.1}")
        @Nullable LawSpec think,
    @Key(
            about = "time over which the clients start, evenly spaced",
            unit = "s",
            range = "finite, at least 0",
            absent = "all start at time 0",
            example = "60")
        @Nullable Double rampUp)
    implements ArrivalSpec {
  private static final int MOST_CLIENTS = 1_000_000;

  public ClosedClients {
    Require.ARGUMENT.atLeast("clients", clients, 1);
    Require.ARGUMENT.atMost("clients", clients, MOST_CLIENTS);
    if (rampUp != null) {
      Require.ARGUMENT.notNegativeFinite("rampUp", rampUp);
    }
  }

  @Override
  public ArrivalProcess create(Traces traces, DoubleSupplier capacity) {
    return new ClosedProcess(
        clients,
        think == null ? new Deterministic(0) : think.create(),
        rampUp == null ? 0 : rampUp);
  }
}

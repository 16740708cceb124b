package io.github.batchq.workload;

import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.LawSpec;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Rounds: so many requests come together, and the next round comes a gap after the last answer of
 * this one, as the rollouts of reinforcement learning do.
 *
 * @param size requests of a round, at least 1
 * @param gap law of the seconds from the last answer of a round to the next round; none when absent
 */
public record Rounds(
    @Key(
            about = "requests of a round",
            unit = "requests",
            range = "at least 1; 'requests' is a multiple of it",
            example = "500")
        int size,
    @Key(
            about = "law of the time from the last answer of a round to the next round",
            unit = "s",
            absent = "no time",
            example = "{law: deterministic, value: 5}")
        @Nullable LawSpec gap)
    implements ArrivalSpec {
  public Rounds {
    Require.ARGUMENT.atLeast("size", size, 1);
  }

  @Override
  public ArrivalProcess create(Traces traces, DoubleSupplier capacity) {
    return new RoundProcess(size, gap == null ? new Deterministic(0) : gap.create());
  }
}

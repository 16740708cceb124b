package io.github.batchq.workload;

import io.github.batchq.model.Key;
import io.github.batchq.random.LawSpec;
import java.util.function.DoubleSupplier;

/**
 * Renewal arrivals: independent gaps of any law.
 *
 * @param gap law of the gaps in seconds
 */
public record RenewalArrivals(
    @Key(
            about = "law of the gaps between arrivals",
            unit = "s",
            example = "{law: erlang, stages: 2, rate: 1}")
        LawSpec gap)
    implements ArrivalSpec {
  @Override
  public ArrivalProcess create(Traces traces, DoubleSupplier capacity) {
    return new RenewalProcess(gap.create());
  }
}

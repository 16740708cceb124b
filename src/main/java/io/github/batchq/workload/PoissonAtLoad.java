package io.github.batchq.workload;

import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import java.util.function.DoubleSupplier;

/**
 * Poisson arrivals at a rate that makes the servers busy for a given share of time: load times the
 * capacity of the policy.
 *
 * @param load share of the capacity, positive and finite; 1 and more is overload
 */
public record PoissonAtLoad(
    @Key(
            about = "arrival rate as a share of the policy's capacity; 1 and more is overload",
            unit = "1",
            range = "positive, finite",
            example = "0.8")
        double load)
    implements ArrivalSpec {
  public PoissonAtLoad {
    Require.ARGUMENT.positiveFinite("load", load);
  }

  @Override
  public ArrivalProcess create(Traces traces, DoubleSupplier capacity) {
    return new PoissonArrivals(load * capacity.getAsDouble()).create(traces, capacity);
  }
}

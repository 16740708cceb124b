package io.github.batchq.workload;

import java.util.function.DoubleSupplier;
import umontreal.ssj.rng.RandomStream;

/**
 * All requests are there at time 0: an offline job, and the set-up of Figure 7 of arXiv:2412.04504.
 */
public record AllAtZero() implements ArrivalSpec, ArrivalProcess {
  @Override
  public ArrivalProcess create(Traces traces, DoubleSupplier capacity) {
    return this;
  }

  @Override
  public double rate() {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  public double dispersion() {
    return 0;
  }

  @Override
  public DoubleSupplier arrivalTimes(RandomStream stream) {
    return () -> 0;
  }
}

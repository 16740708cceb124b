package io.github.batchq.workload;

import io.github.batchq.random.Exponential;
import java.util.function.DoubleSupplier;

/**
 * Poisson arrivals (Assumption 3.1 of arXiv:2412.04504): independent exponential gaps.
 *
 * @param rate requests per second, positive and finite
 */
public record PoissonArrivals(double rate) implements ArrivalSpec {
  /** Checks the rate. */
  public PoissonArrivals {
    Rates.requirePositive("rate", rate);
  }

  @Override
  public ArrivalProcess create(Traces traces, DoubleSupplier capacity) {
    return new RenewalProcess(new Exponential(rate));
  }
}

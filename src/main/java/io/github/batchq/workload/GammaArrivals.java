package io.github.batchq.workload;

import io.github.batchq.random.Exponential;
import io.github.batchq.random.Gamma;
import java.util.function.DoubleSupplier;

/**
 * Renewal arrivals with gamma gaps, told by their rate and how bursty they are: the gaps have mean
 * 1 / rate and coefficient of variation cv, so shape 1 / cv^2 and scale cv^2 / rate. A cv of 1 is
 * Poisson arrivals, a larger one comes in bursts, a smaller one is more regular.
 *
 * @param rate requests per second, positive; infinite if all requests are to be there at time 0
 * @param cv coefficient of variation of the gaps, positive and finite
 */
public record GammaArrivals(double rate, double cv) implements ArrivalSpec {
  /** Checks the numbers. */
  public GammaArrivals {
    Rates.requireRate(rate);
    Rates.requirePositive("cv", cv);
  }

  @Override
  public ArrivalProcess create(Traces traces, DoubleSupplier capacity) {
    if (Double.isInfinite(rate)) {
      return new AllAtZero();
    }
    return new RenewalProcess(
        cv == 1 ? new Exponential(rate) : new Gamma(1 / (cv * cv), cv * cv / rate));
  }
}

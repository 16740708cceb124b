package io.github.batchq.workload;

import io.github.batchq.model.Key;
import io.github.batchq.random.Exponential;
import java.util.function.DoubleSupplier;

/**
 * Poisson arrivals (Assumption 3.1 of arXiv:2412.04504): independent exponential gaps.
 *
 * @param rate requests per second, positive; infinite if all requests are to be there at time 0
 */
public record PoissonArrivals(
    @Key(
            about = "mean arrival rate; .inf puts all requests at time 0",
            unit = "req/s",
            range = "positive",
            example = "0.5")
        double rate)
    implements ArrivalSpec {
  public PoissonArrivals {
    Rates.requireRate(rate);
  }

  @Override
  public ArrivalProcess create(Traces traces, DoubleSupplier capacity) {
    if (Double.isInfinite(rate)) {
      return new AllAtZero();
    }
    return new RenewalProcess(new Exponential(rate));
  }
}

package io.github.batchq.workload;

import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
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
public record GammaArrivals(
    @Key(
            about = "mean arrival rate; .inf puts all requests at time 0",
            unit = "req/s",
            range = "positive",
            example = "0.5")
        double rate,
    @Key(
            about =
                "coefficient of variation of the gaps: 1 as for Poisson arrivals, more for bursts",
            unit = "1",
            range = "positive, finite",
            example = "2.5")
        double cv)
    implements ArrivalSpec {
  public GammaArrivals {
    Rates.requireRate(rate);
    Require.ARGUMENT.positiveFinite("cv", cv);
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

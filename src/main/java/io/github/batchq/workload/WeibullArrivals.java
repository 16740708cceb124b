package io.github.batchq.workload;

import io.github.batchq.model.Key;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Weibull;
import java.util.function.DoubleSupplier;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.special.Gamma;

/**
 * Renewal arrivals with Weibull gaps of mean 1 / rate and coefficient of variation cv. The shape k
 * solves
 *
 * <pre>cv^2 = Gamma(1 + 2/k) / Gamma(1 + 1/k)^2 - 1.</pre>
 *
 * A cv of 1 is Poisson arrivals; bursts are rarer and larger than with {@link GammaArrivals} of the
 * same cv above 1.
 *
 * @param rate requests per second, positive; infinite if all requests are to be there at time 0
 * @param cv coefficient of variation of the gaps, from 0.01 to 100
 */
public record WeibullArrivals(
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
            range = "0.01 to 100",
            example = "2.5")
        double cv)
    implements ArrivalSpec {
  private static final double LEAST = 0.01;
  private static final double MOST = 100;

  public WeibullArrivals {
    Rates.requireRate(rate);
    if (!(cv >= LEAST && cv <= MOST)) {
      throw new IllegalArgumentException(
          "cv of weibull gaps must be from " + LEAST + " to " + MOST + ", found " + cv);
    }
  }

  @Override
  public ArrivalProcess create(Traces traces, DoubleSupplier capacity) {
    if (Double.isInfinite(rate)) {
      return new AllAtZero();
    }
    if (cv == 1) {
      return new RenewalProcess(new Exponential(rate));
    }
    double shape = shape(cv);
    return new RenewalProcess(
        new Weibull(shape, 1 / (rate * Math.exp(Gamma.logGamma(1 + 1 / shape)))));
  }

  /** The shape with a coefficient of variation, by a root in the logarithm of the shape. */
  static double shape(double cv) {
    double wanted = Math.log1p(cv * cv);
    double root =
        new BrentSolver(1e-15, 1e-15)
            .solve(
                1000,
                log -> {
                  double inverse = Math.exp(-log);
                  return Gamma.logGamma(1 + 2 * inverse) - 2 * Gamma.logGamma(1 + inverse) - wanted;
                },
                Math.log(0.1),
                Math.log(200));
    return Math.exp(root);
  }
}

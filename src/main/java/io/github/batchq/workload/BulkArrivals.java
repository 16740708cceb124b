package io.github.batchq.workload;

import io.github.batchq.model.Key;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.LawSpec;
import io.github.batchq.random.Sampler;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import umontreal.ssj.rng.RandomStream;

/**
 * Groups of requests that come together at the times of a Poisson process, as from one user or one
 * document: M^[X] of queueing theory. Groups come at rate / E[X] per second.
 *
 * @param rate requests per second, positive; infinite if all requests are to be there at time 0
 * @param size law of the number of requests in a group X, rounded to whole ones of at least 1
 */
public record BulkArrivals(
    @Key(
            about = "mean arrival rate of requests; .inf puts all requests at time 0",
            unit = "req/s",
            range = "positive",
            example = "0.5")
        double rate,
    @Key(
            about = "law of the number of requests in a group, rounded to whole ones of at least 1",
            unit = "requests",
            example = "{law: uniform, min: 1, max: 8}")
        LawSpec size)
    implements ArrivalSpec {
  public BulkArrivals {
    Rates.requireRate(rate);
  }

  @Override
  public ArrivalProcess create(Traces traces, DoubleSupplier capacity) {
    if (Double.isInfinite(rate)) {
      return new AllAtZero();
    }
    return new Groups(rate, SiblingCounts.of(size.create()));
  }

  /**
   * The process.
   *
   * @param rate requests per second
   * @param sizes of the groups
   */
  private record Groups(double rate, SiblingCounts sizes) implements ArrivalProcess {
    /** Var N(t) / E[N(t)] of a compound Poisson process: E[X^2] / E[X]. */
    @Override
    public double dispersion() {
      return sizes.square() / sizes.mean();
    }

    @Override
    public Law poissonGroups() {
      return sizes.law();
    }

    @Override
    public DoubleSupplier arrivalTimes(RandomStream stream) {
      Sampler gaps = new Exponential(rate / sizes.mean()).sampler(stream);
      IntSupplier drawn = sizes.sampler(stream);
      return new DoubleSupplier() {
        private double time;
        private int left;

        @Override
        public double getAsDouble() {
          if (left == 0) {
            time += gaps.getAsDouble();
            left = drawn.getAsInt();
          }
          left--;
          return time;
        }
      };
    }
  }
}

package io.github.batchq.workload;

import io.github.batchq.model.Key;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.LawSpec;
import io.github.batchq.random.Sampler;
import java.util.function.DoubleSupplier;
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
    return Groups.of(rate, size.create());
  }

  private static int rounded(double drawn) {
    return (int) Math.max(1, Math.round(drawn));
  }

  /**
   * The process.
   *
   * @param rate requests per second
   * @param size law of X before rounding
   * @param mean E[X]
   * @param square E[X^2]
   */
  private record Groups(double rate, Law size, double mean, double square)
      implements ArrivalProcess {
    /** Larger groups have no place in a run. */
    private static final int MOST = 1 << 20;

    private static final double NOTHING = 1e-17;

    static Groups of(double rate, Law size) {
      double mean = 1;
      double square = 1;
      double atLeast = size.atLeast(1.5);
      for (int j = 2; atLeast > NOTHING; j++) {
        if (j > MOST) {
          throw new IllegalArgumentException(
              "groups of arrivals must have at most " + MOST + " requests, found sizes by " + size);
        }
        mean += atLeast;
        square += (2.0 * j - 1) * atLeast;
        atLeast = size.atLeast(j + 0.5);
      }
      return new Groups(rate, size, mean, square);
    }

    /** Var N(t) / E[N(t)] of a compound Poisson process: E[X^2] / E[X]. */
    @Override
    public double dispersion() {
      return square / mean;
    }

    @Override
    public Law poissonGroups() {
      return size;
    }

    @Override
    public DoubleSupplier arrivalTimes(RandomStream stream) {
      Sampler gaps = new Exponential(rate / mean).sampler(stream);
      Sampler sizes = size.sampler(stream);
      return new DoubleSupplier() {
        private double time;
        private int left;

        @Override
        public double getAsDouble() {
          if (left == 0) {
            time += gaps.getAsDouble();
            left = rounded(sizes.getAsDouble());
          }
          left--;
          return time;
        }
      };
    }
  }
}

package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.Require;
import java.util.function.DoubleUnaryOperator;

/**
 * Full batches on servers that fail after exponential times up, whether they serve or not. A batch
 * of T seconds meets no failure with probability e^(-f T), whenever it starts. If it begins anew
 * after each failure, it takes (e^(f T) - 1) / f seconds of servers that are up, on average; if a
 * failure ends it, (1 - e^(-f T)) / f. T is a random time: the mean of the first grows with the
 * tail of T, and is infinite where E[e^(f T)] is (S. Asmussen, P. Fiorini, L. Lipsky, T. Rolski, R.
 * Sheahan, "Asymptotic behavior of total times for jobs that must start over if a failure occurs",
 * 2008).
 *
 * @param system the batches, of bins that are predicted without errors
 * @param failureRate f, failures of a server per second up, positive
 * @param speed of the servers, all alike, positive
 */
public record Interruptions(BatchSystem system, double failureRate, double speed) {
  public Interruptions {
    Require.ARGUMENT.positive("failureRate", failureRate);
    Require.ARGUMENT.positive("speed", speed);
    if (!system.confusion().isIdentity()) {
      throw new IllegalArgumentException("bins must be predicted without errors");
    }
  }

  /**
   * Whether {@link #secondsWithRetry} is finite for certain: lengths have a largest one. It may be
   * finite for others too.
   */
  public boolean isBounded() {
    return system.law().upper() < Double.POSITIVE_INFINITY;
  }

  /** E[(e^(f T) - 1) / f]: mean seconds up for a batch that begins anew; lengths are bounded. */
  public double secondsWithRetry() {
    return mean(1);
  }

  /** E[(1 - e^(-f T)) / f]: mean seconds up for a batch that a failure ends. */
  public double secondsWithLoss() {
    return mean(-1);
  }

  /** E[e^(f T)] - 1: mean number of failures that a batch meets which begins anew. */
  public double failuresWithRetry() {
    return failureRate * secondsWithRetry();
  }

  /** 1 - E[e^(-f T)]: share of the batches that a failure ends. */
  public double lostShare() {
    return failureRate * secondsWithLoss();
  }

  private double mean(int sign) {
    int batchSize = system.batchSize();
    double rate = sign * failureRate / speed;
    double offset = system.service().offset(batchSize);
    double perUnit = system.service().secondsPerUnit(batchSize);
    DoubleUnaryOperator seconds =
        length -> Math.expm1(rate * (offset + perUnit * length)) / (sign * failureRate);
    DoubleUnaryOperator derivative =
        length -> perUnit / speed * Math.exp(rate * (offset + perUnit * length));
    BinBoundaries boundaries = system.boundaries();
    return BatchMaximum.overBins(
        system.law(),
        boundaries,
        bin ->
            BatchMaximum.expectedValue(
                system.law(),
                batchSize,
                boundaries.lower(bin),
                boundaries.upper(bin),
                seconds,
                derivative));
  }
}

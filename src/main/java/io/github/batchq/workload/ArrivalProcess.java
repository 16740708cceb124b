package io.github.batchq.workload;

import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

/** When requests arrive. Immutable and shared by all replications. */
public interface ArrivalProcess {
  /**
   * Long-run arrival rate in requests per second; infinite where all requests are there at time 0.
   */
  double rate();

  /** Squared coefficient of variation of the gaps between arrivals: 1 for Poisson arrivals. */
  double gapVariation();

  /** Whether arrivals are a Poisson process. */
  default boolean isPoisson() {
    return false;
  }

  /**
   * The arrival times of one run in seconds, one after the other, none smaller than the one before
   * it.
   *
   * @param stream the stream of gaps; a process without randomness leaves it alone
   */
  DoubleSupplier arrivalTimes(RandomStream stream);

  /** The trace that is replayed; null where times are generated. */
  default @Nullable Trace trace() {
    return null;
  }
}

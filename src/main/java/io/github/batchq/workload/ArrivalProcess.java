package io.github.batchq.workload;

import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Law;
import io.github.batchq.random.StreamName;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

/** When requests arrive. Immutable and shared by all replications. */
public interface ArrivalProcess {
  /**
   * Long-run arrival rate in requests per second; infinite where all requests are there at time 0,
   * and no number where requests wait for answers, so that the system sets the rate.
   */
  double rate();

  /**
   * Index of dispersion: the limit of Var N(t) / E[N(t)] for the number of arrivals N(t). 1 for
   * Poisson arrivals, the squared coefficient of variation of the gaps for renewal arrivals, and
   * more where arrivals come in bursts that gaps alone do not show.
   */
  double dispersion();

  /** Whether arrivals are a Poisson process. */
  default boolean isPoisson() {
    return false;
  }

  /**
   * The law of the number of requests that come together at the times of a Poisson process, rounded
   * to whole ones of at least 1; null where arrivals are no such groups. Poisson arrivals are
   * groups of one.
   */
  default @Nullable Law poissonGroups() {
    return isPoisson() ? new Deterministic(1) : null;
  }

  /** Whether gaps are independent and alike, one number of the stream for each request. */
  default boolean isRenewal() {
    return isPoisson();
  }

  /**
   * The arrival times of one run in seconds, one after the other, none smaller than the one before
   * it; where arrivals are {@linkplain #isClosed closed}, the pause before each request.
   *
   * @param stream the stream of gaps; a process without randomness leaves it alone
   */
  DoubleSupplier arrivalTimes(RandomStream stream);

  /** Whether the times of a trace are repeated as they are, so that nothing is left to chance. */
  default boolean isReplay() {
    return false;
  }

  /** Whether anything of the times is drawn. */
  default boolean isRandom() {
    return !isReplay() && (trace() != null || Double.isFinite(rate()));
  }

  /** Whether requests wait for answers to others, so that the system sets their times. */
  default boolean isClosed() {
    return false;
  }

  /**
   * The requests of one run.
   *
   * @param drawn the requests as {@link #arrivalTimes} and others tell them; where arrivals are
   *     {@linkplain #isClosed closed} there is no end of them, and their times are the pauses
   *     before them
   * @param requests how many arrive
   * @param streams the streams of the replication by their names, each from its beginning
   */
  default ArrivingRequests arriving(
      RequestSource drawn, long requests, Function<StreamName, RandomStream> streams) {
    return drawn;
  }

  /** Whether requests arrive one after the other as they are drawn, whatever the system does. */
  default boolean isDrawnInOrder() {
    return !isClosed();
  }

  /**
   * Whether the requests that arrive are independent of each other and of what the system does, but
   * for the times at which they come, so that theory knows them by their law.
   */
  default boolean isIndependent() {
    return true;
  }

  /**
   * The same process with all gaps scaled alike, so that its pattern and its random numbers stay
   * the same.
   *
   * @param rate requests per second, positive and finite
   */
  default ArrivalProcess atRate(double rate) {
    return new AtRate(this, rate);
  }

  /**
   * Fewest requests that may be there while no other comes before one of them leaves; {@link
   * Long#MAX_VALUE} where others always come.
   */
  default long fewestAlone() {
    return Long.MAX_VALUE;
  }

  /** Number of requests that arrive together and are awaited together; 0 where none are. */
  default long roundSize() {
    return 0;
  }

  /**
   * Refuses a number of requests of a run that does not go with the process.
   *
   * @throws IllegalArgumentException if it does not
   */
  default void checkRequests(long requests) {}

  /**
   * When the last of so many requests arrives, in seconds: exactly where times are known, else
   * about when it is expected.
   *
   * @param requests at least 1, and at most as many as a replayed trace has
   */
  default double lastArrival(long requests) {
    return requests / rate();
  }

  /** The trace whose requests arrive; null where times are generated. */
  default @Nullable Trace trace() {
    return null;
  }

  /**
   * Which requests of the trace arrive, one after the other: their places in it.
   *
   * @param stream the same stream, from its beginning, as gives the arrival times
   * @throws IllegalStateException if there is no trace
   */
  default IntSupplier traceRows(RandomStream stream) {
    throw new IllegalStateException("these arrivals follow no trace");
  }
}

package io.github.batchq.workload;

import io.github.batchq.random.Law;

/** Arrivals that answer departures: the system sets their rate, so they have none of their own. */
interface AnsweredArrivals extends ArrivalProcess {
  /** Law of the times in seconds that pass before an answer to what has left. */
  Law pause();

  @Override
  default double rate() {
    return Double.NaN;
  }

  @Override
  default double dispersion() {
    return Double.NaN;
  }

  @Override
  default boolean isClosed() {
    return true;
  }

  @Override
  default boolean isRandom() {
    return pause().lower() < pause().upper();
  }
}

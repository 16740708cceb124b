package io.github.batchq.scenario;

import io.github.batchq.workload.ArrivalProcess;
import java.util.Locale;

/** Which question a scenario's runs answer. */
public enum Horizon {
  /**
   * What the system does in the long run, of which a run is a sample: an overloaded point has no
   * mean time, one long run has intervals by batch means, and theory speaks of the steady state.
   */
  STEADY,
  /**
   * What becomes of these requests: each is served to its end, lost or discarded, and counts. Times
   * are what the runs show, rates are over the time from the first arrival to the last completion,
   * intervals are over replications alone, and theory speaks of runs of this length or not at all.
   */
  FINITE;

  /** The horizon of a scenario that does not name one. */
  static Horizon of(ArrivalProcess arrivals) {
    return arrivals.isReplay() || Double.isInfinite(arrivals.rate()) ? FINITE : STEADY;
  }

  /** The horizon as files name it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

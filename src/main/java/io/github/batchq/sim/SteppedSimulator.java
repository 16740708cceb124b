package io.github.batchq.sim;

import umontreal.ssj.simevents.Simulator;
import umontreal.ssj.simevents.eventlist.EventList;

/**
 * SSJ's simulator, whose clock can also be moved forward between two events: arrivals happen there
 * without being events themselves.
 */
final class SteppedSimulator extends Simulator {
  SteppedSimulator(EventList eventList) {
    super(eventList);
  }

  /**
   * Moves the clock.
   *
   * @param time seconds since the start of the run; not before now, not after the next pending
   *     event
   * @throws IllegalStateException if the time is before now, infinite or not a number
   */
  void advanceTo(double time) {
    if (!(time >= currentTime) || time == Double.POSITIVE_INFINITY) {
      throw new IllegalStateException(
          "a request arrives at "
              + time
              + " s, which must be finite and not before "
              + currentTime
              + " s");
    }
    currentTime = time;
  }
}

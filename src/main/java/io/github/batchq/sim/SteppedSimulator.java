package io.github.batchq.sim;

import io.github.batchq.model.BadInputException;
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
   * @throws IllegalStateException if the time is before now or not a number
   * @throws BadInputException if the time is infinite
   */
  void advanceTo(double time) {
    if (time == Double.POSITIVE_INFINITY) {
      throw new BadInputException(
          "an arrival after "
              + currentTime
              + " s would be at no finite time; smaller gaps are needed");
    }
    if (!(time >= currentTime)) {
      throw new IllegalStateException(
          "a request arrives at " + time + " s, which must not be before " + currentTime + " s");
    }
    currentTime = time;
  }
}

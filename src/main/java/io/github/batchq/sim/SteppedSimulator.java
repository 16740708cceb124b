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
    if (!(time >= currentTime) || time == Double.POSITIVE_INFINITY) {
      refuse(time, currentTime);
    }
    currentTime = time;
  }

  /** Refuses the time of an arrival that is infinite, no number, or before now. */
  static void refuse(double time, double now) {
    if (time == Double.POSITIVE_INFINITY) {
      throw new BadInputException(
          "an arrival after " + now + " s would be at no finite time; smaller gaps are needed");
    }
    throw new IllegalStateException(
        "a request arrives at " + time + " s, which must not be before " + now + " s");
  }

  /** Refuses a time that is infinite, no number, or before now. */
  static double checkedTime(double time, double now, String what) {
    if (time == Double.POSITIVE_INFINITY) {
      throw new BadInputException(
          what + " after " + now + " s would be at no finite time; smaller lengths are needed");
    }
    if (!(time >= now)) {
      throw new IllegalStateException(
          what + " at " + time + " s cannot be scheduled at " + now + " s");
    }
    return time;
  }
}

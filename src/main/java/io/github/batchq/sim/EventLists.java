package io.github.batchq.sim;

import umontreal.ssj.simevents.eventlist.DoublyLinked;
import umontreal.ssj.simevents.eventlist.EventList;
import umontreal.ssj.simevents.eventlist.SplayTree;

/** Which of SSJ's event lists suits a run. */
final class EventLists {
  /** Up to here a linked list, searched from its end, is the fastest. */
  private static final int FEW_PENDING = 16;

  private EventLists() {}

  /**
   * A new event list.
   *
   * @param servers number of servers: as many completions may be pending, beside one arrival
   */
  static EventList forPending(int servers) {
    return servers <= FEW_PENDING ? new DoublyLinked() : new SplayTree();
  }
}

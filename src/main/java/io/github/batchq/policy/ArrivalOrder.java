package io.github.batchq.policy;

import io.github.batchq.model.QueuedRequest;
import java.util.Arrays;

/** Puts the members of a batch into the order of their arrival. */
final class ArrivalOrder {
  /** Up to here insertion, which calls no comparator, is faster than sorting. */
  private static final int SHORT = 32;

  private ArrivalOrder() {}

  static void sort(QueuedRequest[] members) {
    if (members.length > SHORT) {
      Arrays.sort(members, QueuedRequest.BY_ARRIVAL);
      return;
    }
    for (int i = 1; i < members.length; i++) {
      QueuedRequest member = members[i];
      int place = i;
      while (place > 0 && members[place - 1].id() > member.id()) {
        members[place] = members[place - 1];
        place--;
      }
      members[place] = member;
    }
  }
}

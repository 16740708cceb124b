package io.github.batchq.sim;

import java.util.Arrays;
import java.util.List;

/**
 * The requests of a server that receive tokens, in the order in which they finish; of those that
 * finish with the same step, the one that came last is the first.
 *
 * <p>A new one looks for its place from the end, one by one: that is a single jump that a processor
 * cannot predict, where a search by halves has one at each half and takes longer, up to hundreds of
 * requests.
 */
final class DecodingRequests {
  private static final int ROOM_AT_FIRST = 16;

  /** They lie side by side, behind those that have finished. */
  private ServedRequest[] requests = new ServedRequest[ROOM_AT_FIRST];

  private int first;
  private int end;

  int size() {
    return end - first;
  }

  boolean isEmpty() {
    return end == first;
  }

  /** The one that finishes first; there must be one. */
  ServedRequest first() {
    return requests[first];
  }

  /** All of them, until something changes. */
  List<ServedRequest> all() {
    return Arrays.asList(requests).subList(first, end);
  }

  /** Puts a request in by its {@link ServedRequest#lastStep}. */
  void add(ServedRequest request) {
    if (end == requests.length) {
      makeRoom();
    }
    int place = end++;
    while (place > first && requests[place - 1].lastStep >= request.lastStep) {
      requests[place] = requests[place - 1];
      place--;
    }
    requests[place] = request;
  }

  private void makeRoom() {
    int size = size();
    ServedRequest[] room =
        size > requests.length / 2 ? new ServedRequest[2 * requests.length] : requests;
    System.arraycopy(requests, first, room, 0, size);
    requests = room;
    first = 0;
    end = size;
  }

  /** Takes out the one that finishes first; there must be one. */
  ServedRequest removeFirst() {
    return requests[first++];
  }

  /** The one that joined last; there must be one. */
  ServedRequest lastJoined() {
    ServedRequest last = first();
    for (int i = first + 1; i < end; i++) {
      last = requests[i].joined > last.joined ? requests[i] : last;
    }
    return last;
  }

  /** Takes out a request, which must be there. */
  void remove(ServedRequest request) {
    int index = first;
    while (requests[index] != request) {
      index++;
    }
    end--;
    System.arraycopy(requests, index + 1, requests, index, end - index);
  }

  void clear() {
    first = 0;
    end = 0;
  }
}

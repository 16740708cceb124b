package io.github.batchq.policy;

import io.github.batchq.model.Batch;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.QueuedRequest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of waiting requests that a server takes from, oldest request first, as its free slots and
 * its memory allow.
 */
record WaitingLines(List<ArrayDeque<QueuedRequest>> lines) {
  /** Refuses numbers of bins and boundaries that do not fit each other. */
  static void checkBins(int bins, @Nullable BoundaryChoice boundaries) {
    if (bins > 1 && boundaries == null) {
      throw new IllegalArgumentException(bins + " bins need boundaries");
    }
    if (boundaries != null) {
      // The same numbers are right or wrong as for batches.
      new MultiBinBatching(bins, boundaries, 1, null);
    } else {
      BinBoundaries.requireBins(bins);
    }
  }

  /**
   * Takes the oldest requests that fit: each needs memory for its prompt and for its first token,
   * and one that does not fit holds up those behind it. Null where none is taken.
   */
  @Nullable Batch take(double now, FreeServers free) {
    int slots = free.slots();
    long memory = free.memory();
    QueuedRequest request = poll(memory, free);
    if (request == null) {
      return null;
    }
    // In most steps one request joins, because one has left.
    QueuedRequest[] members = new QueuedRequest[1];
    int size = 0;
    while (request != null) {
      if (size == members.length) {
        members = Arrays.copyOf(members, 2 * size);
      }
      members[size++] = request;
      memory -= memory == Long.MAX_VALUE ? 0 : free.tokensFor(request);
      request = size < slots ? poll(memory, free) : null;
    }
    return new Batch(
        size == members.length ? members : Arrays.copyOf(members, size), 0, now, false);
  }

  /** Takes out the oldest request if it fits; null if it does not, or if nobody waits. */
  private @Nullable QueuedRequest poll(long memory, FreeServers free) {
    ArrayDeque<QueuedRequest> oldest = oldest();
    boolean fits =
        oldest != null && (memory == Long.MAX_VALUE || free.tokensFor(oldest.element()) <= memory);
    return fits && oldest != null ? oldest.remove() : null;
  }

  /** The line whose first request is the oldest; null where nobody waits. */
  private @Nullable ArrayDeque<QueuedRequest> oldest() {
    ArrayDeque<QueuedRequest> oldest = null;
    for (ArrayDeque<QueuedRequest> line : lines) {
      if (!line.isEmpty() && (oldest == null || line.element().id() < oldest.element().id())) {
        oldest = line;
      }
    }
    return oldest;
  }
}

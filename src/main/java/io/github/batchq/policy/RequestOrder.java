package io.github.batchq.policy;

import io.github.batchq.model.QueuedRequest;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Puts requests into an order; those that are equal stay as they were. Where they are few, each
 * goes to the place that the number of those before it says, which is counted without a jump: the
 * jumps of a sort cannot be predicted.
 */
final class RequestOrder {
  private static final Comparator<QueuedRequest> BY_LENGTH =
      Comparator.comparingDouble(QueuedRequest::predictedLength);

  /** Up to here counting, which takes the square of their number, is faster than sorting. */
  private static final int FEW = 128;

  private final long[] keys = new long[FEW];
  private final int[] places = new int[FEW];
  private final QueuedRequest[] unsorted = new QueuedRequest[FEW];

  /** Sorts the first requests of an array by arrival. */
  void byArrival(QueuedRequest[] requests, int size) {
    if (size > FEW) {
      Arrays.sort(requests, 0, size, QueuedRequest.BY_ARRIVAL);
      return;
    }
    for (int i = 0; i < size; i++) {
      keys[i] = requests[i].id();
    }
    sort(requests, size);
  }

  /** Sorts the first requests of an array by predicted length. */
  void byLength(QueuedRequest[] requests, int size) {
    if (size > FEW) {
      Arrays.sort(requests, 0, size, BY_LENGTH);
      return;
    }
    for (int i = 0; i < size; i++) {
      // Lengths are not negative, so their bits are in the same order.
      keys[i] = Double.doubleToRawLongBits(requests[i].predictedLength());
    }
    sort(requests, size);
  }

  private void sort(QueuedRequest[] requests, int size) {
    for (int i = 0; i < size; i++) {
      long key = keys[i];
      int later = 0;
      for (int j = 0; j < i; j++) {
        int goesLater = keys[j] > key ? 1 : 0;
        places[j] += goesLater;
        later += goesLater;
      }
      places[i] = i - later;
    }
    System.arraycopy(requests, 0, unsorted, 0, size);
    for (int i = 0; i < size; i++) {
      requests[places[i]] = unsorted[i];
    }
  }
}

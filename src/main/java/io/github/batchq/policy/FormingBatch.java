package io.github.batchq.policy;

import io.github.batchq.model.Batch;
import io.github.batchq.model.QueuedRequest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The requests of a bin that have no batch yet. */
final class FormingBatch {
  /** Room at first: enough for most batches, and little for one that never fills. */
  private static final int ROOM = 64;

  private final int bin;
  private final int batchSize;
  private QueuedRequest[] requests;
  private int size;

  FormingBatch(int bin, int batchSize) {
    this.bin = bin;
    this.batchSize = batchSize;
    this.requests = new QueuedRequest[Math.min(batchSize, ROOM)];
  }

  /** An empty forming batch for each bin. */
  static FormingBatch[] bins(int bins, int batchSize) {
    FormingBatch[] all = new FormingBatch[bins];
    Arrays.setAll(all, bin -> new FormingBatch(bin, batchSize));
    return all;
  }

  /** Makes batches of what is left in bins, the one with the oldest request first. */
  static List<Batch> flush(FormingBatch[] bins, double now) {
    return Arrays.stream(bins)
        .filter(bin -> bin.size > 0)
        .sorted(Comparator.comparingLong(FormingBatch::oldest))
        .map(bin -> bin.close(now, true))
        .toList();
  }

  /** Adds a request; true if the batch is now full. */
  boolean add(QueuedRequest request) {
    if (size == requests.length) {
      requests = Arrays.copyOf(requests, (int) Math.min(batchSize, 2L * size));
    }
    requests[size++] = request;
    return size == batchSize;
  }

  /** Takes a request out; false if it is not in it. */
  boolean remove(QueuedRequest request) {
    int place = 0;
    while (place < size && requests[place] != request) {
      place++;
    }
    if (place == size) {
      return false;
    }
    size--;
    System.arraycopy(requests, place + 1, requests, place, size - place);
    return true;
  }

  /** Number of requests in it. */
  int size() {
    return size;
  }

  /** Sequence number of its first request; there must be one. */
  long oldest() {
    return first().id();
  }

  /** Its first request; there must be one. */
  QueuedRequest first() {
    return requests[0];
  }

  /** Moves all requests of the bin to the end of a list. */
  void moveTo(List<QueuedRequest> others) {
    others.addAll(Arrays.asList(requests).subList(0, size));
    size = 0;
  }

  /** Makes a batch of all requests in the bin. */
  Batch close(double now, boolean flushed) {
    QueuedRequest[] members = size < requests.length ? Arrays.copyOf(requests, size) : requests;
    requests = new QueuedRequest[requests.length];
    size = 0;
    return new Batch(members, bin, now, flushed);
  }
}

package io.github.batchq.policy;

import io.github.batchq.model.Batch;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.QueuedRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;

/**
 * Full batches of B requests in each bin; the batch that was formed first is served first. A
 * request leaves its bin only with B - 1 others, until arrivals end.
 */
final class FullBatches implements BatchingPolicy {
  private final BinBoundaries boundaries;
  private final Drain drain;
  private final Bin[] bins;
  private final Queue<Batch> formed = new ArrayDeque<>();
  private int waiting;

  FullBatches(BinBoundaries boundaries, int batchSize, Drain drain) {
    this.boundaries = boundaries;
    this.drain = drain;
    this.bins = new Bin[boundaries.bins()];
    Arrays.setAll(bins, number -> new Bin(number, batchSize));
  }

  static void checkBatchSize(int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize must be at least 1, found " + batchSize);
    }
  }

  @Override
  public void enqueue(QueuedRequest request) {
    Bin bin = bins[boundaries.binOf(request.predictedLength())];
    waiting++;
    if (bin.add(request)) {
      formed.add(bin.close(request.arrivalTime(), false));
    }
  }

  @Override
  public Decision decide(double now, FreeServers free) {
    Batch batch = formed.poll();
    if (batch == null) {
      return Decision.WAIT;
    }
    waiting -= batch.size();
    return new Decision.Dispatch(batch);
  }

  @Override
  public void arrivalsEnded(double now) {
    if (drain == Drain.DISCARD) {
      return;
    }
    List<Batch> partial = new ArrayList<>();
    for (Bin bin : bins) {
      if (bin.size > 0) {
        partial.add(bin.close(now, true));
      }
    }
    partial.sort(Comparator.comparingLong(batch -> batch.get(0).id()));
    formed.addAll(partial);
  }

  @Override
  public int waiting() {
    return waiting;
  }

  /** The requests of a bin that have no batch yet. */
  private static final class Bin {
    private final int number;
    private QueuedRequest[] requests;
    private int size;

    Bin(int number, int batchSize) {
      this.number = number;
      this.requests = new QueuedRequest[batchSize];
    }

    /** Adds a request; true if the batch is now full. */
    boolean add(QueuedRequest request) {
      requests[size++] = request;
      return size == requests.length;
    }

    /** Makes a batch of all requests in the bin. */
    Batch close(double now, boolean flushed) {
      QueuedRequest[] members = flushed ? Arrays.copyOf(requests, size) : requests;
      requests = new QueuedRequest[requests.length];
      size = 0;
      return new Batch(members, number, now, flushed);
    }
  }
}

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
  private final int batchSize;
  private final Drain drain;
  private final QueuedRequest[][] open;
  private final int[] filled;
  private final Queue<Batch> formed = new ArrayDeque<>();
  private int waiting;

  FullBatches(BinBoundaries boundaries, int batchSize, Drain drain) {
    this.boundaries = boundaries;
    this.batchSize = batchSize;
    this.drain = drain;
    this.open = new QueuedRequest[boundaries.bins()][batchSize];
    this.filled = new int[boundaries.bins()];
  }

  static void checkBatchSize(int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize must be at least 1, found " + batchSize);
    }
  }

  @Override
  public void enqueue(QueuedRequest request) {
    int bin = boundaries.binOf(request.predictedLength());
    open[bin][filled[bin]++] = request;
    waiting++;
    if (filled[bin] == batchSize) {
      formed.add(new Batch(open[bin], bin, request.arrivalTime(), false));
      open[bin] = new QueuedRequest[batchSize];
      filled[bin] = 0;
    }
  }

  @Override
  public Decision decide(double now, int freeServers) {
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
    for (int bin = 0; bin < open.length; bin++) {
      if (filled[bin] > 0) {
        partial.add(new Batch(Arrays.copyOf(open[bin], filled[bin]), bin, now, true));
        filled[bin] = 0;
      }
    }
    partial.sort(Comparator.comparingLong(batch -> batch.get(0).id()));
    formed.addAll(partial);
  }

  @Override
  public int waiting() {
    return waiting;
  }
}

package io.github.batchq.policy;

import io.github.batchq.model.Batch;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.QueuedRequest;
import io.github.batchq.model.Require;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Full batches of B requests in each bin; the batch that was formed first is served first. A
 * request leaves its bin only with B - 1 others, until arrivals end.
 */
final class FullBatches implements BatchingPolicy {
  private final BinBoundaries boundaries;
  private final Drain drain;
  private final FormingBatch[] bins;
  private final Queue<Batch> formed = new ArrayDeque<>();
  private int waiting;

  FullBatches(BinBoundaries boundaries, int batchSize, Drain drain) {
    this.boundaries = boundaries;
    this.drain = drain;
    this.bins = FormingBatch.bins(boundaries.bins(), batchSize);
  }

  static void checkBatchSize(int batchSize) {
    Require.ARGUMENT.atLeast("batchSize", batchSize, 1);
  }

  @Override
  public void enqueue(QueuedRequest request) {
    FormingBatch bin = bins[request.predictedBin(boundaries)];
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
    if (drain == Drain.FLUSH) {
      formed.addAll(FormingBatch.flush(bins, now));
    }
  }

  @Override
  public void companyEnded(double now) {
    arrivalsEnded(now);
  }

  @Override
  public void withdraw(QueuedRequest request, double now) {
    if (!bins[request.predictedBin(boundaries)].remove(request)) {
      FormedBatches.remove(request, formed);
    }
    waiting--;
  }

  @Override
  public int waiting() {
    return waiting;
  }
}

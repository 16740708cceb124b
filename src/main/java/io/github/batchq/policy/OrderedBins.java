package io.github.batchq.policy;

import io.github.batchq.model.Batch;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.QueuedRequest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Full batches of B requests in each bin, whose bins are served in any {@link ServingOrder}, and
 * partial batches where there is no full one if they may go.
 */
final class OrderedBins implements BatchingPolicy {
  private final BinBoundaries boundaries;
  private final Drain drain;
  private final ServingOrder order;
  private final boolean partial;
  private final Line[] lines;
  private int nextBin;
  private int waiting;

  /**
   * @param partial whether a batch that is not full goes when a server is free and none is full
   */
  OrderedBins(
      BinBoundaries boundaries, int batchSize, Drain drain, ServingOrder order, boolean partial) {
    this.boundaries = boundaries;
    this.drain = drain;
    this.order = order;
    this.partial = partial;
    this.lines = new Line[boundaries.bins()];
    Arrays.setAll(lines, bin -> new Line(bin, batchSize));
  }

  /** The lower it is, the sooner is it a line's turn. */
  private long rank(Line line) {
    return switch (order) {
      case FORMED -> line.filledBy();
      // Every predicted length of a bin is less than those of the next.
      case SHORTEST -> line.bin;
      case LONGEST_QUEUE -> -line.waiting;
      case OLDEST -> line.oldest();
      case ROUND_ROBIN -> line.bin < nextBin ? line.bin + lines.length : line.bin;
    };
  }

  @Override
  public void enqueue(QueuedRequest request) {
    lines[request.predictedBin(boundaries)].add(request);
    waiting++;
  }

  @Override
  public Decision decide(double now, FreeServers free) {
    Line line = first(true);
    if (line == null && partial) {
      line = first(false);
    }
    if (line == null) {
      return Decision.WAIT;
    }
    nextBin = line.bin + 1;
    Batch batch = line.take(now);
    waiting -= batch.size();
    return new Decision.Dispatch(batch);
  }

  /**
   * The line whose turn it is, of equal ones that with the oldest request; null if none has what is
   * asked for.
   *
   * @param formed whether a formed batch is asked for; else a batch that is forming
   */
  private @Nullable Line first(boolean formed) {
    Line first = null;
    long least = 0;
    for (Line line : lines) {
      if (formed ? line.hasBatch() : line.isForming()) {
        long rank = rank(line);
        if (first == null || rank < least || (rank == least && line.oldest() < first.oldest())) {
          first = line;
          least = rank;
        }
      }
    }
    return first;
  }

  @Override
  public void arrivalsEnded(double now) {
    if (drain == Drain.FLUSH) {
      for (Line line : lines) {
        line.flush(now);
      }
    }
  }

  @Override
  public void companyEnded(double now) {
    arrivalsEnded(now);
  }

  @Override
  public void withdraw(QueuedRequest request, double now) {
    lines[request.predictedBin(boundaries)].remove(request);
    waiting--;
  }

  @Override
  public int waiting() {
    return waiting;
  }

  /** The batches of a bin that wait for a server, and the requests that wait for a batch. */
  private static final class Line {
    private final int bin;
    private final Queue<Batch> formed = new ArrayDeque<>();
    private final FormingBatch forming;
    private int waiting;

    Line(int bin, int batchSize) {
      this.bin = bin;
      this.forming = new FormingBatch(bin, batchSize);
    }

    void add(QueuedRequest request) {
      waiting++;
      if (forming.add(request)) {
        formed.add(forming.close(request.arrivalTime(), false));
      }
    }

    void remove(QueuedRequest request) {
      waiting--;
      if (!forming.remove(request)) {
        FormedBatches.remove(request, formed);
      }
    }

    void flush(double now) {
      if (isForming()) {
        formed.add(forming.close(now, true));
      }
    }

    Batch take(double now) {
      Batch batch = hasBatch() ? formed.remove() : forming.close(now, false);
      waiting -= batch.size();
      return batch;
    }

    boolean hasBatch() {
      return !formed.isEmpty();
    }

    boolean isForming() {
      return forming.size() > 0;
    }

    /** Sequence number of the first request. */
    long oldest() {
      return hasBatch() ? formed.element().get(0).id() : forming.oldest();
    }

    /** Sequence number of the request that filled the first batch; beyond all if it is not full. */
    long filledBy() {
      Batch first = formed.peek();
      return first == null || first.flushed() ? Long.MAX_VALUE : first.newest();
    }
  }
}

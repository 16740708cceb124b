package io.github.batchq.policy;

import io.github.batchq.model.Batch;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.QueuedRequest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Queue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Full batches of B requests in each bin, whose bins are served in any {@link ServingOrder}, and
 * partial batches where there is no full one if they may go.
 */
final class OrderedBins implements BatchingPolicy {
  private final BinBoundaries boundaries;
  private final Drain drain;
  private final Comparator<Line> order;
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
    this.order = comparator(order).thenComparingLong(Line::oldest);
    this.partial = partial;
    this.lines = new Line[boundaries.bins()];
    Arrays.setAll(lines, bin -> new Line(bin, batchSize));
  }

  private Comparator<Line> comparator(ServingOrder serving) {
    return switch (serving) {
      case FORMED -> Comparator.comparingLong(Line::filledBy);
      // Every predicted length of a bin is less than those of the next.
      case SHORTEST -> Comparator.comparingInt(line -> line.bin);
      case LONGEST_QUEUE -> Comparator.comparingInt(line -> -line.waiting);
      case OLDEST -> Comparator.comparingLong(Line::oldest);
      case ROUND_ROBIN ->
          Comparator.comparingInt(line -> Math.floorMod(line.bin - nextBin, lines.length));
    };
  }

  @Override
  public void enqueue(QueuedRequest request) {
    lines[request.predictedBin(boundaries)].add(request);
    waiting++;
  }

  @Override
  public Decision decide(double now, FreeServers free) {
    Line line = first(Line::hasBatch);
    if (line == null && partial) {
      line = first(Line::isForming);
    }
    if (line == null) {
      return Decision.WAIT;
    }
    nextBin = line.bin + 1;
    Batch batch = line.take(now);
    waiting -= batch.size();
    return new Decision.Dispatch(batch);
  }

  /** The line whose turn it is among those that satisfy a condition; null if none does. */
  private @Nullable Line first(Predicate<Line> candidate) {
    Line first = null;
    for (Line line : lines) {
      if (candidate.test(line) && (first == null || order.compare(line, first) < 0)) {
        first = line;
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
      return first == null || first.flushed() ? Long.MAX_VALUE : first.get(first.size() - 1).id();
    }
  }
}

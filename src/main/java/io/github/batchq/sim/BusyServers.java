package io.github.batchq.sim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The batches in service in the order of their ends, those with the same end in the order of their
 * starts: a binary heap in arrays, which allocates nothing while the number of busy servers does
 * not grow.
 */
final class BusyServers {
  private static final int INITIAL_CAPACITY = 4;

  private double[] ends = new double[INITIAL_CAPACITY];
  private long[] starts = new long[INITIAL_CAPACITY];
  private @Nullable ServedBatch[] batches = new @Nullable ServedBatch[INITIAL_CAPACITY];
  private int size;
  private long started;

  BusyServers() {
    ends[0] = Double.POSITIVE_INFINITY;
  }

  /** The earliest end; infinite where no server is busy. */
  double firstEnd() {
    return ends[0];
  }

  void add(double end, ServedBatch batch) {
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
      starts = Arrays.copyOf(starts, 2 * size);
      batches = Arrays.copyOf(batches, 2 * size);
    }
    siftUp(size++, end, started++, batch);
  }

  /** Removes the batch that ends first; there must be one. */
  ServedBatch removeFirst() {
    ServedBatch first = batches[0];
    if (first == null) {
      throw new IllegalStateException("no server is busy");
    }
    int last = --size;
    if (last == 0) {
      ends[0] = Double.POSITIVE_INFINITY;
      batches[0] = null;
    } else {
      siftUp(holeAtTheBottom(), ends[last], starts[last], batches[last]);
      batches[last] = null;
    }
    return first;
  }

  /**
   * Moves the hole at the top to the bottom, always along the earlier child. What takes its place
   * came from the bottom and mostly stays there, so to ask on the way whether it fits would cost a
   * jump at each level that no processor can predict.
   */
  private int holeAtTheBottom() {
    int hole = 0;
    int child = 1;
    while (child + 1 < size) {
      double left = ends[child];
      double right = ends[child + 1];
      if (left == right) {
        child += starts[child + 1] < starts[child] ? 1 : 0;
      } else {
        child += right < left ? 1 : 0;
      }
      move(child, hole);
      hole = child;
      child = 2 * hole + 1;
    }
    if (child < size) {
      move(child, hole);
      hole = child;
    }
    return hole;
  }

  private void siftUp(int bottom, double end, long start, @Nullable ServedBatch batch) {
    int hole = bottom;
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (!isBefore(end, start, parent)) {
        break;
      }
      move(parent, hole);
      hole = parent;
    }
    put(hole, end, start, batch);
  }

  private boolean isBefore(double end, long start, int other) {
    return end < ends[other] || (end == ends[other] && start < starts[other]);
  }

  private void move(int from, int to) {
    ends[to] = ends[from];
    starts[to] = starts[from];
    batches[to] = batches[from];
  }

  private void put(int index, double end, long start, @Nullable ServedBatch batch) {
    ends[index] = end;
    starts[index] = start;
    batches[index] = batch;
  }
}

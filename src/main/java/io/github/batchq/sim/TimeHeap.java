package io.github.batchq.sim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Pending things in the order of their times, those of the same time in the order in which they
 * were added: a binary heap in arrays, which allocates nothing while the number of pending things
 * does not grow. Adding and removing take a time logarithmic in that number; looking at the first
 * one takes none.
 */
final class TimeHeap<T> {
  private static final int INITIAL_CAPACITY = 16;

  private double[] times = new double[INITIAL_CAPACITY];
  private long[] order = new long[INITIAL_CAPACITY];
  private @Nullable Object[] things = new @Nullable Object[INITIAL_CAPACITY];
  private int size;
  private long added;

  TimeHeap() {
    times[0] = Double.POSITIVE_INFINITY;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The earliest time; infinite where nothing is pending. */
  double firstTime() {
    return times[0];
  }

  /** What is pending at the earliest time; null where there is nothing. */
  @SuppressWarnings("unchecked")
  @Nullable T first() {
    return (T) things[0];
  }

  void clear() {
    Arrays.fill(things, 0, size, null);
    size = 0;
    times[0] = Double.POSITIVE_INFINITY;
  }

  void add(double time, T thing) {
    if (size == things.length) {
      int capacity = 2 * size;
      times = Arrays.copyOf(times, capacity);
      order = Arrays.copyOf(order, capacity);
      things = Arrays.copyOf(things, capacity);
    }
    siftUp(size++, time, added++, thing);
  }

  /** Removes the first thing; null where there is nothing. */
  @Nullable T removeFirst() {
    T first = first();
    if (first != null) {
      removeAt(0);
    }
    return first;
  }

  /** Removes a thing; false if it is not pending. */
  boolean remove(T thing) {
    for (int i = 0; i < size; i++) {
      if (things[i] == thing) {
        removeAt(i);
        return true;
      }
    }
    return false;
  }

  private void removeAt(int hole) {
    int last = --size;
    double time = times[last];
    long sequence = order[last];
    Object thing = things[last];
    things[last] = null;
    if (hole < last && thing != null) {
      siftUp(holeAtTheBottom(hole), time, sequence, thing);
    } else if (last == 0) {
      times[0] = Double.POSITIVE_INFINITY;
    }
  }

  private void siftUp(int start, double time, long sequence, Object thing) {
    int hole = start;
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (!isBefore(time, sequence, parent)) {
        break;
      }
      move(parent, hole);
      hole = parent;
    }
    times[hole] = time;
    order[hole] = sequence;
    things[hole] = thing;
  }

  /**
   * Moves a hole to the bottom, always along the earlier child. What takes its place came from the
   * bottom and mostly stays there, so to ask on the way whether it fits would cost a jump at each
   * level that no processor can predict.
   */
  private int holeAtTheBottom(int start) {
    int hole = start;
    int child = 2 * hole + 1;
    while (child + 1 < size) {
      double left = times[child];
      double right = times[child + 1];
      if (left == right) {
        child += order[child + 1] < order[child] ? 1 : 0;
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

  private boolean isBefore(double time, long sequence, int other) {
    return time < times[other] || (time == times[other] && sequence < order[other]);
  }

  private void move(int from, int to) {
    times[to] = times[from];
    order[to] = order[from];
    things[to] = things[from];
  }
}

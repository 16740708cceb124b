package io.github.batchq.sim;

import java.util.Arrays;
import java.util.Iterator;
import java.util.ListIterator;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.eventlist.EventList;

/**
 * An event list for SSJ's {@code Simulator} as a binary heap in arrays. Events come out in the
 * order of time, those at the same time in the order in which they were added. Adding and removing
 * allocates nothing and takes a time logarithmic in the number of pending events; looking at the
 * next one takes none.
 *
 * <p>SSJ's own lists make a node for every event, and none of them is fast at both few and many
 * pending events. With a few busy servers this list costs as little as an array that is kept
 * sorted; with 10,000 of them a run takes an eighth of the time. All events of the kernel have the
 * same priority, so the list refuses others, and it does not offer the positional operations of the
 * interface, which the kernel does not need.
 */
final class EventHeap implements EventList {
  private static final int INITIAL_CAPACITY = 16;
  private static final double KERNEL_PRIORITY = 1;

  private double[] times = new double[INITIAL_CAPACITY];
  private long[] order = new long[INITIAL_CAPACITY];
  private @Nullable Event[] events = new @Nullable Event[INITIAL_CAPACITY];
  private int size;
  private long added;

  EventHeap() {
    times[0] = Double.POSITIVE_INFINITY;
  }

  /** When the next event happens; infinite where none is pending. */
  double firstTime() {
    return times[0];
  }

  @Override
  public boolean isEmpty() {
    return size == 0;
  }

  @Override
  public void clear() {
    Arrays.fill(events, 0, size, null);
    size = 0;
    times[0] = Double.POSITIVE_INFINITY;
  }

  @Override
  public void add(Event event) {
    if (event.priority() != KERNEL_PRIORITY) {
      throw new IllegalArgumentException("all events have priority 1, found " + event.priority());
    }
    if (size == events.length) {
      int capacity = 2 * size;
      times = Arrays.copyOf(times, capacity);
      order = Arrays.copyOf(order, capacity);
      events = Arrays.copyOf(events, capacity);
    }
    siftUp(size++, event.time(), added++, event);
  }

  @Override
  public @Nullable Event removeFirst() {
    if (size == 0) {
      return null;
    }
    Event first = events[0];
    removeAt(0);
    return first;
  }

  @Override
  public @Nullable Event getFirst() {
    return events[0];
  }

  @Override
  public boolean remove(Event event) {
    for (int i = 0; i < size; i++) {
      if (events[i] == event) {
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
    Event event = events[last];
    events[last] = null;
    if (hole == last || event == null) {
      if (last == 0) {
        times[0] = Double.POSITIVE_INFINITY;
      }
      return;
    }
    siftUp(holeAtTheBottom(hole), time, sequence, event);
  }

  private void siftUp(int start, double time, long sequence, Event event) {
    int hole = start;
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (!isBefore(time, sequence, parent)) {
        break;
      }
      move(parent, hole);
      hole = parent;
    }
    put(hole, time, sequence, event);
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
    events[to] = events[from];
  }

  private void put(int index, double time, long sequence, Event event) {
    times[index] = time;
    order[index] = sequence;
    events[index] = event;
  }

  @Override
  public Iterator<Event> iterator() {
    return listIterator();
  }

  @Override
  public ListIterator<Event> listIterator() {
    throw new UnsupportedOperationException("the heap has no list order");
  }

  @Override
  public void addFirst(Event event) {
    throw new UnsupportedOperationException("events are ordered by time alone");
  }

  @Override
  public void addBefore(Event event, Event other) {
    throw new UnsupportedOperationException("events are ordered by time alone");
  }

  @Override
  public void addAfter(Event event, Event other) {
    throw new UnsupportedOperationException("events are ordered by time alone");
  }

  @Override
  public @Nullable Event getFirstOfClass(String name) {
    throw new UnsupportedOperationException("the kernel looks for no event by its class");
  }

  @Override
  public <E extends Event> @Nullable E getFirstOfClass(Class<E> type) {
    throw new UnsupportedOperationException("the kernel looks for no event by its class");
  }
}

package io.github.batchq.sim;

import java.util.Arrays;
import java.util.Iterator;
import java.util.ListIterator;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.eventlist.EventList;

/**
 * An event list for SSJ's {@code Simulator} that keeps few pending events sorted in an array, the
 * next one last. Events come out in the order of time, those at the same time in the order in which
 * they were added. Nothing is allocated for an event, and the next arrival, which mostly is the
 * next event, goes in and comes out at the array's end.
 *
 * <p>All events of the kernel have the same priority, so this list refuses others; it leaves out
 * the positional operations of the interface, which the kernel does not need.
 */
final class SortedEvents implements EventList {
  private static final int INITIAL_CAPACITY = 16;
  private static final double KERNEL_PRIORITY = 1;

  private double[] times = new double[INITIAL_CAPACITY];
  private @Nullable Event[] events = new @Nullable Event[INITIAL_CAPACITY];
  private int size;

  @Override
  public boolean isEmpty() {
    return size == 0;
  }

  @Override
  public void clear() {
    Arrays.fill(events, 0, size, null);
    size = 0;
  }

  @Override
  public void add(Event event) {
    if (event.priority() != KERNEL_PRIORITY) {
      throw new IllegalArgumentException("all events have priority 1, found " + event.priority());
    }
    if (size == events.length) {
      times = Arrays.copyOf(times, 2 * size);
      events = Arrays.copyOf(events, 2 * size);
    }
    double time = event.time();
    int hole = size++;
    while (hole > 0 && times[hole - 1] <= time) {
      times[hole] = times[hole - 1];
      events[hole] = events[hole - 1];
      hole--;
    }
    times[hole] = time;
    events[hole] = event;
  }

  @Override
  public @Nullable Event removeFirst() {
    if (size == 0) {
      return null;
    }
    return events[--size];
  }

  @Override
  public @Nullable Event getFirst() {
    return size == 0 ? null : events[size - 1];
  }

  @Override
  public boolean remove(Event event) {
    for (int i = size - 1; i >= 0; i--) {
      if (events[i] == event) {
        System.arraycopy(times, i + 1, times, i, size - i - 1);
        System.arraycopy(events, i + 1, events, i, size - i - 1);
        size--;
        return true;
      }
    }
    return false;
  }

  @Override
  public Iterator<Event> iterator() {
    return listIterator();
  }

  @Override
  public ListIterator<Event> listIterator() {
    throw new UnsupportedOperationException("the kernel does not walk through its events");
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

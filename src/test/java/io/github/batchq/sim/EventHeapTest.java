package io.github.batchq.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Simulator;
import umontreal.ssj.simevents.eventlist.SplayTree;

class EventHeapTest {
  private static final Simulator SIMULATOR = new Simulator();

  /** An event that does nothing. */
  private static final class Nothing extends Event {
    Nothing(double time) {
      super(SIMULATOR);
      setTime(time);
    }

    @Override
    public void actions() {}
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void agreesWithSsjsSplayTreeOnRandomOperations(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    EventHeap list = new EventHeap();
    SplayTree reference = new SplayTree();
    List<Event> pending = new ArrayList<>();
    for (int step = 0; step < 20_000; step++) {
      double choice = random.nextDouble();
      if (choice < 0.52) {
        // Few different times, so that many events tie.
        Event event = new Nothing(random.nextInt(50));
        list.add(event);
        reference.add(event);
        pending.add(event);
      } else if (choice < 0.95 || pending.isEmpty()) {
        Event first = list.removeFirst();
        assertSame(reference.removeFirst(), first);
        pending.remove(first);
      } else {
        Event event = pending.remove(random.nextInt(pending.size()));
        assertTrue(list.remove(event));
        assertTrue(reference.remove(event));
      }
      assertSame(reference.getFirst(), list.getFirst());
      assertEquals(
          reference.isEmpty() ? Double.POSITIVE_INFINITY : reference.getFirst().time(),
          list.firstTime());
      assertEquals(reference.isEmpty(), list.isEmpty());
    }
  }

  @Test
  void clearsAndReportsWhatIsNotThere() {
    EventHeap list = new EventHeap();
    assertNull(list.getFirst());
    assertNull(list.removeFirst());
    list.add(new Nothing(1));
    list.clear();
    assertTrue(list.isEmpty());
    assertFalse(list.remove(new Nothing(1)));
  }

  @Test
  void refusesWhatItDoesNotKeep() {
    EventHeap list = new EventHeap();
    Event urgent =
        new Event(SIMULATOR) {
          @Override
          public void actions() {}
        };
    urgent.setPriority(0);
    urgent.setTime(1);
    assertThrows(IllegalArgumentException.class, () -> list.add(urgent));
    Event event = new Nothing(1);
    assertThrows(UnsupportedOperationException.class, () -> list.addFirst(event));
    assertThrows(UnsupportedOperationException.class, () -> list.addBefore(event, event));
    assertThrows(UnsupportedOperationException.class, () -> list.addAfter(event, event));
    assertThrows(UnsupportedOperationException.class, () -> list.getFirstOfClass("x"));
    assertThrows(UnsupportedOperationException.class, () -> list.getFirstOfClass(Nothing.class));
    assertThrows(UnsupportedOperationException.class, list::iterator);
    assertThrows(UnsupportedOperationException.class, list::listIterator);
  }
}

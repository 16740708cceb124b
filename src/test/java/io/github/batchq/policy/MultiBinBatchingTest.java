package io.github.batchq.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.Batch;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.QueuedRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class MultiBinBatchingTest implements PolicyBattery {
  private static final BoundaryChoice HALVES = BoundaryChoice.values(List.of(4.0));

  @Override
  public List<Case> specs() {
    BoundaryChoice thirds = BoundaryChoice.values(List.of(7.0, 13.0));
    return List.of(
        new Case(
            new MultiBinBatching(1, BoundaryChoice.rule("equal-mass"), 8, null),
            BinBoundaries.none()),
        new Case(new MultiBinBatching(3, thirds, 8, null), BinBoundaries.of(7, 13)),
        new Case(new MultiBinBatching(3, thirds, 8, Drain.DISCARD), BinBoundaries.of(7, 13)),
        new Case(new MultiBinBatching(3, thirds, 1, Drain.FLUSH), BinBoundaries.of(7, 13)));
  }

  private static QueuedRequest request(long id, double length) {
    return new QueuedRequest(id, id, 0, length);
  }

  private static Batch dispatched(Decision decision) {
    return ((Decision.Dispatch) decision).batch();
  }

  @Test
  void pairsTheShortAndTheLongOfThePapersExample() {
    BatchingPolicy policy = new MultiBinBatching(2, HALVES, 2, null).create(BinBoundaries.of(4));
    policy.enqueue(request(0, 1));
    policy.enqueue(request(1, 5));
    assertEquals(Decision.WAIT, policy.decide(1, FreeServers.of(1)));
    policy.enqueue(request(2, 2));
    policy.enqueue(request(3, 6));
    assertEquals(4, policy.waiting());
    Batch first = dispatched(policy.decide(3, FreeServers.of(1)));
    assertEquals(0, first.get(0).id());
    assertEquals(2, first.get(1).id());
    assertEquals(0, first.bin());
    assertEquals(2, first.formedTime());
    assertFalse(first.flushed());
    Batch second = dispatched(policy.decide(3, FreeServers.of(1)));
    assertEquals(1, second.get(0).id());
    assertEquals(3, second.get(1).id());
    assertEquals(1, second.bin());
    assertEquals(0, policy.waiting());
    assertEquals(Decision.WAIT, policy.decide(3, FreeServers.of(1)));
  }

  @Test
  void aLengthEqualToABoundaryGoesToTheUpperBin() {
    BatchingPolicy policy = new MultiBinBatching(2, HALVES, 1, null).create(BinBoundaries.of(4));
    policy.enqueue(request(0, 4));
    assertEquals(1, dispatched(policy.decide(0, FreeServers.of(1))).bin());
  }

  @Test
  void flushesPartialBatchesInTheOrderOfTheirOldestRequests() {
    BatchingPolicy policy = new MultiBinBatching(2, HALVES, 4, null).create(BinBoundaries.of(4));
    policy.enqueue(request(0, 9));
    policy.enqueue(request(1, 1));
    policy.enqueue(request(2, 9));
    policy.arrivalsEnded(2);
    Batch oldest = dispatched(policy.decide(2, FreeServers.of(1)));
    assertEquals(2, oldest.size());
    assertEquals(1, oldest.bin());
    assertEquals(2, oldest.formedTime());
    assertTrue(oldest.flushed());
    Batch other = dispatched(policy.decide(2, FreeServers.of(1)));
    assertEquals(1, other.size());
    assertTrue(other.flushed());
    assertEquals(0, policy.waiting());
  }

  @Test
  void discardLeavesPartialBatches() {
    BatchingPolicy policy =
        new MultiBinBatching(2, HALVES, 4, Drain.DISCARD).create(BinBoundaries.of(4));
    policy.enqueue(request(0, 9));
    policy.arrivalsEnded(0);
    assertEquals(Decision.WAIT, policy.decide(0, FreeServers.of(1)));
    assertEquals(1, policy.waiting());
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertRefused(
        "bins must be at least 1, found 0", () -> new MultiBinBatching(0, HALVES, 2, null));
    assertRefused(
        "batchSize must be at least 1, found -1", () -> new MultiBinBatching(2, HALVES, -1, null));
    assertRefused(
        "3 bins need 2 boundaries, found 1", () -> new MultiBinBatching(3, HALVES, 2, null));
    assertRefused(
        "boundaries must be positive, finite and increasing, found 4.0 after 4.0",
        () -> BoundaryChoice.values(List.of(4.0, 4.0)));
    assertRefused(
        "boundaries are either the name of a rule or a list of values",
        () -> new BoundaryChoice("equal-mass", List.of(1.0)));
  }

  private static void assertRefused(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }
}

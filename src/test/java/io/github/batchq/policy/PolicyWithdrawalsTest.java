package io.github.batchq.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.Batch;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.QueuedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What policies do with the places of requests that leave them. */
class PolicyWithdrawalsTest {
  private static final FreeServers ONE = FreeServers.of(1);

  private static QueuedRequest request(long id, double time, double length) {
    return new QueuedRequest(id, time, 0, length);
  }

  private static List<Long> ids(Decision decision) {
    List<Long> ids = new ArrayList<>();
    if (decision instanceof Decision.Dispatch dispatch) {
      Batch batch = dispatch.batch();
      for (int i = 0; i < batch.size(); i++) {
        ids.add(batch.get(i).id());
      }
    }
    return ids;
  }

  /** Two ways to serve the batch first that was formed first, whoever leaves it since. */
  @Test
  void aBatchKeepsItsTurnThoughItsLastMemberLeaves() {
    int withdrawn = 0;
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      BinBoundaries bins = BinBoundaries.of(1, 2);
      BatchingPolicy queue = new FullBatches(bins, 3, Drain.FLUSH);
      BatchingPolicy lines = new OrderedBins(bins, 3, Drain.FLUSH, ServingOrder.FORMED, false);
      List<QueuedRequest> waiting = new ArrayList<>();
      for (int now = 0; now < 300; now++) {
        double action = random.nextDouble();
        if (action < 0.6) {
          QueuedRequest request = request(now, now, 3 * random.nextDouble());
          waiting.add(request);
          queue.enqueue(request);
          lines.enqueue(request);
        } else if (action < 0.8 && !waiting.isEmpty()) {
          QueuedRequest request = waiting.remove(random.nextInt(waiting.size()));
          queue.withdraw(request, now);
          lines.withdraw(request, now);
          withdrawn++;
        } else {
          List<Long> served = ids(queue.decide(now, ONE));
          assertEquals(served, ids(lines.decide(now, ONE)));
          waiting.removeIf(request -> served.contains(request.id()));
        }
        assertEquals(waiting.size(), queue.waiting());
        assertEquals(waiting.size(), lines.waiting());
      }
    }
    assertTrue(withdrawn > 5_000);
  }

  private static BatchingPolicy maxWait() {
    return new MaxWaitBatching(1, null, 3, 10, null).create(BinBoundaries.none());
  }

  /** An open batch waits for the time of the first request that is still in it. */
  @Test
  void anOpenBatchGoesByTheFirstWhoStays() {
    BatchingPolicy policy = maxWait();
    QueuedRequest first = request(0, 0, 1);
    QueuedRequest second = request(1, 3, 1);
    policy.enqueue(first);
    policy.enqueue(second);
    policy.withdraw(first, 5);
    assertEquals(new Decision.WakeAt(13), policy.decide(10, ONE));
    Decision.Dispatch dispatch = (Decision.Dispatch) policy.decide(13, ONE);
    assertEquals(List.of(1L), ids(dispatch));
    assertEquals(13, dispatch.batch().formedTime());
  }

  /** A batch has closed at its time though nobody has looked since; then nobody joins it. */
  @Test
  void aBatchThatHasClosedStaysClosed() {
    BatchingPolicy policy = maxWait();
    QueuedRequest first = request(0, 0, 1);
    policy.enqueue(first);
    QueuedRequest second = request(1, 1, 1);
    policy.enqueue(second);
    policy.withdraw(first, 12);
    policy.enqueue(request(2, 13, 1));
    Decision.Dispatch dispatch = (Decision.Dispatch) policy.decide(14, ONE);
    assertEquals(List.of(1L), ids(dispatch));
    assertEquals(10, dispatch.batch().formedTime());
    assertEquals(new Decision.WakeAt(23), policy.decide(14, ONE));
  }

  /** An open batch that all have left has no time to keep. */
  @Test
  void anEmptyBatchDoesNotWait() {
    BatchingPolicy policy = maxWait();
    QueuedRequest only = request(0, 0, 1);
    policy.enqueue(only);
    policy.withdraw(only, 4);
    assertEquals(Decision.WAIT, policy.decide(5, ONE));
    policy.enqueue(request(1, 6, 1));
    assertEquals(new Decision.WakeAt(16), policy.decide(6, ONE));
  }

  /** A window is cut when it is full of those who stay, and its shortest batch goes first. */
  @Test
  void aWindowIsFullOfThoseWhoStay() {
    BatchingPolicy policy = new SortedWindow(2, 2, null).create(BinBoundaries.none());
    QueuedRequest longest = request(0, 0, 9);
    policy.enqueue(longest);
    policy.enqueue(request(1, 1, 5));
    policy.enqueue(request(2, 2, 1));
    policy.withdraw(longest, 2);
    QueuedRequest short3 = request(3, 3, 2);
    policy.enqueue(short3);
    assertEquals(Decision.WAIT, policy.decide(3, ONE));
    policy.enqueue(request(4, 4, 7));
    policy.withdraw(short3, 4);
    assertEquals(List.of(2L), ids(policy.decide(4, ONE)));
    assertEquals(List.of(1L, 4L), ids(policy.decide(4, ONE)));
    assertEquals(0, policy.waiting());
  }

  /** A bin whose company was complete lets them in though one of them leaves. */
  @Test
  void aCompleteGroupJoinsThoughOneLeaves() {
    BatchingPolicy policy =
        new WaitThreshold(4, 1, null, 3, null, null).create(BinBoundaries.none());
    QueuedRequest gone = request(0, 0, 1);
    policy.enqueue(gone);
    policy.enqueue(request(1, 1, 1));
    policy.withdraw(gone, 1);
    QueuedRequest second = request(2, 2, 1);
    policy.enqueue(second);
    assertEquals(Decision.WAIT, policy.decide(2, ONE));
    policy.enqueue(request(3, 3, 1));
    policy.withdraw(second, 3);
    assertEquals(List.of(1L, 3L), ids(policy.decide(3, ONE)));
  }
}

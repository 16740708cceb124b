package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Uniform;
import org.junit.jupiter.api.Test;

class DedicatedBinsTest {
  private static final Uniform LAW = new Uniform(1, 20);

  private static BatchSystem system(int servers, double... boundaries) {
    return new BatchSystem(
        LAW,
        BinBoundaries.of(boundaries),
        8,
        BatchSystem.of(LAW, BinBoundaries.none(), 8).service(),
        servers);
  }

  /** Two bins of half the requests: batches of 9.444... and 18.944... s, each on a server. */
  @Test
  void theLongerBinIsTheBottleneck() {
    BatchSystem two = system(2, 10.5);
    double longer = 10.5 + 9.5 * 8 / 9;
    assertEquals(8 / (longer / 2), DedicatedBins.capacity(two).value(), 1e-12);
    assertTrue(DedicatedBins.capacity(two).value() < Throughput.capacity(two).value());
  }

  /** Four bins on two servers: 0 and 2 on one, 1 and 3 on the other. */
  @Test
  void binsAreDealtToServersInTurn() {
    BatchSystem four = system(2, 5.75, 10.5, 15.25);
    double second = 5.75 + 4.75 * 8 / 9;
    double fourth = 15.25 + 4.75 * 8 / 9;
    assertEquals(8 / ((second + fourth) / 4), DedicatedBins.capacity(four).value(), 1e-12);
  }

  /** Three servers for two bins: the first bin has two of them. */
  @Test
  void serversAreDealtToBinsInTurn() {
    double shorter = 1 + 9.5 * 8 / 9;
    double longer = 10.5 + 9.5 * 8 / 9;
    assertEquals(
        Math.min(2 * 8 / (shorter / 2), 8 / (longer / 2)),
        DedicatedBins.capacity(system(3, 10.5)).value(),
        1e-12);
  }

  @Test
  void isTheSharedQueueForOneServer() {
    BatchSystem one = system(1, 5.75, 10.5, 15.25);
    assertEquals(Throughput.capacity(one).value(), DedicatedBins.capacity(one).value(), 1e-12);
  }
}

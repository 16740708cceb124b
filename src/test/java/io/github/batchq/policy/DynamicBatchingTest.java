package io.github.batchq.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.sim.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

class DynamicBatchingTest implements PolicyBattery {
  @Override
  public List<Case> specs() {
    return List.of(
        new Case(new DynamicBatching(1, null, null), BinBoundaries.none()),
        new Case(new DynamicBatching(8, null, null), BinBoundaries.none()),
        new Case(new DynamicBatching(8, 3, null), BinBoundaries.none()),
        new Case(new DynamicBatching(8, 8, Drain.DISCARD), BinBoundaries.none()));
  }

  /** Requests of 2 s at 0, 1, 1, 1, 5: the first alone, two, then one and at last one. */
  @Test
  void takesWhatWaitsWhenTheServerIsFree() {
    double[] latencies =
        Run.kernelLatencies(
            new double[] {0, 1, 1, 1, 5},
            new double[] {2, 2, 2, 2, 2},
            new DynamicBatching(2, null, null).create(BinBoundaries.none()),
            1,
            2);
    // 0..2 {0}, 2..4 {1,2}, 4..6 {3}, 6..8 {4}.
    assertArrayEquals(new double[] {2, 3, 3, 5, 3}, latencies);
  }

  /** With at least two of them the first waits for the second, and the last is discarded. */
  @Test
  void waitsForTheLeastNumber() {
    double[] latencies =
        Run.kernelLatencies(
            new double[] {0, 1, 1, 1, 5},
            new double[] {2, 2, 2, 2, 2},
            new DynamicBatching(3, 2, null).create(BinBoundaries.none()),
            1,
            3);
    // 1..3 {0,1,2}, for all of a moment are seen, 5..7 {3,4}.
    assertArrayEquals(new double[] {3, 2, 2, 6, 2}, latencies);
    double[] discarded =
        Run.kernelLatencies(
            new double[] {0, 1, 1, 1, 5, 6},
            new double[] {2, 2, 2, 2, 2, 2},
            new DynamicBatching(3, 2, Drain.DISCARD).create(BinBoundaries.none()),
            1,
            3);
    assertArrayEquals(new double[] {3, 2, 2, 6, 2, Double.NaN}, discarded);
  }

  @Test
  void isNoPolicyOfFullBatches() {
    assertFalse(new DynamicBatching(8, 8, null).serving().inFullBatches());
    assertEquals(1, new DynamicBatching(8, null, null).fewest());
  }

  @Test
  void refusesNumbersThatMakeNoSense() {
    assertThrows(IllegalArgumentException.class, () -> new DynamicBatching(0, null, null));
    assertThrows(IllegalArgumentException.class, () -> new DynamicBatching(8, 0, null));
    assertEquals(
        "least must be from 1 to the batch size 8, found 9",
        assertThrows(IllegalArgumentException.class, () -> new DynamicBatching(8, 9, null))
            .getMessage());
  }
}

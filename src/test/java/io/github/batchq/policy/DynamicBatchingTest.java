package io.github.batchq.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.random.Uniform;
import io.github.batchq.sim.Run;
import io.github.batchq.workload.RenewalProcess;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DynamicBatchingTest implements PolicyBattery {
  @Override
  public List<Case> specs() {
    return List.of(
        new Case(new DynamicBatching(1, null, null), BinBoundaries.none()),
        new Case(new DynamicBatching(8, null, null), BinBoundaries.none()),
        new Case(new DynamicBatching(8, 3, null), BinBoundaries.none()),
        new Case(new DynamicBatching(8, 8, Drain.DISCARD), BinBoundaries.none()),
        new Case(new DynamicBatching(8, null, 2.5, null), BinBoundaries.none()),
        new Case(new DynamicBatching(8, 3, 0.0, null), BinBoundaries.none()),
        new Case(new DynamicBatching(8, 5, 40.0, Drain.DISCARD), BinBoundaries.none()));
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

  /** Those who come while the server is busy wait for it, and fill the batch meanwhile. */
  @Test
  void aDelayCountsBesideAFreeServerOnly() {
    double[] latencies =
        Run.kernelLatencies(
            new double[] {0, 1, 4, 5, 5.5, 20},
            new double[] {2, 2, 2, 2, 2, 2},
            new DynamicBatching(3, null, 1.5, Drain.DISCARD).create(BinBoundaries.none()),
            1,
            3);
    // 1.5..3.5 {0,1}, 5.5..7.5 {2,3,4} as it is full, 21.5..23.5 {5}.
    assertArrayEquals(new double[] {3.5, 2.5, 3.5, 2.5, 2, 3.5}, latencies);
    double[] busy =
        Run.kernelLatencies(
            new double[] {0, 1, 4, 5, 5.5, 20},
            new double[] {9, 2, 2, 2, 2, 2},
            new DynamicBatching(4, 2, 1.5, Drain.DISCARD).create(BinBoundaries.none()),
            1,
            4);
    // 1..10 {0,1}, 10..12 {2,3,4}, which waited for the server alone, 21.5..23.5 {5}.
    assertArrayEquals(new double[] {10, 9, 8, 7, 6.5, 3.5}, busy);
  }

  /** Against a loop over batches: each begins as soon as it may, and holds who is there then. */
  @ParameterizedTest
  @CsvSource({"0.3, 1, 2.5", "0.3, 5, 2.5", "3, 8, 0.7", "1, 3, 20", "0.05, 8, 0"})
  void aDelayDoesWhatAPlainLoopSays(double rate, int least, double delay) {
    RandomStreams streams = new RandomStreams(5, 1);
    int requests = 4_000;
    double[] times =
        Run.draw(
            new RenewalProcess(new Exponential(rate))
                .arrivalTimes(streams.stream(0, StreamName.ARRIVALS)),
            requests);
    double[] lengths =
        Run.draw(new Uniform(1, 5).sampler(streams.stream(0, StreamName.SERVICE)), requests);
    int batchSize = 8;
    double[] expected = new double[requests];
    double free = 0;
    for (int first = 0; first < requests; ) {
      int company = Math.min(first + (delay == 0 ? 1 : least), requests) - 1;
      // When all have come, those who are left begin at once.
      double ready = Math.min(times[company], times[first] + delay);
      double start = Math.max(free, ready);
      int end = first;
      double longest = 0;
      while (end < requests && end < first + batchSize && times[end] <= start) {
        longest = Math.max(longest, lengths[end++]);
      }
      free = start + longest;
      for (int i = first; i < end; i++) {
        expected[i] = free - times[i];
      }
      first = end;
    }
    double[] found =
        Run.kernelLatencies(
            times,
            lengths,
            new DynamicBatching(batchSize, least, delay, null).create(BinBoundaries.none()),
            1,
            batchSize);
    assertArrayEquals(expected, found, 1e-9 * times[requests - 1]);
  }

  @Test
  void aDelayIsATime() {
    assertEquals(8, new DynamicBatching(8, null, 0.5, null).fewest());
    assertEquals(1, new DynamicBatching(8, null, 0.5, null).leastCompany());
    assertEquals(
        "delay must be finite and at least 0, found -1.0",
        assertThrows(IllegalArgumentException.class, () -> new DynamicBatching(8, null, -1.0, null))
            .getMessage());
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

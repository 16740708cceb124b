package io.github.batchq.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.sim.Run;
import io.github.batchq.workload.RenewalProcess;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaxWaitBatchingTest implements PolicyBattery {
  private static final BinBoundaries TWO_BINS = BinBoundaries.of(10.5);

  private static MaxWaitBatching twoBins(int batchSize, double maxWait, Drain drain) {
    return new MaxWaitBatching(2, BoundaryChoice.values(List.of(10.5)), batchSize, maxWait, drain);
  }

  @Override
  public List<Case> specs() {
    return List.of(
        new Case(new MaxWaitBatching(1, null, 8, 3, null), BinBoundaries.none()),
        new Case(new MaxWaitBatching(1, null, 8, 0, null), BinBoundaries.none()),
        new Case(twoBins(8, 20, Drain.FLUSH), TWO_BINS),
        new Case(twoBins(8, 20, Drain.DISCARD), TWO_BINS));
  }

  /** Two bins, at most 3 s: {0} closes at 3, {1,2} when full at 2.5, {3} at 8, {4} is flushed. */
  @Test
  void closesWhenFullOrDue() {
    double[] latencies =
        Run.kernelLatencies(
            new double[] {0, 1, 2.5, 5, 9},
            new double[] {1, 20, 20, 1, 1},
            twoBins(2, 3, Drain.FLUSH).create(TWO_BINS),
            8,
            2);
    assertArrayEquals(new double[] {3 + 1, 1.5 + 20, 20, 3 + 1, 1}, latencies);
  }

  /** A batch is closed at its deadline even while nobody asks because all servers are busy. */
  @Test
  void deadlinesPassWhileServersAreBusy() {
    double[] latencies =
        Run.kernelLatencies(
            new double[] {0, 0, 1, 6, 6},
            new double[] {10, 10, 2, 2, 2},
            new MaxWaitBatching(1, null, 2, 3, Drain.FLUSH).create(BinBoundaries.none()),
            1,
            2);
    // 0..10 {0,1}; {2} closed at 4, before 3 came: 10..12; {3,4} full at 6: 12..14.
    assertArrayEquals(new double[] {10, 10, 11, 8, 8}, latencies);
  }

  /** With a limit that is never met it is multi-bin batching, request by request. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void withoutALimitItIsMultiBinBatching(int servers) {
    RandomStreams streams = new RandomStreams(3, 1);
    int requests = 3_001;
    double[] times =
        Run.draw(
            new RenewalProcess(new Exponential(0.5))
                .arrivalTimes(streams.stream(0, StreamName.ARRIVALS)),
            requests);
    double[] lengths = Run.draw(LENGTHS.sampler(streams.stream(0, StreamName.SERVICE)), requests);
    MultiBinBatching full = new MultiBinBatching(2, BoundaryChoice.values(List.of(10.5)), 8, null);
    assertArrayEquals(
        Run.kernelLatencies(times, lengths, full.create(TWO_BINS), servers, 8),
        Run.kernelLatencies(
            times, lengths, twoBins(8, 1e9, Drain.FLUSH).create(TWO_BINS), servers, 8));
  }

  @Test
  void refusesNumbersThatMakeNoSense() {
    assertThrows(IllegalArgumentException.class, () -> new MaxWaitBatching(2, null, 8, 1, null));
    assertThrows(IllegalArgumentException.class, () -> new MaxWaitBatching(0, null, 8, 1, null));
    assertThrows(IllegalArgumentException.class, () -> new MaxWaitBatching(1, null, 0, 1, null));
    assertEquals(
        "maxWait must be finite and at least 0, found -1.0",
        assertThrows(
                IllegalArgumentException.class, () -> new MaxWaitBatching(1, null, 8, -1, null))
            .getMessage());
  }
}

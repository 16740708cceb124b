package io.github.batchq.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.service.LongestRequest;
import io.github.batchq.sim.KernelRun;
import io.github.batchq.sim.Run;
import io.github.batchq.sim.ServedBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SortedWindowTest implements PolicyBattery {
  @Override
  public List<Case> specs() {
    List<Case> cases = new ArrayList<>();
    for (Drain drain : Drain.values()) {
      cases.add(new Case(new SortedWindow(8, 4, drain), BinBoundaries.none()));
      cases.add(new Case(new SortedWindow(8, 1, drain), BinBoundaries.none()));
      cases.add(new Case(new SortedWindow(1, 5, drain), BinBoundaries.none()));
      // More than the battery's requests: everything waits for the end.
      cases.add(new Case(new SortedWindow(8, 1000, drain), BinBoundaries.none()));
    }
    return cases;
  }

  @Override
  public boolean firstComeFirstServedInBins() {
    return false;
  }

  /** Batches in the order in which they start, each as its members @ its start. */
  private static List<String> schedule(double[] times, double[] lengths, SortedWindow policy) {
    List<String> starts = new ArrayList<>();
    Run.Recorder recorder =
        new Run.Recorder() {
          @Override
          public void dispatched(ServedBatch batch) {
            StringBuilder members = new StringBuilder();
            for (int i = 0; i < batch.size(); i++) {
              members.append(batch.id(i)).append(' ');
            }
            starts.add(members + "@" + (int) batch.startTime() + (batch.flushed() ? "!" : ""));
          }
        };
    KernelRun.of(Run.source(times, lengths), policy).tell(recorder);
    return starts;
  }

  /** Two windows of two pairs, equal lengths in the order of arrival, and three that are left. */
  @Test
  void sortsEachWindowAndServesTheShortestFirst() {
    double[] times = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    double[] lengths = {9, 2, 9, 1, 3, 3, 3, 3, 7, 1, 2};
    List<String> full = List.of("1 3 @3", "0 2 @5", "4 5 @14", "6 7 @17");
    List<String> flushed = new ArrayList<>(full);
    flushed.addAll(List.of("9 10 @20!", "8 @22!"));
    assertEquals(flushed, schedule(times, lengths, new SortedWindow(2, 2, null)));
    assertEquals(full, schedule(times, lengths, new SortedWindow(2, 2, Drain.DISCARD)));
  }

  @ParameterizedTest
  @CsvSource({"1, 0.4", "3, 1.2", "1, 2"})
  void aWindowOfOneBatchIsStandardBatching(int servers, double rate) {
    for (Drain drain : Drain.values()) {
      BinBoundaries one = BinBoundaries.none();
      assertArrayEquals(
          PolicyBattery.latencies(rate, new StandardBatching(8, drain).create(one), servers, 8),
          PolicyBattery.latencies(rate, new SortedWindow(8, 1, drain).create(one), servers, 8));
    }
  }

  /**
   * T14: mean and deviation of the longest length of a batch over windows, which are independent of
   * each other. The interval is one of 99.99 %.
   */
  @Test
  void theMeanBatchTimeIsThatOfTheory() {
    int batches = 4;
    int windows = 20_000;
    double[] sums = new double[windows];
    Run.Recorder recorder =
        new Run.Recorder() {
          private int served;

          @Override
          public void dispatched(ServedBatch batch) {
            sums[served++ / batches] += batch.seconds() / batches;
          }
        };
    KernelRun.of(
            Run.source(
                new RandomStreams(11, 1), 0, new Exponential(0.6), LENGTHS, 8L * batches * windows),
            new SortedWindow(8, batches, null))
        .service(new LongestRequest(0.5, 1))
        .tell(recorder);
    double mean = Arrays.stream(sums).average().orElseThrow();
    double variance =
        Arrays.stream(sums).map(sum -> (sum - mean) * (sum - mean)).sum() / (windows - 1);
    double halfWidth = 3.9 * Math.sqrt(variance / windows);
    double theory =
        0.5 + new io.github.batchq.theory.SortedGrouping(LENGTHS, 8, batches).meanLongest();
    assertEquals(theory, mean, halfWidth);
    // Tight enough to tell T14's loss, 7 * 19 / (2 * 33), from that of four bins, 7 * 19 / (72).
    assertTrue(halfWidth < 0.03, "half-width: " + halfWidth);
  }

  @Test
  void isNoPolicyOfFullBatchesAndReadsLengths() {
    SortedWindow policy = new SortedWindow(8, 4, null);
    assertFalse(policy.serving().inFullBatches());
    assertEquals(31, policy.mostForming());
    assertTrue(policy.readsLengths());
  }

  @Test
  void refusesNumbersThatMakeNoSense() {
    assertThrows(IllegalArgumentException.class, () -> new SortedWindow(0, 1, null));
    assertEquals(
        "window must be at least 1 batch, found 0",
        assertThrows(IllegalArgumentException.class, () -> new SortedWindow(8, 0, null))
            .getMessage());
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> new SortedWindow(2, 1 << 30, null))
                .getMessage());
    assertTrue(message.contains("fewer than 2^31 requests"), message);
  }
}

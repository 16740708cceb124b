package io.github.batchq.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.sim.KernelRun;
import io.github.batchq.sim.Run;
import io.github.batchq.sim.ServedBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortestFirstTest implements PolicyBattery {
  @Override
  public List<Case> specs() {
    List<Case> cases = new ArrayList<>();
    for (double ageing : new double[] {0, 0.1, 5}) {
      cases.add(new Case(new ShortestFirst(1, null, ageing, null), BinBoundaries.none()));
      cases.add(new Case(new ShortestFirst(8, 3, ageing, Drain.FLUSH), BinBoundaries.none()));
      cases.add(new Case(new ShortestFirst(8, 8, ageing, Drain.DISCARD), BinBoundaries.none()));
    }
    return cases;
  }

  @Override
  public boolean firstComeFirstServedInBins() {
    return false;
  }

  /**
   * Behind {0}, which takes 0..10, wait {1} of 9 s, and {2}, {3}, {4} of 2, 4 and 2 s, a second
   * apart. Pairs of the shortest, {2,4} and then {1,3}; when a second outweighs 6 s, {1} has 9 + 6,
   * {2} 2 + 12, {3} 4 + 18 and {4} 2 + 24, so {1,2} go first; when it outweighs 2 s, {3} and {4}
   * are equal, and {3} came first.
   */
  @ParameterizedTest
  @CsvSource({"0, 10 20 10 18 8", "6, 10 18 17 20 19", "3, 10 18 17 20 19", "2, 10 22 12 11 19"})
  void ageingMovesTheLongOneForward(double ageing, String latencies) {
    double[] expected =
        Arrays.stream(latencies.split(" ")).mapToDouble(Double::parseDouble).toArray();
    assertArrayEquals(
        expected,
        Run.kernelLatencies(
            new double[] {0, 1, 2, 3, 4},
            new double[] {10, 9, 2, 4, 2},
            new ShortestFirst(2, null, ageing, null).create(BinBoundaries.none()),
            1,
            2));
  }

  /** Requests of one length go in the order of arrival, and what is left is flushed or not. */
  @Test
  void equalLengthsAreServedInTheOrderOfArrival() {
    double[] times = {0, 1, 1, 1, 5};
    double[] lengths = {2, 2, 2, 2, 2};
    for (Drain drain : Drain.values()) {
      assertArrayEquals(
          Run.kernelLatencies(
              times, lengths, new DynamicBatching(3, 2, drain).create(BinBoundaries.none()), 1, 3),
          Run.kernelLatencies(
              times,
              lengths,
              new ShortestFirst(3, 2, 0, drain).create(BinBoundaries.none()),
              1,
              3));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0.35", "3, 1", "1, 2"})
  void withMuchAgeingItIsDynamicBatching(int servers, double rate) {
    BinBoundaries one = BinBoundaries.none();
    for (Integer least : new Integer[] {null, 3, 8}) {
      double[] dynamic =
          PolicyBattery.latencies(
              rate, new DynamicBatching(8, least, null).create(one), servers, 8);
      assertArrayEquals(
          dynamic,
          PolicyBattery.latencies(
              rate, new ShortestFirst(8, least, 1e9, null).create(one), servers, 8));
      assertArrayEquals(
          dynamic,
          PolicyBattery.latencies(
              rate, new ShortestFirst(8, least, Double.MAX_VALUE, null).create(one), servers, 8));
    }
  }

  /** Longest time between the arrivals of two requests of which the later one was served before. */
  private static double longestOvertaking(double ageing, int servers, long seed) {
    double[] longest = {0};
    Run.Recorder recorder =
        new Run.Recorder() {
          private double latest;

          @Override
          public void dispatched(ServedBatch batch) {
            longest[0] = Math.max(longest[0], latest - batch.arrivalTime(0));
            latest = Math.max(latest, batch.arrivalTime(batch.size() - 1));
          }
        };
    KernelRun.of(
            // More than the servers can carry, so that a queue builds up.
            Run.source(
                new RandomStreams(seed, 1), 0, new Exponential(0.6 * servers), LENGTHS, 5_003),
            new ShortestFirst(8, null, ageing, null))
        .servers(servers)
        .tell(recorder);
    return longest[0];
  }

  /** Lengths from 1 to 20: nobody is overtaken by a request that came more than 19/ageing later. */
  @ParameterizedTest
  @CsvSource({"0.01", "0.1", "0.5", "3"})
  void ageingBoundsTheOvertaking(double ageing) {
    double bound = 19 / ageing;
    double longest = 0;
    for (int seed = 1; seed <= 10; seed++) {
      for (int servers : new int[] {1, 3}) {
        longest = Math.max(longest, longestOvertaking(ageing, servers, seed));
        // Without ageing the longest are overtaken as long as the queue lasts.
        assertTrue(longestOvertaking(0, servers, seed) > 2000);
      }
    }
    assertTrue(longest <= bound * (1 + 1e-12), longest + " is longer than " + bound);
    assertTrue(longest > 0.8 * bound, "the bound is far from tight: " + longest);
  }

  @Test
  void isNoPolicyOfFullBatchesAndReadsLengths() {
    ShortestFirst policy = new ShortestFirst(8, null, 0, null);
    assertFalse(policy.serving().inFullBatches());
    assertTrue(policy.readsLengths());
  }

  @Test
  void refusesNumbersThatMakeNoSense() {
    assertThrows(IllegalArgumentException.class, () -> new ShortestFirst(0, null, 0, null));
    assertThrows(IllegalArgumentException.class, () -> new ShortestFirst(8, 9, 0, null));
    for (double ageing : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertEquals(
          "ageing must be finite and at least 0, found " + ageing,
          assertThrows(
                  IllegalArgumentException.class, () -> new ShortestFirst(8, null, ageing, null))
              .getMessage());
    }
  }
}

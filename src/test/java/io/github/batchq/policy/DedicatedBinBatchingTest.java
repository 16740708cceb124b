package io.github.batchq.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.sim.Run;
import io.github.batchq.workload.RenewalProcess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DedicatedBinBatchingTest implements PolicyBattery {
  private static DedicatedBinBatching policy(int batchSize, Drain drain, Double... inner) {
    return new DedicatedBinBatching(
        inner.length + 1, BoundaryChoice.values(List.of(inner)), batchSize, drain);
  }

  private static BatchingPolicy create(DedicatedBinBatching policy, int servers) {
    BoundaryChoice choice = policy.boundaries();
    BinBoundaries listed = choice.listed();
    return new Case(policy, listed == null ? BinBoundaries.none() : listed).create(servers);
  }

  /** One bin, and on 3 servers as many and more of them than servers, on 1 and 16 fewer. */
  @Override
  public List<Case> specs() {
    List<Case> cases = new ArrayList<>();
    for (Drain drain : Drain.values()) {
      cases.add(new Case(policy(8, drain), BinBoundaries.none()));
      cases.add(new Case(policy(8, drain, 5.0, 10.0), BinBoundaries.of(5, 10)));
      cases.add(new Case(policy(8, drain, 4.0, 8.0, 12.0, 16.0), BinBoundaries.of(4, 8, 12, 16)));
      cases.add(new Case(policy(1, drain, 10.0), BinBoundaries.of(10)));
    }
    return cases;
  }

  @ParameterizedTest
  @CsvSource({"0.2", "0.4", "2"})
  void oneBinOnOneServerIsStandardBatching(double rate) {
    for (Drain drain : Drain.values()) {
      assertArrayEquals(
          PolicyBattery.latencies(
              rate, new StandardBatching(8, drain).create(BinBoundaries.none()), 1, 8),
          PolicyBattery.latencies(rate, create(policy(8, drain), 1), 1, 8));
    }
  }

  /** One server has all bins. */
  @ParameterizedTest
  @CsvSource({"0.2", "0.4", "2"})
  void oneServerIsMultiBinBatching(double rate) {
    BinBoundaries thirds = BinBoundaries.of(5, 10);
    for (Drain drain : Drain.values()) {
      assertArrayEquals(
          PolicyBattery.latencies(rate, new FullBatches(thirds, 8, drain), 1, 8),
          PolicyBattery.latencies(rate, create(policy(8, drain, 5.0, 10.0), 1), 1, 8));
    }
  }

  private static double[] pick(double[] values, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
  }

  /**
   * The requests of each part of the lengths in a run of their own, on their own servers: two bins
   * on two servers, and two bins on three of which the lower one has two. What is flushed waits for
   * the last arrival of all, so what is left at the end is discarded.
   */
  @ParameterizedTest
  @CsvSource({"2, 1, 0.5", "2, 1, 1.5", "3, 2, 0.5", "3, 2, 3"})
  void eachBinIsARunOfItsOwn(int servers, int ofLower, double rate) {
    RandomStreams streams = new RandomStreams(13, 1);
    int requests = 5_003;
    double[] times =
        Run.draw(
            new RenewalProcess(new Exponential(rate))
                .arrivalTimes(streams.stream(0, StreamName.ARRIVALS)),
            requests);
    double[] lengths = Run.draw(LENGTHS.sampler(streams.stream(0, StreamName.SERVICE)), requests);
    double[] bound =
        Run.kernelLatencies(
            times, lengths, create(policy(8, Drain.DISCARD, 10.0), servers), servers, 8);
    for (boolean lower : new boolean[] {true, false}) {
      int[] ids = IntStream.range(0, requests).filter(i -> lengths[i] < 10 == lower).toArray();
      assertArrayEquals(
          Run.kernelLatencies(
              pick(times, ids),
              pick(lengths, ids),
              new StandardBatching(8, Drain.DISCARD).create(BinBoundaries.none()),
              lower ? ofLower : 1,
              8),
          pick(bound, ids));
    }
  }

  /** Three bins on two servers, pairs: bins 0 and 2 share server 0, first formed first. */
  @Test
  void binsShareAServer() {
    double[] times = {0, 0, 1, 1, 2, 2, 3, 3, 4};
    double[] lengths = {12, 12, 1, 1, 6, 6, 11, 11, 2};
    double[] latencies =
        Run.kernelLatencies(times, lengths, create(policy(2, Drain.FLUSH, 5.0, 10.0), 2), 2, 2);
    // Server 0: 0..12 {0,1}, 12..13 {2,3}, 13..24 {6,7}, 24..26 {8} flushed. Server 1: 2..8 {4,5}.
    assertArrayEquals(new double[] {12, 12, 12, 12, 6, 6, 21, 21, 22}, latencies);
  }

  @Test
  void choosesServersAndIsNoQueueOfFullBatches() {
    assertFalse(policy(8, Drain.FLUSH).serving().inFullBatches());
    assertEquals(7, policy(8, Drain.FLUSH).mostForming());
    assertEquals(21, policy(8, Drain.FLUSH, 5.0, 10.0).mostForming());
  }

  @Test
  void refusesNumbersThatMakeNoSense() {
    BoundaryChoice choice = BoundaryChoice.rule("equal-mass");
    assertThrows(
        IllegalArgumentException.class, () -> new DedicatedBinBatching(0, choice, 8, null));
    assertThrows(
        IllegalArgumentException.class, () -> new DedicatedBinBatching(1, choice, 0, null));
    assertEquals(
        "3 bins need 2 boundaries, found 1",
        assertThrows(
                IllegalArgumentException.class,
                () -> new DedicatedBinBatching(3, BoundaryChoice.values(List.of(5.0)), 8, null))
            .getMessage());
  }
}

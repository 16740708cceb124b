package io.github.batchq.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.sim.KernelRun;
import io.github.batchq.sim.Run;
import io.github.batchq.sim.ServedBatch;
import io.github.batchq.workload.RenewalProcess;
import io.github.batchq.workload.RequestSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Multi-bin batching whose bins are served in other orders. */
@Tag("long")
class ServingOrderTest implements PolicyBattery {
  private static final BinBoundaries THIRDS = BinBoundaries.of(5, 10);

  private static MultiBinBatching thirds(
      int batchSize, Drain drain, ServingOrder order, boolean partial) {
    return new MultiBinBatching(
        3, BoundaryChoice.values(List.of(5.0, 10.0)), batchSize, drain, order, partial);
  }

  @Override
  public List<Case> specs() {
    List<Case> cases = new ArrayList<>();
    for (ServingOrder order : ServingOrder.values()) {
      for (Drain drain : Drain.values()) {
        cases.add(new Case(thirds(8, drain, order, false), THIRDS));
        cases.add(new Case(thirds(8, drain, order, true), THIRDS));
      }
      cases.add(new Case(thirds(1, Drain.FLUSH, order, false), THIRDS));
    }
    return cases;
  }

  /** Batches in the order in which they start, each as its first request @ its start. */
  private static String schedule(double[] times, double[] lengths, MultiBinBatching policy) {
    List<String> starts = new ArrayList<>();
    Run.Recorder recorder =
        new Run.Recorder() {
          @Override
          public void dispatched(ServedBatch batch) {
            starts.add(batch.id(0) + "@" + (int) batch.startTime());
          }
        };
    run(Run.source(times, lengths), policy, 1, recorder);
    return String.join(" ", starts);
  }

  private static void run(
      RequestSource source, MultiBinBatching policy, int servers, Run.Recorder recorder) {
    KernelRun.of(source, policy, THIRDS).servers(servers).tell(recorder);
  }

  /**
   * Pairs behind {0,1}, which takes 0..12. In the order in which they are formed: {3,4} of bin 1
   * takes 7 s, {2,5} of bin 2 takes 12 s, {6,7} and {8,9} of bin 0 take 2 s and 4 s; flushed are
   * {10} of bin 1, 6 s, and {11} of bin 0, 1 s.
   */
  @ParameterizedTest
  @CsvSource({
    "FORMED, 0@0 3@12 2@19 6@31 8@33 10@37 11@43",
    "SHORTEST, 0@0 6@12 8@14 11@18 3@19 10@26 2@32",
    "LONGEST_QUEUE, 0@0 6@12 3@14 8@21 2@25 10@37 11@43",
    "OLDEST, 0@0 2@12 3@24 6@31 8@33 10@37 11@43",
    "ROUND_ROBIN, 0@0 6@12 3@14 2@21 8@33 10@37 11@43"
  })
  void servesFullBatchesInOrder(ServingOrder order, String schedule) {
    double[] times = {0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    double[] lengths = {12, 12, 11, 6, 7, 12, 1, 2, 3, 4, 6, 1};
    assertEquals(schedule, schedule(times, lengths, thirds(2, Drain.FLUSH, order, false)));
  }

  /**
   * Batches of up to three, none full: behind {0}, which takes 0..12, wait {1} of bin 1 for 6 s,
   * {2,4} of bin 2 for 12 s and {3} of bin 0 for 1 s.
   */
  @ParameterizedTest
  @CsvSource({
    "FORMED, 0@0 1@12 2@18 3@30 5@50",
    "SHORTEST, 0@0 3@12 1@13 2@19 5@50",
    "LONGEST_QUEUE, 0@0 2@12 1@24 3@30 5@50",
    "OLDEST, 0@0 1@12 2@18 3@30 5@50",
    "ROUND_ROBIN, 0@0 3@12 1@13 2@19 5@50"
  })
  void servesPartialBatchesInOrder(ServingOrder order, String schedule) {
    double[] times = {0, 1, 2, 3, 4, 50};
    double[] lengths = {12, 6, 11, 1, 12, 1};
    assertEquals(schedule, schedule(times, lengths, thirds(3, Drain.FLUSH, order, true)));
    assertEquals(schedule, schedule(times, lengths, thirds(3, Drain.DISCARD, order, true)));
  }

  /**
   * Batches of up to three, each order alone. Behind {0} of bin 1, 0..6, wait {1} of bin 2 for 11
   * s, {2,3} of bin 1 for 7 s and {4} of bin 0 for 1 s; all are done by 25. Behind {5} of bin 1,
   * 30..36, {7,8,9} of bin 0, 3 s, is full at 34, then {6,10,11} of bin 2, 12 s, at 35, and {12} of
   * bin 1 is alone.
   */
  @ParameterizedTest
  @CsvSource({
    "FORMED, 0@0 1@6 2@17 4@24 5@30 7@36 6@39 12@51 13@90",
    "SHORTEST, 0@0 4@6 2@7 1@14 5@30 7@36 6@39 12@51 13@90",
    "LONGEST_QUEUE, 0@0 2@6 1@13 4@24 5@30 6@36 7@48 12@51 13@90",
    "OLDEST, 0@0 1@6 2@17 4@24 5@30 6@36 7@48 12@51 13@90",
    "ROUND_ROBIN, 0@0 1@6 4@17 2@18 5@30 6@36 7@48 12@51 13@90"
  })
  void noTwoOrdersAreTheSame(ServingOrder order, String schedule) {
    double[] times = {0, 1, 2, 3, 4, 30, 31, 32, 33, 34, 34, 35, 35, 90};
    double[] lengths = {6, 11, 7, 6, 1, 6, 12, 1, 2, 3, 10, 11, 6, 1};
    assertEquals(schedule, schedule(times, lengths, thirds(3, Drain.FLUSH, order, true)));
    assertEquals(schedule, schedule(times, lengths, thirds(3, Drain.DISCARD, order, true)));
  }

  /** Behind {0} waits {1} of bin 2, and later {2,3} of bin 0 is full. */
  @ParameterizedTest
  @EnumSource(ServingOrder.class)
  void aFullBatchGoesBeforeAPartialOne(ServingOrder order) {
    assertEquals(
        "0@0 2@12 1@13 4@50",
        schedule(
            new double[] {0, 1, 2, 3, 50},
            new double[] {12, 11, 1, 1, 1},
            thirds(2, Drain.FLUSH, order, true)));
  }

  /** First formed first served by the object that knows all orders, to the last digit. */
  @ParameterizedTest
  @CsvSource({"1, 0.6", "3, 1.8", "1, 3", "1, Infinity"})
  void formedIsMultiBinBatching(int servers, double rate) {
    RandomStreams streams = new RandomStreams(3, 1);
    int requests = 5_003;
    double[] lengths = Run.draw(LENGTHS.sampler(streams.stream(0, StreamName.SERVICE)), requests);
    double[] times =
        Double.isInfinite(rate)
            ? new double[requests]
            : Run.draw(
                new RenewalProcess(new Exponential(rate))
                    .arrivalTimes(streams.stream(0, StreamName.ARRIVALS)),
                requests);
    for (Drain drain : Drain.values()) {
      assertArrayEquals(
          Run.kernelLatencies(times, lengths, new FullBatches(THIRDS, 8, drain), servers, 8),
          Run.kernelLatencies(
              times,
              lengths,
              new OrderedBins(THIRDS, 8, drain, ServingOrder.FORMED, false),
              servers,
              8));
    }
  }

  /** Service time times wait, summed over the batches of one server. */
  private static double work(ServingOrder order, double rate) {
    double[] sum = {0};
    Run.Recorder recorder =
        new Run.Recorder() {
          @Override
          public void dispatched(ServedBatch batch) {
            sum[0] += batch.seconds() * (batch.startTime() - batch.formedTime());
          }
        };
    run(
        Run.source(new RandomStreams(5, 1), 0, new Exponential(rate), LENGTHS, 50_003),
        thirds(8, Drain.FLUSH, order, false),
        1,
        recorder);
    return sum[0];
  }

  /** The workload identity T22, path by path. */
  @ParameterizedTest
  @CsvSource({"0.4", "0.55", "1"})
  void everyOrderHasTheSameSumOfServiceTimesWait(double rate) {
    double formed = work(ServingOrder.FORMED, rate);
    assertTrue(formed > 0);
    for (ServingOrder order : ServingOrder.values()) {
      assertEquals(formed, work(order, rate), 1e-9 * formed, order.toString());
    }
  }

  @Test
  void onlyFullBatchesFirstFormedFirstServedAreThoseOfTheory() {
    assertEquals(
        new Serving.InFullBatches(Drain.FLUSH),
        thirds(8, Drain.FLUSH, ServingOrder.FORMED, false).serving());
    assertFalse(thirds(8, Drain.FLUSH, ServingOrder.FORMED, true).serving().inFullBatches());
    assertFalse(thirds(8, Drain.FLUSH, ServingOrder.OLDEST, false).serving().inFullBatches());
  }
}

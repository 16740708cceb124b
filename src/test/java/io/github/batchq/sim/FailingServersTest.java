package io.github.batchq.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.metric.Metric;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.policy.StepRules;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.Sampler;
import io.github.batchq.random.StreamName;
import io.github.batchq.random.Uniform;
import io.github.batchq.service.TokenCosts;
import io.github.batchq.workload.RequestSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers of different speeds, failures and drains, against hand-made cases and recursions. */
class FailingServersTest {
  private static final StandardBatching ONE_BY_ONE = new StandardBatching(1, null);

  /** When requests leave; infinite where they are lost, NaN where they never leave. */
  private static final class Departures extends Run.Recorder {
    private final double[] times;
    private int failures;

    Departures(int requests) {
      times = new double[requests];
      Arrays.fill(times, Double.NaN);
    }

    @Override
    public void completed(ServedBatch batch, double now) {
      for (int i = 0; i < batch.size(); i++) {
        times[(int) batch.id(i)] = now;
      }
    }

    @Override
    public void left(ServedRequest request, double now) {
      times[(int) request.id()] = now;
    }

    @Override
    public void interrupted(ServedBatch batch, boolean retry, double now) {
      for (int i = 0; i < batch.size() && !retry; i++) {
        times[(int) batch.id(i)] = Double.POSITIVE_INFINITY;
      }
    }

    @Override
    public void interrupted(ServedRequest request, boolean retry, double now) {
      if (!retry) {
        times[(int) request.id()] = Double.POSITIVE_INFINITY;
      }
    }

    @Override
    public void serverFailed(int server, double now) {
      failures++;
    }
  }

  private static RequestSource source(double[] times, double[] lengths) {
    return new RequestSource(
        supplier(times), supplier(lengths), (length, prompt) -> length, null, times.length);
  }

  private static DoubleSupplier supplier(double[] values) {
    int[] next = {0};
    return () -> values[next[0]++];
  }

  private static ServerPool failing(int servers, Law up, Law down, boolean retry) {
    return new ServerPool(servers, List.of(), new ServerPool.Failures(up, down, retry), List.of());
  }

  private static RequestCounts run(
      double[] times, double[] lengths, ServerPool pool, SimulationListener... listeners) {
    return KernelRun.of(source(times, lengths), ONE_BY_ONE).servers(pool, 5).tell(listeners);
  }

  @Test
  void aBatchOfAFailedServerBeginsAnewOrIsLost() {
    // Up for 10 s, down for 5 s: up in [0,10], [15,25], [30,40].
    double[] times = {0, 1, 2};
    double[] lengths = {4, 8, 3};
    for (boolean retry : new boolean[] {true, false}) {
      Departures departures = new Departures(3);
      RunStatistics statistics = new RunStatistics(1, WarmUp.NONE, 3, 1);
      RequestCounts counts =
          run(
              times,
              lengths,
              failing(1, new Deterministic(10), new Deterministic(5), retry),
              departures,
              statistics);
      if (retry) {
        // 4 to 10 is lost work; 15 to 23, and 23 to 26 is cut at 25; 30 to 33.
        assertArrayEquals(new double[] {4, 23, 33}, departures.times);
        assertEquals(new RequestCounts(3, 0, 0, 3, 0), counts);
        assertEquals(2, departures.failures);
        assertEquals(2 / 3.0, Metric.INTERRUPTIONS.of(statistics), 1e-15);
        assertEquals(0, Metric.LOST_SHARE.of(statistics));
        assertEquals((4 + 6 + 8 + 2 + 3) / 33.0, Metric.UTILIZATION.of(statistics), 1e-15);
        assertEquals(23 / 33.0, Metric.AVAILABILITY.of(statistics), 1e-15);
        assertEquals((4 + 22 + 31) / 3.0, Metric.LATENCY_MEAN.of(statistics), 1e-14);
        assertEquals((0 + 14 + 28) / 3.0, Metric.QUEUEING_MEAN.of(statistics), 1e-14);
      } else {
        assertArrayEquals(new double[] {4, Double.POSITIVE_INFINITY, 18}, departures.times);
        assertEquals(new RequestCounts(3, 0, 0, 2, 1), counts);
        assertEquals(1 / 3.0, Metric.LOST_SHARE.of(statistics), 1e-15);
        assertEquals(2 / 18.0, Metric.THROUGHPUT.of(statistics), 1e-15);
        assertEquals(3, Metric.BACKLOG.of(statistics));
      }
    }
  }

  @Test
  void theFastestFreeServerTakesABatch() {
    ServerPool pool = new ServerPool(3, List.of(0.5, 2.0, 1.0), null, List.of());
    Departures departures = new Departures(4);
    RunStatistics statistics = new RunStatistics(pool, WarmUp.NONE, 4, 1);
    run(new double[] {0, 0, 0, 0}, new double[] {4, 4, 4, 4}, pool, departures, statistics);
    // Speeds 2, 1, 1/2, and the fast one again at 2 s.
    assertArrayEquals(new double[] {2, 4, 8, 4}, departures.times);
    // 16 s of work in busy times of 4, 4, 8 s at speeds 2, 1, 1/2: all busy do 3.5 s of it a
    // second.
    assertEquals(
        4 / (16 / 3.5),
        io.github.batchq.metric.Metric.named("capacity.seen").of(statistics),
        1e-14);
  }

  @Test
  void aDrainedServerFinishesItsBatchAndTakesNoOther() {
    double[] times = {0, 1, 2};
    double[] lengths = {4, 3, 3};
    Departures back = new Departures(3);
    assertEquals(
        new RequestCounts(3, 0, 0, 3, 0),
        run(
            times,
            lengths,
            new ServerPool(1, List.of(), null, List.of(new PlannedDrain(0, 2, 10.0))),
            back));
    assertArrayEquals(new double[] {4, 13, 16}, back.times);
    Departures gone = new Departures(3);
    assertEquals(
        new RequestCounts(3, 2, 0, 1, 0),
        run(
            times,
            lengths,
            new ServerPool(1, List.of(), null, List.of(new PlannedDrain(0, 2, null))),
            gone));
    assertArrayEquals(new double[] {4, Double.NaN, Double.NaN}, gone.times);
  }

  /** One server, one request at a time: when each leaves, from the times up and down. */
  private static double[] recursion(
      double[] times, double[] lengths, Law up, Law down, boolean retry) {
    var stream = new RandomStreams(5, 1).stream(0, StreamName.FAILURES);
    Sampler upTimes = up.sampler(stream);
    Sampler downTimes = down.sampler(stream);
    double from = 0;
    double until = upTimes.getAsDouble();
    double free = 0;
    double[] departures = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      double begin = Math.max(times[i], free);
      while (true) {
        while (until <= begin) {
          from = until + downTimes.getAsDouble();
          until = from + upTimes.getAsDouble();
        }
        begin = Math.max(begin, from);
        if (begin + lengths[i] <= until) {
          departures[i] = begin + lengths[i];
          free = departures[i];
          break;
        }
        begin = until;
        if (!retry) {
          departures[i] = Double.POSITIVE_INFINITY;
          free = until;
          break;
        }
      }
    }
    return departures;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bothKernelsAgreeWithARecursionOverThousandsOfFailures(boolean retry) {
    int requests = 20_000;
    RandomStreams streams = new RandomStreams(9, 1);
    double[] times = new double[requests];
    double[] lengths = new double[requests];
    Sampler gaps = new Exponential(0.1).sampler(streams.stream(0, StreamName.ARRIVALS));
    Sampler tokens = new Uniform(0, 10).sampler(streams.stream(0, StreamName.SERVICE));
    for (int i = 0; i < requests; i++) {
      times[i] = (i == 0 ? 0 : times[i - 1]) + gaps.getAsDouble();
      lengths[i] = Math.ceil(tokens.getAsDouble());
    }
    Law up = new Exponential(0.02);
    Law down = new Uniform(0, 20);
    double[] expected = recursion(times, lengths, up, down, retry);
    Departures batches = new Departures(requests);
    run(times, lengths, failing(1, up, down, retry), batches);
    assertArrayEquals(expected, batches.times, 1e-6);
    assertTrue(batches.failures > 3_000, batches.failures + " failures");
    for (boolean merge : new boolean[] {true, false}) {
      Departures steps = new Departures(requests);
      RequestCounts counts =
          new StepKernel(
                  source(times, lengths),
                  new ContinuousBatching(1).create(BinBoundaries.none()),
                  TokenCosts.constant(0, 1),
                  new StepRules(null, null),
                  failing(1, up, down, retry),
                  new RandomStreams(5, 1).stream(0, StreamName.FAILURES),
                  1,
                  merge,
                  List.of(steps))
              .run();
      assertArrayEquals(expected, steps.times, 1e-6);
      assertEquals(requests, counts.completed() + counts.lost());
      assertEquals(Arrays.stream(expected).filter(Double::isInfinite).count(), counts.lost());
    }
  }

  @Test
  void aBatchThatNoServerCanFinishIsRefused() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                run(
                    new double[] {0},
                    new double[] {20},
                    failing(1, new Deterministic(10), new Deterministic(1), true)));
    assertTrue(
        String.valueOf(e.getMessage()).contains("none stays up for the 20.0 s"), e.getMessage());
  }

  @Test
  void poolsThatCannotBeAreRefused() {
    assertRefused("a speed for each", () -> new ServerPool(2, List.of(1.0), null, List.of()));
    assertRefused("positive and finite", () -> new ServerPool(1, List.of(0.0), null, List.of()));
    assertRefused(
        "numbers 0 to 1",
        () -> new ServerPool(2, List.of(), null, List.of(new PlannedDrain(2, 0, null))));
    assertRefused(
        "overlap",
        () ->
            new ServerPool(
                1,
                List.of(),
                null,
                List.of(new PlannedDrain(0, 0, null), new PlannedDrain(0, 9, 10.0))));
    assertRefused("after its beginning", () -> new PlannedDrain(0, 5, 5.0));
    assertRefused(
        "infinite",
        () -> failing(Kernel.INFINITE_SERVERS, new Deterministic(1), new Deterministic(1), true));
    assertRefused(
        "up for some time", () -> failing(1, new Deterministic(0), new Deterministic(1), true));
  }

  private static void assertRefused(String part, org.junit.jupiter.api.function.Executable made) {
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, made).getMessage());
    assertTrue(message.contains(part), message);
  }
}

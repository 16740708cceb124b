package io.github.batchq.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.metric.MeasurementTerms;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.Batch;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.QueuedRequest;
import io.github.batchq.policy.BatchingPolicy;
import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.policy.Decision;
import io.github.batchq.policy.DynamicBatching;
import io.github.batchq.policy.FreeServers;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.policy.StepRules;
import io.github.batchq.service.LongestRequest;
import io.github.batchq.service.TokenCosts;
import io.github.batchq.workload.ArrivingRequests;
import io.github.batchq.workload.Departure;
import io.github.batchq.workload.Request;
import io.github.batchq.workload.Withdrawal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Requests that leave of their clients' accord, one by one. */
class WithdrawalsTest {
  /** Who leaves when. */
  private record Leaving(double time, int id, boolean fromService, Departure how) {
    static Leaving queue(double time, int id) {
      return new Leaving(time, id, false, Departure.ABANDONED);
    }

    static Leaving anywhere(double time, int id) {
      return new Leaving(time, id, true, Departure.ABANDONED);
    }
  }

  /** Requests, some of which leave at given times. */
  private static final class Source implements ArrivingRequests {
    private final ArrivingRequests requests;
    private final List<Leaving> leaving;
    private final List<Request> taken = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private int next;

    Source(double[] times, double[] lengths, Leaving... leaving) {
      this.requests = Run.source(times, lengths);
      this.leaving = List.of(leaving);
    }

    @Override
    public double nextTime() {
      return requests.nextTime();
    }

    @Override
    public @Nullable Request next() {
      Request request = requests.next();
      if (request != null) {
        taken.add(request);
      }
      return request;
    }

    @Override
    public long drawn() {
      return requests.drawn();
    }

    @Override
    public boolean isOver() {
      return requests.isOver();
    }

    @Override
    public void departed(Request request, Departure how, double now) {
      told.add(now + " " + how + " " + request.id());
    }

    @Override
    public boolean withdraws() {
      return true;
    }

    @Override
    public double nextWithdrawalTime() {
      return next < leaving.size() ? leaving.get(next).time() : Double.POSITIVE_INFINITY;
    }

    @Override
    public Withdrawal nextWithdrawal() {
      Leaving one = leaving.get(next++);
      return new Withdrawal(taken.get(one.id()), one.how(), one.fromService());
    }
  }

  private static RunStatistics statistics(int batchSize) {
    return new RunStatistics(ServerPool.of(1), WarmUp.NONE, 0, batchSize, MeasurementTerms.TIMES);
  }

  private static RequestCounts run(
      Source source, BatchingPolicy policy, int batchSize, SimulationListener... listeners) {
    return new Kernel(source, policy, LongestRequest.SECONDS, 1, batchSize, List.of(listeners))
        .run();
  }

  private static RequestCounts run(
      Source source, PolicySpec spec, SimulationListener... listeners) {
    return run(source, spec.create(BinBoundaries.none()), spec.batchSize(), listeners);
  }

  private static double[] zeros(int size) {
    return new double[size];
  }

  private static double[] all(int size, double value) {
    double[] values = new double[size];
    Arrays.fill(values, value);
    return values;
  }

  /** An answer at the very moment is in time, a server that is free at the moment is not. */
  @Test
  void theMomentIsInTimeForAnAnswerAndTooLateForAServer() {
    Source source = new Source(zeros(2), all(2, 3), Leaving.anywhere(3, 0), Leaving.queue(3, 1));
    RequestCounts counts = run(source, new DynamicBatching(1, null, null));
    assertEquals(new RequestCounts(2, 0, 0, 1, 0, 1), counts);
    assertEquals(List.of("3.0 COMPLETED 0", "3.0 ABANDONED 1"), source.told);
  }

  /** The place in a formed batch stays empty, and its time is that of those who stay. */
  @Test
  void aFormedBatchLastsAsLongAsThoseWhoStay() {
    Source source =
        new Source(
            zeros(9),
            new double[] {5, 5, 5, 1, 9, 2, 4, 4, 4},
            Leaving.queue(1, 4),
            Leaving.queue(2, 6),
            Leaving.queue(2, 8),
            Leaving.queue(3, 7));
    RunStatistics statistics = statistics(3);
    RequestCounts counts = run(source, new StandardBatching(3), statistics);
    assertEquals(new RequestCounts(9, 0, 0, 5, 0, 4), counts);
    // The second batch ends at 5 + max(1, 2), the third is gone.
    assertEquals("7.0 COMPLETED 5", source.told.get(source.told.size() - 1));
    assertEquals(2.5, Metric.BATCH_SIZE_MEAN.of(statistics));
    assertEquals(4.0 / 9, Metric.named("abandoned.share").of(statistics));
  }

  /** Others take the place of one that leaves a batch which is still forming. */
  @Test
  void aFormingBatchWaitsForAnother() {
    Source source = new Source(new double[] {0, 0, 2, 3}, all(4, 1), Leaving.queue(1, 0));
    RunStatistics statistics = statistics(3);
    RequestCounts counts = run(source, new StandardBatching(3), statistics);
    assertEquals(new RequestCounts(4, 0, 0, 3, 0, 1), counts);
    assertEquals("4.0 COMPLETED 3", source.told.get(source.told.size() - 1));
    assertEquals(3, Metric.BATCH_SIZE_MEAN.of(statistics));
  }

  /** A batch in service goes on for all with whom it started. */
  @Test
  void aRunningBatchGoesOnUnchanged() {
    Source source = new Source(zeros(2), new double[] {2, 4}, Leaving.anywhere(1, 1));
    RunStatistics statistics = statistics(2);
    RequestCounts counts = run(source, new DynamicBatching(2, null, null), statistics);
    assertEquals(new RequestCounts(2, 0, 0, 1, 0, 1), counts);
    assertEquals(List.of("1.0 ABANDONED 1", "4.0 COMPLETED 0"), source.told);
    assertEquals(4, Metric.LATENCY_MEAN.of(statistics));
    assertEquals(0.25, Metric.THROUGHPUT.of(statistics));
    assertEquals(1, Metric.UTILIZATION.of(statistics));
    assertEquals(2, Metric.BATCH_SIZE_MEAN.of(statistics));
    assertEquals(0.25, Metric.PADDING.of(statistics));
    assertEquals(2, Metric.LENGTH_MEAN.of(statistics));
    assertEquals(0.5, Metric.named("abandoned.share").of(statistics));
  }

  /** A batch of which nobody is left holds its server to the end, and completes nobody. */
  @Test
  void aServerWorksOnForNobody() {
    Source source = new Source(new double[] {0, 1}, all(2, 4), Leaving.anywhere(1, 0));
    RunStatistics statistics = statistics(1);
    RequestCounts counts = run(source, new DynamicBatching(1, null, null), statistics);
    assertEquals(new RequestCounts(2, 0, 0, 1, 0, 1), counts);
    assertEquals("8.0 COMPLETED 1", source.told.get(1));
    assertEquals(7, Metric.LATENCY_MEAN.of(statistics));
    assertEquals(1, Metric.UTILIZATION.of(statistics));
  }

  /** Who is called back is wanted by nobody: it counts neither as answered nor as given up. */
  @Test
  void whoIsCalledBackDidNotGiveUp() {
    Source source = new Source(zeros(3), all(3, 2), new Leaving(1, 2, true, Departure.CANCELLED));
    RunStatistics statistics = statistics(1);
    RequestCounts counts = run(source, new DynamicBatching(1, null, null), statistics);
    assertEquals(new RequestCounts(3, 0, 0, 2, 0, 1), counts);
    assertEquals("1.0 CANCELLED 2", source.told.get(0));
    assertEquals(0, Metric.named("abandoned.share").of(statistics));
  }

  /** A slot and its memory are free at the end of the pass under way. */
  @Test
  void aSlotIsFreeAtTheEndOfThePass() {
    Source source =
        new Source(
            zeros(3), new double[] {9, 9, 2}, Leaving.anywhere(1.5, 0), Leaving.anywhere(5, 1));
    List<String> steps = new ArrayList<>();
    Run.Recorder recorder =
        new Run.Recorder() {
          @Override
          public void stepped(ServedSteps report) {
            double end = report.startTime() + report.seconds();
            steps.add(end + ": " + report.running() + " running, memory " + report.memory());
          }

          @Override
          public void left(ServedRequest request, double now) {
            steps.add(now + ": " + request.id() + " joined at " + request.joinTime());
          }
        };
    RequestCounts counts =
        new StepKernel(
                source,
                new ContinuousBatching(2).create(BinBoundaries.none()),
                TokenCosts.constant(0, 1),
                StepRules.PLAIN,
                1,
                2,
                true,
                List.of(recorder))
            .run();
    assertEquals(new RequestCounts(3, 0, 0, 1, 0, 2), counts);
    assertEquals(
        List.of(
            "2.0: 2 running, memory 4",
            "4.0: 2 running, memory 6",
            "4.0: 2 joined at 2.0",
            "5.0: 1 running, memory 5"),
        steps);
  }

  /** A policy that keeps a request which has left is found out. */
  @Test
  void whoHasLeftIsNotServed() {
    BatchingPolicy stubborn =
        new BatchingPolicy() {
          private final List<QueuedRequest> all = new ArrayList<>();
          private int waiting;

          @Override
          public void enqueue(QueuedRequest request) {
            all.add(request);
            waiting++;
          }

          @Override
          public Decision decide(double now, FreeServers free) {
            if (all.isEmpty()) {
              return Decision.WAIT;
            }
            waiting--;
            return new Decision.Dispatch(
                new Batch(new QueuedRequest[] {all.remove(0)}, 0, now, false));
          }

          @Override
          public void withdraw(QueuedRequest request, double now) {
            waiting--;
          }

          @Override
          public void arrivalsEnded(double now) {}

          @Override
          public int waiting() {
            return waiting;
          }
        };
    Source source = new Source(zeros(2), all(2, 2), Leaving.queue(1, 1));
    String message =
        assertThrows(IllegalStateException.class, () -> run(source, stubborn, 1)).getMessage();
    assertEquals("the policy dispatched request 1, which does not wait", message);
  }

  /** A policy of a user's own that lets nobody go says so. */
  @Test
  void aPolicyThatLetsNobodyGoSaysSo() {
    BatchingPolicy unaware =
        new BatchingPolicy() {
          @Override
          public void enqueue(QueuedRequest request) {}

          @Override
          public Decision decide(double now, FreeServers free) {
            return Decision.WAIT;
          }

          @Override
          public void arrivalsEnded(double now) {}

          @Override
          public int waiting() {
            return 1;
          }
        };
    Source source = new Source(zeros(1), all(1, 2), Leaving.queue(1, 0));
    String message =
        Objects.requireNonNull(
            assertThrows(UnsupportedOperationException.class, () -> run(source, unaware, 1))
                .getMessage());
    assertTrue(message.contains("it needs the method withdraw"), message);
  }
}

package io.github.batchq.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Batch;
import io.github.batchq.model.BatchShape;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.QueuedRequest;
import io.github.batchq.policy.BatchingPolicy;
import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.policy.Decision;
import io.github.batchq.policy.Drain;
import io.github.batchq.policy.FreeServers;
import io.github.batchq.policy.StepRules;
import io.github.batchq.service.LongestRequest;
import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.service.TokenCosts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the kernel promises to policies and what it refuses from them. */
class KernelContractTest {
  private static final double[] TIMES = {1, 2, 3, 4};
  private static final double[] LENGTHS = {1, 5, 2, 6};

  /** Serves one request after the other; subclasses misbehave. */
  private static class OneByOne implements BatchingPolicy {
    final ArrayDeque<QueuedRequest> queue = new ArrayDeque<>();

    @Override
    public void enqueue(QueuedRequest request) {
      queue.add(request);
    }

    @Override
    public Decision decide(double now, FreeServers free) {
      QueuedRequest request = queue.poll();
      return request == null ? Decision.WAIT : dispatch(now, request);
    }

    static Decision dispatch(double now, QueuedRequest... requests) {
      return new Decision.Dispatch(new Batch(requests, 0, now, false));
    }

    @Override
    public void arrivalsEnded(double now) {}

    @Override
    public int waiting() {
      return queue.size();
    }
  }

  private static RequestCounts run(BatchingPolicy policy, ServiceTimeModel service) {
    return KernelRun.of(Run.source(TIMES, LENGTHS), policy, 2).service(service).tell();
  }

  private static String refusal(BatchingPolicy policy) {
    return String.valueOf(
        assertThrows(IllegalStateException.class, () -> run(policy, LongestRequest.SECONDS))
            .getMessage());
  }

  @Test
  void servesEveryRequestOnce() {
    assertEquals(new RequestCounts(4, 0, 0, 4, 0), run(new OneByOne(), LongestRequest.SECONDS));
  }

  @Test
  void refusesARequestThatIsDispatchedTwice() {
    String message =
        refusal(
            new OneByOne() {
              @Override
              public Decision decide(double now, FreeServers free) {
                return dispatch(now, queue.getFirst());
              }

              @Override
              public int waiting() {
                return 0;
              }
            });
    assertEquals("the policy dispatched request 0, which does not wait", message);
  }

  @Test
  void refusesARequestThatItNeverGave() {
    String message =
        refusal(
            new OneByOne() {
              @Override
              public Decision decide(double now, FreeServers free) {
                return dispatch(now, new QueuedRequest(7, now, 0, 1));
              }
            });
    assertEquals("the policy dispatched request 7, which does not wait", message);
  }

  @Test
  void refusesABatchThatIsTooLarge() {
    String message =
        refusal(
            new OneByOne() {
              @Override
              public Decision decide(double now, FreeServers free) {
                return queue.size() < 3
                    ? Decision.WAIT
                    : dispatch(now, queue.remove(), queue.remove(), queue.remove());
              }
            });
    assertEquals("the policy dispatched a batch of 3 requests where 2 are allowed", message);
  }

  @Test
  void refusesAPolicyThatMiscounts() {
    String message =
        refusal(
            new OneByOne() {
              @Override
              public int waiting() {
                return queue.size() + 1;
              }
            });
    assertEquals("the policy counts 1 waiting requests where there are 0", message);
  }

  @Test
  void refusesAWakeUpThatIsNotInTheFuture() {
    String message =
        refusal(
            new OneByOne() {
              @Override
              public Decision decide(double now, FreeServers free) {
                return new Decision.WakeAt(now);
              }
            });
    assertEquals("the policy asked to be woken at 1.0 s, now is 1.0 s", message);
  }

  @Test
  void refusesAServiceTimeThatIsNoTime() {
    for (double seconds : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      ServiceTimeModel service =
          new ServiceTimeModel() {
            @Override
            public double seconds(BatchShape batch) {
              return seconds;
            }

            @Override
            public double ownSeconds(BatchShape batch, double[] lengths) {
              return seconds;
            }
          };
      // Finite lengths of an experiment can add up to no finite time; that is the user's to hear.
      Class<? extends RuntimeException> expected =
          seconds == Double.POSITIVE_INFINITY
              ? BadInputException.class
              : IllegalStateException.class;
      assertThrows(expected, () -> run(new OneByOne(), service));
    }
  }

  /** The first request or a later one, which no event would ever follow. */
  @Test
  void everyKernelRefusesARequestThatNeverArrives() {
    for (double time : new double[] {Double.POSITIVE_INFINITY, Double.NaN}) {
      Class<? extends RuntimeException> expected =
          Double.isNaN(time) ? IllegalStateException.class : BadInputException.class;
      for (double[] times : new double[][] {{time, time}, {1, time}}) {
        double[] lengths = {1, 1};
        Kernel events =
            new Kernel(
                Run.source(times, lengths),
                new OneByOne(),
                LongestRequest.SECONDS,
                1,
                2,
                List.of());
        assertThrows(expected, events::run);
        StepKernel steps =
            new StepKernel(
                Run.source(times, lengths),
                new ContinuousBatching(2).create(BinBoundaries.none()),
                new TokenCosts(0, 0, 0, 1, 0, 0, 0),
                StepRules.PLAIN,
                1,
                2,
                true,
                List.of());
        assertThrows(expected, steps::run);
        FullBatchKernel recursion =
            new FullBatchKernel(
                Run.source(times, lengths),
                BinBoundaries.none(),
                1,
                Drain.FLUSH,
                LongestRequest.SECONDS,
                1,
                new Run.Recorder());
        assertThrows(expected, recursion::run);
      }
    }
  }

  @Test
  void refusesArrivalsThatGoBackInTime() {
    Kernel kernel =
        new Kernel(
            Run.source(new double[] {2, 1}, new double[] {1, 1}),
            new OneByOne(),
            LongestRequest.SECONDS,
            1,
            2,
            List.of());
    assertThrows(IllegalStateException.class, kernel::run);
  }

  @Test
  void refusesNoServers() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Kernel(
                Run.source(TIMES, LENGTHS),
                new OneByOne(),
                LongestRequest.SECONDS,
                0,
                2,
                List.of()));
  }

  @Test
  void runsWithoutRequests() {
    assertEquals(
        new RequestCounts(0, 0, 0, 0, 0),
        KernelRun.of(Run.source(new double[0], new double[0]), new OneByOne(), 2).tell());
  }

  /** Full batches of two that wait at most a given time for the second request. */
  private static final class ImpatientPairs extends OneByOne {
    private final double patience;

    ImpatientPairs(double patience) {
      this.patience = patience;
    }

    @Override
    public Decision decide(double now, FreeServers free) {
      if (queue.isEmpty()) {
        return Decision.WAIT;
      }
      double latest = queue.getFirst().arrivalTime() + patience;
      if (queue.size() >= 2) {
        return dispatch(now, queue.remove(), queue.remove());
      }
      return now >= latest ? dispatch(now, queue.remove()) : new Decision.WakeAt(latest);
    }
  }

  @Test
  void wakesAPolicyThatAsksForIt() {
    List<Double> starts = new ArrayList<>();
    SimulationListener listener =
        new Run.Recorder() {
          @Override
          public void dispatched(ServedBatch batch) {
            starts.add(batch.startTime());
          }
        };
    RequestCounts counts =
        KernelRun.of(
                Run.source(new double[] {1, 4, 4.5, 9}, new double[] {0.5, 0.5, 0.5, 0.5}),
                new ImpatientPairs(2),
                2)
            .servers(2)
            .tell(listener);
    assertEquals(new RequestCounts(4, 0, 0, 4, 0), counts);
    assertEquals(List.of(3.0, 4.5, 11.0), starts);
  }

  @Test
  void anEarlierWakeUpReplacesALaterOne() {
    List<Double> asked = new ArrayList<>();
    BatchingPolicy policy =
        new OneByOne() {
          @Override
          public Decision decide(double now, FreeServers free) {
            asked.add(now);
            return now < 1.5
                ? new Decision.WakeAt(50)
                : now < 3 ? new Decision.WakeAt(10) : super.decide(now, free);
          }
        };
    KernelRun.of(Run.source(new double[] {1, 2}, new double[] {1, 1}), policy, 2).tell();
    // Asked at both arrivals, at the wake-up and at both completions; not at 50.
    assertEquals(List.of(1.0, 2.0, 10.0, 11.0, 12.0), asked);
  }

  @Test
  void atTheSameTimeArrivalsComeBeforeCompletions() {
    List<String> events = new ArrayList<>();
    SimulationListener listener =
        new Run.Recorder() {
          @Override
          public void arrived(long id, double now) {
            events.add("arrived " + id);
          }

          @Override
          public void completed(ServedBatch batch, double now) {
            events.add("completed " + batch.id(0));
          }
        };
    KernelRun.of(Run.source(new double[] {1, 2}, new double[] {1, 1}), new OneByOne(), 1)
        .tell(listener);
    assertEquals(List.of("arrived 0", "arrived 1", "completed 0", "completed 1"), events);
  }
}

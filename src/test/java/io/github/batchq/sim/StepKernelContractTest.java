package io.github.batchq.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Batch;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.QueuedRequest;
import io.github.batchq.policy.BatchingPolicy;
import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.policy.Decision;
import io.github.batchq.policy.FreeServers;
import io.github.batchq.policy.PolicySetting;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.Serving;
import io.github.batchq.policy.StepRules;
import io.github.batchq.service.TokenCosts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the step kernel asks of policies and of requests. */
class StepKernelContractTest {
  private interface Answer {
    Decision decide(List<QueuedRequest> waiting, double now, FreeServers free);
  }

  /** A policy that is nothing but an answer. */
  private record Answering(Answer answer, Long memory) implements PolicySpec {
    @Override
    public int batchSize() {
      return 2;
    }

    @Override
    public Serving serving() {
      return new Serving.InSteps(new StepRules(memory, null));
    }

    @Override
    public BatchingPolicy create(PolicySetting setting) {
      List<QueuedRequest> queue = new ArrayList<>();
      return new BatchingPolicy() {
        @Override
        public void enqueue(QueuedRequest request) {
          queue.add(request);
        }

        @Override
        public Decision decide(double now, FreeServers free) {
          return answer.decide(queue, now, free);
        }

        @Override
        public void arrivalsEnded(double now) {}

        @Override
        public int waiting() {
          return queue.size();
        }
      };
    }
  }

  private static Decision takeFirst(List<QueuedRequest> waiting, int number, double now) {
    QueuedRequest[] members = waiting.subList(0, number).toArray(QueuedRequest[]::new);
    waiting.subList(0, number).clear();
    return new Decision.Dispatch(new Batch(members, 0, now, false));
  }

  private static StepScenario.Outcome run(
      Answer answer, long memory, List<Double> arrivals, List<Double> lengths, boolean merge) {
    return new StepScenario(
            arrivals,
            lengths,
            arrivals.stream().map(time -> 3).toList(),
            TokenCosts.constant(0, 1),
            new Answering(answer, memory),
            BinBoundaries.none(),
            1)
        .run(merge);
  }

  private static String refusal(Answer answer) {
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> run(answer, 10, List.of(0.0, 0.0, 0.0), List.of(2.0, 2.0, 2.0), true));
    return String.valueOf(refused.getMessage());
  }

  @Test
  void refusesWhatAPolicyMustNotDo() {
    assertEquals(
        "the policy dispatched 3 requests where 2 slots are free",
        refusal(
            (waiting, now, free) ->
                waiting.size() == 3 ? takeFirst(waiting, 3, now) : Decision.WAIT));
    assertEquals(
        "the policy sent a batch to server 1 when it was asked about server 0",
        refusal(
            (waiting, now, free) ->
                new Decision.Dispatch(
                    new Batch(new QueuedRequest[] {waiting.remove(0)}, 0, now, false), 1)));
    assertEquals(
        "the policy counts 3 waiting requests where there are 2",
        refusal(
            (waiting, now, free) ->
                new Decision.Dispatch(
                    new Batch(new QueuedRequest[] {waiting.get(0)}, 0, now, false))));
    assertEquals(
        "the policy asked to be woken at 0.0 s, now is 0.0 s",
        refusal((waiting, now, free) -> new Decision.WakeAt(0)));
    assertEquals(
        "the policy dispatched requests with 3 tokens more than there is memory for",
        assertThrows(
                IllegalStateException.class,
                () ->
                    run(
                        (waiting, now, free) ->
                            waiting.size() == 2 ? takeFirst(waiting, 2, now) : Decision.WAIT,
                        5,
                        List.of(0.0, 0.0),
                        List.of(2.0, 2.0),
                        true))
            .getMessage());
  }

  /** Asked to be woken at 3 and at 7.5: an idle server starts then, a busy one at its next step. */
  @Test
  void wakesThePolicy() {
    Answer patient =
        (waiting, now, free) -> {
          double due = waiting.get(0).arrivalTime() == 0 ? 3 : 7.5;
          return now < due ? new Decision.WakeAt(due) : takeFirst(waiting, 1, now);
        };
    for (boolean merge : new boolean[] {false, true}) {
      StepScenario.Outcome outcome = run(patient, 100, List.of(0.0, 4.0), List.of(9.0, 1.0), merge);
      assertArrayEquals(new double[] {3, 8}, outcome.joins);
      assertArrayEquals(new double[] {12, 9}, outcome.departures);
    }
  }

  @Test
  void refusesLengthsBeyondCounting() {
    assertEquals(
        "request 1 has a length of 1.0E17, beyond 2^53",
        assertThrows(
                BadInputException.class,
                () ->
                    new StepScenario(
                            List.of(0.0, 1.0),
                            List.of(1.0, 1e17),
                            List.of(0, 0),
                            TokenCosts.constant(0, 1),
                            new ContinuousBatching(2),
                            BinBoundaries.none(),
                            1)
                        .run(true))
            .getMessage());
  }
}

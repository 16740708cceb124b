package io.github.batchq.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.service.TokenCosts;
import io.github.batchq.sim.StepScenario;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContinuousBatchingTest implements StepPolicyBattery {
  private static final double ROUNDING = 1e-12;

  /** A second for a step. */
  private static final TokenCosts STEPS = TokenCosts.constant(0, 1);

  /** A second for a step and a tenth for a token of a prompt. */
  private static final TokenCosts PROMPTS = new TokenCosts(0, 0, 0.1, 1, 0, 0, 0);

  @Override
  public List<Case> specs() {
    BinBoundaries none = BinBoundaries.none();
    BoundaryChoice choice = BoundaryChoice.values(List.of(5.0, 20.0));
    BinBoundaries three = BinBoundaries.of(5, 20);
    return List.of(
        new Case(new ContinuousBatching(1), none),
        new Case(new ContinuousBatching(8), none),
        new Case(new ContinuousBatching(8, MEMORY, null, 1, null), none),
        new Case(new ContinuousBatching(8, MEMORY, 12, 1, null), none),
        new Case(new ContinuousBatching(4, null, 64, 3, choice), three),
        new Case(new ContinuousBatching(16, MEMORY, null, 3, choice), three));
  }

  private static StepScenario.Outcome run(
      List<Double> arrivals,
      List<Double> lengths,
      List<Integer> prompts,
      TokenCosts costs,
      ContinuousBatching policy,
      BinBoundaries boundaries,
      int servers) {
    return new StepScenario(arrivals, lengths, prompts, costs, policy, boundaries, servers)
        .run(true);
  }

  /** Request 1 arrives within the first step, request 2 finds a slot when 0 and 1 leave. */
  @Test
  void requestsJoinAndLeaveBetweenSteps() {
    StepScenario.Outcome outcome =
        run(
            List.of(0.0, 0.5, 0.6),
            List.of(3.0, 1.5, 1.0),
            List.of(0, 0, 0),
            STEPS,
            new ContinuousBatching(2),
            BinBoundaries.none(),
            1);
    assertArrayEquals(new double[] {0, 1, 3}, outcome.joins);
    assertArrayEquals(new double[] {1, 2, 4}, outcome.firstTokens);
    assertArrayEquals(new double[] {3, 3, 4}, outcome.departures);
  }

  /** A request that arrives at the end of a step joins then; one server's steps start anew. */
  @Test
  void arrivingAtTheEndOfAStepIsInTime() {
    StepScenario.Outcome outcome =
        run(
            List.of(0.0, 2.0, 2.5),
            List.of(4.0, 1.0, 1.0),
            List.of(0, 0, 0),
            STEPS,
            new ContinuousBatching(2),
            BinBoundaries.none(),
            2);
    // Server 1 is idle and takes request 1; at 2.5 server 0 has a slot from 3 on, as server 1 has.
    assertArrayEquals(new double[] {4, 3, 4}, outcome.departures);
    StepScenario.Outcome alone =
        run(
            List.of(0.0, 2.0),
            List.of(4.0, 1.0),
            List.of(0, 0),
            STEPS,
            new ContinuousBatching(2),
            BinBoundaries.none(),
            1);
    assertArrayEquals(new double[] {0, 2}, alone.joins);
  }

  /** Joining takes 0.5 + 0.25 m + 0.1 P seconds beyond a step; nobody else decodes in it. */
  @Test
  void promptsTakeStepsOfTheirOwn() {
    StepScenario.Outcome outcome =
        run(
            List.of(0.0, 1.0),
            List.of(2.0, 1.0),
            List.of(10, 0),
            new TokenCosts(0.5, 0.25, 0.1, 1, 0, 0, 0),
            new ContinuousBatching(2),
            BinBoundaries.none(),
            1);
    // 0..2.75 prompt and first token of 0, 2.75..4.5 the token of 1, 4.5..5.5 request 0.
    assertArrayEquals(new double[] {0, 2.75}, outcome.joins, ROUNDING);
    assertArrayEquals(new double[] {2.75, 4.5}, outcome.firstTokens, ROUNDING);
    assertArrayEquals(new double[] {5.5, 4.5}, outcome.departures, ROUNDING);
  }

  /**
   * Four tokens a step: 4 of request 0; 2 and 2, which give 0 its token; the last of 1's prompt.
   */
  @Test
  void chunksFillTheSteps() {
    StepScenario.Outcome outcome =
        run(
            List.of(0.0, 0.5),
            List.of(1.0, 2.0),
            List.of(6, 3),
            PROMPTS,
            new ContinuousBatching(2, null, 4, 1, null),
            BinBoundaries.none(),
            1);
    assertArrayEquals(new double[] {0, 1.4}, outcome.joins, ROUNDING);
    assertArrayEquals(new double[] {2.8, 3.9}, outcome.firstTokens, ROUNDING);
    assertArrayEquals(new double[] {2.8, 4.9}, outcome.departures, ROUNDING);
  }

  /** Two prompt tokens of a pass are free: passes of 4 and 2 take 1.2 and 1 s. */
  @Test
  void promptTokensOfAPassAreFreeUpToAKnee() {
    StepScenario.Outcome outcome =
        run(
            List.of(0.0),
            List.of(2.0),
            List.of(6),
            new TokenCosts(0, 0, 0.1, 2, 1, 0, 0, 0),
            new ContinuousBatching(2, null, 4, 1, null),
            BinBoundaries.none(),
            1);
    assertArrayEquals(new double[] {2.2}, outcome.firstTokens, ROUNDING);
    assertArrayEquals(new double[] {3.2}, outcome.departures, ROUNDING);
  }

  /** Two tokens of both fill a memory of 8; request 1 gives way and processes 2 + 2 anew. */
  @Test
  void theLastToJoinGivesWayWhenMemoryIsFull() {
    StepScenario.Outcome outcome =
        run(
            List.of(0.0, 0.0),
            List.of(5.0, 4.0),
            List.of(2, 2),
            PROMPTS,
            new ContinuousBatching(2, 8L, null, 1, null),
            BinBoundaries.none(),
            1);
    assertArrayEquals(new double[] {0, 0}, outcome.joins, ROUNDING);
    assertArrayEquals(new double[] {1.4, 1.4}, outcome.firstTokens, ROUNDING);
    assertArrayEquals(new double[] {5.4, 7.8}, outcome.departures, ROUNDING);
    assertArrayEquals(new double[] {0, 1}, outcome.preemptions);
  }

  /** Long requests have server 1 to themselves, even while server 0 is idle. */
  @Test
  void binsAreBoundToServers() {
    StepScenario.Outcome outcome =
        run(
            List.of(0.0, 0.0, 1.0),
            List.of(20.0, 20.0, 5.0),
            List.of(0, 0, 0),
            STEPS,
            new ContinuousBatching(1, null, null, 2, BoundaryChoice.values(List.of(10.0))),
            BinBoundaries.of(10),
            2);
    assertArrayEquals(new double[] {20, 40, 6}, outcome.departures);
    StepScenario.Outcome threeServers =
        run(
            List.of(0.0, 0.0, 1.0),
            List.of(5.0, 5.0, 20.0),
            List.of(0, 0, 0),
            STEPS,
            new ContinuousBatching(1, null, null, 2, BoundaryChoice.values(List.of(10.0))),
            BinBoundaries.of(10),
            3);
    // Servers 0 and 2 serve bin 0, server 1 serves bin 1.
    assertArrayEquals(new double[] {5, 5, 21}, threeServers.departures);
  }

  @Test
  void refusesARequestThatCanNeverFit() {
    String message =
        assertThrows(
                BadInputException.class,
                () ->
                    run(
                        List.of(0.0, 1.0),
                        List.of(3.0, 3.5),
                        List.of(5, 5),
                        STEPS,
                        new ContinuousBatching(2, 8L, null, 1, null),
                        BinBoundaries.none(),
                        1))
            .getMessage();
    assertTrue(message.startsWith("request 1 needs memory for 9 tokens"), message);
    assertTrue(message.endsWith(", 8"), message);
  }

  @Test
  void refusesNumbersThatMakeNoSense() {
    assertThrows(IllegalArgumentException.class, () -> new ContinuousBatching(0));
    assertThrows(
        IllegalArgumentException.class, () -> new ContinuousBatching(8, 0L, null, 1, null));
    assertThrows(
        IllegalArgumentException.class, () -> new ContinuousBatching(8, null, null, 0, null));
    assertEquals(
        "2 bins need boundaries",
        assertThrows(
                IllegalArgumentException.class,
                () -> new ContinuousBatching(8, null, null, 2, null))
            .getMessage());
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new ContinuousBatching(8, null, 8, 1, null))
                .getMessage());
    assertTrue(message.startsWith("chunk must be more than the batch size 8"), message);
  }
}

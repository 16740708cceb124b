package io.github.batchq.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.service.TokenCosts;
import io.github.batchq.sim.StepScenario;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitThresholdTest implements StepPolicyBattery {
  private static final BoundaryChoice CHOICE = BoundaryChoice.values(List.of(10.0));

  @Override
  public List<Case> specs() {
    BinBoundaries none = BinBoundaries.none();
    BinBoundaries two = BinBoundaries.of(10);
    return List.of(
        new Case(new WaitThreshold(8, 1, null, 1, null, null), none),
        new Case(new WaitThreshold(8, 1, null, 8, null, Drain.DISCARD), none),
        new Case(new WaitThreshold(8, 2, CHOICE, 3, MEMORY, null), two),
        new Case(new WaitThreshold(4, 2, CHOICE, 4, MEMORY, Drain.DISCARD), two));
  }

  private static StepScenario.Outcome run(
      List<Double> arrivals, List<Double> lengths, WaitThreshold policy, BinBoundaries bins) {
    return new StepScenario(
            arrivals,
            lengths,
            lengths.stream().map(length -> 0).toList(),
            TokenCosts.constant(0, 1),
            policy,
            bins,
            1)
        .run(true);
  }

  private static WaitThreshold pairs(@Nullable Drain drain) {
    return new WaitThreshold(2, 1, null, 2, null, drain);
  }

  /** Requests 0 and 1 join together at 1; the last one joins once arrivals have ended. */
  @Test
  void waitsForCompany() {
    List<Double> arrivals = List.of(0.0, 1.0, 2.0);
    List<Double> lengths = List.of(3.0, 1.0, 1.0);
    StepScenario.Outcome flushed = run(arrivals, lengths, pairs(null), BinBoundaries.none());
    assertArrayEquals(new double[] {1, 1, 2}, flushed.joins);
    assertArrayEquals(new double[] {4, 2, 3}, flushed.departures);
    StepScenario.Outcome discarded =
        run(arrivals, lengths, pairs(Drain.DISCARD), BinBoundaries.none());
    assertArrayEquals(new double[] {4, 2, Double.NaN}, discarded.departures);
  }

  /** Two short ones are complete first; of the two long ones one finds a slot at once. */
  @Test
  void groupsJoinAsFarAsThereIsRoom() {
    StepScenario.Outcome outcome =
        run(
            List.of(0.0, 0.0, 0.0, 0.0),
            List.of(20.0, 2.0, 3.0, 20.0),
            new WaitThreshold(3, 2, CHOICE, 2, null, null),
            BinBoundaries.of(10));
    assertArrayEquals(new double[] {0, 0, 0, 2}, outcome.joins);
    assertArrayEquals(new double[] {20, 2, 3, 22}, outcome.departures);
  }

  @Test
  void refusesNumbersThatMakeNoSense() {
    assertEquals(
        "threshold must be from 1 to the batch size 8, found 9",
        assertThrows(
                IllegalArgumentException.class, () -> new WaitThreshold(8, 1, null, 9, null, null))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> new WaitThreshold(8, 2, null, 2, null, null));
    assertThrows(IllegalArgumentException.class, () -> new WaitThreshold(8, 1, null, 2, 0L, null));
  }
}

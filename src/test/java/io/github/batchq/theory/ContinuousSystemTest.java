package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Uniform;
import org.junit.jupiter.api.Test;

class ContinuousSystemTest {
  private static final Exponential LONG = new Exponential(1e-4);

  private static ContinuousSystem servers(double tau0, double alpha, int slots, int servers) {
    return new ContinuousSystem(LONG, 0, StepTime.affine(tau0, alpha), slots, servers);
  }

  /** ceil of an exponential length is geometric; of U(30,600) it is the mean and a half. */
  @Test
  void countsWholeTokens() {
    double geometric = 1 / -Math.expm1(-0.1);
    WholeTokens tokens = new WholeTokens(new Exponential(0.1));
    assertEquals(geometric, tokens.mean(), 1e-13 * geometric);
    double q = Math.exp(-0.1);
    assertEquals(q / ((1 - q) * (1 - q)), tokens.pairs(), 1e-9);
    assertEquals(q, tokens.variation(), 1e-12);
    assertEquals(315.5, new WholeTokens(new Uniform(30, 600)).mean(), 1e-10);
    WholeTokens three = new WholeTokens(Empirical.of(new double[] {1, 2, 6}));
    assertEquals(3, three.mean(), 1e-14);
    assertEquals((0 + 1 + 15) / 3.0, three.pairs(), 1e-14);
    WholeTokens heavy = new WholeTokens(new Pareto(1.5, 1000));
    // Euler and Maclaurin: the mean, a half, and a twelfth of the density at its jump.
    assertEquals(3000.5 + 1.5e-3 / 12, heavy.mean(), 1e-8);
    assertTrue(Double.isNaN(heavy.pairs()));
  }

  /** M/M/8 and the chain of T24, 11.785 and 16.497, whose tokens flow: here steps are short. */
  @Test
  void comesNearTheValuesOfFlowingTokens() {
    Exponential tokens = new Exponential(1 / new WholeTokens(LONG).mean());
    double queue = new SharedSteps(tokens, 1e-3, 0).withSlots(8, 0.6).value();
    assertEquals(11.785, queue, 1.5e-3);
    assertEquals(queue, servers(1e-3, 0, 8, 1).meanLatency(0.6).value(), 1e-9 * queue);
    assertEquals(queue, servers(1e-3, 0, 4, 2).meanLatency(0.6).value(), 1e-9 * queue);
    double chain = new SharedSteps(tokens, 1e-3, 5e-5).withSlots(8, 0.45).value();
    assertEquals(16.497, chain, 4e-3);
    assertEquals(chain, servers(1e-3, 5e-5, 8, 1).meanLatency(0.45).value(), 1e-9 * chain);
  }

  /** One slot is M/G/1. */
  @Test
  void isPollaczekKhinchineForOneSlot() {
    ContinuousSystem one =
        new ContinuousSystem(new Deterministic(10), 0, StepTime.affine(0.1, 0), 1, 1);
    assertEquals(1 + 0.5 * 1 / (2 * 0.5), one.meanLatency(0.5).value(), 1e-12);
    assertEquals(1, one.capacity().value(), 1e-12);
  }

  @Test
  void capacityCountsEveryCost() {
    StepTime free = new StepTime(0.03, 0.001, 4, 1e-5, 0, 0, 0);
    double context = 1e-5 * (50 * 100 + 4950);
    ContinuousSystem system = new ContinuousSystem(new Deterministic(100), 50, free, 8, 3);
    assertEquals(3 / (100 * 0.034 / 8 + context), system.capacity().value(), 1e-12);
    assertEquals("exact", system.capacity().kind());
    assertEquals("undefined", system.meanLatency(1).kind());
    // Who joins alone has a pass of 0.03 s and the prompt's, and 99 more tokens among eight.
    StepTime joining = new StepTime(0.03, 0.001, 4, 1e-5, 0.5, 0.02, 1e-4);
    double alone = 0.03 + 0.5 + 0.02 + 1e-4 * 50;
    TheoryResult bound = new ContinuousSystem(new Deterministic(100), 50, joining, 8, 1).capacity();
    assertEquals("lower-bound", bound.kind());
    assertEquals(1 / (99 * 0.034 / 8 + context + alone), bound.value(), 1e-12);
    // One slot: each request is alone with a server.
    TheoryResult one = new ContinuousSystem(new Deterministic(100), 50, joining, 1, 1).capacity();
    assertEquals("exact", one.kind());
    assertEquals(1 / (99 * 0.03 + context + alone), one.value(), 1e-12);
    // Requests without prompts join for free where only their tokens cost anything.
    StepTime prompts = new StepTime(0.03, 0.001, 4, 0, 0, 0, 1e-4);
    assertEquals(
        "exact", new ContinuousSystem(new Deterministic(100), 0, prompts, 8, 1).capacity().kind());
    // The first is free, each other one costs 3 s: three together are the dearest.
    StepTime steep = new StepTime(1, 3, 1, 0, 1, 0, 0);
    assertEquals(
        1 / (9 * 7.0 / 3 + 7.0 / 3 + 1),
        new ContinuousSystem(new Deterministic(10), 0, steep, 3, 1).capacity().value(),
        1e-12);
  }

  /** The cheapest token: of 4 requests, since 6 take longer than they are worth. */
  @Test
  void theMaximumTakesTheCheapestTokens() {
    StepTime time = new StepTime(0.02, 0.03, 4, 0, 0.5, 0.1, 1e-4);
    ContinuousSystem system = new ContinuousSystem(new Deterministic(100), 50, time, 6, 3);
    double seconds = 100 * 0.02 / 4 + 0.1 + 50e-4 + 0.5 / 6;
    assertEquals("upper-bound", system.maximum().kind());
    assertEquals(3 / seconds, system.maximum().value(), 1e-12);
    assertEquals(
        servers(1e-3, 5e-5, 8, 2).capacity().value(),
        servers(1e-3, 5e-5, 8, 2).maximum().value(),
        1e-15);
  }

  @Test
  void promptsAreRounded() {
    assertEquals(2, ContinuousSystem.meanPrompt(Empirical.of(new double[] {1, 2, 3})), 1e-14);
    // Of U(0.2, 2.3) there are 0.3 / 2.1 zeros, 1 / 2.1 ones and 0.8 / 2.1 twos.
    assertEquals(2.6 / 2.1, ContinuousSystem.meanPrompt(new Uniform(0.2, 2.3)), 1e-14);
    // Euler and Maclaurin: the mean and a twelfth of the density at its jump.
    assertEquals(
        3001.5 + 1.5 / 1000.5 / 12, ContinuousSystem.meanPrompt(new Pareto(1.5, 1000.5)), 1e-8);
  }

  @Test
  void saysWhatItDoesNotKnow() {
    assertEquals("undefined", servers(1e-3, 0, 8, 1).meanLatency(0.81).kind());
    assertEquals("undefined", servers(1e-3, 1e-4, 8, 2).meanLatency(0.1).kind());
    StepTime context = new StepTime(0.03, 0, 0, 1e-5, 0, 0, 0);
    assertEquals(
        "undefined",
        new ContinuousSystem(new Pareto(1.5, 1000), 0, context, 8, 1).capacity().kind());
    assertThrows(
        IllegalArgumentException.class,
        () -> new ContinuousSystem(LONG, 0, StepTime.affine(1, 0), 0, 1));
  }
}

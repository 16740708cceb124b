package io.github.batchq.theory;

import static io.github.batchq.theory.Reference.assertRefused;
import static io.github.batchq.theory.Reference.assertRelative;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Uniform;
import org.junit.jupiter.api.Test;

class SharedStepsTest {
  private static final Exponential LENGTH = new Exponential(0.1);

  @Test
  void reproducesTheProcessorSharingValues() {
    SharedSteps exponential = new SharedSteps(LENGTH, 0.4, 1);
    assertRelative(28, exponential.withoutLimit(0.05).value(), 1e-12);
    assertRelative(140, exponential.withoutLimit(0.09).value(), 1e-12);
    SharedSteps fixed = new SharedSteps(new Deterministic(10), 0.4, 1);
    assertRelative(28, fixed.withoutLimit(0.05).value(), 1e-12);
    SharedSteps uniform = new SharedSteps(new Uniform(1, 20), 0.4, 1);
    assertEquals(30.947, uniform.withoutLimit(0.05).value(), 5.1e-4);
    assertEquals(267.27, uniform.withoutLimit(0.09).value(), 5.1e-3);
    assertEquals("exact", uniform.withoutLimit(0.09).kind());
    assertEquals("undefined", uniform.withoutLimit(0.1).kind());
  }

  @Test
  void reproducesTheBirthDeathValues() {
    assertEquals(11.785, new SharedSteps(LENGTH, 1, 0).withSlots(8, 0.6).value(), 5.1e-4);
    SharedSteps slower = new SharedSteps(LENGTH, 1, 0.05);
    assertEquals(16.497, slower.withSlots(8, 0.45).value(), 5.1e-4);
    assertEquals("exact", slower.withSlots(8, 0.45).kind());
    TheoryResult uniform = new SharedSteps(new Uniform(1, 20), 1, 0.05).withSlots(8, 0.45);
    assertEquals(19.17, uniform.value(), 5.1e-3);
    assertEquals("approximation", uniform.kind());
  }

  /** With slots for everybody the chain is the closed form; with one it is a queue by itself. */
  @Test
  void limits() {
    SharedSteps batching = new SharedSteps(LENGTH, 0.4, 1);
    assertRelative(28, batching.withSlots(2000, 0.05).value(), 1e-12);
    assertRelative(10 / (1 - 0.5), new SharedSteps(LENGTH, 1, 0).withSlots(1, 0.05).value(), 1e-12);
    assertRelative(
        10 + 0.05 * 100 / (2 * 0.5),
        new SharedSteps(new Deterministic(10), 0.5, 0.5).withSlots(1, 0.05).value(),
        1e-12);
    // Many requests: the terms of the chain pass 1e200 and must not overflow.
    assertRelative(10, new SharedSteps(LENGTH, 1, 0).withSlots(4000, 200).value(), 1e-9);
    assertRelative(8 / (1.4 * 10), new SharedSteps(LENGTH, 1, 0.05).capacity(8).value(), 1e-14);
  }

  @Test
  void saysWhyThereIsNoValue() {
    SharedSteps batching = new SharedSteps(LENGTH, 1, 0.05);
    TheoryResult unstable = batching.withSlots(8, 0.6);
    assertTrue(
        unstable instanceof TheoryResult.Undefined undefined
            && undefined.reason().startsWith("unstable"));
    assertEquals("undefined", new SharedSteps(new Pareto(1, 1), 1, 0).withSlots(8, 0.1).kind());
    assertEquals("undefined", new SharedSteps(new Pareto(1, 1), 1, 0).withoutLimit(0.1).kind());
    assertEquals("undefined", new SharedSteps(new Pareto(1.5, 1), 1, 0).withSlots(8, 0.1).kind());
    assertRelative(3, new SharedSteps(new Pareto(1.5, 1), 1, 0).withoutLimit(0.1).value(), 1e-12);
    assertRefused("tau0", () -> new SharedSteps(LENGTH, -1, 1));
    assertRefused("alpha", () -> new SharedSteps(LENGTH, 1, Double.NaN));
    assertRefused("positive", () -> new SharedSteps(LENGTH, 0, 0));
    assertRefused("slot", () -> batching.capacity(0));
    assertRefused("rate", () -> batching.withSlots(8, 0));
  }
}

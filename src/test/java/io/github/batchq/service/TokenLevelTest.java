package io.github.batchq.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BatchShape;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenLevelTest {
  @Test
  void promptsAndThenSteps() {
    TokenLevel service = new TokenLevel(1, 0.01, 0.5, 0.1, 2, 0.001);
    // Steps hold 100, 103 and 106 tokens and take 0.7, 0.703 and 0.706 s.
    assertEquals(1 + 1 + 0.7 + 0.703 + 0.706, service.seconds(new BatchShape(3, 3, 6, 100)), 1e-12);
    // 2.2 tokens need three steps.
    assertEquals(
        1 + 1 + 0.7 + 0.703 + 0.706, service.seconds(new BatchShape(3, 2.2, 6, 100)), 1e-12);
    // Two requests or fewer slow nothing down.
    assertEquals(1 + 0.5, service.seconds(new BatchShape(1, 1, 1, 0)), 1e-12);
    assertEquals(1 + 0.5, service.seconds(new BatchShape(2, 1, 1, 0)), 1e-12);
  }

  /** Forty prompt tokens are free, so 100 take what 60 take and 30 nothing. */
  @Test
  void promptsAreFreeUpToAKnee() {
    TokenLevel service = new TokenLevel(1, 0.01, 40, 0.5, 0.1, 2, 0);
    assertEquals(1 + 0.6 + 0.5, service.seconds(new BatchShape(1, 1, 1, 100)), 1e-12);
    assertEquals(1 + 0.5, service.seconds(new BatchShape(1, 1, 1, 30)), 1e-12);
    assertEquals(0.6 + 1, service.tokenCosts().joinSeconds(1, 100), 1e-12);
    assertEquals(0.3 + 0.5, service.tokenCosts().atSpeed(2).joinSeconds(1, 100), 1e-12);
    assertFalse(new TokenLevel(0, 0.01, 40, 0.5, 0, 0, 0).tokenCosts().areFree(1, 1));
    refused("freePromptTokens must be at least 0", () -> new TokenLevel(0, 0, -1, 1, 0, 0, 0));
  }

  @Test
  void ownTimesAreThoseOfBatchesWithThatLongest() {
    TokenLevel service = new TokenLevel(1, 0.01, 0.5, 0.1, 2, 0.001);
    double[] lengths = {1, 3, 2, 99};
    double three = 1 + 1 + 0.7 + 0.703 + 0.706;
    assertEquals(
        three + three - 0.706 + three - 0.706 - 0.703,
        service.ownSeconds(new BatchShape(3, 3, 6, 100), lengths),
        1e-12);
  }

  /** Step by step with the costs that continuous batching uses. */
  @Test
  void addsUpItsTokenCosts() {
    Random random = new Random(4);
    for (int i = 0; i < 200; i++) {
      TokenLevel service =
          new TokenLevel(
              random.nextDouble(),
              random.nextDouble(),
              random.nextInt(500),
              random.nextDouble(),
              random.nextDouble(),
              random.nextInt(5),
              random.nextDouble());
      TokenCosts costs = service.tokenCosts();
      int size = 1 + random.nextInt(9);
      int longest = 1 + random.nextInt(50);
      long prompts = random.nextInt(1000);
      double sum = costs.joinSeconds(size, prompts);
      for (int step = 0; step < longest; step++) {
        sum += costs.stepSeconds(size, prompts + (long) size * step);
      }
      double seconds = service.seconds(new BatchShape(size, longest, longest, prompts));
      assertEquals(sum, seconds, 1e-12 * sum);
    }
  }

  /** With a step of gamma + delta b alone it is the affine model. */
  @Test
  void withoutPromptsAndMemoryItIsAffine() {
    BatchShape batch = new BatchShape(7, 31, 100, 55);
    double[] lengths = {31, 20, 10, 9, 10, 10, 10};
    TokenLevel service = new TokenLevel(0.2, 0, 0.03, 0.001, 0, 0);
    AffineBatch affine = new AffineBatch(0.2, 0, 0.03, 0.001);
    assertEquals(affine.seconds(batch), service.seconds(batch), 1e-13);
    assertEquals(affine.ownSeconds(batch, lengths), service.ownSeconds(batch, lengths), 1e-12);
  }

  @Test
  void refusesNumbers() {
    refused("prefill must", () -> new TokenLevel(-1, 0, 1, 0, 0, 0));
    refused("freeRequests must be at least 0", () -> new TokenLevel(0, 0, 1, 0, -1, 0));
    refused("one of step, perRequest", () -> new TokenLevel(1, 1, 0, 0, 0, 0));
    refused("tau0 must be finite", () -> new StepTimeSpec(Double.NaN, 1));
    refused("one of tau0 and tau1", () -> new StepTimeSpec(0, 0));
    refused("secondsPerToken must be positive", () -> new LongestRequestSpec(0, 1));
  }

  private static void refused(String words, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).toString();
    assertTrue(message.contains(words), message);
  }
}

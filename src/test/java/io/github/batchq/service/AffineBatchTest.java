package io.github.batchq.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BatchShape;
import org.junit.jupiter.api.Test;

class AffineBatchTest {
  private static final BatchShape THREE = new BatchShape(3, 10, 16, 0);

  /** It does not read the lengths of members. */
  private static final double[] NONE = {};

  @Test
  void allFourNumbersCount() {
    AffineBatch service = new AffineBatch(2, 0.1, 0.5, 0.05);
    assertEquals(2 + 0.3 + (0.5 + 0.15) * 10, service.seconds(THREE), 1e-14);
    // Lengths 10, 5 and 1 in a batch of three: 8.8 + 5.55 + 2.95.
    assertEquals(17.3, service.ownSeconds(THREE, NONE), 1e-13);
    assertEquals(
        service.seconds(THREE), service.ownSeconds(new BatchShape(3, 10, 30, 0), NONE) / 3, 1e-14);
  }

  @Test
  void withGammaAloneItIsTheLongestRequest() {
    AffineBatch service = new AffineBatch(0.2, 0, 0.03, 0);
    LongestRequest longest = new LongestRequest(0.2, 0.03);
    assertEquals(longest.seconds(THREE), service.seconds(THREE), 1e-15);
    assertEquals(longest.ownSeconds(THREE, NONE), service.ownSeconds(THREE, NONE), 1e-15);
    assertEquals(longest.tokenCosts(), service.tokenCosts());
  }

  @Test
  void itsTokensCostTheSameWhereRequestsJoin() {
    TokenCosts costs = new AffineBatch(2, 0.1, 0.5, 0.05).tokenCosts();
    assertEquals(new TokenCosts(2, 0.1, 0, 0.5, 0.05, 0, 0), costs);
    assertNull(new AffineBatch(2, 0.1, 0, 0).tokenCosts());
  }

  @Test
  void refusesNumbers() {
    refused("alpha must be finite and at least 0, found -1.0", () -> new AffineBatch(-1, 0, 1, 0));
    refused("delta must be finite and at least 0", () -> new AffineBatch(0, 0, 1, Double.NaN));
    refused("one of alpha, beta, gamma and delta", () -> new AffineBatch(0, 0, 0, 0));
  }

  private static void refused(String words, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).toString();
    assertTrue(message.contains(words), message);
  }
}

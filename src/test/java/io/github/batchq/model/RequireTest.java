package io.github.batchq.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RequireTest {
  private static void refused(String message, Executable check) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, check).getMessage());
  }

  @Test
  void whatIsOutOfRangeIsNamed() {
    Require require = Require.ARGUMENT;
    refused("n must be at least 2, found 1", () -> require.atLeast("n", 1, 2));
    refused("n must be at most 2, found 3", () -> require.atMost("n", 3, 2));
    refused("n must be from 1 to 2, found 0", () -> require.between("n", 0, 1, 2));
    refused("n must be from 1 to 2, found 3", () -> require.between("n", 3, 1, 2));
    refused("x must be positive, found 0.0", () -> require.positive("x", 0));
    refused("x must be positive and finite, found 0.0", () -> require.positiveFinite("x", 0));
    refused("x must be at least 0, found -1.0", () -> require.notNegative("x", -1));
    refused(
        "x must be finite and at least 0, found -1.0", () -> require.notNegativeFinite("x", -1));
    refused("x must be finite, found -Infinity", () -> require.finite("x", -1 / 0.0));
    refused("x must be between 0 and 1, found 1.0", () -> require.share("x", 1));
  }

  @Test
  void onlySomeAllowInfinity() {
    double infinity = Double.POSITIVE_INFINITY;
    refused(
        "x must be positive and finite, found Infinity",
        () -> Require.ARGUMENT.positiveFinite("x", infinity));
    refused(
        "x must be finite and at least 0, found Infinity",
        () -> Require.ARGUMENT.notNegativeFinite("x", infinity));
    assertDoesNotThrow(() -> Require.ARGUMENT.positive("x", infinity));
    assertDoesNotThrow(() -> Require.ARGUMENT.notNegative("x", infinity));
  }

  @Test
  void whatIsNoNumberIsRefused() {
    refused("x must be positive, found NaN", () -> Require.ARGUMENT.positive("x", Double.NaN));
    refused("x must be at least 0, found NaN", () -> Require.ARGUMENT.notNegative("x", Double.NaN));
    refused("x must be between 0 and 1, found NaN", () -> Require.ARGUMENT.share("x", Double.NaN));
  }

  @Test
  void theEndsOfARangeBelongToIt() {
    assertDoesNotThrow(
        () -> {
          Require.ARGUMENT.atLeast("n", 1, 1);
          Require.ARGUMENT.atMost("n", 1, 1);
          Require.ARGUMENT.between("n", 1, 1, 2);
          Require.ARGUMENT.between("n", 2, 1, 2);
          Require.ARGUMENT.notNegativeFinite("x", 0);
        });
  }

  @Test
  void aUsersNumberIsBadInput() {
    BadInputException refusal =
        assertThrows(BadInputException.class, () -> Require.INPUT.atLeast("--threads", 0, 1));
    assertEquals("--threads must be at least 1, found 0", refusal.getMessage());
  }
}

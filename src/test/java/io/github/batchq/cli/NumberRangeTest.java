package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.batchq.model.BadInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberRangeTest {
  @Test
  void aListMayHoldRanges() {
    assertEquals(List.of(1, 2, 3, 4, 8), NumberRange.bins("1..4,8"));
    assertEquals(List.of(0.0, 0.1, 0.2, 0.5), NumberRange.parse("--load", "0..0.29,0.5", "0.1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "1..0", "2..1", "1.5", "1.5..3", "1..", "1,,2", "1..2..3", "1e300"})
  void whatIsNoNumberOfBinsIsRefused(String text) {
    BadInputException refusal = assertThrows(BadInputException.class, () -> NumberRange.bins(text));
    assertEquals(
        "--bins takes whole numbers of at least 1 and at most 100000, such as 4, 1,2,4 or 1..5,"
            + " found '"
            + text
            + "'",
        refusal.getMessage());
  }

  @Test
  void aRangeOfTooManyNumbersIsRefused() {
    assertEquals(
        "--bins takes at most 100000 numbers, found '1..2e9'",
        assertThrows(BadInputException.class, () -> NumberRange.bins("1..2e9")).getMessage());
  }

  @Test
  void boundariesAreNoRange() {
    assertEquals(List.of(5.0, 10.5), NumberRange.boundaries("5,10.5"));
    assertThrows(BadInputException.class, () -> NumberRange.boundaries("5..10"));
  }
}

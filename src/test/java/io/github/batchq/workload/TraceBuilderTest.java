package io.github.batchq.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.batchq.model.BadInputException;
import io.github.batchq.workload.Trace.LengthUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Traces that never stood in a file. */
class TraceBuilderTest {
  private static TraceBuilder twoRows() {
    TraceBuilder rows = new TraceBuilder();
    rows.add(5, 10, 3);
    rows.add(6.5, 20, 0);
    return rows;
  }

  /** It describes itself, and can be replayed. */
  @Test
  void makesATrace() {
    Trace trace = twoRows().build("mine", LengthUnit.TOKENS);
    assertEquals(2, trace.size());
    assertEquals(0, trace.arrivalTime(0));
    assertEquals(1.5, trace.arrivalTime(1));
    assertEquals(20, trace.length(1));
    assertEquals(3, trace.promptTokens(0));
    assertSame(trace, new Traces().get(trace));
    ArrivalProcess replay = new TraceArrivals(trace, 2.0).create(new Traces(), () -> Double.NaN);
    assertEquals(2 / 1.5, replay.rate());
  }

  /** A row that is refused leaves no trace: the next one goes on from the one before. */
  @ParameterizedTest
  @CsvSource({
    "6.25, 1, 1, the request arrives 0.25 s before the one above it",
    "7, 0, 1, 'the length must be positive, found 0.0'",
    "7, NaN, 1, 'the length must be positive, found NaN'",
    "7, 1, -1, 'prompt tokens must be a whole number of at least 0, found -1.0'",
    "7, 1, 0.5, 'prompt tokens must be a whole number of at least 0, found 0.5'",
    "7, 1, 2147483648, 'prompt tokens must be at most 2147483647, found 2.147483648E9'"
  })
  void refusesRows(double time, double length, double prompt, String message) {
    TraceBuilder rows = twoRows();
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> rows.add(time, length, prompt))
            .getMessage());
    rows.add(6.5, 1, 1);
    assertEquals(3, rows.build("mine", LengthUnit.TOKENS).size());
  }

  @Test
  void refusesATraceOfOneRequest() {
    TraceBuilder rows = new TraceBuilder();
    rows.add(0, 1, 0);
    assertEquals(
        "mine: a trace needs at least two requests, found one",
        assertThrows(BadInputException.class, () -> rows.build("mine", LengthUnit.SECONDS))
            .getMessage());
  }
}

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

  /** Equal times keep their order; the gap is named by the row behind it. */
  @Test
  void sortsRowsByArrival() {
    TraceBuilder rows = new TraceBuilder();
    rows.add(7, 1, 10);
    rows.add(5, 2, 20);
    rows.add(7, 3, 30);
    rows.add(6.5, 4, 40);
    Trace trace = rows.build("mine", LengthUnit.TOKENS);
    double[] times = {0, 1.5, 2, 2};
    double[] lengths = {2, 4, 1, 3};
    for (int i = 0; i < 4; i++) {
      assertEquals(times[i], trace.arrivalTime(i));
      assertEquals(lengths[i], trace.length(i));
      assertEquals(10 * lengths[i], trace.promptTokens(i));
    }
    assertEquals(2, rows.late());
    assertEquals(1.5, rows.largestGap());
    assertEquals(4, rows.afterLargestGap());
  }

  /** A window of a trace without arrival times is one of the numbers of its requests. */
  @Test
  void numbersRequestsWithoutArrivalTimes() {
    TraceBuilder rows = new TraceBuilder(new TraceBuilder.Told(false, true, false, false), true);
    for (int i = 0; i < 5; i++) {
      rows.add(new TraceBuilder.Row(i, 0, i, 0, 2 * i, Double.NaN, Double.NaN));
    }
    Trace part = new Traces().get(rows.build("mine", LengthUnit.TOKENS), 1.0, 4.0);
    assertEquals("mine from 1.0 to 4.0 requests", part.name());
    assertEquals(3, part.size());
    assertEquals(1, part.length(0));
    assertEquals(6, part.predicted(2));
    String refusal =
        assertThrows(
                BadInputException.class,
                () -> new TraceArrivals(part, 2.0).create(new Traces(), () -> 1))
            .getMessage();
    assertEquals(
        "mine from 1.0 to 4.0 requests tells no arrival times, which a replay needs; its requests"
            + " can be drawn, as service: {tokens: {sample: ...}}, or be there at once, by"
            + " rateScale: .inf",
        refusal);
    ArrivalProcess atOnce =
        new TraceArrivals(part, Double.POSITIVE_INFINITY).create(new Traces(), () -> 1);
    assertEquals(0, atOnce.lastArrival(3));
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

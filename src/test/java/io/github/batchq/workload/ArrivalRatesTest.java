package io.github.batchq.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.batchq.random.Deterministic;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.workload.Trace.LengthUnit;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** Rates of generated and of replayed arrivals. */
class ArrivalRatesTest {
  /** A recording of three requests, made anew whenever it is read. */
  private static Trace recording() {
    TraceBuilder rows = new TraceBuilder();
    rows.add(46.68059, 44, 374);
    rows.add(50.995169, 109, 396);
    rows.add(51.222467, 55, 879);
    return rows.build("recording", LengthUnit.TOKENS);
  }

  @Test
  void rateScaleKeepsThePattern() {
    Traces traces = new Traces();
    TraceSpec spec = bad -> recording();
    ArrivalProcess recorded = new TraceArrivals(spec, null).create(traces, () -> Double.NaN);
    ArrivalProcess twice = new TraceArrivals(spec, 2.0).create(traces, () -> Double.NaN);
    assertSame(recorded.trace(), twice.trace());
    assertEquals(2 * recorded.rate(), twice.rate());
    DoubleSupplier slow =
        recorded.arrivalTimes(new RandomStreams(1, 1).stream(0, StreamName.ARRIVALS));
    DoubleSupplier fast =
        twice.arrivalTimes(new RandomStreams(1, 1).stream(0, StreamName.ARRIVALS));
    for (int i = 0; i < 3; i++) {
      assertEquals(slow.getAsDouble() / 2, fast.getAsDouble());
    }
    assertThrows(IllegalArgumentException.class, () -> new TraceArrivals(spec, 0.0));
  }

  @Test
  void generatedProcessesHaveTheirRates() {
    ArrivalProcess poisson = new PoissonArrivals(7.2).create(new Traces(), () -> Double.NaN);
    assertEquals(7.2, poisson.rate());
    assertEquals(
        0.25,
        new RenewalArrivals(new Deterministic(4)).create(new Traces(), () -> Double.NaN).rate());
    assertEquals(
        Double.POSITIVE_INFINITY, new AllAtZero().create(new Traces(), () -> Double.NaN).rate());
    assertThrows(IllegalArgumentException.class, () -> new PoissonArrivals(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new RenewalArrivals(new Deterministic(0)).create(new Traces(), () -> Double.NaN));
    // Mean of 10^6 exponential gaps: 1/7.2 with a standard error of 0.1 %; 3.29 of them are 99.9 %.
    DoubleSupplier times =
        poisson.arrivalTimes(new RandomStreams(3, 1).stream(0, StreamName.ARRIVALS));
    double last = 0;
    for (int i = 0; i < 1_000_000; i++) {
      last = times.getAsDouble();
    }
    assertEquals(1 / 7.2, last / 1e6, 3.29e-3 / 7.2);
  }
}

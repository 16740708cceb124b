package io.github.batchq.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.trace.TraceFile;
import io.github.batchq.file.trace.TraceFiles;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The circular block bootstrap of a trace. */
class BootstrapArrivalsTest {
  private static final int ROWS = 500;

  @TempDir Path folder;

  /** Bursts: twenty gaps of about 0.1 s, then twenty of about 2 s. */
  private TraceFile bursts() throws IOException {
    Random random = new Random(11);
    StringBuilder text = new StringBuilder("t,n,p\n");
    double time = 0;
    for (int i = 0; i < ROWS; i++) {
      text.append(time).append(',').append(1 + i).append(',').append(2 * i).append('\n');
      time += (0.5 + random.nextDouble()) * (i / 20 % 2 == 0 ? 0.1 : 2);
    }
    Files.writeString(folder.resolve("bursts.csv"), text);
    return TraceFiles.csv(DataFile.of("bursts.csv", folder), "t", null, null, "n", "p");
  }

  private static ArrivalProcess process(
      TraceSpec spec, @Nullable Integer block, @Nullable Double scale) {
    return new BootstrapArrivals(spec, block, scale, null, null)
        .create(new Traces(), () -> Double.NaN);
  }

  @Test
  void requestsOfABlockKeepTheirOrderAndTheirGaps() throws IOException {
    ArrivalProcess process = process(bursts(), 7, 2.0);
    Trace trace = Objects.requireNonNull(process.trace());
    RandomStreams streams = new RandomStreams(3, 1);
    IntSupplier rows = process.traceRows(streams.stream(0, StreamName.ARRIVALS));
    DoubleSupplier times = process.arrivalTimes(streams.stream(0, StreamName.ARRIVALS));
    assertFalse(process.isReplay());
    assertFalse(process.isRenewal());
    double last = 0;
    int row = -1;
    boolean wrapped = false;
    for (int i = 0; i < 7 * ROWS; i++) {
      int next = rows.getAsInt();
      if (i % 7 != 0) {
        assertEquals((row + 1) % ROWS, next);
        wrapped |= next == 0;
      }
      double now = times.getAsDouble();
      double gap =
          next == 0 ? 1 / trace.rate() : trace.arrivalTime(next) - trace.arrivalTime(next - 1);
      assertEquals(gap / 2, now - last, 1e-9);
      last = now;
      row = next;
    }
    assertTrue(wrapped);
  }

  /**
   * Over 2,000 runs of 700 requests: the mean time of the last is exactly 700 mean gaps, and its
   * variance over the squared mean gap is 700 times the index of dispersion, for 100 independent
   * blocks.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100})
  void rateAndDispersionAreExact(int block) throws IOException {
    ArrivalProcess process = process(bursts(), block, 1.0);
    int runs = 2_000;
    int requests = 700;
    RandomStreams streams = new RandomStreams(17, runs);
    double sum = 0;
    double squares = 0;
    for (int run = 0; run < runs; run++) {
      DoubleSupplier times = process.arrivalTimes(streams.stream(run, StreamName.ARRIVALS));
      double last = 0;
      for (int i = 0; i < requests; i++) {
        last = times.getAsDouble();
      }
      double deviation = last * process.rate() - requests;
      sum += deviation;
      squares += deviation * deviation;
    }
    double variance = squares / runs;
    assertEquals(0, sum / runs, 3.29 * Math.sqrt(variance / runs));
    // The standard error of a variance of 2,000 numbers is 1/sqrt(1000) of it for normal ones, less
    // for these.
    assertEquals(process.dispersion() * requests, variance, 3.29 * variance / Math.sqrt(1000));
  }

  /** Blocks of one request forget the bursts, which longer ones keep. */
  @Test
  void longerBlocksKeepMoreOfTheBursts() throws IOException {
    TraceFile spec = bursts();
    double independent = process(spec, 1, null).dispersion();
    // n gaps of the trace and the mean one in place of the first.
    assertEquals(
        new Traces().get(spec).gapVariation() * (ROWS - 1) / ROWS, independent, 1e-9 * independent);
    assertTrue(process(spec, 20, null).dispersion() > 5 * independent);
    assertEquals(
        process(spec, 22, null).dispersion(),
        process(spec, null, null).dispersion(),
        "root of 500");
  }

  @Test
  void refusesBlocksThatAreNone() throws IOException {
    TraceFile spec = bursts();
    assertThrows(IllegalArgumentException.class, () -> process(spec, 0, null));
    assertThrows(IllegalArgumentException.class, () -> process(spec, ROWS + 1, null));
    assertThrows(IllegalArgumentException.class, () -> process(spec, 5, -1.0));
  }
}

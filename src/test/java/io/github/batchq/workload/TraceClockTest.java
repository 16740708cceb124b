package io.github.batchq.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.trace.TraceFiles;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.workload.TraceStatistics.Dispersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import umontreal.ssj.probdist.KolmogorovSmirnovDistQuick;

/** Equal times, and counts in windows of whole ticks. */
class TraceClockTest {
  @TempDir Path folder;

  private Trace trace(double... times) throws IOException {
    StringBuilder text = new StringBuilder("t,n\n");
    for (double time : times) {
      text.append(time).append(",5\n");
    }
    Files.writeString(folder.resolve("t.csv"), text);
    return TraceFiles.csv(DataFile.of("t.csv", folder), "t", null, null, "n", null).read();
  }

  private static double[] poisson(int requests, double rate) {
    Random random = new Random(6);
    double[] times = new double[requests];
    double now = 0;
    for (int i = 0; i < requests; i++) {
      now -= Math.log(1 - random.nextDouble()) / rate;
      times[i] = now;
    }
    return times;
  }

  private static DoubleSupplier spread(TraceClock clock) {
    return clock.spreadGaps(new RandomStreams(3, 1).stream(0, StreamName.ARRIVALS));
  }

  @Test
  void countsEqualTimesAndFindsTheTick() throws IOException {
    TraceClock clock = new TraceClock(trace(0, 0, 0, 2.5, 5, 5, 10));
    assertEquals(3, clock.equal());
    assertEquals(2.5, clock.tick());
    assertEquals(Map.of(3, 1, 2, 1, 1, 2), clock.groups());
    TraceClock fine = new TraceClock(trace(1, 2, 5, 6));
    assertEquals(0, fine.equal());
    assertEquals(0, fine.tick());
    DoubleSupplier gaps = spread(fine);
    for (double gap : new double[] {1, 3, 1}) {
      assertEquals(gap, gaps.getAsDouble());
    }
  }

  /** Poisson arrivals at whole seconds, spread over them, are Poisson arrivals again. */
  @Test
  void spreadsOverTheTick() throws IOException {
    double[] times = poisson(20_000, 3);
    Trace trace = trace(Arrays.stream(times).map(Math::floor).toArray());
    TraceClock clock = new TraceClock(trace);
    assertEquals(1, clock.tick());
    DoubleSupplier gaps = spread(clock);
    double[] spread = new double[times.length - 1];
    double now = Double.NaN;
    for (int i = 0; i < spread.length; i++) {
      spread[i] = gaps.getAsDouble();
      assertTrue(spread[i] > 0);
      // The first request is somewhere in its tick, and so is every other one.
      now = (i == 0 ? 0 : now) + spread[i];
      assertEquals(trace.arrivalTime(i + 1), now, 1);
    }
    Arrays.sort(spread);
    Exponential law = new Exponential(3);
    double distance = 0;
    for (int i = 0; i < spread.length; i++) {
      double share = law.cdf(spread[i]);
      distance = Math.max(distance, Math.abs(share - (i + 0.5) / spread.length));
    }
    assertTrue(KolmogorovSmirnovDistQuick.barF(spread.length, distance) > 0.001, "" + distance);
  }

  /** A mean gap of 1.25 s would cut seconds in two, and windows would hold one second or two. */
  @Test
  void windowsAreWholeTicks() throws IOException {
    double[] times = poisson(40_000, 0.8);
    ArrivalCounts counts =
        new TraceClock(trace(Arrays.stream(times).map(Math::floor).toArray())).counts();
    List<Double> windows = counts.windows();
    assertEquals(List.of(2.0, 20.0, 200.0), windows);
    for (double seconds : windows) {
      Dispersion found = counts.dispersion(seconds);
      assertEquals(1, found.index(), 3.29 * Math.sqrt(2.0 / found.windows()), found.toString());
    }
    // By hand: 2, 1, 0, 3 arrivals in seconds 0 to 3, and the last one ends the trace.
    Dispersion hand = new TraceClock(trace(7, 7, 8, 10, 10, 10, 11)).counts().dispersion(1);
    assertEquals(new Dispersion(1, 4, (0.25 + 0.25 + 2.25 + 2.25) / 3 / 1.5, 3), hand);
  }

  @Test
  void tooFewWindowsAreNone() throws IOException {
    assertEquals(List.of(), new TraceClock(trace(0, 0, 3, 3, 6, 6)).counts().windows());
  }
}

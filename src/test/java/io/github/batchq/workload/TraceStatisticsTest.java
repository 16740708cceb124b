package io.github.batchq.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.trace.TraceFiles;
import io.github.batchq.workload.TraceStatistics.Dispersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers that describe a trace. */
class TraceStatisticsTest {
  @TempDir Path folder;

  private TraceStatistics of(String text) throws IOException {
    Files.writeString(folder.resolve("t.csv"), text);
    return new TraceStatistics(
        TraceFiles.csv(DataFile.of("t.csv", folder), "t", null, null, "n", "p").read());
  }

  private static double item(TraceStatistics statistics, String of, String name) {
    return statistics.items().stream()
        .filter(item -> item.of().equals(of) && item.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  /** Gaps 1, 2, 1, 4; lengths 10, 20, 20, 30, 20; prompts one more each. */
  @Test
  void describesByHand() throws IOException {
    TraceStatistics statistics = of("t,n,p\n5,10,11\n6,20,21\n8,20,21\n9,30,31\n13,20,21\n");
    assertEquals(5, item(statistics, "requests", "number"));
    assertEquals(8, item(statistics, "requests", "duration"));
    assertEquals(0.5, item(statistics, "requests", "rate"));
    assertEquals(2, item(statistics, "gaps", "mean"));
    assertEquals(Math.sqrt(1.5) / 2, item(statistics, "gaps", "coefficient of variation"), 1e-15);
    assertEquals(3, item(statistics, "gaps", "different values"));
    // Deviations -1, 0, -1, 2: products 0, 0, -2 over squares 6.
    assertEquals(-2 / 6.0, item(statistics, "gaps", "correlation of neighbours"), 1e-15);
    assertEquals(20, item(statistics, "lengths", "50 % quantile"));
    assertEquals(30, item(statistics, "lengths", "90 % quantile"));
    assertEquals(10, item(statistics, "lengths", "smallest"));
    assertEquals(21, item(statistics, "prompts", "mean"), 1e-15);
    assertEquals(1, item(statistics, "prompts and lengths", "correlation"), 1e-15);
    assertEquals(1, item(statistics, "prompts and lengths", "correlation of ranks"), 1e-15);
    assertTrue(statistics.hasPrompts());
    assertFalse(of("t,n,p\n5,10,0\n6,20,0\n").hasPrompts());
  }

  /** Groups of two, three seconds apart: gaps of 0 count as gaps. */
  @Test
  void equalTimesCount() throws IOException {
    TraceStatistics statistics = of("t,n,p\n0,1,1\n0,1,1\n3,1,1\n3,1,1\n6,1,1\n6,1,1\n");
    assertEquals(3, item(statistics, "gaps", "equal times"));
    assertEquals(3, item(statistics, "gaps", "tick of the clock"));
    assertEquals(6 / 5.0, item(statistics, "gaps", "mean"), 1e-15);
    assertEquals(0, item(statistics, "gaps", "50 % quantile"));
    assertEquals(2, item(statistics, "gaps", "different values"));
    assertEquals(0, item(of("t,n,p\n0,1,1\n2,1,1\n5,1,1\n"), "gaps", "equal times"));
  }

  /**
   * Poisson arrivals have the index 1 in windows of any length; over w windows it has a standard
   * error of about sqrt(2 / w). Pairs of requests have 2.
   */
  @Test
  void poissonArrivalsHaveTheIndexOne() throws IOException {
    for (int group : new int[] {1, 2}) {
      Random random = new Random(4);
      StringBuilder text = new StringBuilder("t,n,p\n");
      double time = 0;
      for (int i = 0; i < 50_000 / group; i++) {
        time -= Math.log(1 - random.nextDouble());
        text.append((time + ",5,5\n").repeat(group));
      }
      TraceStatistics statistics = of(text.toString());
      assertEquals(4, statistics.dispersions().size());
      for (Dispersion window : statistics.dispersions()) {
        double error = Math.sqrt(2.0 / window.windows());
        assertEquals(group, window.index(), 3.29 * group * error, window.toString());
        assertTrue(window.windows() >= 30);
      }
    }
  }
}

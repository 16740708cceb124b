package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far a run has come, on a terminal and in a pipe. */
class ProgressLineTest {
  private static final Duration NEVER = Duration.ofDays(1);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream console = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private ProgressLine line(boolean terminal, Duration period) {
    return new ProgressLine(console, terminal, period, () -> "nothing is kept");
  }

  private List<String> said() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private void waitForLines(int lines) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (said().size() < lines && System.nanoTime() < end) {
      Thread.sleep(5);
    }
  }

  @Test
  void aPipeHearsTheStateFromTimeToTimeAlsoWhileNoRunEnds() throws InterruptedException {
    try (ProgressLine progress = line(false, Duration.ofMillis(20))) {
      waitForLines(1);
      assertTrue(
          said().get(0).matches("batchq: nothing is finished yet after [0-9]+ s"), said().get(0));
      progress.finished(3, 12, 3_000_000);
      int before = said().size();
      waitForLines(before + 2);
      String last = said().get(said().size() - 1);
      assertTrue(
          last.matches("batchq: 3 of 12 runs, [0-9.]+ million requests/s, [0-9]+ s left"), last);
    }
    int lines = said().size();
    Thread.sleep(60);
    assertEquals(lines, said().size());
  }

  @Test
  void tellsTheShareOfARuleThatWorksForLong() throws InterruptedException {
    try (ProgressLine progress = line(false, Duration.ofMillis(20))) {
      progress.placing("optimal", 0.25);
      waitForLines(2);
    }
    String last = said().get(said().size() - 1);
    assertTrue(last.matches("batchq: optimal: 25 % placed, [0-9]+ s"), last);
  }

  @Test
  void aShortRunInAPipeSaysNothing() {
    try (ProgressLine progress = line(false, NEVER)) {
      progress.finished(1, 2, 1000);
      progress.finished(2, 2, 2000);
    }
    assertEquals(0, bytes.size());
  }

  @Test
  void aTerminalSeesThatWorkGoesOnWhileNothingIsFinished() throws InterruptedException {
    try (ProgressLine progress = line(true, Duration.ofMillis(50))) {
      waitFor("\rnothing is finished yet after 0 s ");
      progress.computed(3, 12);
      waitFor("\r3 of 12 rows, ");
      assertTrue(
          bytes
              .toString(StandardCharsets.UTF_8)
              .strip()
              .matches("(?s).*rows, [0-9]+ s, [0-9]+ s left"),
          bytes.toString(StandardCharsets.UTF_8));
    }
    assertTrue(bytes.toString(StandardCharsets.UTF_8).endsWith(" \r"));
  }

  private void waitFor(String text) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!bytes.toString(StandardCharsets.UTF_8).contains(text) && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertTrue(bytes.toString(StandardCharsets.UTF_8).contains(text), text);
  }

  @Test
  void theLineOfATerminalChangesAndIsWipedAway() throws InterruptedException {
    try (ProgressLine progress = line(true, NEVER)) {
      progress.finished(1, 3, 1000);
      assertEquals(0, bytes.size(), "too early for anything to see");
      Thread.sleep(250);
      progress.finished(2, 3, 2000);
      String shown = bytes.toString(StandardCharsets.UTF_8);
      assertTrue(shown.startsWith("\r2 of 3 runs, "), shown);
      assertFalse(shown.contains("\n"), shown);
    }
    assertTrue(bytes.toString(StandardCharsets.UTF_8).endsWith(" \r"));
    int length = bytes.size();
    line(true, NEVER).close();
    assertEquals(length, bytes.size(), "nothing was shown, nothing is wiped away");
  }
}

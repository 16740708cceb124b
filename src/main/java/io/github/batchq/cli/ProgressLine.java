package io.github.batchq.cli;

import io.github.batchq.experiment.Runner;
import java.io.PrintStream;
import java.util.Locale;

/**
 * One line on the terminal that says how far a run has come: runs, rate, remaining time. Silent
 * where standard error is no terminal.
 */
final class ProgressLine implements Runner.Progress {
  private static final long INTERVAL_NANOS = 200_000_000;

  private final PrintStream terminal;
  private final boolean visible;
  private final long start = System.nanoTime();
  private long lastShown = start;

  ProgressLine(PrintStream terminal, boolean visible) {
    this.terminal = terminal;
    this.visible = visible;
  }

  /** A line on standard error; the launcher says whether that is a terminal. */
  static ProgressLine onStandardError() {
    return new ProgressLine(System.err, Boolean.getBoolean("batchq.terminal"));
  }

  @Override
  public synchronized void finished(long runs, long allRuns, long requests) {
    long now = System.nanoTime();
    if (!visible || (now - lastShown < INTERVAL_NANOS && runs < allRuns)) {
      return;
    }
    lastShown = now;
    double seconds = (now - start) / 1e9;
    double remaining = seconds / runs * (allRuns - runs);
    terminal.printf(
        Locale.ROOT,
        "\r%d of %d runs, %.1f million requests/s, %.0f s left   ",
        runs,
        allRuns,
        requests / seconds / 1e6,
        remaining);
    if (runs == allRuns) {
      terminal.print("\r" + " ".repeat(70) + "\r");
    }
    terminal.flush();
  }
}

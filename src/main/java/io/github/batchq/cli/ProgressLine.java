package io.github.batchq.cli;

import io.github.batchq.check.CheckRunner;
import io.github.batchq.experiment.Runner;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * One line on the terminal that says how far a run has come: runs, rate, remaining time; how many
 * checks are done; how far a search has come. Silent where standard error is no terminal.
 */
final class ProgressLine implements Runner.Progress, CheckRunner.Progress {
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
    show(
        runs == allRuns,
        seconds ->
            String.format(
                Locale.ROOT,
                "%d of %d runs, %.1f million requests/s, %.0f s left",
                runs,
                allRuns,
                requests / seconds / 1e6,
                seconds / runs * (allRuns - runs)));
  }

  @Override
  public synchronized void finished(int checks, int allChecks) {
    show(checks == allChecks, seconds -> checks + " of " + allChecks + " statements checked");
  }

  /** A search has tried this number of bins. */
  synchronized void tried(int bins) {
    show(false, seconds -> String.format(Locale.ROOT, "%d bins tried, %.0f s", bins, seconds));
  }

  /** So many experiments of a study are done. */
  synchronized void studied(int experiments, int allExperiments) {
    show(false, seconds -> experiments + " of " + allExperiments + " experiments of the study");
  }

  /** A search has made this number of runs. */
  synchronized void simulated(long runs) {
    show(false, seconds -> String.format(Locale.ROOT, "%d runs, %.0f s", runs, seconds));
  }

  /** A selection has made this number of further runs. */
  synchronized void selecting(int runs) {
    show(false, seconds -> String.format(Locale.ROOT, "%d more runs, %.0f s", runs, seconds));
  }

  /** Wipes the line away. */
  synchronized void done() {
    show(true, seconds -> "");
  }

  /**
   * Shows the state, not too often; the last one is wiped away at once.
   *
   * @param state the state, given the seconds since the start
   */
  private void show(boolean last, DoubleFunction<String> state) {
    long now = System.nanoTime();
    if (!visible || (now - lastShown < INTERVAL_NANOS && !last)) {
      return;
    }
    lastShown = now;
    terminal.print("\r" + state.apply((now - start) / 1e9) + "   ");
    if (last) {
      terminal.print("\r" + " ".repeat(70) + "\r");
    }
    terminal.flush();
  }
}

package io.github.batchq.cli;

import io.github.batchq.engine.RunProgress;
import io.github.batchq.engine.TaskProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;

/**
 * Shows on standard error how far work has come: runs, rate and remaining time of an experiment,
 * how many statements are checked, how far a search or a table has come. On a terminal it is one
 * line that changes, at least every second, and is wiped away in the end; elsewhere, as in a pipe
 * or a log, a line every 30 s; both also while nothing is finished. Where the process is told to
 * stop (Ctrl-C, exit status 130) before this is closed, it says what is kept and how to go on.
 */
final class ProgressLine implements RunProgress, TaskProgress, AutoCloseable {
  private static final long INTERVAL_NANOS = 200_000_000;
  private static final Duration PERIOD = Duration.ofSeconds(30);
  private static final Duration PERIOD_OF_TERMINAL = Duration.ofSeconds(1);

  private final PrintStream console;
  private final boolean terminal;
  private final Timer timer = new Timer("progress", true);
  private final Thread interruption;
  private final long start = System.nanoTime();
  private long lastShown = start;
  private boolean shown;
  private boolean closed;
  private DoubleFunction<String> state =
      seconds -> String.format(Locale.ROOT, "nothing is finished yet after %.0f s", seconds);

  /**
   * @param terminal whether the console is a terminal
   * @param period time after which the state is said again though nothing has changed
   * @param whenInterrupted stops the work, and says what is kept of it
   */
  ProgressLine(
      PrintStream console, boolean terminal, Duration period, Supplier<String> whenInterrupted) {
    this.console = console;
    this.terminal = terminal;
    this.interruption = new Thread(() -> interrupted(whenInterrupted), "interruption");
    Runtime.getRuntime().addShutdownHook(interruption);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            sayState();
          }
        },
        period.toMillis(),
        period.toMillis());
  }

  /** Progress of work of which nothing is kept if it is interrupted, on standard error. */
  static ProgressLine onStandardError() {
    return onStandardError(() -> "nothing is kept");
  }

  /**
   * Progress on standard error; the launcher says whether that is a terminal.
   *
   * @param whenInterrupted stops the work, and says what is kept of it
   */
  static ProgressLine onStandardError(Supplier<String> whenInterrupted) {
    boolean terminal = Boolean.getBoolean("batchq.terminal");
    return new ProgressLine(
        System.err, terminal, terminal ? PERIOD_OF_TERMINAL : PERIOD, whenInterrupted);
  }

  /** Says for how long one system has been computed; nobody knows how far it is. */
  void computing() {
    show(seconds -> String.format(Locale.ROOT, "computing, %.0f s", seconds));
  }

  @Override
  public void finished(long runs, long allRuns, long requests) {
    if (runs == allRuns) {
      // A large sweep takes its time for theory and tables too.
      show(
          seconds ->
              String.format(
                  Locale.ROOT, "%d runs are made, the tables follow; %.0f s", runs, seconds));
      return;
    }
    show(
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
  public void finished(int checks, int allChecks) {
    show(seconds -> checks + " of " + allChecks + " statements checked");
  }

  /** A search has tried this number of bins. */
  void tried(int bins) {
    show(seconds -> String.format(Locale.ROOT, "%d bins tried, %.0f s", bins, seconds));
  }

  /** {@code rows} of all rows of a table are computed. */
  void computed(int rows, int allRows) {
    show(
        seconds ->
            String.format(
                Locale.ROOT,
                "%d of %d rows, %.0f s, %.0f s left",
                rows,
                allRows,
                seconds,
                seconds / rows * (allRows - rows)));
  }

  /** This share of the work on the boundaries of a rule is done. */
  void placing(String rule, double share) {
    show(
        seconds ->
            String.format(Locale.ROOT, "%s: %.0f %% placed, %.0f s", rule, 100 * share, seconds));
  }

  /** {@code experiments} of all experiments of a study are done. */
  void studied(int experiments, int allExperiments) {
    show(seconds -> experiments + " of " + allExperiments + " experiments of the study");
  }

  /** {@code plans} of all plans of a study are done. */
  void planned(int plans, int allPlans) {
    show(
        seconds ->
            String.format(
                Locale.ROOT,
                "%d of %d plans, %.0f s left",
                plans,
                allPlans,
                seconds / plans * (allPlans - plans)));
  }

  /** A search has made this number of runs. */
  void simulated(long runs) {
    show(seconds -> String.format(Locale.ROOT, "%d runs, %.0f s", runs, seconds));
  }

  /** A selection has made this number of further runs. */
  void selecting(int runs) {
    show(seconds -> String.format(Locale.ROOT, "%d more runs, %.0f s", runs, seconds));
  }

  /** Wipes the line of a terminal away, after which nothing is shown. */
  @Override
  public synchronized void close() {
    timer.cancel();
    try {
      Runtime.getRuntime().removeShutdownHook(interruption);
    } catch (IllegalStateException e) {
      // The process is ending, and the interruption says the last word.
      return;
    }
    wipe();
    closed = true;
  }

  private void interrupted(Supplier<String> sentence) {
    String kept = sentence.get();
    synchronized (this) {
      wipe();
      closed = true;
      console.println("batchq: interrupted; " + kept);
      console.flush();
    }
  }

  private void wipe() {
    if (shown && !closed) {
      console.print("\r" + " ".repeat(70) + "\r");
      console.flush();
    }
  }

  /**
   * Keeps a new state, a function of the seconds since the start, and shows it on a terminal unless
   * one was shown a moment ago.
   */
  private synchronized void show(DoubleFunction<String> newState) {
    state = newState;
    long now = System.nanoTime();
    if (terminal && !closed && now - lastShown >= INTERVAL_NANOS) {
      lastShown = now;
      shown = true;
      console.print("\r" + state.apply((now - start) / 1e9) + "   ");
      console.flush();
    }
  }

  private synchronized void sayState() {
    if (terminal) {
      show(state);
    } else if (!closed) {
      console.println("batchq: " + state.apply((System.nanoTime() - start) / 1e9));
      console.flush();
    }
  }
}

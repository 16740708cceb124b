package io.github.batchq.spark;

/**
 * How many runs a task makes: enough that its overhead is small, few enough that none waits long.
 */
final class SliceSize {
  /** What a run costs beside its requests, in seconds, and what each request does. */
  private static final double RUN = 5e-4;

  private static final double REQUEST = 5e-8;

  /** A task should take so many seconds; one costs some milliseconds by itself. */
  private static final double LEAST = 0.1;

  private static final double MOST = 1;

  /** The runs of a task are lost together, and their results travel together. */
  private static final int MOST_RUNS = 2000;

  /** So many tasks for each thread let the quick ones wait little for the slow ones. */
  private static final int TASKS = 4;

  private SliceSize() {}

  /**
   * The runs in a task.
   *
   * @param runs all that are to be made, at least 1
   * @param requests all that these simulate
   * @param threads of the cluster, at least 1
   */
  static int of(int runs, double requests, int threads) {
    double seconds = RUN + REQUEST * requests / runs;
    double even = Math.ceil((double) runs / (TASKS * threads));
    double size = Math.min(Math.max(even, LEAST / seconds), MOST / seconds);
    return (int) Math.min(Math.max(1, size), MOST_RUNS);
  }
}

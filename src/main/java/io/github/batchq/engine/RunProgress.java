package io.github.batchq.engine;

/** Is told how far the runs of an experiment have come; called from several threads. */
public interface RunProgress {
  /**
   * A run is done.
   *
   * @param runs finished runs
   * @param allRuns all runs that are known to be needed
   * @param requests requests simulated so far
   */
  void finished(long runs, long allRuns, long requests);
}

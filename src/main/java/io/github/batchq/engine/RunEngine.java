package io.github.batchq.engine;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Pair;
import io.github.batchq.model.BadInputException;
import io.github.batchq.scenario.RunMeasurement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where runs are made: on the threads of this machine ({@link ThreadEngine}), or on a cluster, by
 * an engine that an {@link EngineProvider} opens. A run is a pure function of its experiment and
 * its {@link Pair} ({@link RunFunction}), and results are told apart by their pairs, so every
 * engine gives the same numbers. Which runs are made, what is kept of them and what becomes of them
 * is decided by the {@link Runner}.
 */
public interface RunEngine extends AutoCloseable {
  /** Takes a run as soon as it is made; called from several threads, once for each pair. */
  interface Listener {
    /** A run has been made. */
    void finished(Pair pair, RunMeasurement measurement);
  }

  /** The runs of one experiment. */
  interface Runs {
    /**
     * Makes some of them and waits for all.
     *
     * @param pairs which ones
     * @param listener is told of each
     * @return what they measured, in the order of the pairs
     * @throws BadInputException if a run finds a mistake of the user: of several the one whose pair
     *     comes first; or if the engine can make no runs any more. The listener may throw it too
     * @throws IllegalStateException if a run fails in any other way
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    List<RunMeasurement> make(List<Pair> pairs, Listener listener) throws InterruptedException;
  }

  /** What it is called in manifests, such as {@code threads}. */
  String name();

  /** How many runs it makes at the same time, at least 1. */
  int threads();

  /**
   * Gets ready to make runs.
   *
   * @param step what a search asks for; null for the runs of the file
   * @throws BadInputException if the experiment cannot be taken to where the runs are made
   */
  Runs begin(Experiment experiment, @Nullable Step step);

  /** Ends the runs that are left. */
  @Override
  void close();
}

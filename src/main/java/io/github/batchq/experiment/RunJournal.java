package io.github.batchq.experiment;

import io.github.batchq.scenario.RunMeasurement;
import org.jspecify.annotations.Nullable;

/** Keeps the runs of an experiment that are finished, so that none of them is lost. */
public interface RunJournal {
  /** Keeps nothing. */
  RunJournal NONE =
      new RunJournal() {
        @Override
        public @Nullable RunMeasurement find(int point, int replication) {
          return null;
        }

        @Override
        public void finished(int point, int replication, RunMeasurement measurement) {}
      };

  /** What was measured in a run that was finished before; null if it was not. */
  @Nullable RunMeasurement find(int point, int replication);

  /** Keeps a run that has just been finished; called from several threads. */
  void finished(int point, int replication, RunMeasurement measurement);
}

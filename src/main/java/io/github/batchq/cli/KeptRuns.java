package io.github.batchq.cli;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.model.BadInputException;
import io.github.batchq.results.FileContent;
import io.github.batchq.results.JournalFile;
import io.github.batchq.results.ResultFolder;
import java.util.Map;

/**
 * The runs of a sweep that are kept in its folder while it goes on, and what is said of them where
 * it ends early.
 */
record KeptRuns(ResultFolder folder, JournalFile journal) implements AutoCloseable {
  /**
   * Begins to keep runs.
   *
   * @param resume whether to take over the runs that are there
   * @param restart whether to forget them
   * @throws BadInputException if neither is said and there are some, or they are another
   *     experiment's
   */
  static KeptRuns open(
      Experiment experiment, ResultFolder folder, boolean resume, boolean restart) {
    int left = resume || restart ? 0 : JournalFile.left(folder.name(), experiment);
    if (left > 0) {
      throw new BadInputException(
          folder
              + " has "
              + left
              + " finished runs of an interrupted sweep of this experiment: --resume goes on,"
              + " --restart begins anew");
    }
    return new KeptRuns(folder, JournalFile.open(folder.name(), experiment, resume));
  }

  /** Tells how far the runs are, and what is kept of them if the process is told to stop. */
  ProgressLine progress() {
    return ProgressLine.onStandardError(this::interrupted);
  }

  private String interrupted() {
    String kept = kept();
    folder.close();
    return kept;
  }

  /** What is kept of an interrupted run. */
  private String kept() {
    int runs = journal.stop();
    return runs == 0
        ? "no run was finished, nothing is kept"
        : (runs == 1 ? "1 finished run is" : runs + " finished runs are")
            + " kept in "
            + folder.name().resolve(JournalFile.NAME)
            + ": the same command with --resume goes on from there";
  }

  /**
   * Writes what was made of the runs, which are then kept no more.
   *
   * @throws BadInputException if it cannot be written; the runs are still kept
   */
  void write(Map<String, FileContent> files) {
    try {
      folder.writeAll(files);
    } catch (BadInputException e) {
      throw new BadInputException(e.getMessage() + "; " + kept(), e);
    }
    journal.remove();
  }

  @Override
  public void close() {
    journal.close();
  }
}

package io.github.batchq.results;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Pair;
import io.github.batchq.experiment.RunJournal;
import io.github.batchq.file.data.FileReason;
import io.github.batchq.model.BadInputException;
import io.github.batchq.scenario.RunMeasurement;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the finished runs of a sweep on disk while the sweep goes on: one line for each run, handed
 * to the operating system as soon as the run is finished, so that a process that is killed loses
 * only the runs that were under way. The first line is a fingerprint of the experiment, its seed
 * and the version of batchq, so that runs of another experiment are never taken for those of this
 * one. A line that was cut off or changed, which the checksum at its end tells, is left out, so
 * that its run is made again. When the results are in place the file is removed.
 */
public final class JournalFile implements RunJournal, AutoCloseable {
  /** Name of the file within the folder of the results. */
  public static final String NAME = ".unfinished-runs";

  private final Path file;
  private final Map<Pair, RunMeasurement> known;
  private final OutputStream stream;
  private int finished;
  private boolean stopped;

  /** A journal over a stream. */
  JournalFile(Path file, OutputStream stream) {
    this(file, Map.of(), stream);
  }

  private JournalFile(Path file, Map<Pair, RunMeasurement> known, OutputStream stream) {
    this.file = file;
    this.known = new ConcurrentHashMap<>(known);
    this.finished = known.size();
    this.stream = stream;
  }

  /**
   * The number of finished runs of this experiment that an interrupted sweep has left in a folder;
   * 0 if it has left none, or those of another experiment.
   *
   * @throws BadInputException if the file is there and cannot be read
   */
  public static int left(Path folder, Experiment experiment) {
    List<String> lines = RunLines.lines(folder.resolve(NAME));
    return lines.isEmpty() || !lines.get(0).equals(Fingerprint.of(experiment))
        ? 0
        : RunLines.read(lines, experiment.measured()).size();
  }

  /**
   * Opens the journal of a sweep.
   *
   * @param folder the folder of the results, which is created if it is not there
   * @param resume whether to take over the runs that are there, those of a finished part too
   * @throws BadInputException if runs are to be taken over and those that are there are another
   *     experiment's, or the file cannot be written
   */
  public static JournalFile open(Path folder, Experiment experiment, boolean resume) {
    Path file = folder.resolve(NAME);
    String fingerprint = Fingerprint.of(experiment);
    Map<Pair, RunMeasurement> known = new HashMap<>();
    if (resume) {
      List<String> lines = RunLines.lines(file);
      if (!lines.isEmpty() && !lines.get(0).equals(fingerprint)) {
        throw new BadInputException(
            "--resume: the runs in "
                + file
                + " are of another experiment, other metrics, another seed or version of batchq; --restart begins anew");
      }
      known.putAll(RunLines.read(lines, experiment.measured()));
      if (Part.isIn(folder)) {
        Part part = Part.read(folder);
        known.putAll(part.fingerprint().equals(fingerprint) ? part.runs(experiment) : Map.of());
      }
    }
    // What was cut off must not be continued, so the lines that count are written again.
    Path fresh = folder.resolve(NAME + "-new");
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
      try (OutputStream copy = new BufferedOutputStream(Files.newOutputStream(fresh))) {
        copy.write(RunLines.first(fingerprint));
        for (Map.Entry<Pair, RunMeasurement> run : known.entrySet()) {
          copy.write(RunLines.line(run.getKey(), run.getValue()));
        }
      }
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
      return new JournalFile(file, known, Files.newOutputStream(file, StandardOpenOption.APPEND));
    } catch (IOException e) {
      fresh.toFile().delete();
      throw new BadInputException(
          "the results cannot be written to " + folder + ": " + FileReason.of(e), e);
    }
  }

  @Override
  public @Nullable RunMeasurement find(int point, int replication) {
    return known.get(new Pair(point, replication));
  }

  @Override
  public synchronized void finished(int point, int replication, RunMeasurement measurement) {
    if (stopped) {
      return;
    }
    try {
      stream.write(RunLines.line(new Pair(point, replication), measurement));
      finished++;
    } catch (IOException e) {
      stopped = true;
      throw new BadInputException(
          "a finished run cannot be written to "
              + file
              + ": "
              + FileReason.of(e)
              + "; the "
              + finished
              + " runs before it are kept there for --resume",
          e);
    }
  }

  /**
   * Closes the file because the process ends; runs that finish later are not taken.
   *
   * @return the number of runs that are kept, with those taken over
   */
  public synchronized int stop() {
    stopped = true;
    close();
    return finished;
  }

  /** Removes the file: the results are in place. */
  public void remove() {
    try {
      stream.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new BadInputException(file + " cannot be removed: " + FileReason.of(e), e);
    }
  }

  /** Closes the file and leaves it there if a run is in it. */
  @Override
  public void close() {
    try {
      stream.close();
      Path folder = file.getParent();
      if (finished == 0 && Files.deleteIfExists(file) && folder != null && isEmpty(folder)) {
        Files.delete(folder);
      }
    } catch (IOException e) {
      // Every line was flushed when it was written; there is nothing left to lose.
      return;
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }
}

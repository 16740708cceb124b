package io.github.batchq.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunJournal;
import io.github.batchq.file.data.FileReason;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.scenario.RunMeasurement;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
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

  private static final String SEPARATOR = ",";

  /** How many hexadecimal digits a checksum has. */
  private static final int CHECKSUM = 8;

  private final Path file;
  private final Map<Place, RunMeasurement> known;
  private final OutputStream stream;
  private int finished;
  private boolean stopped;

  /** The run of a replication of a point. */
  private record Place(int point, int replication) {}

  /** A journal over a stream. */
  JournalFile(Path file, OutputStream stream) {
    this(file, Map.of(), stream);
  }

  private JournalFile(Path file, Map<Place, RunMeasurement> known, OutputStream stream) {
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
    List<String> lines = lines(folder.resolve(NAME));
    return lines.isEmpty() || !lines.get(0).equals(fingerprint(experiment))
        ? 0
        : read(lines).size();
  }

  /**
   * Opens the journal of a sweep.
   *
   * @param folder the folder of the results, which is created if it is not there
   * @param resume whether to take over the runs that are there
   * @throws BadInputException if runs are to be taken over and those that are there are another
   *     experiment's, or the file cannot be written
   */
  public static JournalFile open(Path folder, Experiment experiment, boolean resume) {
    Path file = folder.resolve(NAME);
    String fingerprint = fingerprint(experiment);
    Map<Place, RunMeasurement> known = Map.of();
    if (resume) {
      List<String> lines = lines(file);
      if (!lines.isEmpty() && !lines.get(0).equals(fingerprint)) {
        throw new BadInputException(
            "--resume: the runs in "
                + file
                + " are of another experiment, seed or version of batchq; --restart begins anew");
      }
      known = lines.isEmpty() ? Map.of() : read(lines);
    }
    // What was cut off must not be continued, so the lines that count are written again.
    Path fresh = folder.resolve(NAME + "-new");
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
      try (OutputStream copy = new BufferedOutputStream(Files.newOutputStream(fresh))) {
        copy.write((fingerprint + "\n").getBytes(StandardCharsets.ISO_8859_1));
        for (Map.Entry<Place, RunMeasurement> run : known.entrySet()) {
          copy.write(line(run.getKey(), run.getValue()));
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
    return known.get(new Place(point, replication));
  }

  @Override
  public synchronized void finished(int point, int replication, RunMeasurement measurement) {
    if (stopped) {
      return;
    }
    try {
      stream.write(line(new Place(point, replication), measurement));
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

  private static List<String> lines(Path file) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      // Every byte is a letter in this encoding, so damaged bytes are left to the checksums.
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      int end = text.lastIndexOf('\n');
      return end < 0 ? List.of() : Arrays.asList(text.substring(0, end).split("\n", -1));
    } catch (IOException e) {
      throw new BadInputException(file + " cannot be read: " + FileReason.of(e), e);
    }
  }

  /** A run as a line: where it is, what was measured, and the checksum of these. */
  private static byte[] line(Place place, RunMeasurement measurement) {
    StringBuilder line = new StringBuilder();
    line.append(place.point()).append(SEPARATOR).append(place.replication()).append(SEPARATOR);
    for (int m = 0; m < measurement.estimates().size(); m++) {
      Estimate estimate = measurement.estimates().get(m);
      line.append(estimate.mean())
          .append(SEPARATOR)
          .append(estimate.halfWidth())
          .append(SEPARATOR)
          .append(estimate.degreesOfFreedom())
          .append(SEPARATOR)
          .append(measurement.variances().get(m))
          .append(SEPARATOR);
    }
    line.append(checksum(line.toString())).append('\n');
    return line.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The cyclic redundancy check of 32 bits, which a change of any one letter changes. */
  static String checksum(String text) {
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(StandardCharsets.ISO_8859_1));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  private static Map<Place, RunMeasurement> read(List<String> lines) {
    Map<Place, RunMeasurement> runs = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int end = Math.max(0, line.length() - CHECKSUM);
      if (checksum(line.substring(0, end)).equals(line.substring(end))) {
        read(line.substring(0, end), runs);
      }
    }
    return runs;
  }

  private static void read(String line, Map<Place, RunMeasurement> runs) {
    List<String> cells = List.of(line.split(SEPARATOR, -1));
    if (cells.size() != 3 + 4 * Metric.ALL.size()) {
      return;
    }
    try {
      List<Estimate> estimates = new ArrayList<>();
      List<Double> variances = new ArrayList<>();
      for (int i = 2; i + 4 < cells.size(); i += 4) {
        estimates.add(
            new Estimate(
                Double.parseDouble(cells.get(i)),
                Double.parseDouble(cells.get(i + 1)),
                Integer.parseInt(cells.get(i + 2))));
        variances.add(Double.parseDouble(cells.get(i + 3)));
      }
      runs.put(
          new Place(Integer.parseInt(cells.get(0)), Integer.parseInt(cells.get(1))),
          new RunMeasurement(estimates, variances));
    } catch (NumberFormatException e) {
      // Not a line that this version writes: the run is made again.
      return;
    }
  }

  /** Everything that the runs depend on. */
  private static String fingerprint(Experiment experiment) {
    try {
      ObjectMapper mapper = new ObjectMapper();
      boolean alone = experiment.mostReplications() == 1;
      String text =
          Manifest.version()
              + mapper.writeValueAsString(experiment.resolved().path("scenario"))
              + mapper.writeValueAsString(experiment.resolved().path("sweep"))
              + experiment.varianceReduction()
              + experiment.generator()
              + experiment.seed()
              + (alone ? experiment.metrics() : "")
              + experiment.metrics().stream().anyMatch(Metric::isSlowdown)
              + Metric.ALL;
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "batchq runs with checksums " + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException | JsonProcessingException e) {
      throw new IllegalStateException("every Java platform has SHA-256, every tree a text", e);
    }
  }
}

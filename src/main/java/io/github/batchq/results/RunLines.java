package io.github.batchq.results;

import io.github.batchq.experiment.Pair;
import io.github.batchq.file.data.FileReason;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.scenario.RunMeasurement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Finished runs as lines of a file: the first line is the fingerprint of their experiment, then
 * each run is one line, where it is, what was measured to the last digit, and a checksum. A line
 * that was cut off or changed is none.
 */
final class RunLines {
  private static final String SEPARATOR = ",";

  /** Hexadecimal digits of a checksum. */
  private static final int CHECKSUM = 8;

  private RunLines() {}

  /** The whole lines of a file; none if it is not there. */
  static List<String> lines(Path file) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      // Every byte is a letter there, so that those which are no text are left to the checksums.
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      int end = text.lastIndexOf('\n');
      return end < 0 ? List.of() : Arrays.asList(text.substring(0, end).split("\n", -1));
    } catch (IOException e) {
      throw new BadInputException(file + " cannot be read: " + FileReason.of(e), e);
    }
  }

  /** The first line of a file. */
  static byte[] first(String fingerprint) {
    return (fingerprint + "\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A run as a line: where it is, what was measured, and the checksum of these. */
  static byte[] line(Pair pair, RunMeasurement measurement) {
    StringBuilder line = new StringBuilder();
    line.append(pair.point()).append(SEPARATOR).append(pair.replication()).append(SEPARATOR);
    for (double number : measurement.numbers()) {
      line.append(number).append(SEPARATOR);
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

  /**
   * The runs in the lines of a file, without its first one.
   *
   * @param metrics what was measured, which the fingerprint covers
   */
  static Map<Pair, RunMeasurement> read(List<String> lines, List<Metric> metrics) {
    Map<Pair, RunMeasurement> runs = new HashMap<>();
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      int end = Math.max(0, line.length() - CHECKSUM);
      if (checksum(line.substring(0, end)).equals(line.substring(end))) {
        read(line.substring(0, end), metrics, runs);
      }
    }
    return runs;
  }

  private static void read(String line, List<Metric> metrics, Map<Pair, RunMeasurement> runs) {
    // Every number is followed by a separator, and the checksum is cut off.
    List<String> cells = List.of(line.split(SEPARATOR, -1));
    double[] numbers = new double[Math.max(0, cells.size() - 3)];
    if (!RunMeasurement.fits(metrics, numbers.length)) {
      return;
    }
    try {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Double.parseDouble(cells.get(i + 2));
      }
      runs.put(
          new Pair(Integer.parseInt(cells.get(0)), Integer.parseInt(cells.get(1))),
          new RunMeasurement(metrics, numbers));
    } catch (NumberFormatException e) {
      // Not a line that this version writes: the run is made again.
      return;
    }
  }
}

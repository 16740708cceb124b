package io.github.batchq.results;

import io.github.batchq.experiment.Pair;
import io.github.batchq.file.data.FileReason;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.scenario.RunMeasurement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** The runs in the lines of a file, without its first one. */
  static Map<Pair, RunMeasurement> read(List<String> lines) {
    Map<Pair, RunMeasurement> runs = new HashMap<>();
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      int end = Math.max(0, line.length() - CHECKSUM);
      if (checksum(line.substring(0, end)).equals(line.substring(end))) {
        read(line.substring(0, end), runs);
      }
    }
    return runs;
  }

  private static void read(String line, Map<Pair, RunMeasurement> runs) {
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
          new Pair(Integer.parseInt(cells.get(0)), Integer.parseInt(cells.get(1))),
          new RunMeasurement(estimates, variances));
    } catch (NumberFormatException e) {
      // Not a line that this version writes: the run is made again.
      return;
    }
  }
}

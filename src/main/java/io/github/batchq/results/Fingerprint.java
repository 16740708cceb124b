package io.github.batchq.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.data.FileReason;
import io.github.batchq.model.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that the runs of an experiment depend on, in one line, so that runs of another
 * experiment, another version of batchq or other data are never taken for those of this one.
 */
final class Fingerprint {
  private static final int BUFFER = 1 << 16;

  private Fingerprint() {}

  /**
   * The fingerprint of an experiment and its data files as they are now.
   *
   * @throws BadInputException if a data file cannot be read
   */
  static String of(Experiment experiment) {
    try {
      ObjectMapper mapper = new ObjectMapper();
      String text =
          Manifest.version()
              + mapper.writeValueAsString(experiment.resolved().path("scenario"))
              + mapper.writeValueAsString(experiment.resolved().path("sweep"))
              + experiment.varianceReduction()
              + experiment.generator()
              + experiment.seed()
              + (experiment.mostReplications() == 1)
              + experiment.measured()
              + data(experiment).values();
      return "batchq runs with checksums "
          + hexadecimal(newSha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("every tree has a text", e);
    }
  }

  /** The SHA-256 of each data file of an experiment, by its path. Pipes have none. */
  static Map<String, String> data(Experiment experiment) {
    Map<String, String> sums = new TreeMap<>();
    for (Path file : experiment.named()) {
      if (Files.isRegularFile(file)) {
        sums.put(file.toAbsolutePath().normalize().toString(), sha256(file));
      }
    }
    return sums;
  }

  /** The SHA-256 of a file, in hexadecimal digits. */
  static String sha256(Path file) {
    MessageDigest digest = newSha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream stream = Files.newInputStream(file)) {
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw new BadInputException("file " + file + " cannot be read: " + FileReason.of(e), e);
    }
    return hexadecimal(digest.digest());
  }

  /** The SHA-256 of some content, in hexadecimal digits. */
  static String sha256(byte[] content) {
    return hexadecimal(newSha256().digest(content));
  }

  static String hexadecimal(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

package io.github.batchq.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Writes and reads the file {@code manifest.json} beside results, which says how they came about,
 * and what is needed to draw them again.
 */
public final class Manifest {
  /** Name of the file. */
  public static final String FILE = "manifest.json";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Manifest() {}

  /** The version of batchq. */
  public static String version() {
    return ofBuild("version", "unknown");
  }

  /**
   * The commit that this batchq was built from, with {@code -dirty} where its files had been
   * changed; empty where it was built from no git checkout.
   */
  public static String commit() {
    return ofBuild("commit", "");
  }

  private static String ofBuild(String key, String absent) {
    try (InputStream stream =
        Manifest.class.getResourceAsStream("/io/github/batchq/version.properties")) {
      Properties properties = new Properties();
      if (stream != null) {
        properties.load(stream);
      }
      return properties.getProperty(key, absent);
    } catch (IOException e) {
      return absent;
    }
  }

  /**
   * The manifest of a run.
   *
   * @param command the command line
   * @param threads number of threads
   * @param start when the run began
   * @param duration how long it took
   * @param tables the tables beside it by name, whose SHA-256 tells later whether they were changed
   */
  public static byte[] of(
      Experiment experiment,
      List<String> command,
      int threads,
      Instant start,
      Duration duration,
      Map<String, byte[]> tables) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("batchq", version());
    if (!commit().isEmpty()) {
      root.put("commit", commit());
    }
    root.put(
        "jdk",
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
    root.put("command", "batchq " + String.join(" ", command));
    root.put("threads", threads);
    root.put("start", start.toString());
    root.put("durationSeconds", duration.toMillis() / 1e3);
    root.put("seed", experiment.seed());
    root.put("generator", experiment.generator().id());
    root.put("replications", experiment.replications());
    if (!experiment.skippedRows().isEmpty()) {
      ArrayNode skipped = root.putArray("skippedLines");
      experiment.skippedRows().forEach(skipped::add);
    }
    ObjectNode files = root.putObject("files");
    tables.forEach((name, content) -> files.put(name, checksum(content)));
    ObjectNode units = root.putObject("units");
    experiment.metrics().forEach(metric -> units.put(metric.id(), metric.unit()));
    root.set("experiment", experiment.resolved());
    try {
      return (MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /** The SHA-256 of a file's content, in hexadecimal digits. */
  static String checksum(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String reason(JsonProcessingException e) {
    String message = e.getOriginalMessage().lines().findFirst().orElse("it is empty");
    return message.startsWith("Trailing token") ? "more than one JSON value" : message;
  }

  /**
   * Reads the manifest of a folder.
   *
   * @throws BadInputException if the folder has none, or it is malformed
   */
  static ObjectNode read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(folder + " is no folder of results: it has no " + FILE);
    }
    try {
      if (MAPPER.readTree(file.toFile()) instanceof ObjectNode manifest) {
        return manifest;
      }
      throw new BadInputException(file + " cannot be read: it is no JSON object");
    } catch (JsonProcessingException e) {
      throw new BadInputException(
          file
              + (e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr())
              + ": not the JSON of a manifest: "
              + reason(e),
          e);
    } catch (IOException e) {
      throw new BadInputException(file + " cannot be read: " + FileReason.of(e), e);
    }
  }
}

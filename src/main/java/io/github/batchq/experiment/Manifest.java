package io.github.batchq.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The file {@code manifest.json} beside results: how they came about, and what is needed to draw
 * them again.
 */
public final class Manifest {
  /** Name of the file. */
  public static final String FILE = "manifest.json";

  private static final ObjectMapper MAPPER = new ObjectMapper();

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
   */
  public static byte[] of(
      Experiment experiment, List<String> command, int threads, Instant start, Duration duration) {
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

  /**
   * The charts that a results folder describes.
   *
   * @throws BadInputException if the folder has no manifest or it is malformed
   */
  public static List<ChartSpec> charts(Path folder) {
    JsonNode charts = read(folder).path("experiment").path("charts");
    if (!charts.isArray()) {
      return List.of();
    }
    YamlTree tree =
        new YamlTree(
            folder.resolve(FILE).toString(), MAPPER.createObjectNode(), Map.of(), Map.of());
    Binder binder = new Binder(folder);
    return charts
        .valueStream()
        .map(chart -> binder.bind(chart, ChartSpec.class, "experiment.charts", tree))
        .collect(Collectors.toList());
  }

  private static JsonNode read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(folder + " is no folder of results: it has no " + FILE);
    }
    try {
      return MAPPER.readTree(file.toFile());
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("it is empty");
      throw new BadInputException(file + " cannot be read: " + reason, e);
    }
  }

  /** Unit of a metric, empty where it is a share of 1 or unknown. */
  public static String unit(String metric) {
    return Metric.ALL.stream()
        .filter(known -> known.id().equals(metric))
        .map(Metric::unit)
        .findFirst()
        .orElse("");
  }
}

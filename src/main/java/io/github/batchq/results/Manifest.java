package io.github.batchq.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.TheoryExtent;
import io.github.batchq.file.ExperimentFile;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the file {@code manifest.json} beside results, which says how they came about,
 * and what is needed to draw them again.
 */
public final class Manifest {
  /** Name of the file. */
  public static final String FILE = "manifest.json";

  static final String VERSION = "batchq";
  static final String SEED = "seed";
  static final String REPLICATIONS = "replications";
  static final String EXPERIMENT = "experiment";
  static final String PLAN = "plan";

  static final String SKIPPED = "skippedLines";

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
   * @param tables the tables beside it, as they were written, whose SHA-256 tells later whether
   *     they were changed
   * @param parts the parts that the runs come from; null if one command made them all
   * @param theory how much theory stands in the tables; it is named where it is not all
   */
  public static byte[] of(
      Experiment experiment,
      Execution execution,
      List<TableFile> tables,
      @Nullable Parts parts,
      TheoryExtent theory) {
    ObjectNode root = describe(execution);
    if (parts != null) {
      root.set("parts", parts.executions());
    }
    describe(root, experiment);
    if (!theory.isAll()) {
      root.put("theory", theory.name());
    }
    if (!theory.sentence().isEmpty()) {
      root.put("theoryLeftOut", theory.sentence());
    }
    ObjectNode files = root.putObject("files");
    tables.forEach(table -> files.put(table.name(), table.sha256()));
    ObjectNode units = root.putObject("units");
    experiment.metrics().forEach(metric -> units.put(metric.id(), metric.unit()));
    root.set(EXPERIMENT, experiment.resolved());
    return JsonFile.text(root);
  }

  /**
   * The manifest of a plan.
   *
   * @param plan the file of the plan as a tree, with what the command line set
   * @param experiment its runs
   * @param files the files beside it, whose SHA-256 tells later whether they were changed
   */
  public static byte[] ofPlan(
      JsonNode plan, Experiment experiment, Execution execution, Map<String, byte[]> files) {
    ObjectNode root = describe(execution);
    describe(root, experiment);
    root.remove(REPLICATIONS);
    ObjectNode sums = root.putObject("files");
    files.forEach((name, content) -> sums.put(name, Fingerprint.sha256(content)));
    ObjectNode units = root.putObject("units");
    experiment.metrics().forEach(metric -> units.put(metric.id(), metric.unit()));
    root.set(PLAN, plan);
    return JsonFile.text(root);
  }

  /** By what, when and how runs were made. */
  static ObjectNode describe(Execution execution) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put(VERSION, version());
    if (!commit().isEmpty()) {
      root.put("commit", commit());
    }
    root.put(
        "jdk",
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
    root.put("command", "batchq " + String.join(" ", execution.command()));
    root.put("engine", execution.engine());
    root.put("threads", execution.threads());
    root.put("start", execution.start().toString());
    root.put("durationSeconds", execution.duration().toMillis() / 1e3);
    return root;
  }

  /** What the command line may have changed in an experiment, and what was left out of its data. */
  static void describe(ObjectNode root, Experiment experiment) {
    root.put(SEED, experiment.seed());
    root.put("generator", experiment.generator().id());
    root.put(REPLICATIONS, experiment.replications());
    if (!experiment.skippedRows().isEmpty()) {
      ArrayNode skipped = root.putArray(SKIPPED);
      experiment.skippedRows().forEach(skipped::add);
    }
  }

  /**
   * Prepares again the experiment that a tree has and {@link #describe(ObjectNode, Experiment)
   * describes}.
   *
   * @param name where the tree stands, for messages
   * @param folder where relative names of data files start
   * @throws BadInputException if there is none, or a data file is no longer what it was
   */
  static Experiment experiment(ObjectNode root, String name, Path folder) {
    if (!(root.get(EXPERIMENT) instanceof ObjectNode tree)) {
      throw new BadInputException(name + " describes no experiment");
    }
    // As many lines are malformed as there were: the data are the same.
    BadRows bad = new BadRows(root.path(SKIPPED).isEmpty() ? 0 : Long.MAX_VALUE);
    return ExperimentFile.again(name, tree, folder, bad)
        .withReplications(root.path(REPLICATIONS).asInt())
        .withSeed(root.path(SEED).asLong());
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
    return JsonFile.read(file, "the JSON of a manifest");
  }
}

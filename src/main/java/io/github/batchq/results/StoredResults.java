package io.github.batchq.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.file.Binder;
import io.github.batchq.file.ChartCheck;
import io.github.batchq.file.Sweep;
import io.github.batchq.file.YamlTree;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ChartSpec;
import io.github.batchq.model.ResultTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the results of {@code batchq run} again, and refuses tables that are not those of its
 * manifest.
 *
 * <p>The manifest has the SHA-256 of each table. The manifest of an older version has none; then
 * the swept values, the metrics and the number of runs are compared with the experiment in it.
 */
public final class StoredResults {
  /** Name of the table of points. */
  public static final String SUMMARY = "summary.csv";

  /** Name of the table of runs. */
  public static final String REPLICATIONS = "replications.csv";

  /** Both, as they are named where they are not compressed. */
  public static final List<String> TABLES = List.of(SUMMARY, REPLICATIONS);

  private final Path folder;
  private final ObjectNode manifest;
  private @Nullable ResultTable summary;

  private StoredResults(Path folder, ObjectNode manifest) {
    this.folder = folder;
    this.manifest = manifest;
  }

  /**
   * The results of a folder.
   *
   * @throws BadInputException if it has no manifest, or one that cannot be read
   */
  public static StoredResults of(Path folder) {
    return new StoredResults(folder, Manifest.read(folder));
  }

  /** Whether a folder has a manifest. */
  public static boolean hasManifest(Path folder) {
    return Files.exists(folder.resolve(Manifest.FILE));
  }

  /**
   * One row for each point.
   *
   * @throws BadInputException if the table is missing, or is not the one that the manifest tells of
   */
  public ResultTable summary() {
    if (summary == null) {
      summary = checkedSummary();
    }
    return summary;
  }

  private ResultTable checkedSummary() {
    ResultTable table = read(SUMMARY);
    Sweep sweep = Sweep.read(experiment());
    require(
        table.rows().size() == sweep.points().size(),
        SUMMARY,
        table.rows().size() + " rows, and the experiment " + sweep.points().size() + " points");
    checkColumns(table, SUMMARY, sweep.paths());
    for (int row = 0; row < table.rows().size(); row++) {
      for (int p = 0; p < sweep.paths().size(); p++) {
        String found = table.rows().get(row).get(p);
        String expected = Sweep.text(sweep.points().get(row).get(p));
        require(
            isSame(found, expected),
            SUMMARY,
            found
                + " for "
                + sweep.paths().get(p)
                + " in row "
                + (row + 1)
                + ", and the experiment "
                + expected);
      }
    }
    return table;
  }

  /**
   * One row for each run.
   *
   * @throws BadInputException if a table is missing, or is not the one that the manifest tells of
   */
  public ResultTable replications() {
    ResultTable points = summary();
    ResultTable table = read(REPLICATIONS);
    List<String> first = new ArrayList<>(Sweep.read(experiment()).paths());
    first.add("replication");
    checkColumns(table, REPLICATIONS, first);
    if (points.has("replications")) {
      double runs = 0;
      for (int row = 0; row < points.rows().size(); row++) {
        runs += points.number(row, "replications");
      }
      require(
          table.rows().size() == runs,
          REPLICATIONS,
          table.rows().size() + " rows, and " + SUMMARY + " tells of " + (long) runs + " runs");
    }
    return table;
  }

  /** How many replications make one independent run: 2 for antithetic pairs, else 1. */
  public int groupSize() {
    return manifest.at("/experiment/varianceReduction/antithetic").asBoolean() ? 2 : 1;
  }

  /**
   * The charts that the manifest describes, checked as those of an experiment file are.
   *
   * @throws BadInputException if one is malformed, or the summary is not the manifest's
   */
  public List<ChartSpec> charts() {
    JsonNode described = manifest.path("experiment").path("charts");
    if (!described.isArray() || described.isEmpty()) {
      throw new BadInputException(folder + " describes no charts in its " + Manifest.FILE);
    }
    YamlTree experiment = experiment();
    Binder binder = new Binder(folder);
    List<ChartSpec> charts =
        described
            .valueStream()
            .map(chart -> binder.bind(chart, ChartSpec.class, "experiment.charts", experiment))
            .toList();
    ResultTable points = summary();
    List<String> paths = Sweep.read(experiment).paths();
    ChartCheck.check(
        charts,
        paths,
        points.rows().stream().map(row -> row.subList(0, paths.size())).toList(),
        metrics(points),
        experiment,
        "experiment.");
    return charts;
  }

  /** The experiment in the manifest, which has no lines to name. */
  private YamlTree experiment() {
    if (!(manifest.path("experiment") instanceof ObjectNode root)) {
      throw new BadInputException(file(Manifest.FILE) + " describes no experiment");
    }
    return new YamlTree(file(Manifest.FILE).toString(), root, Map.of(), Map.of());
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private ResultTable read(String table) {
    return read(folder, manifest, table);
  }

  /**
   * A table of a folder, compressed or not.
   *
   * @throws BadInputException if it is missing, or is not the one that the manifest tells of
   */
  static ResultTable read(Path folder, ObjectNode manifest, String table) {
    String compressed = table + TableFile.GZIP;
    Path file = folder.resolve(manifest.path("files").has(compressed) ? compressed : table);
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          file + " is missing beside its " + Manifest.FILE + ": run the experiment again");
    }
    byte[] content = StoredTable.bytes(file);
    JsonNode checksum = manifest.path("files").path(String.valueOf(file.getFileName()));
    if (!checksum.isMissingNode() && !checksum.asText().equals(Fingerprint.sha256(content))) {
      throw new BadInputException(
          file
              + " was changed after batchq wrote it, by its SHA-256 in "
              + Manifest.FILE
              + ": run the experiment again, or take the name out of 'files' there to use the"
              + " table as it is");
    }
    return StoredTable.parse(file, content);
  }

  /** The metrics of the experiment in the manifest. */
  private List<String> metrics(ResultTable table) {
    List<String> metrics = new ArrayList<>();
    manifest.path("units").fieldNames().forEachRemaining(metrics::add);
    return metrics.isEmpty() ? table.columns().stream().filter(Metric::isNamed).toList() : metrics;
  }

  private void checkColumns(ResultTable table, String name, List<String> first) {
    int size = Math.min(first.size(), table.columns().size());
    require(
        table.columns().subList(0, size).equals(first),
        name,
        "the first columns "
            + String.join(", ", table.columns().subList(0, size))
            + ", and the experiment "
            + String.join(", ", first));
    for (String metric : metrics(table)) {
      require(
          table.has(metric), name, "no column " + metric + ", and the experiment has that metric");
      for (int row = 0; row < table.rows().size(); row++) {
        try {
          table.number(row, metric);
        } catch (BadInputException e) {
          throw new BadInputException(file(name) + ", " + e.getMessage(), e);
        }
      }
    }
  }

  private void require(boolean condition, String name, String found) {
    if (!condition) {
      throw new BadInputException(
          file(name)
              + " is not of the experiment in "
              + Manifest.FILE
              + ": it has "
              + found
              + "; run the experiment again");
    }
  }

  /** Whether two texts are one value; JSON may write a number in another way. */
  private static boolean isSame(String found, String expected) {
    if (found.equals(expected)) {
      return true;
    }
    try {
      return Double.parseDouble(found) == Double.parseDouble(expected);
    } catch (NumberFormatException e) {
      return false;
    }
  }
}

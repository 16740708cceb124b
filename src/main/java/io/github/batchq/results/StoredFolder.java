package io.github.batchq.results;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.file.data.FileReason;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All that a folder of results has, whichever commands wrote to it: its manifest, its tables, and
 * its pages of text. Tables that the manifest tells of are checked against it.
 *
 * @param folder where it is
 * @param manifest empty where the folder has none
 * @param tables by their names, such as {@code summary.csv}, in the order of the alphabet; without
 *     the one of single runs
 * @param texts by their names, such as {@code README.md}
 */
public record StoredFolder(
    Path folder, ObjectNode manifest, Map<String, ResultTable> tables, Map<String, String> texts) {
  private static final String TABLE = ".csv";
  private static final String TEXT = ".md";

  /**
   * Reads a folder.
   *
   * @throws BadInputException if it is none, has no tables, or a table is not as its manifest says
   */
  public static StoredFolder of(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(
          folder + (Files.exists(folder) ? " is no folder of results" : " does not exist"));
    }
    ObjectNode manifest =
        StoredResults.hasManifest(folder)
            ? Manifest.read(folder)
            : JsonNodeFactory.instance.objectNode();
    Map<String, String> texts = new TreeMap<>();
    TreeSet<String> named = new TreeSet<>();
    manifest.path("files").fieldNames().forEachRemaining(name -> named.add(plain(name)));
    // A plan has words and an experiment beside its tables.
    named.removeIf(name -> !name.endsWith(TABLE));
    for (String file : names(folder)) {
      if (plain(file).endsWith(TABLE)) {
        named.add(plain(file));
      } else if (file.endsWith(TEXT)) {
        texts.put(
            file, new String(StoredTable.bytes(folder.resolve(file)), StandardCharsets.UTF_8));
      }
    }
    named.remove(StoredResults.REPLICATIONS);
    Map<String, ResultTable> tables = new TreeMap<>();
    for (String table : named) {
      boolean ofExperiment =
          table.equals(StoredResults.SUMMARY) && manifest.has(Manifest.EXPERIMENT);
      tables.put(
          table,
          ofExperiment
              ? StoredResults.of(folder).summary()
              : StoredResults.read(folder, manifest, stored(folder, table)));
    }
    if (tables.isEmpty()) {
      throw new BadInputException(
          folder + " has no results: there is no table (" + TABLE + ") in it");
    }
    return new StoredFolder(folder, manifest, tables, texts);
  }

  /** All files in the folder, which nothing that is made of them may overwrite. */
  public Path[] inputs() {
    return Stream.of(tables.keySet(), texts.keySet(), List.of(Manifest.FILE))
        .flatMap(Collection::stream)
        .map(folder::resolve)
        .toArray(Path[]::new);
  }

  /** The name of a table without the ending of compressed files. */
  private static String plain(String file) {
    return file.endsWith(TableFile.GZIP)
        ? file.substring(0, file.length() - TableFile.GZIP.length())
        : file;
  }

  /** The name under which a table stands in the folder. */
  private static String stored(Path folder, String table) {
    return Files.exists(folder.resolve(table))
            || !Files.exists(folder.resolve(table + TableFile.GZIP))
        ? table
        : table + TableFile.GZIP;
  }

  private static Iterable<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> String.valueOf(file.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new BadInputException(folder + " cannot be read: " + FileReason.of(e), e);
    }
  }
}

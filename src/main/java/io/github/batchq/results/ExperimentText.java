package io.github.batchq.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * An experiment as a text, from which another process, perhaps on another machine, prepares the
 * same one. Its data files do not stand in the text, but their checksums; where it is prepared they
 * lie all in one folder.
 *
 * @param text the text
 * @param files the data files by the name that each must have in that folder
 */
public record ExperimentText(String text, Map<String, Path> files) {
  private static final String MEASURED = "measured";
  private static final String DATA = "data";

  public ExperimentText {
    files = Map.copyOf(files);
  }

  /**
   * The text of an experiment.
   *
   * @throws BadInputException if a data file comes through a pipe, or two of them have one name
   */
  public static ExperimentText of(Experiment experiment) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put(Manifest.VERSION, version());
    Manifest.describe(root, experiment);
    experiment.measured().stream().map(Metric::id).forEach(root.putArray(MEASURED)::add);
    Map<String, Path> files = new TreeMap<>();
    ObjectNode tree = experiment.resolved().deepCopy();
    for (String part : Experiment.PARTS_WITH_FILES) {
      if (tree.has(part)) {
        tree.set(part, inOneFolder(tree.path(part), experiment.folder(), files));
      }
    }
    ObjectNode data = root.putObject(DATA);
    files.forEach((name, file) -> data.put(name, Fingerprint.sha256(file)));
    root.set(Manifest.EXPERIMENT, tree);
    return new ExperimentText(JsonFile.exactText(root), files);
  }

  /** The version and the build: two builds of one version need not give the same numbers. */
  private static String version() {
    return Manifest.version() + (Manifest.commit().isEmpty() ? "" : " of " + Manifest.commit());
  }

  /** The same tree, in which files are named as if all lay in one folder. */
  private static JsonNode inOneFolder(JsonNode node, Path folder, Map<String, Path> files) {
    if (node.isTextual()) {
      return TextNode.valueOf(inOneFolder(node.asText(), folder, files));
    }
    if (node instanceof ObjectNode map) {
      map.properties().forEach(e -> e.setValue(inOneFolder(e.getValue(), folder, files)));
    } else if (node instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        list.set(i, inOneFolder(list.get(i), folder, files));
      }
    }
    return node;
  }

  private static String inOneFolder(String text, Path folder, Map<String, Path> files) {
    DataFile named;
    try {
      named = DataFile.of(text, folder);
    } catch (BadInputException e) {
      // No file can have this name.
      return text;
    }
    if (named.endsWithTheCommand()) {
      throw new BadInputException(
          "data that come through a pipe ("
              + text
              + ") cannot be read again on another machine: write them to a file");
    }
    Path file = Path.of(named.location());
    if (!Files.isRegularFile(file)) {
      return text;
    }
    String name = file.getFileName().toString();
    Path other = files.put(name, file);
    if (other != null && !other.equals(file)) {
      throw new BadInputException(
          "the data files "
              + other
              + " and "
              + file
              + " have one name, and lie in one folder where runs are made elsewhere: rename one");
    }
    return name;
  }

  /**
   * Prepares the experiment of a text.
   *
   * @param folder where its data files lie
   * @throws BadInputException if another version of batchq has written it, or a data file is not
   *     there or is another one
   */
  public static Experiment read(String text, Path folder) {
    ObjectNode root = JsonFile.readExact(text);
    String written = root.path(Manifest.VERSION).asText();
    if (!written.equals(version())) {
      throw new BadInputException(
          "runs are wanted by batchq "
              + written
              + ", and would be made by batchq "
              + version()
              + ": give every machine the same jar");
    }
    root.path(DATA)
        .properties()
        .forEach(data -> check(folder.resolve(data.getKey()), data.getValue().asText()));
    return Manifest.experiment(root, "the experiment", folder)
        .measuring(
            root.path(MEASURED).valueStream().map(name -> Metric.named(name.asText())).toList());
  }

  private static void check(Path file, String checksum) {
    if (!Files.isRegularFile(file)) {
      throw new BadInputException("data file " + file + " is not there where runs are made");
    }
    if (!Fingerprint.sha256(file).equals(checksum)) {
      throw new BadInputException(
          "data file " + file + " is another one where runs are made than where they are wanted");
    }
  }
}

package io.github.batchq.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Excerpt;
import io.github.batchq.model.NearestName;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A YAML file as a tree that knows on which line each key stands.
 *
 * @param name name of the file, for messages
 * @param root the tree
 * @param lines line of each key, by its path from the root, such as {@code scenario.policy.bins} or
 *     {@code charts[0].file}; a value that came from the command line has none but -1
 * @param swept texts of the values that a point of the sweep has put into the tree, by their path
 *     from the root
 */
public record YamlTree(
    String name, ObjectNode root, Map<String, Integer> lines, Map<String, String> swept) {
  /** Maps at the top whose keys have dots themselves. */
  private static final List<String> FLAT = List.of("sweep", "require");

  /** In the place of the line of what the command line has set. */
  private static final int SET = -1;

  /**
   * Reads a file.
   *
   * @throws BadInputException if it is missing, not one YAML document, or not a map
   */
  static YamlTree read(DataFile file) {
    Map<String, Integer> lines = new HashMap<>();
    JsonNode root = YamlReader.file(file.name(), text(file), lines);
    if (!(root instanceof ObjectNode map)) {
      throw new BadInputException(
          file.name()
              + ": expected a map with the keys of an experiment at the top, found "
              + (root == null ? "nothing" : describe(root)));
    }
    return new YamlTree(file.name(), map, lines, Map.of());
  }

  private static String text(DataFile file) {
    StringBuilder text = new StringBuilder();
    char[] buffer = new char[1 << 13];
    try (BufferedReader reader = file.open()) {
      for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
        text.append(buffer, 0, read);
        if (text.length() > YamlReader.MOST_CHARACTERS) {
          throw new BadInputException(
              file
                  + " has more than "
                  + YamlReader.MOST_CHARACTERS
                  + " characters, too many for an experiment: data stand in files of their own");
        }
      }
    } catch (IOException e) {
      throw new BadInputException(file + " cannot be read: " + e.getMessage(), e);
    }
    return text.toString();
  }

  /**
   * Reads a value as it may stand in a file: a number, a text, {@code [1, 2]}, {@code {from: 1, to:
   * 2, step: 1}}; nothing is null, as behind a key of a file.
   *
   * @throws BadInputException if it is no YAML
   */
  static JsonNode readValue(String text) {
    return YamlReader.value(text);
  }

  /**
   * Where a path stands, for messages: file and line, with the line of the nearest parent if it has
   * none itself.
   */
  String place(String path) {
    for (String at = path; !at.isEmpty(); at = parent(at)) {
      Integer line = lines.get(at);
      if (line != null) {
        return line == SET ? name + ", --set " + at : name + ", line " + line;
      }
    }
    return name;
  }

  /** Names the swept values at or below a path, for messages; empty if there are none. */
  String sweptBelow(String path) {
    String values =
        swept.entrySet().stream()
            .filter(entry -> entry.getKey().equals(path) || entry.getKey().startsWith(path + "."))
            .map(entry -> entry.getKey() + " = " + entry.getValue())
            .sorted()
            .collect(Collectors.joining(", "));
    return values.isEmpty() ? "" : " (with " + values + ")";
  }

  static String parent(String path) {
    return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
  }

  /**
   * A copy with what the command line sets.
   *
   * @param settings values in YAML, by their path from the root
   * @throws BadInputException if one is no YAML, or its path goes through something that is no map
   */
  YamlTree withSettings(Map<String, String> settings) {
    YamlTree tree = this;
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      try {
        tree = tree.with(setting.getKey(), readValue(setting.getValue()));
      } catch (BadInputException e) {
        throw e.getMessage().startsWith("--set")
            ? e
            : new BadInputException("--set " + setting.getKey() + "=" + e.getMessage(), e);
      }
    }
    return tree;
  }

  /**
   * A copy in which a value is set.
   *
   * @param path from the root; keys of the sweep and of requirements, which have dots themselves,
   *     are written as they stand there: {@code sweep.policy.bins}
   * @param value the new value
   * @throws BadInputException if the path goes through something that is not a map
   */
  YamlTree with(String path, JsonNode value) {
    ObjectNode copy = root.deepCopy();
    Optional<String> flat = FLAT.stream().filter(map -> path.startsWith(map + ".")).findFirst();
    if (flat.isPresent()) {
      String map = flat.get();
      if (copy.has(map) && !copy.path(map).isObject()) {
        throw new BadInputException(
            "--set " + path + ": '" + map + "' is no map but " + describe(copy.path(map)));
      }
      copy.withObjectProperty(map).set(path.substring(map.length() + 1), value);
    } else {
      set(copy, path, value, "--set " + path);
    }
    Map<String, Integer> others = new HashMap<>(lines);
    others.keySet().removeIf(at -> at.startsWith(path + ".") || at.startsWith(path + "["));
    others.put(path, SET);
    return new YamlTree(name, copy, others, swept);
  }

  /**
   * Sets a value in a tree.
   *
   * @param tree changed in place
   * @param path keys separated by dots
   * @param value the new value
   * @param where the user's place, for the message
   * @throws BadInputException if the path goes through something that is not a map
   */
  static void set(ObjectNode tree, String path, JsonNode value, String where) {
    String[] keys = path.split("\\.", -1);
    ObjectNode parent = tree;
    for (int i = 0; i < keys.length - 1; i++) {
      JsonNode child = parent.get(keys[i]);
      if (child == null) {
        throw new BadInputException(
            where
                + ": there is no key '"
                + keys[i]
                + "'; "
                + NearestName.hint(keys[i], keysOf(parent)));
      }
      if (!child.isObject()) {
        throw new BadInputException(where + ": '" + keys[i] + "' is no map but " + describe(child));
      }
      parent = (ObjectNode) child;
    }
    parent.set(keys[keys.length - 1], value);
  }

  /** A value in a message. */
  static String describe(JsonNode node) {
    return node.isTextual()
        ? "'" + Excerpt.of(node.asText()) + "'"
        : node.isMissingNode() || node.isNull()
            ? "nothing"
            : Excerpt.of(node.isNumber() ? node.asText() : node);
  }

  static List<String> keysOf(JsonNode object) {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }
}

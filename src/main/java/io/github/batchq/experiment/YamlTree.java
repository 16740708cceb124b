package io.github.batchq.experiment;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.DataFile;
import io.github.batchq.model.NearestName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A YAML file as a tree that knows on which line each key stands.
 *
 * @param name name of the file, for messages
 * @param root the tree
 * @param lines line of each key, by its path from the root, such as {@code scenario.policy.bins} or
 *     {@code charts[0].file}; a value that came from the command line has none
 * @param swept texts of the values that a point of the sweep has put into the tree, by their path
 *     from the root
 */
record YamlTree(
    String name, ObjectNode root, Map<String, Integer> lines, Map<String, String> swept) {
  private static final ObjectMapper MAPPER = new ObjectMapper(new YAMLFactory());

  /** How YAML writes infinity, which is no number of JSON. */
  private static final Pattern INFINITY = Pattern.compile("[-+]?\\.(inf|Inf|INF)");

  /**
   * Reads a file.
   *
   * @throws BadInputException if it is missing, no YAML, has a key twice, or is not a map
   */
  static YamlTree read(Path file) {
    String name = file.toString();
    if (!Files.isRegularFile(file)) {
      throw new BadInputException("experiment file " + name + " does not exist");
    }
    try {
      return parse(name, Files.readString(file));
    } catch (IOException e) {
      throw new BadInputException(name + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a file that batchq carries, or any other data file.
   *
   * @throws BadInputException if it is missing, no YAML, has a key twice, or is not a map
   */
  static YamlTree read(DataFile file) {
    try (BufferedReader reader = file.open()) {
      return parse(file.name(), reader.lines().collect(Collectors.joining("\n")));
    } catch (IOException e) {
      throw new BadInputException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static YamlTree parse(String name, String text) throws IOException {
    Map<String, Integer> lines = new HashMap<>();
    try (JsonParser parser = MAPPER.getFactory().createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new BadInputException(
            name + ": expected a map with the keys of an experiment at the top");
      }
      ObjectNode root = (ObjectNode) readValue(parser, "", name, lines);
      return new YamlTree(name, root, lines, Map.of());
    } catch (JsonProcessingException e) {
      throw new BadInputException(
          name
              + ", line "
              + e.getLocation().getLineNr()
              + ": not YAML: "
              + firstLine(e.getOriginalMessage()),
          e);
    }
  }

  /**
   * Reads a value as it may stand in a file: a number, a text, {@code [1, 2]}, {@code {from: 1, to:
   * 2, step: 1}}; nothing is null, as behind a key of a file.
   *
   * @throws BadInputException if it is no YAML
   */
  static JsonNode readValue(String text) {
    try (JsonParser parser = MAPPER.getFactory().createParser(text)) {
      return parser.nextToken() == null
          ? MAPPER.nullNode()
          : readValue(parser, "", "'" + text + "'", new HashMap<>());
    } catch (JsonProcessingException e) {
      throw new BadInputException(
          "'" + text + "' is not a YAML value: " + firstLine(e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException("a text can always be read", e);
    }
  }

  private static JsonNode readValue(
      JsonParser parser, String path, String name, Map<String, Integer> lines) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      ObjectNode object = MAPPER.createObjectNode();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        String keyPath = path.isEmpty() ? key : path + "." + key;
        int line = parser.currentTokenLocation().getLineNr();
        Integer before = lines.putIfAbsent(keyPath, line);
        if (before != null) {
          throw new BadInputException(
              name
                  + ", line "
                  + line
                  + ": key '"
                  + keyPath
                  + "' stands on line "
                  + before
                  + " already");
        }
        parser.nextToken();
        object.set(key, readValue(parser, keyPath, name, lines));
      }
      return object;
    }
    if (token == JsonToken.START_ARRAY) {
      ArrayNode array = MAPPER.createArrayNode();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        String elementPath = path + "[" + array.size() + "]";
        lines.put(elementPath, parser.currentTokenLocation().getLineNr());
        array.add(readValue(parser, elementPath, name, lines));
      }
      return array;
    }
    return token == JsonToken.VALUE_NUMBER_FLOAT && INFINITY.matcher(parser.getText()).matches()
        ? DoubleNode.valueOf(
            parser.getText().startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY)
        : parser.readValueAsTree();
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }

  /**
   * Where a path stands, for messages: file and line, with the line of the nearest parent if it has
   * none itself.
   */
  String place(String path) {
    for (String at = path; !at.isEmpty(); at = parent(at)) {
      Integer line = lines.get(at);
      if (line != null) {
        return name + ", line " + line;
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
   * A copy in which a value is set.
   *
   * @param path from the root; keys of the sweep, which have dots themselves, are written as they
   *     stand there: {@code sweep.policy.bins}
   * @param value the new value
   * @throws BadInputException if the path goes through something that is not a map
   */
  YamlTree with(String path, JsonNode value) {
    ObjectNode copy = root.deepCopy();
    if (path.startsWith("sweep.")) {
      if (copy.has("sweep") && !copy.path("sweep").isObject()) {
        throw new BadInputException(
            "--set " + path + ": 'sweep' is no map but " + copy.get("sweep"));
      }
      copy.withObjectProperty("sweep").set(path.substring("sweep.".length()), value);
    } else {
      set(copy, path, value, "--set " + path);
    }
    return new YamlTree(name, copy, lines, swept);
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
        throw new BadInputException(where + ": '" + keys[i] + "' is no map but " + child);
      }
      parent = (ObjectNode) child;
    }
    parent.set(keys[keys.length - 1], value);
  }

  static List<String> keysOf(JsonNode object) {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }
}

package io.github.batchq.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Excerpt;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;

/**
 * Reads one YAML document as a tree, by the core schema of YAML 1.2: {@code yes} and {@code 1:30}
 * are texts. What versions of YAML, or its readers, take for different values is refused: numbers
 * that start with zeros, have underscores or another base than ten, or that no {@code double}
 * holds; tags; a second document; a key twice. Aliases stand for what their anchor holds, and
 * {@code <<} merges maps. Nesting, and the copies that aliases make, have bounds, so that no file
 * can exhaust the memory.
 */
final class YamlReader {
  /** So many maps and lists within one another; experiments have fewer than ten. */
  static final int DEEPEST = 100;

  /** So many values in all, with those that aliases repeat. */
  private static final int MOST_VALUES = 2_000_000;

  /** So many characters of a file are read; experiments have some thousand. */
  static final int MOST_CHARACTERS = 1 << 24;

  private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]*)");

  /** What some version of YAML reads as an integer, or as a number with signs between digits. */
  private static final Pattern DOUBTFUL =
      Pattern.compile(
          "[-+]?(0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|[0-9][0-9_]*(\\.[0-9_]*)?)");

  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  private static final Pattern INFINITY = Pattern.compile("[-+]?\\.(inf|Inf|INF)");

  private static final Pattern NOT_A_NUMBER = Pattern.compile("\\.(nan|NaN|NAN)");

  /** Whole numbers up to this one are doubles, all of them. */
  private static final double EXACT = 1L << 53;

  /** An integer of more digits is beyond all doubles. */
  private static final int MOST_DIGITS = 300;

  private static final String MERGE = "<<";

  private final String name;
  private final boolean inFile;
  private final Map<String, Integer> lines;
  private final Iterator<Event> events;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private int values;

  /** What an anchor holds, and of how many values it consists. */
  private record Anchored(JsonNode node, int values) {}

  private YamlReader(String name, boolean inFile, Map<String, Integer> lines, String text) {
    this.name = name;
    this.inFile = inFile;
    this.lines = lines;
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    this.events = new Yaml(options).parse(new java.io.StringReader(text)).iterator();
  }

  /**
   * Reads a file.
   *
   * @param name its name, for messages
   * @param text what is in it
   * @param lines filled with the line of each key and element, by its path from the root
   * @return null if it is empty
   * @throws BadInputException if it is not one YAML document
   */
  static @Nullable JsonNode file(String name, String text, Map<String, Integer> lines) {
    return new YamlReader(name, true, lines, text).document();
  }

  /**
   * Reads a value as it may stand in a file; nothing is null, as behind a key of a file.
   *
   * @throws BadInputException if it is not one YAML value
   */
  static JsonNode value(String text) {
    JsonNode value =
        new YamlReader("'" + Excerpt.of(text) + "'", false, new HashMap<>(), text).document();
    return value == null ? NullNode.getInstance() : value;
  }

  private @Nullable JsonNode document() {
    try {
      events.next();
      Event event = events.next();
      if (event instanceof StreamEndEvent) {
        return null;
      }
      JsonNode root = value(events.next(), "", 0);
      events.next();
      Event after = events.next();
      if (after instanceof DocumentStartEvent) {
        throw refuse(
            after.getStartMark(),
            "a second document begins here, and only one is read: put it into a file of its own");
      }
      return root;
    } catch (MarkedYAMLException e) {
      throw refuse(e.getProblemMark(), "not YAML: " + firstLine(e.getProblem()), e);
    } catch (YAMLException e) {
      throw refuse(null, "not YAML: " + firstLine(e.getMessage()), e);
    }
  }

  private JsonNode value(Event event, String path, int depth) {
    if (event instanceof AliasEvent alias) {
      return copy(alias);
    }
    count(event, 1);
    if (depth > DEEPEST) {
      throw refuse(
          event.getStartMark(),
          "maps and lists stand within one another more than " + DEEPEST + " deep");
    }
    refuseTag(event);
    String anchor = event instanceof NodeEvent node ? node.getAnchor() : null;
    int before = values;
    JsonNode value =
        event instanceof MappingStartEvent
            ? map(path, depth)
            : event instanceof SequenceStartEvent ? list(path, depth) : scalar((ScalarEvent) event);
    if (anchor != null) {
      anchors.put(anchor, new Anchored(value, values - before + 1));
    }
    return value;
  }

  private JsonNode copy(AliasEvent alias) {
    Anchored anchored = anchors.get(alias.getAnchor());
    if (anchored == null) {
      throw refuse(
          alias.getStartMark(),
          "no value before *"
              + alias.getAnchor()
              + " has the anchor &"
              + alias.getAnchor()
              + "; a text that begins with * stands in quotes");
    }
    count(alias, anchored.values());
    return anchored.node().deepCopy();
  }

  private void count(Event event, int more) {
    values += more;
    if (values > MOST_VALUES) {
      throw refuse(
          event.getStartMark(),
          "the file has more than " + MOST_VALUES + " values, with those that aliases repeat");
    }
  }

  private void refuseTag(Event event) {
    String tag =
        event instanceof ScalarEvent scalar
            ? scalar.getTag()
            : event instanceof MappingStartEvent map
                ? map.getTag()
                : event instanceof SequenceStartEvent list ? list.getTag() : null;
    if (tag != null) {
      throw refuse(
          event.getStartMark(),
          "tags such as "
              + Excerpt.of(tag.replace("tag:yaml.org,2002:", "!!"))
              + " have no meaning here; a text stands in quotes");
    }
  }

  private ObjectNode map(String path, int depth) {
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    List<ObjectNode> merged = new ArrayList<>();
    for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
      Mark mark = event.getStartMark();
      if (!(event instanceof ScalarEvent scalar)) {
        throw refuse(mark, "a key must be a text, found a map, a list or an alias");
      }
      refuseTag(event);
      if (scalar.isPlain() && scalar.getValue().equals(MERGE)) {
        if (!merged.isEmpty()) {
          throw refuse(mark, "<< stands in this map already; it takes a list of maps, too");
        }
        merges(events.next(), path, depth + 1, merged);
        continue;
      }
      String key = scalar.getValue();
      String keyPath = path.isEmpty() ? key : path + "." + key;
      int line = mark.getLine() + 1;
      Integer before = lines.putIfAbsent(keyPath, line);
      if (before != null) {
        throw refuse(
            mark, "key '" + Excerpt.of(keyPath) + "' stands on line " + before + " already");
      }
      map.set(key, value(events.next(), keyPath, depth + 1));
    }
    // Keys of the map itself come before merged ones, and those of the first merged map before
    // those of the others.
    for (ObjectNode other : merged) {
      other.properties().forEach(entry -> map.putIfAbsent(entry.getKey(), entry.getValue()));
    }
    return map;
  }

  private void merges(Event event, String path, int depth, List<ObjectNode> merged) {
    JsonNode value = value(event, path + MERGE + merged.size(), depth);
    for (JsonNode one : value.isArray() ? value : List.of(value)) {
      if (!(one instanceof ObjectNode map)) {
        throw refuse(
            event.getStartMark(), "<< takes a map or a list of maps, found " + Excerpt.of(one));
      }
      merged.add(map);
    }
  }

  private ArrayNode list(String path, int depth) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
      String elementPath = path + "[" + list.size() + "]";
      lines.put(elementPath, event.getStartMark().getLine() + 1);
      list.add(value(event, elementPath, depth + 1));
    }
    return list;
  }

  private JsonNode scalar(ScalarEvent event) {
    String text = event.getValue();
    if (!event.isPlain()) {
      return JsonNodeFactory.instance.textNode(text);
    }
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> NullNode.getInstance();
      case "true", "True", "TRUE" -> JsonNodeFactory.instance.booleanNode(true);
      case "false", "False", "FALSE" -> JsonNodeFactory.instance.booleanNode(false);
      default -> numberOrText(text, event.getStartMark());
    };
  }

  private JsonNode numberOrText(String text, Mark mark) {
    if (INTEGER.matcher(text).matches()) {
      return integer(text, mark);
    }
    if (INFINITY.matcher(text).matches()) {
      return DoubleNode.valueOf(
          text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    if (NOT_A_NUMBER.matcher(text).matches()) {
      throw refuse(mark, "a number was expected, found " + text + ", which is none");
    }
    boolean decimal = FLOAT.matcher(text).matches();
    if (DOUBTFUL.matcher(text).matches() && !(decimal && text.contains("."))) {
      throw refuse(
          mark,
          "'"
              + Excerpt.of(text)
              + "' is not the same number in every version of YAML: write a decimal number without"
              + " zeros before it or _ in it, and a text in quotes");
    }
    return decimal ? decimal(text, mark) : JsonNodeFactory.instance.textNode(text);
  }

  private JsonNode integer(String text, Mark mark) {
    if (text.length() > MOST_DIGITS) {
      throw beyond(text, mark);
    }
    return integer(new BigInteger(text));
  }

  /** A whole number in the narrowest kind of node that holds it. */
  static JsonNode integer(BigInteger value) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    return value.bitLength() < Integer.SIZE
        ? make.numberNode(value.intValue())
        : value.bitLength() < Long.SIZE
            ? make.numberNode(value.longValue())
            : make.numberNode(value);
  }

  /** A number such as 1e3 is the whole number that it says, so that it is called 1000 in tables. */
  private JsonNode decimal(String text, Mark mark) {
    double value = Double.parseDouble(text);
    int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
    String digits = exponent < 0 ? text : text.substring(0, exponent);
    boolean zero = !digits.matches(".*[1-9].*");
    if (Double.isInfinite(value) || (value == 0 && !zero)) {
      throw beyond(text, mark);
    }
    if (exponent >= 0 && Math.abs(value) <= EXACT && value == Math.rint(value)) {
      BigDecimal exact = zero ? BigDecimal.ZERO : new BigDecimal(text);
      if (exact.stripTrailingZeros().scale() <= 0) {
        return integer(exact.toBigIntegerExact());
      }
    }
    return DoubleNode.valueOf(value);
  }

  private BadInputException beyond(String text, Mark mark) {
    return refuse(
        mark,
        "'"
            + Excerpt.of(text)
            + "' is beyond the numbers that a double holds, "
            + Double.MIN_VALUE
            + " to "
            + Double.MAX_VALUE
            + " and .inf");
  }

  private BadInputException refuse(@Nullable Mark mark, String reason) {
    return new BadInputException(place(mark) + ": " + reason);
  }

  private BadInputException refuse(@Nullable Mark mark, String reason, Exception cause) {
    return new BadInputException(place(mark) + ": " + reason, cause);
  }

  private String place(@Nullable Mark mark) {
    return inFile && mark != null ? name + ", line " + (mark.getLine() + 1) : name;
  }

  private static String firstLine(@Nullable String message) {
    return String.valueOf(message).lines().findFirst().orElse("");
  }
}

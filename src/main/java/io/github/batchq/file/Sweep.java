package io.github.batchq.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Key;
import io.github.batchq.model.LazyList;
import io.github.batchq.model.NearestName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The points of an experiment: all combinations of the values of its axes, the first axis varying
 * slowest.
 *
 * @param paths the swept paths within the scenario, in the order of the file
 * @param points for each point the value of each path
 */
public record Sweep(List<String> paths, List<List<JsonNode>> points) {
  /** Key of the groups of paths whose values go together. */
  private static final String ZIP = "zip";

  /** Most points of a sweep. */
  public static final int MOST_POINTS = 1_000_000;

  /** Key of a map that names it in tables and charts and is no part of the scenario. */
  static final String LABEL = "label";

  private static final List<String> RANGE_KEYS = Catalogue.keys(Range.class);

  /** The keys of a range of values. */
  record Range(
      @Key(about = "the first value", unit = "that of the path", range = "finite", example = "0.2")
          BigDecimal from,
      @Key(
              about = "the last value, if a whole number of steps leads there",
              unit = "that of the path",
              range = "at least from, finite",
              example = "0.6")
          BigDecimal to,
      @Key(
              about = "from one value to the next, in decimal arithmetic",
              unit = "that of the path",
              range = "positive, finite",
              example = "0.2")
          BigDecimal step) {}

  /** Values of one path, or of several that vary together. */
  private record Axis(List<String> paths, List<List<JsonNode>> tuples) {}

  /**
   * Reads the sweep of an experiment.
   *
   * @throws BadInputException if it is malformed
   */
  public static Sweep read(YamlTree file) {
    JsonNode sweep = file.root().path("sweep");
    List<Axis> axes = new ArrayList<>();
    if (!sweep.isMissingNode()) {
      if (!sweep.isObject()) {
        throw new BadInputException(
            file.place("sweep")
                + ": sweep is a map from paths to values, found "
                + YamlTree.describe(sweep));
      }
      for (Map.Entry<String, JsonNode> entry : sweep.properties()) {
        String place = file.place("sweep." + entry.getKey());
        if (entry.getKey().equals(ZIP)) {
          zips(entry.getValue(), place, axes);
        } else {
          axes.add(axis(entry.getKey(), entry.getValue(), place));
        }
      }
    }
    checkOverlaps(axes, file.place("sweep"));
    List<String> paths = new ArrayList<>();
    axes.forEach(axis -> paths.addAll(axis.paths()));
    return new Sweep(List.copyOf(paths), cross(axes, file.place("sweep")));
  }

  /** Refuses paths of which one would overwrite what another says of a point. */
  private static void checkOverlaps(List<Axis> axes, String place) {
    List<String> before = new ArrayList<>();
    List<List<JsonNode>> valuesBefore = new ArrayList<>();
    for (Axis axis : axes) {
      for (int i = 0; i < axis.paths().size(); i++) {
        String path = axis.paths().get(i);
        for (int j = 0; j < before.size(); j++) {
          if (overwrites(path, before.get(j), valuesBefore.get(j))) {
            throw new BadInputException(
                place
                    + ": the sweep has both "
                    + before.get(j)
                    + " and "
                    + path
                    + ", of which the second would overwrite what the first says of a point");
          }
        }
        int column = i;
        before.add(path);
        valuesBefore.add(axis.tuples().stream().map(tuple -> tuple.get(column)).toList());
      }
    }
  }

  /** A path within an earlier one overwrites it where the values of that one have the key. */
  private static boolean overwrites(String path, String before, List<JsonNode> values) {
    if (before.equals(path) || before.startsWith(path + ".")) {
      return true;
    }
    if (!path.startsWith(before + ".")) {
      return false;
    }
    String pointer = "/" + path.substring(before.length() + 1).replace('.', '/');
    return values.stream().anyMatch(value -> !value.at(pointer).isMissingNode());
  }

  private static void zips(JsonNode groups, String place, List<Axis> axes) {
    if (!groups.isArray()) {
      throw new BadInputException(
          place
              + ": zip is a list of maps from paths to values, found "
              + YamlTree.describe(groups));
    }
    for (JsonNode group : groups) {
      axes.add(zip(group, place));
    }
  }

  private static Axis zip(JsonNode group, String place) {
    List<String> paths = new ArrayList<>();
    List<List<JsonNode>> tuples = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : group.properties()) {
      List<JsonNode> values = values(entry.getKey(), entry.getValue(), place);
      if (paths.isEmpty()) {
        values.forEach(value -> tuples.add(new ArrayList<>()));
      }
      if (values.size() != tuples.size()) {
        throw new BadInputException(
            place
                + ": the paths of a zip have equally many values, found "
                + tuples.size()
                + " for "
                + paths.get(0)
                + " and "
                + values.size()
                + " for "
                + entry.getKey());
      }
      paths.add(entry.getKey());
      for (int i = 0; i < values.size(); i++) {
        tuples.get(i).add(values.get(i));
      }
    }
    return new Axis(paths, tuples);
  }

  private static Axis axis(String path, JsonNode node, String place) {
    List<JsonNode> values = values(path, node, place);
    Set<Object> seen = new HashSet<>();
    for (JsonNode value : values) {
      Object known = value.isNumber() ? value.doubleValue() : value;
      if (!seen.add(known)) {
        throw new BadInputException(
            place + ": " + path + " has the value " + YamlTree.describe(value) + " twice");
      }
    }
    return new Axis(List.of(path), values.stream().map(List::of).toList());
  }

  private static List<JsonNode> values(String path, JsonNode node, String place) {
    List<JsonNode> values = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(values::add);
    } else if (node.isObject() && node.has("from")) {
      range(path, node, place, values);
    } else {
      throw new BadInputException(
          place
              + ": the values of "
              + path
              + " are a list or {from: a, to: b, step: c}, found "
              + YamlTree.describe(node));
    }
    if (values.isEmpty()) {
      throw new BadInputException(place + ": " + path + " has no values");
    }
    checkLabels(path, values, place);
    return values;
  }

  private static void checkLabels(String path, List<JsonNode> values, String place) {
    List<String> texts = values.stream().map(Sweep::text).toList();
    for (JsonNode value : values) {
      JsonNode label = value.path(LABEL);
      if (label.isMissingNode()) {
        continue;
      }
      boolean named =
          label.isTextual() && !label.asText().isBlank() && label.asText().lines().count() == 1;
      if (!named || Collections.frequency(texts, label.asText()) > 1) {
        throw new BadInputException(
            place
                + ": a label names a value of "
                + path
                + " by a line of text that no other value has, found "
                + YamlTree.describe(label));
      }
    }
  }

  /** Decimal arithmetic, so that 4 to 12 by 0.2 gives 4.2 and not 4.200000000000001. */
  private static void range(String path, JsonNode node, String place, List<JsonNode> values) {
    for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (!RANGE_KEYS.contains(key)) {
        throw new BadInputException(
            place
                + ": unknown key '"
                + key
                + "' in the range of "
                + path
                + "; "
                + NearestName.hint(key, RANGE_KEYS));
      }
    }
    BigDecimal from = decimal(path, node, "from", place);
    BigDecimal to = decimal(path, node, "to", place);
    BigDecimal step = decimal(path, node, "step", place);
    if (step.signum() <= 0 || to.compareTo(from) < 0) {
      throw new BadInputException(
          place
              + ": the range of "
              + path
              + " needs step > 0 and from <= to, found "
              + YamlTree.describe(node));
    }
    if (to.subtract(from).divideToIntegralValue(step).compareTo(BigDecimal.valueOf(MOST_POINTS))
        > 0) {
      throw new BadInputException(
          place + ": the range of " + path + " has more than " + MOST_POINTS + " values");
    }
    for (BigDecimal value = from; value.compareTo(to) <= 0; value = value.add(step)) {
      values.add(number(value));
    }
  }

  private static JsonNode number(BigDecimal value) {
    BigDecimal plain = value.stripTrailingZeros();
    return plain.scale() <= 0
        ? YamlReader.integer(plain.toBigIntegerExact())
        : DecimalNode.valueOf(plain);
  }

  private static BigDecimal decimal(String path, JsonNode node, String key, String place) {
    JsonNode value = node.path(key);
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw new BadInputException(
          place
              + ": "
              + key
              + " in the range of "
              + path
              + " must be a finite number, found "
              + YamlTree.describe(value));
    }
    return value.decimalValue();
  }

  /** All combinations, made when they are asked for: the first axis varies slowest. */
  private static List<List<JsonNode>> cross(List<Axis> axes, String place) {
    long points = 1;
    for (Axis axis : axes) {
      points *= axis.tuples().size();
      if (points > MOST_POINTS) {
        throw new BadInputException(place + ": the sweep has more than " + MOST_POINTS + " points");
      }
    }
    return new LazyList<>((int) points, point -> tuple(axes, point));
  }

  private static List<JsonNode> tuple(List<Axis> axes, int point) {
    int[] digits = new int[axes.size()];
    int left = point;
    for (int a = digits.length - 1; a >= 0; a--) {
      digits[a] = left % axes.get(a).tuples().size();
      left /= axes.get(a).tuples().size();
    }
    List<JsonNode> values = new ArrayList<>();
    for (int a = 0; a < digits.length; a++) {
      values.addAll(axes.get(a).tuples().get(digits[a]));
    }
    return List.copyOf(values);
  }

  /** A value as the scenario takes it: without its label. */
  static JsonNode value(JsonNode swept) {
    return swept instanceof ObjectNode map ? map.deepCopy().without(LABEL) : swept;
  }

  /**
   * Text of a value in a table: a scalar as it is, a map by its label, or as a call: its first
   * value, then the others in parentheses, such as {@code multi-bin(bins=4, batchSize=8)}.
   */
  public static String text(JsonNode value) {
    if (value.path(LABEL).isTextual()) {
      return value.path(LABEL).asText();
    }
    if (!value.isObject()) {
      return value.isContainerNode() ? value.toString() : value.asText();
    }
    List<String> rest = new ArrayList<>();
    String head = "";
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      if (head.isEmpty()) {
        head = text(entry.getValue());
      } else {
        rest.add(entry.getKey() + "=" + text(entry.getValue()));
      }
    }
    return rest.isEmpty() ? head : head + "(" + String.join(", ", rest) + ")";
  }
}

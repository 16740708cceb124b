package io.github.batchq.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Key;
import io.github.batchq.policy.PolicySpec;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The policies that a search tries: every combination of the values of the keys that a kind takes.
 * The keys come from the {@link Catalogue}, so a kind that is added there takes part. Of batch
 * sizes, bins and boundaries the values are those of the grid; of another key, those that its
 * {@link Key} says are tried, its example where it must be given, and else it is left out.
 *
 * @param batchSizes requests in a batch
 * @param bins numbers of bins
 * @param boundaries names of rules
 * @param moreBins further numbers of bins for some batch sizes
 */
record PolicyGrid(
    List<Integer> batchSizes,
    List<Integer> bins,
    List<String> boundaries,
    Map<Integer, Integer> moreBins) {
  private static final String BATCH_SIZE = "batchSize";
  private static final String BINS = "bins";
  private static final String BOUNDARIES = "boundaries";

  /** The keys of which the label of a family is without. */
  private static final List<String> GRID = List.of(BATCH_SIZE, BINS, BOUNDARIES);

  /** The maps of one kind, whose given keys stay as they are. */
  List<ObjectNode> trees(ObjectNode given) {
    Catalogue.Kind<? extends PolicySpec> kind = kind(given);
    List<ObjectNode> trees = new ArrayList<>(List.of(start(given)));
    for (RecordComponent component : kind.type().getRecordComponents()) {
      String key = component.getName();
      if (given.has(key)) {
        continue;
      }
      List<JsonNode> values = values(component, kind);
      if (!values.isEmpty()) {
        trees =
            trees.stream()
                .flatMap(tree -> values.stream().map(value -> with(tree, key, value)))
                .toList();
      }
    }
    boolean needsBoundaries =
        Arrays.stream(kind.type().getRecordComponents())
            .anyMatch(c -> c.getName().equals(BOUNDARIES) && !isNullable(c.getAnnotatedType()));
    return trees.stream()
        .filter(tree -> given.has(BINS) || hasTheseBins(tree))
        .filter(tree -> !isAnother(tree, needsBoundaries))
        .map(tree -> isOneBin(tree) && !given.has(BOUNDARIES) ? without(tree, BOUNDARIES) : tree)
        .distinct()
        .toList();
  }

  /** Whether a number of bins is one for all batch sizes, or that of its own. */
  private boolean hasTheseBins(ObjectNode tree) {
    int own = tree.path(BINS).asInt();
    return !moreBins.containsValue(own)
        || bins.contains(own)
        || Integer.valueOf(own).equals(moreBins.get(tree.path(BATCH_SIZE).asInt()));
  }

  /** Whether it is another policy under another name: bins of single requests, or one of bins. */
  private static boolean isAnother(ObjectNode tree, boolean needsBoundaries) {
    boolean single = tree.path(BATCH_SIZE).asInt() == 1 && tree.path(BINS).asInt(1) > 1;
    return tree.has(BOUNDARIES) && (single || (needsBoundaries && isOneBin(tree)));
  }

  private static ObjectNode without(ObjectNode tree, String key) {
    ObjectNode copy = tree.deepCopy();
    copy.remove(key);
    return copy;
  }

  private static Catalogue.Kind<? extends PolicySpec> kind(ObjectNode given) {
    String name = given.path(Catalogue.POLICIES.key()).asText();
    Optional<Catalogue.Kind<? extends PolicySpec>> kind = Catalogue.POLICIES.find(name);
    return kind.orElseThrow(() -> new BadInputException("unknown policy '" + name + "'"));
  }

  /** The given keys, the kind first. */
  private static ObjectNode start(ObjectNode given) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.set(Catalogue.POLICIES.key(), given.path(Catalogue.POLICIES.key()));
    for (String key : YamlTree.keysOf(given)) {
      if (!key.equals(Sweep.LABEL)) {
        tree.set(key, given.path(key));
      }
    }
    return tree;
  }

  /** A tree with one more key; what is false when it is left out is left out. */
  private static ObjectNode with(ObjectNode tree, String key, JsonNode value) {
    if (value.isBoolean() && !value.asBoolean()) {
      return tree;
    }
    ObjectNode copy = tree.deepCopy();
    copy.set(key, value);
    return copy;
  }

  private List<JsonNode> values(
      RecordComponent component, Catalogue.Kind<? extends PolicySpec> kind) {
    String key = component.getName();
    Key about = component.getAnnotation(Key.class);
    boolean mayBeAbsent =
        kind.defaults().containsKey(key) || isNullable(component.getAnnotatedType());
    if (about != null && about.tried().length > 0) {
      return Arrays.stream(about.tried()).map(YamlTree::readValue).toList();
    }
    if (key.equals(BATCH_SIZE)) {
      return numbers(batchSizes);
    }
    if (key.equals(BINS) && !mayBeAbsent) {
      return numbers(
          Stream.concat(bins.stream(), moreBins.values().stream()).distinct().sorted().toList());
    }
    if (key.equals(BOUNDARIES)
        && kind.keys().contains(BINS)
        && !kind.defaults().containsKey(BINS)) {
      return boundaries.stream().<JsonNode>map(TextNode::valueOf).toList();
    }
    return mayBeAbsent || about == null ? List.of() : List.of(YamlTree.readValue(about.example()));
  }

  private static List<JsonNode> numbers(List<Integer> values) {
    return values.stream().<JsonNode>map(IntNode::valueOf).toList();
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  /** Whether it has one bin, for which the rules of boundaries differ in nothing. */
  private static boolean isOneBin(ObjectNode tree) {
    return tree.has(BOUNDARIES) && tree.path(BINS).asInt() == 1;
  }

  /** What a policy is called without the keys of the grid. */
  static String family(ObjectNode tree) {
    ObjectNode rest = tree.deepCopy();
    rest.remove(GRID);
    return Sweep.text(rest);
  }
}

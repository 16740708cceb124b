package io.github.batchq.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.scenario.Inputs;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.Scenario;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The scenarios of the points of a sweep. They are prepared when they are asked for, and only some
 * are kept, since there may be a million. What points have in common, such as a policy where rates
 * vary, is bound once for many of them. Several threads may ask.
 */
final class SweptScenarios {
  private static final String SCENARIO = "scenario";

  /** Points that stay prepared; a smaller sweep is prepared once. */
  private static final int KEPT = 4096;

  /** Bound parts that are remembered; when there are more, all are forgotten. */
  private static final int MOST_PARTS = 10_000;

  private static final Map<String, Class<?>> TYPES = types();

  private final YamlTree tree;
  private final Sweep sweep;
  private final Binder binder;
  private final Inputs inputs;
  private final Map<Part, Object> parts = new ConcurrentHashMap<>();
  private final AtomicReferenceArray<@Nullable Kept> kept;
  private final List<Metric> measured;

  /** The swept columns of each part that they change. */
  private final Map<String, List<Integer>> columns = new HashMap<>();

  /** The scenario of a point, whose parts that do not vary are those of all points. */
  private volatile @Nullable Scenario known;

  /** A part of the scenario, a key at its top, with the values that the sweep gives it. */
  private record Part(String key, List<JsonNode> values) {}

  private record Kept(int point, PreparedScenario scenario) {}

  /**
   * @param measured what their runs measure
   * @throws BadInputException if there is no scenario
   */
  SweptScenarios(YamlTree tree, Sweep sweep, Binder binder, Inputs inputs, List<Metric> measured) {
    if (!tree.root().path(SCENARIO).isObject()) {
      throw new BadInputException(
          tree.place(SCENARIO)
              + ", key 'scenario': expected a map, found "
              + YamlTree.describe(tree.root().path(SCENARIO)));
    }
    this.tree = tree;
    this.sweep = sweep;
    this.binder = binder;
    this.inputs = inputs;
    this.measured = measured;
    this.kept = new AtomicReferenceArray<>(Math.min(KEPT, sweep.points().size()));
    for (int i = 0; i < sweep.paths().size(); i++) {
      String path = sweep.paths().get(i);
      int dot = path.indexOf('.');
      columns
          .computeIfAbsent(dot < 0 ? path : path.substring(0, dot), key -> new ArrayList<>())
          .add(i);
    }
  }

  private static Map<String, Class<?>> types() {
    Map<String, Class<?>> types = new HashMap<>();
    for (RecordComponent component : Scenario.class.getRecordComponents()) {
      types.put(component.getName(), component.getType());
    }
    return types;
  }

  /**
   * The scenario of a point.
   *
   * @param point its index
   * @throws BadInputException if it is none, or its parts do not fit each other
   */
  PreparedScenario prepared(int point) {
    int slot = point % kept.length();
    Kept there = kept.get(slot);
    if (there == null || there.point() != point) {
      there = new Kept(point, prepare(sweep.points().get(point)).measuring(measured));
      kept.set(slot, there);
    }
    return there.scenario();
  }

  private PreparedScenario prepare(List<JsonNode> values) {
    Scenario base = known;
    if (base != null) {
      try {
        return PreparedScenario.of(with(base, values), inputs, "", "");
      } catch (BadInputException e) {
        // What is wrong is said of the whole file, below.
        return prepareWhole(values);
      }
    }
    return prepareWhole(values);
  }

  /** Binds the whole scenario of a point, which can say where in the file something is wrong. */
  private PreparedScenario prepareWhole(List<JsonNode> values) {
    ObjectNode root = tree.root().deepCopy();
    Map<String, Integer> lines = new HashMap<>(tree.lines());
    Map<String, String> swept = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      String path = sweep.paths().get(i);
      String place = tree.place("sweep." + path) + ", sweep of " + path;
      YamlTree.set((ObjectNode) root.path(SCENARIO), path, Sweep.value(values.get(i)), place);
      Integer line = tree.lines().get("sweep." + path);
      if (line != null) {
        lines.put("scenario." + path, line);
      }
      swept.put("scenario." + path, Sweep.text(values.get(i)));
    }
    YamlTree point = new YamlTree(tree.name(), root, lines, swept);
    Scenario scenario = binder.bind(root.path(SCENARIO), Scenario.class, SCENARIO, point);
    PreparedScenario prepared =
        PreparedScenario.of(scenario, inputs, point.place(SCENARIO), point.sweptBelow(SCENARIO));
    known = scenario;
    return prepared;
  }

  /** The scenario with the parts that the sweep changes. */
  private Scenario with(Scenario base, List<JsonNode> values) {
    Map<String, Object> changed = new HashMap<>();
    columns.forEach((key, own) -> changed.put(key, part(key, own, values)));
    return new Scenario(
        value(changed, "arrivals", base.arrivals()),
        value(changed, "service", base.service()),
        value(changed, "predictor", base.predictor()),
        value(changed, "policy", base.policy()),
        value(changed, "servers", base.servers()),
        value(changed, "requests", base.requests()),
        value(changed, "warmUp", base.warmUp()),
        value(changed, "limits", base.limits()),
        value(changed, "price", base.price()),
        value(changed, "horizon", base.horizon()),
        value(changed, "concurrency", base.concurrency()),
        value(changed, "patience", base.patience()),
        value(changed, "retry", base.retry()));
  }

  @SuppressWarnings("unchecked")
  private static <T extends @Nullable Object> T value(
      Map<String, Object> changed, String key, T unchanged) {
    return changed.containsKey(key) ? (T) changed.get(key) : unchanged;
  }

  private Object part(String key, List<Integer> columns, List<JsonNode> values) {
    Part part = new Part(key, columns.stream().map(values::get).toList());
    Object bound = parts.get(part);
    if (bound == null) {
      bound = bind(part, columns);
      if (parts.size() >= MOST_PARTS) {
        parts.clear();
      }
      parts.put(part, bound);
    }
    return bound;
  }

  private Object bind(Part part, List<Integer> columns) {
    JsonNode node = tree.root().path(SCENARIO).path(part.key()).deepCopy();
    for (int i = 0; i < columns.size(); i++) {
      String path = sweep.paths().get(columns.get(i));
      JsonNode value = Sweep.value(part.values().get(i));
      if (path.equals(part.key())) {
        node = value;
      } else if (node instanceof ObjectNode map) {
        YamlTree.set(map, path.substring(part.key().length() + 1), value, path);
      } else {
        throw new BadInputException(part.key() + " is no map");
      }
    }
    Class<?> type = TYPES.get(part.key());
    if (type == null) {
      throw new BadInputException("unknown key " + part.key());
    }
    return binder.bind(node, type, SCENARIO + "." + part.key(), tree);
  }
}

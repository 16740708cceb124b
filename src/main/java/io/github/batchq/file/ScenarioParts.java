package io.github.batchq.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.model.BadInputException;
import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.service.ServiceModelSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parts of a scenario that stand in no experiment file: on the command line, or in a file of
 * changes.
 */
public final class ScenarioParts {
  private static final String POLICY = "policy";
  private static final String SERVERS = "servers";
  private static final String PREDICTOR = "predictor";
  private static final List<String> PARTS = List.of(POLICY, SERVERS, PREDICTOR);

  private ScenarioParts() {}

  /**
   * Reads a policy as an experiment file has it, such as {@code {type: dynamic, batchSize: 8}}.
   *
   * @param option what to call it in messages
   * @throws BadInputException if it is no map
   */
  public static ObjectNode policy(String option, String text) {
    if (YamlTree.readValue(text) instanceof ObjectNode map) {
      return map;
    }
    throw new BadInputException(
        option
            + " takes a policy as an experiment file has it, such as {type: dynamic, batchSize: 8},"
            + " found '"
            + text
            + "'");
  }

  /** The keys of continuous batching. */
  public static ObjectNode policy(ContinuousBatching policy) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put(Catalogue.POLICIES.key(), "continuous");
    tree.put("batchSize", policy.batchSize());
    Long memory = policy.memory();
    if (memory != null) {
      tree.put("memory", memory);
    }
    Integer chunk = policy.chunk();
    if (chunk != null) {
      tree.put("chunk", chunk);
    }
    return tree;
  }

  /**
   * The policy, servers and predictor of a scenario.
   *
   * @param tree their keys, a map
   * @param type record to make of them
   * @param where what to call it in messages
   * @throws BadInputException if a key is unknown, missing or wrong
   */
  public static <T> T bind(ObjectNode tree, Class<T> type, String where) {
    return new Binder(Path.of("")).bind(tree, type, where);
  }

  /** The keys policy, servers and predictor of a whole scenario. */
  public static ObjectNode of(JsonNode scenario) {
    ObjectNode parts = JsonNodeFactory.instance.objectNode();
    for (String part : PARTS) {
      if (scenario.has(part)) {
        parts.set(part, scenario.path(part).deepCopy());
      }
    }
    return parts;
  }

  /**
   * Reads a file of changes: a map whose keys are names, and whose values are maps of paths within
   * the scenario and their values, as a sweep has them.
   *
   * @param base what is changed
   * @param type record to make of what is changed
   * @return what becomes of it, by the name of the change, in the order of the file
   * @throws BadInputException if anything in it is wrong
   */
  public static <T> Map<String, T> changed(Path file, ObjectNode base, Class<T> type) {
    YamlTree tree = YamlTree.read(DataFile.of(file.toString(), Path.of("")));
    Path folder = file.toAbsolutePath().getParent();
    Binder binder = new Binder(folder == null ? Path.of("") : folder);
    Map<String, T> changed = new LinkedHashMap<>();
    for (String name : YamlTree.keysOf(tree.root())) {
      String where = tree.place(name);
      JsonNode changes = tree.root().path(name);
      if (!changes.isObject() || changes.isEmpty()) {
        throw new BadInputException(
            where
                + ", key '"
                + name
                + "': expected what changes, such as {policy.batchSize: 64} or {servers: 2}, found "
                + YamlTree.describe(changes));
      }
      ObjectNode copy = base.deepCopy();
      for (String path : YamlTree.keysOf(changes)) {
        if (PARTS.stream().noneMatch(part -> path.equals(part) || path.startsWith(part + "."))) {
          throw new BadInputException(
              where
                  + ", key '"
                  + name
                  + "': the requests stay as they are, so only "
                  + String.join(", ", PARTS)
                  + " and what is in them can change, found '"
                  + path
                  + "'");
        }
        YamlTree.set(copy, path, changes.path(path), where);
      }
      changed.put(name, binder.bind(copy, type, where + ", '" + name + "'"));
    }
    if (changed.isEmpty()) {
      throw new BadInputException(file + " has no alternatives, such as two servers: {servers: 2}");
    }
    return changed;
  }

  /**
   * Reads a service model: the name of a pack, the keys of a model such as {@code {type:
   * token-level, step: 0.02}}, or a file with a pack or with a block {@code service}. The range of
   * a pack in a file is not enforced: whoever compares it with a measurement sees how far it
   * reaches.
   *
   * @param option what to call it in messages
   * @throws BadInputException if it is none of these
   */
  public static ServiceModelSpec model(String option, String text) {
    if (CoefficientPack.NAMES.contains(text)) {
      return new CoefficientPackSpec(text);
    }
    if (text.strip().startsWith("{")) {
      return new Binder(Path.of("")).bind(YamlTree.readValue(text), ServiceModelSpec.class, option);
    }
    DataFile file = DataFile.of(text, Path.of(""));
    if (text.isBlank() || !file.exists()) {
      throw new BadInputException(
          option
              + " takes a pack ("
              + String.join(", ", CoefficientPack.NAMES)
              + "), a model such as {type: token-level, step: 0.02}, or a file with one, found '"
              + text
              + "'");
    }
    YamlTree tree = YamlTree.read(file);
    if (tree.root().has("reference")) {
      return CoefficientPack.of(tree).model();
    }
    for (String path : List.of("scenario.service.model", "service.model")) {
      JsonNode found = tree.root().at("/" + path.replace('.', '/'));
      if (found.isObject()) {
        return new Binder(Path.of("")).bind(found, ServiceModelSpec.class, path, tree);
      }
    }
    throw new BadInputException(
        file.name() + ": expected a pack or a block 'service' with the key 'model'");
  }
}

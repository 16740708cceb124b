package io.github.batchq.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRows;
import io.github.batchq.model.Excerpt;
import io.github.batchq.model.NearestName;
import io.github.batchq.random.Law;
import io.github.batchq.random.LawSpec;
import io.github.batchq.random.MixtureSpec;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A law as it is written on the command line, as a call whose arguments are the law's parameters in
 * their order: {@code uniform(1,20)}, {@code truncated(lognormal(0,1),0.1,30)}, {@code
 * empirical(FILE.csv,COLUMN)}. A mixture takes weights and laws in turn: {@code
 * mixture(0.3,exponential(1),0.7,uniform(1,20))}.
 */
public final class LawCall {
  private LawCall() {}

  /**
   * Reads a call.
   *
   * @param call the text
   * @param folder where relative paths of data files start
   * @throws BadInputException if it is no law
   */
  public static LawSpec parse(String call, Path folder) {
    return new Binder(folder)
        .bind(tree(call.trim(), 0), LawSpec.class, "law '" + Excerpt.of(call) + "'");
  }

  /**
   * The law of a call.
   *
   * @param call the text
   * @param folder where relative paths of data files start
   * @throws BadInputException if it is no law, or one that nothing can be drawn from
   */
  public static Law law(String call, Path folder) {
    return law(call, folder, BadRows.none());
  }

  /**
   * The law of a call.
   *
   * @param call the text
   * @param folder where relative paths of data files start
   * @param told remembers what a user must know of how a file was read
   * @throws BadInputException if it is no law, or one that nothing can be drawn from
   */
  public static Law law(String call, Path folder, BadRows told) {
    return BadInputException.naming(
        "law '" + Excerpt.of(call) + "'", () -> parse(call, folder).create(told));
  }

  /** The call that denotes a kind of law, with the names of its parameters. */
  public static String form(Catalogue.Kind<?> kind) {
    return kind.type() == MixtureSpec.class
        ? kind.name() + "(weight,law,weight,law,...)"
        : kind.name() + "(" + String.join(",", kind.keys()) + ")";
  }

  private static JsonNode tree(String call, int depth) {
    if (depth > YamlReader.DEEPEST) {
      throw new BadInputException(
          "the law has laws within one another more than " + YamlReader.DEEPEST + " deep");
    }
    int open = call.indexOf('(');
    if (open < 0 || !call.endsWith(")")) {
      throw new BadInputException(
          "'"
              + Excerpt.of(call)
              + "' is not a law; a law is written as a call such as uniform(1,20) (laws: "
              + String.join(", ", Catalogue.LAWS.names())
              + ")");
    }
    String name = call.substring(0, open).trim();
    Catalogue.Kind<? extends LawSpec> kind =
        Catalogue.LAWS
            .find(name)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "unknown law '"
                            + Excerpt.of(name)
                            + "'; "
                            + NearestName.hint(name, Catalogue.LAWS.names())));
    List<String> arguments = split(call.substring(open + 1, call.length() - 1), call);
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put(Catalogue.LAWS.key(), name);
    if (kind.type() == MixtureSpec.class) {
      mixture(tree, arguments, call, depth);
    } else {
      parameters(tree, kind, arguments, call, depth);
    }
    return tree;
  }

  private static void parameters(
      ObjectNode tree, Catalogue.Kind<?> kind, List<String> arguments, String call, int depth) {
    RecordComponent[] components = kind.type().getRecordComponents();
    for (int i = 0; i < arguments.size(); i++) {
      boolean optional =
          i < components.length
              && components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
      requireArgument(optional ? List.of() : List.of(arguments.get(i)), call);
    }
    if (arguments.size() > components.length) {
      throw new BadInputException(
          "law '"
              + Excerpt.of(call)
              + "': found "
              + arguments.size()
              + " arguments where "
              + form(kind)
              + " is allowed");
    }
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).isEmpty()) {
        continue;
      }
      tree.set(
          components[i].getName(),
          components[i].getType() == LawSpec.class
              ? tree(arguments.get(i), depth + 1)
              : value(arguments.get(i), components[i].getType()));
    }
  }

  /** An argument that may be left out may be empty, where others follow. */
  private static void requireArgument(List<String> arguments, String call) {
    if (arguments.contains("")) {
      throw new BadInputException("law '" + Excerpt.of(call) + "': an argument is empty");
    }
  }

  /** A text, such as the name of a column, is taken as it is written. */
  private static JsonNode value(String argument, Class<?> type) {
    boolean quoted = argument.startsWith("'") || argument.startsWith("\"");
    return type == String.class && !quoted
        ? JsonNodeFactory.instance.textNode(argument)
        : YamlTree.readValue(argument);
  }

  private static void mixture(ObjectNode tree, List<String> arguments, String call, int depth) {
    requireArgument(arguments, call);
    if (arguments.size() < 2 || arguments.size() % 2 != 0) {
      throw new BadInputException(
          "law '"
              + Excerpt.of(call)
              + "': a mixture takes weights and laws in turn, found "
              + arguments.size()
              + " arguments");
    }
    ArrayNode weights = tree.putArray("weights");
    ArrayNode laws = tree.putArray("laws");
    for (int i = 0; i < arguments.size(); i += 2) {
      weights.add(YamlTree.readValue(arguments.get(i)));
      laws.add(tree(arguments.get(i + 1), depth + 1));
    }
  }

  /** Splits at the commas that stand in no inner parentheses. */
  private static List<String> split(String arguments, String call) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < arguments.length(); i++) {
      char c = arguments.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth < 0) {
        break;
      }
      if (c == ',' && depth == 0) {
        parts.add(arguments.substring(start, i).trim());
        start = i + 1;
      }
    }
    if (depth != 0) {
      throw new BadInputException("law '" + Excerpt.of(call) + "': the parentheses do not match");
    }
    String last = arguments.substring(start).trim();
    if (!last.isEmpty() || !parts.isEmpty()) {
      parts.add(last);
    }
    return parts;
  }
}

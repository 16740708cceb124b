package io.github.batchq.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchq.file.Catalogue;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.model.Key;
import io.github.batchq.policy.BoundaryChoice;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A key of an experiment file as the reference shows it.
 *
 * @param name the key
 * @param type what may stand behind it, in words, with links to other pages
 * @param absent what holds when it is left out; empty where it must be there
 * @param text what the code says of it
 * @param example a value as a file may have it, in YAML
 */
record DescribedKey(String name, String type, String absent, Key text, String example) {
  private static final Map<Type, String> WORDS =
      Map.ofEntries(
          Map.entry(int.class, "whole number"),
          Map.entry(Integer.class, "whole number"),
          Map.entry(long.class, "whole number"),
          Map.entry(Long.class, "whole number"),
          Map.entry(double.class, "number"),
          Map.entry(Double.class, "number"),
          Map.entry(BigDecimal.class, "number"),
          Map.entry(boolean.class, "true or false"),
          Map.entry(Boolean.class, "true or false"),
          Map.entry(String.class, "text"),
          Map.entry(JsonNode.class, "map"),
          Map.entry(DataFile.class, "file"),
          Map.entry(BoundaryChoice.class, "text, or list of numbers"),
          Map.entry(ConfusionMatrix.class, "list of lists of numbers, or file"));

  /**
   * The keys of a record, in the order of its components.
   *
   * @param defaults numbers of keys that may be left out
   * @throws IllegalStateException if a component has no description
   */
  static List<DescribedKey> of(Class<?> record, Map<String, Integer> defaults) {
    return Arrays.stream(record.getRecordComponents())
        .map(component -> of(component, defaults.get(component.getName())))
        .toList();
  }

  /** The keys of a kind, in the order of the components of its record. */
  static List<DescribedKey> of(Catalogue.Kind<?> kind) {
    List<DescribedKey> all = of(kind.type(), kind.defaults());
    return kind.examples().isEmpty()
        ? all
        : all.stream()
            .filter(key -> kind.examples().containsKey(key.name))
            .map(key -> key.exemplified(String.valueOf(kind.examples().get(key.name))))
            .toList();
  }

  private DescribedKey exemplified(String value) {
    return new DescribedKey(name, type, absent, text, value);
  }

  static DescribedKey of(RecordComponent component, @Nullable Integer number) {
    Key key = component.getAnnotation(Key.class);
    if (key == null) {
      throw new IllegalStateException(
          component.getDeclaringRecord().getName()
              + ": the key '"
              + component.getName()
              + "' has no description: put @Key before the component");
    }
    return new DescribedKey(
        component.getName(),
        key.type().isEmpty() ? words(component.getGenericType()) : key.type(),
        number == null ? key.absent() : number.toString(),
        key,
        key.example());
  }

  private static String words(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == List.class
          ? "list of " + plural(words(arguments[0]))
          : "map of " + plural(words(arguments[arguments.length - 1]));
    }
    if (type instanceof Class<?> enumeration && enumeration.isEnum()) {
      return Arrays.stream(enumeration.getEnumConstants())
          .map(constant -> "`" + constant.toString().toLowerCase(Locale.ROOT) + "`")
          .collect(Collectors.joining(", "));
    }
    for (Catalogue<?> catalogue : Catalogue.ALL) {
      if (catalogue.base() == type) {
        return "[" + catalogue.what() + "](" + ReferencePages.pageOf(catalogue) + ")";
      }
    }
    if (Stream.concat(Catalogue.SECTIONS.stream(), Catalogue.PLAN_SECTIONS.stream())
        .anyMatch(section -> section.type() == type)) {
      return "map";
    }
    String words = WORDS.get(type);
    if (words == null) {
      throw new IllegalStateException(type + " has no words for the reference: give @Key a type");
    }
    return words;
  }

  /** The plural of a type: an s is added to its first noun, or to the text of a link. */
  private static String plural(String words) {
    if (words.startsWith("[")) {
      return words.replaceFirst("]", "s]");
    }
    return words.startsWith("list of ")
        ? words.replaceFirst("list", "lists")
        : words.endsWith("s") ? words : words + "s";
  }

  /** The same key, where the word map in its type is a link. */
  DescribedKey linkedTo(String target) {
    return new DescribedKey(
        name, type.replaceFirst("\\bmaps?\\b", "[$0](" + target + ")"), absent, text, example);
  }

  /** The key as a line of the example of its map. */
  String line() {
    return name + ": " + example;
  }
}

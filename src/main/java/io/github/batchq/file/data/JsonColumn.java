package io.github.batchq.file.data;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.Arrays;
import java.util.Locale;

/**
 * A column of JSON data: a key, or a pointer such as {@code /usage/completion_tokens}. Behind it
 * may stand {@code []}, where it is a list with one entry for each row, and {@code :sum}, {@code
 * :count}, {@code :last} or {@code :all}, where the value is a list of which this is wanted.
 *
 * @param name as the user wrote it
 * @param pointer where its values are, from a row on, or from what holds its list on
 * @param listed whether it is a list with one entry for each row
 * @param reduction what is wanted of values that are lists
 */
record JsonColumn(String name, JsonPointer pointer, boolean listed, Reduction reduction) {
  private static final String LIST = "[]";

  /** What is wanted of a list. */
  enum Reduction {
    NONE,
    /** The sum of its numbers. */
    SUM,
    /** How many entries it has. */
    COUNT,
    /** Its last entry. */
    LAST,
    /** All of its entries, with blanks between them. */
    ALL;

    private String suffix() {
      return ":" + name().toLowerCase(Locale.ROOT);
    }
  }

  /** Reads a name. */
  static JsonColumn of(String name) {
    Reduction reduction =
        Arrays.stream(Reduction.values())
            .filter(one -> name.endsWith(one.suffix()))
            .findFirst()
            .orElse(Reduction.NONE);
    String rest =
        reduction == Reduction.NONE
            ? name
            : name.substring(0, name.length() - reduction.suffix().length());
    boolean listed = rest.endsWith(LIST);
    String key = listed ? rest.substring(0, rest.length() - LIST.length()) : rest;
    JsonPointer pointer =
        key.startsWith("/") ? JsonPointer.compile(key) : JsonPointer.empty().appendProperty(key);
    return new JsonColumn(name, pointer, listed, reduction);
  }
}

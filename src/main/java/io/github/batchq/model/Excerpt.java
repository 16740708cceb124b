package io.github.batchq.model;

import java.util.Collection;
import java.util.stream.Collectors;

/** What a message shows of something that a user wrote, which may be long or hold anything. */
public final class Excerpt {
  /** So many characters of a value are shown. */
  private static final int SHOWN = 60;

  /** So many names of a list are shown. */
  private static final int MOST_NAMES = 30;

  private Excerpt() {}

  /** A value in a message: at most 60 characters of its text, control characters escaped. */
  public static String of(Object value) {
    return of(value.toString(), SHOWN);
  }

  /**
   * The beginning of a text; control characters, which could move a terminal's cursor or hide a
   * part, are escaped as {@code \n} or {@code \}{@code u001b}.
   *
   * @param text the text
   * @param most how many of its characters are shown, with "..." in the place of the others
   */
  public static String of(String text, int most) {
    StringBuilder shown = new StringBuilder();
    int end = text.length();
    if (end > most) {
      end = text.offsetByCodePoints(0, text.codePointCount(0, most - 3));
    }
    text.substring(0, end).codePoints().forEach(c -> append(shown, c));
    return end < text.length() ? shown.append("...").toString() : shown.toString();
  }

  /**
   * Names, one after the other.
   *
   * @return at most 30, and how many more there are
   */
  public static String list(Collection<String> names) {
    String first =
        names.stream().limit(MOST_NAMES).map(Excerpt::of).collect(Collectors.joining(", "));
    return names.size() <= MOST_NAMES
        ? first
        : first + " and " + (names.size() - MOST_NAMES) + " more";
  }

  private static void append(StringBuilder shown, int c) {
    int type = Character.getType(c);
    boolean visible =
        type != Character.CONTROL
            && type != Character.FORMAT
            && type != Character.SURROGATE
            && type != Character.LINE_SEPARATOR
            && type != Character.PARAGRAPH_SEPARATOR;
    switch (c) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        if (visible) {
          shown.appendCodePoint(c);
        } else {
          shown.append(String.format("\\u%04x", c));
        }
      }
    }
  }
}

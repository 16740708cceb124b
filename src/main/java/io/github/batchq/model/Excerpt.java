package io.github.batchq.model;

import java.util.Collection;
import java.util.stream.Collectors;

/** Parts of a user's file as they stand in a message: as much as tells which part is meant. */
public final class Excerpt {
  private static final int LONGEST_TEXT = 60;
  private static final int MOST_NAMES = 30;

  private Excerpt() {}

  /**
   * The beginning of a text.
   *
   * @return at most 60 characters, and three points where there are more
   */
  public static String of(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
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
}

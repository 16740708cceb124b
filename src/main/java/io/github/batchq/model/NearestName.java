package io.github.batchq.model;

import java.util.Collection;
import java.util.Locale;

/** Finds the valid name that a misspelt one was meant to be. */
public final class NearestName {
  /** No name that means something is longer; the distance of longer ones takes too much time. */
  private static final int LONGEST = 200;

  private NearestName() {}

  /**
   * A clause for a message: the nearest name if one is near, and all of them.
   *
   * @param found what was written
   * @param allowed the valid names
   */
  public static String hint(String found, Collection<String> allowed) {
    return hint(found, allowed, String.join(", ", allowed));
  }

  /**
   * The same where there are more names than a message can list.
   *
   * @param found what was written
   * @param candidates names that it may be near to
   * @param allowed what is allowed, in words
   */
  public static String hint(String found, Collection<String> candidates, String allowed) {
    String nearest = nearest(found, candidates, Math.max(2, found.length() / 3));
    String all = allowed.isEmpty() ? "nothing is allowed here" : "allowed: " + allowed;
    return nearest.isEmpty() ? all : "did you mean '" + nearest + "'? (" + all + ")";
  }

  /**
   * A clause for a message that names what there is elsewhere: the nearest name in parentheses, or
   * nothing if none is near.
   *
   * @param found what was written
   * @param known the names that there are
   */
  public static String question(String found, Collection<String> known) {
    String nearest = nearest(found, known, found.length() / 3);
    return nearest.isEmpty() ? "" : " (did you mean '" + nearest + "'?)";
  }

  private static String nearest(String found, Collection<String> allowed, int farthest) {
    String nearest = "";
    int least = farthest + 1;
    for (String name : allowed) {
      int distance = distance(found.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      if (distance < least) {
        least = distance;
        nearest = name;
      }
    }
    return nearest;
  }

  /** Levenshtein's edit distance; of long names, more than any that is near. */
  private static int distance(String a, String b) {
    if (a.length() > LONGEST || b.length() > LONGEST) {
      return Integer.MAX_VALUE;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}

package io.github.batchq.experiment;

import java.util.Collection;

/** Finds the valid name that a misspelt one was meant to be. */
public final class NearestName {
  private NearestName() {}

  /**
   * A clause for a message: the nearest name if one is near, and all of them.
   *
   * @param found what was written
   * @param allowed the valid names
   */
  public static String hint(String found, Collection<String> allowed) {
    String nearest = "";
    int least = Math.max(2, found.length() / 3) + 1;
    for (String name : allowed) {
      int distance =
          distance(
              found.toLowerCase(java.util.Locale.ROOT), name.toLowerCase(java.util.Locale.ROOT));
      if (distance < least) {
        least = distance;
        nearest = name;
      }
    }
    String all =
        allowed.isEmpty() ? "nothing is allowed here" : "allowed: " + String.join(", ", allowed);
    return nearest.isEmpty() ? all : "did you mean '" + nearest + "'? (" + all + ")";
  }

  /** Levenshtein's edit distance. */
  private static int distance(String a, String b) {
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

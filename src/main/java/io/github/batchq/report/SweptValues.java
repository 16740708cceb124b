package io.github.batchq.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shortens swept values that are whole parts of a scenario, such as {@code multi-bin(bins=2,
 * batchSize=8)}.
 */
public final class SweptValues {
  private static final String REST = "...";

  private SweptValues() {}

  /**
   * Leaves out what tells none of the texts apart, and writes {@code ...} in its place: {@code
   * multi-bin(bins=2,...)}. Different texts stay different, and one that would not become shorter
   * stays as it is.
   */
  public static List<String> shortened(List<String> texts) {
    List<String> different = texts.stream().distinct().toList();
    return texts.stream().map(text -> shortest(text, different)).toList();
  }

  private static String shortest(String text, List<String> different) {
    List<String> parts = parts(text);
    for (int kept = 0; kept < parts.size() - 1; kept++) {
      for (int first = 1; first + kept <= parts.size(); first++) {
        List<String> chosen = parts.subList(first, first + kept);
        String head = parts.get(0);
        if (different.stream()
            .noneMatch(other -> !other.equals(text) && has(parts(other), head, chosen))) {
          String shorter =
              head + "(" + String.join(", ", chosen) + (kept == 0 ? "" : ",") + REST + ")";
          return shorter.length() < text.length() ? shorter : text;
        }
      }
    }
    return text;
  }

  private static boolean has(List<String> parts, String head, List<String> chosen) {
    return parts.get(0).equals(head) && parts.containsAll(chosen);
  }

  /** The head, a word, and the arguments of a call; the text alone where it is none. */
  private static List<String> parts(String text) {
    int open = text.indexOf('(');
    if (open < 1 || !text.endsWith(")") || text.substring(0, open).contains(" ")) {
      return List.of(text);
    }
    List<String> parts = new ArrayList<>(List.of(text.substring(0, open)));
    int depth = 0;
    int start = open + 1;
    for (int i : IntStream.range(start, text.length()).toArray()) {
      char c = text.charAt(i);
      if (depth == 0 && (c == ',' || i == text.length() - 1)) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      } else if (c == '(' || c == '[') {
        depth++;
      } else if (c == ')' || c == ']') {
        depth--;
      }
    }
    return parts;
  }
}

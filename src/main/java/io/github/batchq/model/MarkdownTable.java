package io.github.batchq.model;

import java.util.List;

/** A pipe table of Markdown, as GitHub shows it. */
public final class MarkdownTable {
  private MarkdownTable() {}

  /**
   * The table, each line ending with a line feed.
   *
   * @param header cells of the first line; in cells, {@code |} is written {@code \|}
   * @param rule the line below the header, such as {@code |---|---:|}; a colon behind the dashes
   *     sets a column to the right
   * @param rows as many cells each as the header
   */
  public static String of(List<String> header, String rule, List<List<String>> rows) {
    StringBuilder table = new StringBuilder(line(header)).append(rule).append('\n');
    rows.forEach(row -> table.append(line(row)));
    return table.toString();
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}

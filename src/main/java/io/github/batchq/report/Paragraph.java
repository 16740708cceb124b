package io.github.batchq.report;

/** Breaks text into lines of limited length. */
public final class Paragraph {
  /** How many characters a line has on a console that is not known to be narrower. */
  public static final int WIDTH = 100;

  private static final String INDENT = "  ";

  private Paragraph() {}

  /**
   * A text broken at blanks into lines of at most {@code width} characters, but for words that are
   * longer; lines after the first are indented. Ends with a line feed.
   */
  public static String wrapped(String text, int width) {
    StringBuilder out = new StringBuilder();
    StringBuilder line = new StringBuilder();
    boolean empty = true;
    for (String word : text.split(" ", -1)) {
      if (!empty && line.length() + 1 + word.length() > width) {
        out.append(line).append('\n');
        line.setLength(0);
        line.append(INDENT).append(word);
      } else {
        line.append(empty ? "" : " ").append(word);
      }
      empty = false;
    }
    return out.append(line).append('\n').toString();
  }
}

package io.github.batchq.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A page in Markdown: its links, its anchors, and the commands, programs and experiments that it
 * shows.
 *
 * @param file path from the top of the repository
 */
record DocumentPage(Path file) {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("\\$?`[^`]*`\\$?");
  private static final Pattern PROGRAM = Pattern.compile("(?ms)^```java\n(.*?)^```");
  private static final String INDENT = "    ";
  private static final String FENCE = "```";
  private static final String PROMPT = "$ ";
  private static final String LEFT_OUT = "...";

  /**
   * A shell line and what stands below it.
   *
   * @param page where it stands
   * @param line the command, without the prompt
   * @param shown the lines below it; {@code ...} stands for any lines, and at the end of a line for
   *     the rest of it
   */
  record Example(DocumentPage page, String line, List<String> shown) {
    List<String> words() {
      return DocumentPage.words(line);
    }

    /** Whether an output has the lines that are shown, from its beginning and in their order. */
    boolean isShownBy(List<String> output) {
      int next = 0;
      boolean gap = false;
      for (String expected : shown) {
        if (expected.equals(LEFT_OUT)) {
          gap = true;
          continue;
        }
        while (gap && next < output.size() && !matches(expected, output.get(next))) {
          next++;
        }
        if (next == output.size() || !matches(expected, output.get(next))) {
          return false;
        }
        next++;
        gap = false;
      }
      return true;
    }

    private static boolean matches(String expected, String found) {
      return expected.endsWith(LEFT_OUT)
          ? found.startsWith(expected.substring(0, expected.length() - LEFT_OUT.length()))
          : found.equals(expected);
    }

    @Override
    public String toString() {
      return page + ": " + line;
    }
  }

  List<String> lines() {
    return Shell.read(file).lines().toList();
  }

  /** Targets of its relative links. */
  List<String> links() {
    List<String> found = new ArrayList<>();
    boolean code = false;
    for (String line : lines()) {
      code ^= line.startsWith(FENCE);
      if (!code && !line.startsWith(INDENT)) {
        LINK.matcher(CODE.matcher(line).replaceAll("code"))
            .results()
            .map(link -> link.group(1))
            .forEach(found::add);
      }
    }
    return found;
  }

  /** Whether the target of a link is there, with its anchor. */
  boolean leads(String link) {
    if (link.matches("[a-z]+:.*")) {
      return true;
    }
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
    return Files.exists(target)
        && (parts.length == 1 || new DocumentPage(target).anchors().contains(parts[1]));
  }

  /** Anchors of its headings, as GitHub makes them. */
  Set<String> anchors() {
    Set<String> found = new HashSet<>();
    for (String line : lines()) {
      if (line.matches("#+ .*")) {
        String anchor =
            line.replaceFirst("#+ ", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
        String unique = anchor;
        for (int again = 1; !found.add(unique); again++) {
          unique = anchor + "-" + again;
        }
      }
    }
    return found;
  }

  /** Arguments of every line that calls batchq, with a prompt or without. */
  List<List<String>> commands() {
    return lines().stream()
        .map(line -> line.strip().replaceFirst("^\\$ ", ""))
        .filter(line -> line.startsWith("./batchq "))
        .map(line -> words(line).subList(1, words(line).size()))
        .toList();
  }

  /** Lines with a prompt, and what stands below them. */
  List<Example> examples() {
    List<Example> found = new ArrayList<>();
    String line = null;
    List<String> shown = new ArrayList<>();
    for (String text : blocks()) {
      if (line != null && (text.startsWith(PROMPT) || text.equals(FENCE))) {
        found.add(new Example(this, line, trimmed(shown)));
        line = null;
      }
      if (text.startsWith(PROMPT)) {
        line = text.substring(PROMPT.length());
        shown = new ArrayList<>();
      } else {
        shown.add(text);
      }
    }
    return found;
  }

  private static List<String> trimmed(List<String> lines) {
    int end = lines.size();
    while (end > 0 && lines.get(end - 1).isEmpty()) {
      end--;
    }
    return List.copyOf(lines.subList(0, end));
  }

  /** The lines of indented blocks without their indent, each block ended by a fence. */
  private List<String> blocks() {
    List<String> found = new ArrayList<>();
    boolean fenced = false;
    for (String line : lines()) {
      fenced ^= line.startsWith(FENCE);
      if (!fenced && line.startsWith(INDENT)) {
        found.add(line.substring(INDENT.length()).stripTrailing());
      } else if (!fenced && line.isEmpty()) {
        found.add("");
      } else {
        found.add(FENCE);
      }
    }
    found.add(FENCE);
    return found;
  }

  /** The experiment files that it shows whole. */
  List<String> experiments() {
    List<String> found = new ArrayList<>();
    StringBuilder block = new StringBuilder();
    for (String line : blocks()) {
      if (line.equals(FENCE)) {
        // Plans have no scenario.
        if (block.toString().strip().startsWith("name: ") && block.indexOf("scenario:") >= 0) {
          found.add(block.toString());
        }
        block.setLength(0);
      } else {
        block.append(line).append('\n');
      }
    }
    return found;
  }

  /** The program in a fenced block that declares a class. */
  String program(String name) {
    return PROGRAM
        .matcher(Shell.read(file))
        .results()
        .map(block -> block.group(1))
        .filter(program -> program.contains("class " + name + " {"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(file + " shows no class " + name));
  }

  /** The words of a shell line: quotes hold spaces together, and # begins a comment. */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (char c : (line + " ").toCharArray()) {
      if (quote != 0 && c == quote) {
        quote = 0;
      } else if (quote != 0) {
        word.append(c);
      } else if (c == '\'' || c == '"') {
        quote = c;
        inWord = true;
      } else if (c == '#' && !inWord) {
        return words;
      } else if (c != ' ') {
        word.append(c);
        inWord = true;
      } else if (inWord) {
        words.add(word.toString());
        word.setLength(0);
        inWord = false;
      }
    }
    return words;
  }

  @Override
  public String toString() {
    return file.toString();
  }
}

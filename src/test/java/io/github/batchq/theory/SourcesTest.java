package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.evidence.statements.Check;
import io.github.batchq.evidence.statements.Checks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every source that theory or a check names can be looked up: a numbered statement of
 * docs/theory.md, or one of the paper's.
 */
class SourcesTest {
  private static final Path CODE = Path.of("src/main/java/io/github/batchq");

  private static final Pattern STATEMENT = Pattern.compile("\\bT(\\d+)");

  /** Numbered statements and named places of arXiv:2412.04504. */
  private static final Pattern PAPER =
      Pattern.compile(
          "(Prop\\.|Thm|Lemma|Cor\\.|Remarks?|Figures?|Table|Algorithm|Appendix|section|eq\\.)"
              + " \\(?[A-Z]?[0-9.]*");

  private static final Pattern RESULT =
      Pattern.compile(
          "(?:TheoryResult\\.(?:exact|infinite|upperBound|lowerBound|approximation)"
              + "|new (?:TheoryResult\\.)?Undefined)\\(");

  private static Set<String> anchors() throws IOException {
    Set<String> anchors = new HashSet<>();
    for (String line : Files.readAllLines(Path.of("docs/theory.md"))) {
      Matcher heading = Pattern.compile("## T(\\d+)\\. .*").matcher(line);
      if (heading.matches()) {
        assertTrue(anchors.add(heading.group(1)), "twice: " + line);
      }
    }
    assertTrue(anchors.contains("1") && anchors.contains("36"));
    return anchors;
  }

  private static boolean canBeLookedUp(String source, Set<String> anchors) {
    Matcher statement = STATEMENT.matcher(source);
    boolean found = PAPER.matcher(source).find();
    while (statement.find()) {
      if (!anchors.contains(statement.group(1))) {
        return false;
      }
      found = true;
    }
    return found && !source.contains("notes");
  }

  @Test
  void whatIsAndIsNoSource() {
    Set<String> anchors = Set.of("1", "20");
    assertTrue(canBeLookedUp("Prop. 4.1, c B / E[service]", anchors));
    assertTrue(canBeLookedUp("T20, embedded chain", anchors));
    assertTrue(canBeLookedUp("paper, eq. (8), (10), (11)", anchors));
    for (String source : List.of("notes B.5", "T19, a chain", "Pollaczek-Khinchine", "B.4")) {
      assertTrue(!canBeLookedUp(source, anchors), source);
    }
  }

  @Test
  void everyCheckNamesAStatement() throws IOException {
    Set<String> anchors = anchors();
    assertEquals(
        List.of(),
        Checks.all().stream()
            .map(Check::statement)
            .filter(statement -> !canBeLookedUp(statement.source(), anchors))
            .map(statement -> statement.id() + ": " + statement.source())
            .toList());
  }

  /** The last argument of every result that the code makes, as far as it is text. */
  @Test
  void everyResultNamesAStatement() throws IOException {
    Set<String> anchors = anchors();
    List<String> lost = new ArrayList<>();
    int results = 0;
    for (Path file : sourceFiles()) {
      String code = Files.readString(file);
      Matcher made = RESULT.matcher(code);
      while (made.find()) {
        results++;
        String source = text(lastArgument(code, made.end()), code);
        if (!source.isEmpty() && !source.equals("none") && !canBeLookedUp(source, anchors)) {
          lost.add(file.getFileName() + ": " + source);
        }
      }
    }
    assertTrue(results > 80, "found only " + results + " results");
    assertEquals(List.of(), lost);
  }

  private static List<Path> sourceFiles() throws IOException {
    try (Stream<Path> files = Files.walk(CODE)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("TheoryResult.java"))
          .toList();
    }
  }

  /** From the opening bracket of a call on: its last argument. */
  private static String lastArgument(String code, int start) {
    int depth = 1;
    boolean quoted = false;
    int from = start;
    for (int i = start; ; i++) {
      char c = code.charAt(i);
      if (c == '"' && code.charAt(i - 1) != '\\') {
        quoted = !quoted;
      }
      if (quoted) {
        continue;
      }
      depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      if (depth == 0) {
        return code.substring(from, i).strip();
      }
      if (depth == 1 && c == ',') {
        from = i + 1;
      }
    }
  }

  /**
   * The text of an expression: its literals, or those of what it names in the same file. Empty for
   * what another result says.
   */
  private static String text(String expression, String code) {
    if (expression.contains("source()")) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    Matcher literal =
        Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|[A-Za-z_]\\w*").matcher(expression);
    while (literal.find()) {
      if (literal.group(1) != null) {
        text.append(literal.group(1));
      } else if (literal.group().matches("source|[A-Z][A-Z_]+")) {
        Matcher definition =
            Pattern.compile("String " + literal.group() + "\\s*=([^;]*);").matcher(code);
        while (definition.find()) {
          text.append(text(definition.group(1), code)).append(' ');
        }
      }
    }
    return text.toString();
  }

  /** No label of a document that readers do not have is left anywhere. */
  @Test
  void nobodyCitesWhatCannotBeLookedUp() throws IOException {
    Pattern notes = Pattern.compile("\\b(?:our )?notes [AB]\\.\\d|\\(B\\.\\d\\)|\\bour [AB]\\.\\d");
    List<String> found = new ArrayList<>();
    for (Path file : sourceFiles()) {
      Matcher matcher = notes.matcher(read(file));
      while (matcher.find()) {
        found.add(file.getFileName() + ": " + matcher.group());
      }
    }
    assertEquals(List.of(), found);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

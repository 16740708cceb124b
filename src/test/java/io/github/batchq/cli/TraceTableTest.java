package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of formats in the documents says what is read of each file: a line is a command, and
 * the figures that it finds.
 */
class TraceTableTest {
  private static final Path PAGE = Path.of("docs/how-to/traces.md");
  private static final Path FILES = Path.of("src/test/resources/io/github/batchq/traces");
  private static final Pattern LINE = Pattern.compile("\\| `batchq (describe [^`]+)` \\|.*");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  /**
   * A line of the table.
   *
   * @param command the words behind batchq
   * @param figures requests per second, mean length and mean prompt; empty where there is none
   */
  record Line(String command, List<String> figures) {
    @Override
    public String toString() {
      return command;
    }

    Object[] words() {
      List<String> words = new ArrayList<>();
      for (Matcher word = WORD.matcher(command); word.find(); ) {
        words.add(word.group(1) == null ? word.group(2) : word.group(1));
      }
      if (!words.get(1).startsWith("resource:")) {
        words.set(1, FILES.resolve(words.get(1)).toString());
      }
      words.addAll(List.of("--format", "csv"));
      return words.toArray();
    }
  }

  static Stream<Line> lines() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .map(
            line -> {
              String[] cells = line.group().split(" \\|", -1);
              return new Line(
                  line.group(1), List.of(cells[2].strip(), cells[3].strip(), cells[4].strip()));
            });
  }

  @ParameterizedTest
  @MethodSource("lines")
  void findsTheFiguresOfTheTable(Line line) {
    Shell found = Shell.run(line.words());
    assertEquals(0, found.status(), found.err());
    Map<String, String> items = new TreeMap<>();
    for (String row : found.out().lines().toList()) {
      List<String> cells = List.of(row.split(",", -1));
      items.put(cells.get(0) + " " + cells.get(1), cells.get(2));
    }
    assertEquals("4.0", items.get("requests number"));
    List<String> names = List.of("requests rate", "lengths mean", "prompts mean");
    for (int i = 0; i < 3; i++) {
      String figure = line.figures().get(i);
      String item = items.get(names.get(i));
      if (figure.isEmpty()) {
        assertEquals(null, item, names.get(i));
      } else {
        assertEquals(Double.parseDouble(figure), Double.parseDouble(item), 1e-6, names.get(i));
      }
    }
  }

  /** Thirty formats and more, and no file that no line reads. */
  @Test
  void coversAllFiles() throws IOException {
    List<String> commands = lines().map(Line::command).toList();
    assertTrue(commands.size() >= 50, "found " + commands.size());
    try (Stream<Path> files = Files.list(FILES)) {
      assertEquals(
          List.of(),
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> commands.stream().noneMatch(one -> one.contains(" " + name)))
              .toList());
    }
  }
}

package io.github.batchq.file.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of JSON documents: lists of objects, parallel lists, and several runs in one file. */
class JsonDocumentReaderTest {
  @TempDir Path folder;

  private DataFile file(String text) throws IOException {
    Files.writeString(folder.resolve("a.json"), text.replace('\'', '"'));
    return DataFile.of("a.json", folder);
  }

  private static List<String> read(DataFile file, String path, int run, String... columns) {
    List<String> rows = new ArrayList<>();
    try (JsonDocumentReader reader = JsonDocumentReader.open(file, path, run, List.of(columns))) {
      while (reader.next()) {
        rows.add(
            IntStream.range(0, columns.length)
                .mapToObj(i -> reader.holds(i) ? reader.text(i) : "-")
                .collect(Collectors.joining(" ")));
      }
      rows.add("runs " + reader.runs());
    }
    return rows;
  }

  @Test
  void readsAListOfObjectsWhereverItIs() throws IOException {
    DataFile file =
        file(
            "{'a': [1, {'b': 2}], 'runs': [{'x': {'y/z': []}}, {'x': {'y/z': [{'n': 3, 'e': null},"
                + " {'n': '4', 'e': 'x'}]}}, {}], 'z': 1}");
    assertEquals(List.of("3 -", "4 x", "runs 0"), read(file, "/runs/1/x/y~1z", 1, "n", "e"));
    assertEquals(List.of("3", "4", "runs 3"), read(file, "/runs/*/x/y~1z", 2, "n"));
    assertEquals(List.of("runs 3"), read(file, "/runs/*/x/y~1z", 1, "n"));
  }

  @Test
  void readsWhatIsWantedOfLists() throws IOException {
    DataFile file = file("[{'n': [1, 2.5, 4]}, {'n': []}, {'n': [null, 7]}]");
    assertEquals(
        List.of("7.5 3 4 1", "0.0 0 - -", "NaN 2 7 -", "runs 0"),
        read(file, "", 1, "n:sum", "n:count", "n:last", "/n/0"));
  }

  @Test
  void readsParallelListsOfOneRunAfterTheOther() throws IOException {
    String run = "{'t': [1, null], 'skip': [[1]], 'd': [[0.5, 0.25], []], 'e': ['', 'x']}\n";
    DataFile file = file(run + run.replace("[1, null]", "[3, 4]"));
    assertEquals(
        List.of("1 0.75 -", "- 0.0 x", "runs 2"), read(file, "/*", 1, "t[]", "d[]:sum", "e[]"));
    assertEquals(List.of("3", "4", "runs 2"), read(file, "/*", 2, "t[]"));
  }

  /** A malformed entry is one entry; the others are read. */
  @Test
  void leavesMalformedEntriesOut() throws IOException {
    DataFile file = file("[{'n': 1}, 5, {'n': {}}, {'m': 1}, {'n': 2}]");
    BadRows bad = new BadRows(3);
    List<Double> found = new ArrayList<>();
    try (JsonDocumentReader reader = JsonDocumentReader.open(file, "", 1, List.of("n"))) {
      reader.forEachRow(() -> found.add(reader.number(0)), bad);
    }
    assertEquals(List.of(1.0, 2.0), found);
    assertEquals(
        List.of(
            "a.json, entry 2: an object such as {\"tokens\": 5} was expected",
            "a.json, entry 3: n is an object, a number or a text was expected",
            "a.json, entry 4: there is no value of 'n'"),
        bad.reasons());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a': 1} | '' | n | a.json, line 1: a list of objects was expected; rows names where it is",
        "{'a': 1} | /b | n | a.json: there is nothing at /b",
        "[{'a': []}] | /*/a | n | a.json has 1 run, there is no run 2",
        "{'a': [1]} | '' | n[] | a.json: there is no list 'n[]'",
        "[1] | '' | n[] | a.json, line 1: an object with lists was expected",
        "[{'n': 1}, | '' | n | a.json, line 1: no JSON: Unexpected end-of-input",
        "[{'n': 1} {'n': 2}] | '' | n | a.json, line 1: no JSON: ",
        "[{'n': 1, 'n': 2}] | '' | n | a.json, line 1: no JSON: Duplicate field 'n'",
      })
  void refusesInOneSentence(String text, String path, String column, String expected)
      throws IOException {
    DataFile file = file(text);
    String message =
        assertThrows(BadInputException.class, () -> read(file, path, 2, column)).getMessage();
    assertTrue(message.startsWith(expected), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void refusesListsThatAreNotParallel() throws IOException {
    DataFile file = file("{'t': [1, 2], 'n': [1]}");
    assertEquals(
        "a.json: the lists have different numbers of entries: t[] has 2 and n[] 1",
        assertThrows(BadInputException.class, () -> read(file, "", 1, "t[]", "n[]")).getMessage());
    assertTrue(
        assertThrows(BadInputException.class, () -> read(file, "", 1, "t[]", "n"))
            .getMessage()
            .startsWith("a.json: either all columns are parallel lists"));
  }

  /** A line of a document may be longer than a row of a table. */
  @Test
  void readsALongLine() throws IOException {
    String texts = "'" + "x".repeat(1000) + "', ";
    DataFile file = file("{'a': [" + texts.repeat(12_000) + "1], 't': [1, 2]}");
    assertEquals(List.of("1", "2", "runs 0"), read(file, "", 1, "t[]"));
    FileHead head = FileHead.of(file);
    assertTrue(head.has("t[]"));
    assertFalse(head.has("u[]"));
  }
}

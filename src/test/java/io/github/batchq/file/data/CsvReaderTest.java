package io.github.batchq.file.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvReaderTest {
  @TempDir Path folder;

  private DataFile file(String text) throws IOException {
    Files.writeString(folder.resolve("data.csv"), text);
    return DataFile.of("data.csv", folder);
  }

  private String refusal(String text) throws IOException {
    DataFile file = file(text);
    return assertThrows(
            BadInputException.class,
            () -> {
              try (CsvReader reader = CsvReader.open(file, List.of("a"))) {
                while (reader.next()) {
                  double unused = reader.number(0);
                  assertFalse(Double.isNaN(unused));
                }
              }
            })
        .getMessage();
  }

  @Test
  void readsChosenColumnsInAnyOrder() throws IOException {
    try (CsvReader reader =
        CsvReader.open(
            file("\uFEFFa, b ,c\r\n1,x,2.5\r\n\r\n3,\"y\nz\",-4e3\r\n"), List.of("c", "a"))) {
      assertTrue(reader.next());
      assertEquals(2.5, reader.number(0));
      assertEquals("1", reader.text(1));
      assertTrue(reader.next());
      assertEquals(-4000, reader.number(0));
      assertFalse(reader.next());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a\\n1\\n2x\\n | data.csv, line 3: a is '2x', a number was expected",
        "a\\n1\\n\\n2x\\n3 | data.csv, line 4: a is '2x', a number was expected",
        "a\\nNaN\\n | data.csv, line 2: a is 'NaN', a finite number was expected",
        "a,b\\n1,2\\n1\\n | data.csv, line 3: found 1 cells where the header has 2",
        "a,b\\n1,2,3\\n | data.csv, line 2: found 3 cells where the header has 2",
        "b,c\\n1,2\\n | data.csv, line 1: there is no column 'a'; the header has b, c"
      })
  void refusesABadRowWithFileLineAndReason(String text, String message) throws IOException {
    assertEquals(message, refusal(text.replace("\\n", "\n")));
  }

  @Test
  void refusesAnEmptyAndAMissingFile() throws IOException {
    assertTrue(refusal("").startsWith("data.csv is empty"));
    DataFile missing = DataFile.of("none.csv", folder);
    assertEquals(
        "file " + folder.resolve("none.csv") + " does not exist",
        assertThrows(BadInputException.class, () -> CsvReader.open(missing, List.of("a")))
            .getMessage());
    DataFile noResource = DataFile.of("resource:none.csv", folder);
    assertFalse(noResource.exists());
    assertThrows(BadInputException.class, noResource::open);
    assertTrue(DataFile.of("resource:phi35-gsm8k-lengths.csv", folder).exists());
  }
}

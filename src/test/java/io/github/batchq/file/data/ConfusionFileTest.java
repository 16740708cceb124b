package io.github.batchq.file.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfusionFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"2, 52518", "4, 38391", "8, 25785"})
  void carriesThePapersMatrices(int bins, int right) {
    DataFile file = DataFile.of("resource:confusion-lmsys-k" + bins + ".csv", folder);
    double sum = 0;
    double diagonal = 0;
    try (CsvReader reader = CsvReader.open(file)) {
      assertEquals(bins, reader.width());
      for (int i = 0; reader.next(); i++) {
        for (int j = 0; j < bins; j++) {
          sum += reader.number(j);
          diagonal += i == j ? reader.number(j) : 0;
        }
      }
    }
    assertEquals(60_964, sum);
    assertEquals(right, diagonal);
    assertEquals(bins, ConfusionFile.read(file).bins());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|is empty; a header line",
        "a,b|needs at least one row",
        "a,b;1,2|found 1 row and 2 columns in row 1 (its first line is a header)",
        "a,b;1,2;3|line 3: found 1 cells where the header has 2",
        "a,b;1,2;3,x|line 3: b is 'x', a number was expected",
        "a,b;1,2;3,-1|m.csv: entries of a confusion matrix must be finite and at least 0, found -1.0 in row 2"
      })
  void refusesFiles(String text, String words) throws IOException {
    Path file = folder.resolve("m.csv");
    Files.writeString(file, text.replace(';', '\n'));
    String message =
        assertThrows(
                BadInputException.class, () -> ConfusionFile.read(DataFile.of("m.csv", folder)))
            .getMessage();
    assertTrue(message.contains(words), message);
    assertEquals(1, message.lines().count());
  }
}

package io.github.batchq.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.file.data.ConfusionFile;
import io.github.batchq.file.data.CsvReader;
import io.github.batchq.file.data.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfusionMatrixTest {
  @TempDir Path folder;

  @Test
  void rowsAreNormalised() {
    ConfusionMatrix matrix = ConfusionMatrix.of(new double[][] {{30, 10}, {0, 1e308}});
    assertEquals(0.75, matrix.probability(0, 0));
    assertEquals(0.25, matrix.probability(0, 1));
    assertEquals(0, matrix.probability(1, 0));
    assertEquals(1, matrix.probability(1, 1));
    assertFalse(matrix.isIdentity());
    assertEquals(
        0.5, ConfusionMatrix.of(new double[][] {{1e308, 1e308}, {1, 0}}).probability(0, 1));
    assertEquals(matrix, ConfusionMatrix.of(new double[][] {{3, 1}, {0, 2}}));
    assertEquals(matrix.hashCode(), ConfusionMatrix.of(new double[][] {{3, 1}, {0, 2}}).hashCode());
    assertNotEquals(matrix, ConfusionMatrix.identity(2));
    assertTrue(ConfusionMatrix.of(new double[][] {{5, 0}, {0, 2}}).isIdentity());
    assertEquals("confusion of 2 bins", matrix.toString());
  }

  @Test
  void symmetricErrors() {
    ConfusionMatrix matrix = ConfusionMatrix.symmetric(4, 0.1);
    double[][] expected = {
      {0.9, 0.1, 0, 0}, {0.1, 0.8, 0.1, 0}, {0, 0.1, 0.8, 0.1}, {0, 0, 0.1, 0.9}
    };
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        assertEquals(expected[i][j], matrix.probability(i, j), 1e-16);
      }
    }
    assertEquals(0, ConfusionMatrix.symmetric(3, 0.5).probability(1, 1));
    assertEquals(0, ConfusionMatrix.symmetric(2, 1).probability(0, 0));
    assertTrue(ConfusionMatrix.symmetric(1, 0.7).isIdentity());
    assertEquals(ConfusionMatrix.identity(5), ConfusionMatrix.symmetric(5, 0));
  }

  /** Inversion: the predicted bin does not decrease with u, and edges of u stay in the matrix. */
  @Test
  void predictsByInversion() {
    ConfusionMatrix matrix =
        ConfusionMatrix.of(new double[][] {{0, 1, 0, 3}, {1, 1, 1, 1}, {0, 0, 2, 0}, {1, 0, 0, 0}});
    assertEquals(1, matrix.predict(0, 0));
    assertEquals(1, matrix.predict(0, 0.2499));
    assertEquals(3, matrix.predict(0, 0.25));
    assertEquals(3, matrix.predict(0, Math.nextDown(1.0)));
    assertEquals(2, matrix.predict(2, 0.9));
    assertEquals(0, matrix.predict(3, 0.9));
    assertEquals(2, matrix.predict(1, 0.5));
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(new double[][] {}, "at least one row"),
        Arguments.of(new double[][] {{}}, "found 1 row and 0 columns in row 1"),
        Arguments.of(new double[][] {{1, 2}}, "found 1 row and 2 columns in row 1"),
        Arguments.of(new double[][] {{1, 2}, {3}}, "found 2 rows and 1 columns in row 2"),
        Arguments.of(new double[][] {{1, 2}, {3, -4}}, "found -4.0 in row 2"),
        Arguments.of(new double[][] {{1, Double.NaN}, {3, 4}}, "found NaN in row 1"),
        Arguments.of(
            new double[][] {{1, Double.POSITIVE_INFINITY}, {3, 4}}, "found Infinity in row 1"),
        Arguments.of(
            new double[][] {{1, 2}, {0, 0}}, "row 2 of the confusion matrix is all zeros"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void refuses(double[][] weights, String words) {
    String message = refusal(() -> ConfusionMatrix.of(weights));
    assertTrue(message.contains(words), message);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.1, number of bins",
    "2, -0.1, 'in [0, 1]'",
    "2, 1.1, 'in [0, 1]'",
    "2, NaN, 'in [0, 1]'",
    "3, 0.51, 'in [0, 0.5]'"
  })
  void refusesErrorRates(int bins, double rate, String words) {
    String message = refusal(() -> ConfusionMatrix.symmetric(bins, rate));
    assertTrue(message.contains(words), message);
  }

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

  private static String refusal(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}

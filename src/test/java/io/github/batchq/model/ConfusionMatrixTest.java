package io.github.batchq.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfusionMatrixTest {
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

  /** From left to right, whatever the number of processors: each bin ends where its sum says. */
  @Test
  void runningSumsAreAddedFromLeftToRight() {
    int bins = 200;
    double[][] weights = new double[bins][bins];
    SplittableRandom random = new SplittableRandom(4);
    for (double[] row : weights) {
      Arrays.setAll(row, j -> random.nextDouble(0.1, 1));
    }
    ConfusionMatrix matrix = ConfusionMatrix.of(weights);
    double sum = 0;
    for (int j = 0; j < bins - 1; j++) {
      sum += matrix.probability(0, j);
      assertEquals(j, matrix.predict(0, Math.nextDown(sum)));
      assertEquals(j + 1, matrix.predict(0, sum));
    }
  }

  private static String refusal(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}

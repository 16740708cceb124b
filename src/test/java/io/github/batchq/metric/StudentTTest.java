package io.github.batchq.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import umontreal.ssj.probdist.StudentDist;

/** The quantile beside tables and SSJ's. */
class StudentTTest {
  @ParameterizedTest
  @CsvSource({
    "1, 0.95, 12.7062",
    "9, 0.95, 2.26216",
    "9, 0.99, 3.24984",
    "19, 0.999, 3.88341",
    "1000000, 0.95, 1.95997"
  })
  void theQuantileIsThatOfTables(int degreesOfFreedom, double confidence, double quantile) {
    assertEquals(quantile, StudentT.quantile(degreesOfFreedom, confidence), 5e-5);
    assertEquals(
        StudentDist.inverseF(degreesOfFreedom, (1 + confidence) / 2),
        StudentT.quantile(degreesOfFreedom, confidence),
        1e-6);
  }
}

package io.github.batchq.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import umontreal.ssj.probdist.StudentDist;

/** The quantile beside tables and SSJ's. */
class StudentTTest {
  @ParameterizedTest
  @CsvFileSource(resources = "/io/github/batchq/metric/student-t.csv", delimiter = '|')
  void theQuantileIsThatOfTables(int degreesOfFreedom, double confidence, double quantile) {
    assertEquals(quantile, StudentT.quantile(degreesOfFreedom, confidence), 5e-5);
    assertEquals(
        StudentDist.inverseF(degreesOfFreedom, (1 + confidence) / 2),
        StudentT.quantile(degreesOfFreedom, confidence),
        1e-6);
  }
}

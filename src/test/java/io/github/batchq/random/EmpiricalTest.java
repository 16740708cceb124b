package io.github.batchq.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.ReferenceValues;
import io.github.batchq.file.LawCall;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.data.EmpiricalSpec;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import umontreal.ssj.rng.LFSR258;

class EmpiricalTest {
  @TempDir Path folder;

  private Empirical read(String text, @Nullable String counts) throws IOException {
    Files.writeString(folder.resolve("lengths.csv"), text);
    return new EmpiricalSpec(DataFile.of("lengths.csv", folder), "tokens", counts).create();
  }

  @Test
  void readsTheLengthsThatBatchqCarries() {
    Empirical law = LawBatteryTest.GSM8K;
    assertEquals(7255, law.total());
    assertEquals(ReferenceValues.value("theory", "gsm8k, mean"), law.mean(), 5e-7);
    assertEquals(212, law.quantile(0.5));
    assertEquals(34, law.lower());
    assertEquals(579, law.upper());
    assertEquals("empirical(resource:phi35-gsm8k-lengths.csv,tokens,count)", law.toString());
    double sum = 0;
    long before = 0;
    for (int i = 0; i < law.atoms(); i++) {
      sum += law.atom(i) * (law.cumulativeCount(i) - before);
      before = law.cumulativeCount(i);
    }
    assertEquals(sum / 7255, law.mean(), 1e-12);
  }

  @Test
  void mergesAndSortsWhatItIsGiven() {
    Empirical law = Empirical.of(new double[] {3, 0, 3, 8.5, 1}, new long[] {1, 2, 3, 4, 0});
    assertEquals(3, law.atoms());
    assertEquals(0, law.atom(0));
    assertEquals(3, law.atom(1));
    assertEquals(8.5, law.atom(2));
    assertEquals(2, law.cumulativeCount(0));
    assertEquals(6, law.cumulativeCount(1));
    assertEquals(10, law.total());
    assertEquals(0.6, law.cdf(3));
    assertEquals(0.2, law.cdf(2.9));
    assertEquals(0.4, law.survival(3));
    assertEquals(0.8, law.atLeast(3));
    assertEquals(0.4, law.density(3));
    assertEquals(0, law.density(2));
    assertEquals(4.6, law.mean(), 1e-15);
    assertEquals(0.2 * 0 + 0.4 * 9 + 0.4 * 72.25 - 4.6 * 4.6, law.variance(), 1e-13);
    assertEquals("empirical(10 values)", law.toString());
    assertEquals(Empirical.of(new double[] {0, -0.0, 3, 3, 3, 3, 8.5, 8.5, 8.5, 8.5}), law);
    assertEquals(
        Empirical.of(new double[] {0, -0.0, 3, 3, 3, 3, 8.5, 8.5, 8.5, 8.5}).hashCode(),
        law.hashCode());
    assertNotEquals(Empirical.of(new double[] {0, 3, 8.5}), law);
  }

  @Test
  void quantileAtTheShareOfAnAtomIsThatAtom() {
    for (int n = 1; n <= 200; n++) {
      double[] values = new double[n];
      for (int i = 0; i < n; i++) {
        values[i] = i + 1;
      }
      Empirical law = Empirical.of(values);
      for (int i = 1; i <= n; i++) {
        double share = i / (double) n;
        assertEquals(i, law.quantile(share));
        assertEquals(i == n ? n : i + 1, law.quantile(Math.min(1, Math.nextUp(share))));
        assertEquals(i, law.upperQuantile((n - i) / (double) n));
      }
    }
  }

  @Test
  void drawsEachObservationOnItsShareOfTheUnitInterval() {
    Empirical law = LawBatteryTest.GSM8K;
    DoubleUnaryOperator transform = law.transform();
    int atom = 0;
    for (long k = 0; k < law.total(); k++) {
      if (law.cumulativeCount(atom) <= k) {
        atom++;
      }
      assertEquals(law.atom(atom), transform.applyAsDouble((k + 0.5) / law.total()));
    }
    assertEquals(579, transform.applyAsDouble(Math.nextDown(1.0)));
    assertEquals(34, transform.applyAsDouble(0));
  }

  @Test
  void unevenCountsAreDrawnInProportion() {
    double[] values = {1, 2, 3, 4, 5};
    long[] counts = {1_000_000, 1, 50, 3, 400_000};
    Empirical law = Empirical.of(values, counts);
    DoubleUnaryOperator transform = law.transform();
    LFSR258 stream = LawBatteryTest.stream();
    int draws = 2_000_000;
    long[] seen = new long[5];
    for (int i = 0; i < draws; i++) {
      seen[(int) transform.applyAsDouble(stream.nextDouble()) - 1]++;
    }
    // The rare atoms 2 and 4 are pooled with 3 so that every expectation is above 5.
    double[] observed = {seen[0], seen[1] + seen[2] + seen[3], seen[4]};
    double[] share = {1_000_000, 54, 400_000};
    double chiSquare = 0;
    for (int i = 0; i < 3; i++) {
      double expected = draws * share[i] / law.total();
      chiSquare += (observed[i] - expected) * (observed[i] - expected) / expected;
    }
    double critical = new ChiSquaredDistribution(2).inverseCumulativeProbability(1 - 1e-4);
    assertTrue(chiSquare < critical, "chi-square " + chiSquare);
  }

  @Test
  void readsOneObservationFromEachRowWithoutACountColumn() throws IOException {
    Empirical law = read("tokens,other\n5,x\n2,y\n5,z\n", null);
    assertEquals(Empirical.of(new double[] {2, 5, 5}), law);
    assertEquals("empirical(lengths.csv,tokens)", law.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          5,1;-3,2  | lengths.csv, line 3: tokens is '-3', a number of at least 0 was expected
          5,1;x,2   | lengths.csv, line 3: tokens is 'x', a number was expected
          NaN,1     | lengths.csv, line 2: tokens is 'NaN', a finite number was expected
          5,1.5     | lengths.csv, line 2: n is '1.5', a whole number from 0 to 999999999999999 was expected
          5,-1      | lengths.csv, line 2: n is '-1', a whole number from 0 to 999999999999999 was expected
          5         | lengths.csv, line 2: found 1 cells where the header has 2
          5,0       | lengths.csv has no observation in column 'tokens'
          """)
  void refusesBadRows(String rows, String message) {
    String text = "tokens,n\n" + rows.strip().replace(';', '\n') + "\n";
    assertEquals(
        message, assertThrows(BadInputException.class, () -> read(text, "n")).getMessage());
  }

  @Test
  void refusesBadObservations() {
    assertRefused("values must be finite and at least 0, found -1.0", new double[] {-1}, 1);
    assertRefused(
        "values must be finite and at least 0, found Infinity",
        new double[] {Double.POSITIVE_INFINITY},
        1);
    assertRefused("counts must be at least 0, found -1", new double[] {1}, -1);
    assertRefused("counts must have a positive sum, found no observation", new double[] {1}, 0);
    assertRefused("counts must have a positive sum, found no observation", new double[0]);
    assertRefused(
        "counts must be as many as values, found 1 counts and 2 values", new double[] {1, 2}, 1);
    assertRefused("counts must sum to at most 2^53, found more", new double[] {1, 2}, 1L << 53, 1);
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Empirical.of(new double[] {1, 5}).between(3, 4))
                .getMessage());
    assertTrue(message.contains("empirical(2 values), found [3,4]"), message);
  }

  private static void assertRefused(String message, double[] values, long... counts) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> Empirical.of(values, counts))
            .getMessage());
  }

  /** Nobody who had no answer is counted, unless somebody wants it; and that is told. */
  @Test
  void leavesZerosOutAndTellsIt() throws IOException {
    Files.writeString(folder.resolve("lengths.csv"), "tokens\n0\n5\n7\n0\n-0\n");
    DataFile file = DataFile.of("lengths.csv", folder);
    BadRows told = BadRows.none();
    assertEquals(6, new EmpiricalSpec(file, "tokens", null).create(told).mean());
    assertEquals(
        List.of(
            "lengths.csv: 3 values of 0 in column 'tokens' left out; keepZero: true, the last"
                + " argument of empirical(...), keeps such"),
        told.notes());
    Empirical all = new EmpiricalSpec(file, "tokens", null, true).create(told);
    assertEquals(12 / 5.0, all.mean());
    assertEquals("empirical(lengths.csv,tokens,,true)", all.toString());
    assertEquals(1, told.notes().size());
    assertEquals(
        12 / 5.0, LawCall.law("empirical(" + folder + "/lengths.csv,tokens,,true)", folder).mean());
    Files.writeString(folder.resolve("lengths.csv"), "tokens\n0\n");
    assertThrows(BadInputException.class, () -> new EmpiricalSpec(file, "tokens", null).create());
  }
}

package io.github.batchq.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only the empirical law has: counts, atoms and files. */
class EmpiricalTest {
  private static final EmpiricalSpec GSM8K =
      new EmpiricalSpec(
          DataFile.of("resource:phi35-gsm8k-lengths.csv", Path.of(".")), "tokens", "count");

  @Test
  void mergesAndSortsAndDropsUnobservedValues() {
    Empirical law = Empirical.of(new double[] {3, 1, 3, 2, -0.0}, new long[] {1, 2, 3, 0, 4});
    assertEquals(3, law.atoms());
    assertArrayEquals(new double[] {0, 1, 3}, law.breakpoints());
    assertEquals(3, law.atom(2));
    assertEquals(4, law.cumulativeCount(0));
    assertEquals(6, law.cumulativeCount(1));
    assertEquals(10, law.total());
    assertEquals("empirical(10 values)", law.toString());
    assertEquals(
        law, Empirical.of(new double[] {0, 0, 0, 0, 1, 1, 3, 3, 3, 3}), "one value at a time");
    assertNotEquals(law, Empirical.of(new double[] {0, 1, 3}));
  }

  @Test
  void probabilitiesAreQuotientsOfCounts() {
    Empirical law = Empirical.of(new double[] {1, 3, 3, 7});
    assertEquals(0, law.cdf(0.999));
    assertEquals(0.25, law.cdf(1));
    assertEquals(0.75, law.cdf(3));
    assertEquals(0.25, law.survival(3));
    assertEquals(0.75, law.atLeast(3));
    assertEquals(0.5, law.density(3));
    assertEquals(0, law.density(4));
    assertEquals(3, law.quantile(0.25 + 1e-12));
    assertEquals(1, law.quantile(0.25));
    assertEquals(3.5, law.mean());
    assertEquals(4.75, law.variance());
  }

  @Test
  void gsm8kLengthsAreThoseOfThePaper() {
    Empirical law = GSM8K.create();
    assertEquals(7255, law.total());
    assertEquals(233.567057, law.mean(), 5e-7);
    assertEquals(212, law.quantile(0.5));
    assertEquals(34, law.lower());
    assertEquals(579, law.upper());
    assertEquals("empirical(resource:phi35-gsm8k-lengths.csv,tokens,count)", law.toString());
    assertEquals(law, GSM8K.create());
    assertEquals(law.hashCode(), GSM8K.create().hashCode());
  }

  @Test
  void withoutCountsEveryRowIsOneObservation(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("a.csv"), "id,s\nx,2\ny,1.5\nz,2\n");
    LawSpec spec = new EmpiricalSpec(DataFile.of("a.csv", folder), "s", null);
    assertEquals(Empirical.of(new double[] {1.5, 2, 2}), spec.create());
    assertEquals("empirical(a.csv,s)", spec.create().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v;1;-1    | n | a.csv, line 3: v is '-1', a number at least 0 was expected",
        "v;1;x     |   | a.csv, line 3: v is 'x', a number was expected",
        "v;1;NaN   |   | a.csv, line 3: v is 'NaN', a finite number was expected",
        "v,n;1,1.5 | n | a.csv, line 2: n is '1.5', a whole number at least 0 was expected",
        "v,n;1,-1  | n | a.csv, line 2: n is '-1', a whole number at least 0 was expected",
        "v,n;1,0   | n | a.csv has no observation in column 'v'",
        "v         |   | a.csv has no observation in column 'v'",
        "w;1       |   | a.csv, line 1: there is no column 'v'; the header has w",
      })
  void refusesBadFiles(String lines, @Nullable String counts, String message, @TempDir Path folder)
      throws IOException {
    String text = lines.replace("v;1;-1", "v,n;1,1;-1,1").replace(';', '\n');
    Files.writeString(folder.resolve("a.csv"), text);
    LawSpec spec = new EmpiricalSpec(DataFile.of("a.csv", folder), "v", counts);
    assertEquals(message, assertThrows(BadInputException.class, spec::create).getMessage());
  }

  @Test
  void refusesBadValues() {
    assertRefused("a value must be finite and at least 0, found -1.0", -1, 1);
    assertRefused("a value must be finite and at least 0, found NaN", Double.NaN, 1);
    assertRefused("a count must be at least 0, found -2", 1, -2);
    assertRefused("values must have a positive total count, found none", 1, 0);
    assertEquals(
        "counts must be as many as values, found 2 counts and 1 values",
        assertThrows(
                IllegalArgumentException.class,
                () -> Empirical.of(new double[] {1}, new long[] {1, 2}))
            .getMessage());
  }

  private static void assertRefused(String message, double value, long count) {
    assertEquals(
        message,
        assertThrows(
                IllegalArgumentException.class,
                () -> Empirical.of(new double[] {value}, new long[] {count}))
            .getMessage());
  }
}

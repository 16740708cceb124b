package io.github.batchq.random;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.CsvReader;
import io.github.batchq.model.DataFile;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The empirical law of a column of a CSV file, such as {@code
 * empirical(resource:phi35-gsm8k-lengths.csv,tokens,count)}.
 *
 * @param file the file, with a header line
 * @param column name of the column of values, finite and at least 0
 * @param counts name of the column that says how often a row's value was observed, whole numbers at
 *     least 0; null where every row is one observation
 */
public record EmpiricalSpec(DataFile file, String column, @Nullable String counts)
    implements LawSpec {
  /** Whole numbers up to here are exact as doubles. */
  private static final double LARGEST_COUNT = 0x1p53;

  /**
   * Reads the file.
   *
   * @throws BadInputException if the file is missing or has no such column, a value is negative or
   *     no finite number, a count is negative or not whole, or no count is positive
   */
  @Override
  public Empirical create() {
    List<String> columns = counts == null ? List.of(column) : List.of(column, counts);
    SortedMap<Double, Long> merged = new TreeMap<>();
    try (CsvReader reader = CsvReader.open(file, columns)) {
      while (reader.next()) {
        double value = reader.number(0);
        if (value < 0) {
          throw reader.refuse(
              column + " is '" + reader.text(0) + "', a number at least 0 was expected");
        }
        Empirical.add(merged, value, counts == null ? 1 : count(reader, counts));
      }
    }
    if (merged.isEmpty()) {
      throw new BadInputException(file + " has no observation in column '" + column + "'");
    }
    return Empirical.of(merged, toString());
  }

  private static long count(CsvReader reader, String column) {
    double count = reader.number(1);
    if (count < 0 || count != Math.rint(count) || count > LARGEST_COUNT) {
      throw reader.refuse(
          column + " is '" + reader.text(1) + "', a whole number at least 0 was expected");
    }
    return (long) count;
  }

  @Override
  public String toString() {
    return counts == null
        ? Call.of("empirical", file, column)
        : Call.of("empirical", file, column, counts);
  }
}

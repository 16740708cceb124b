package io.github.batchq.file.data;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRows;
import io.github.batchq.model.Excerpt;
import io.github.batchq.model.Key;
import io.github.batchq.model.NumberText;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.LawSpec;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The law of the values in a column of a CSV file: one observation in each row, or as many as
 * another column counts.
 *
 * @param file a CSV file with a header line
 * @param column name of the column of the values, finite numbers of at least 0
 * @param counts name of the column of their counts, whole numbers of at least 0; null for one
 *     observation in each row
 * @param keepZero whether values of 0 are kept; they are left out when absent
 */
public record EmpiricalSpec(
    @Key(about = "CSV file with a header line", example = "'resource:phi35-gsm8k-lengths.csv'")
        DataFile file,
    @Key(about = "name of the column of the values, numbers of at least 0", example = "tokens")
        String column,
    @Key(
            about = "name of the column that says how often each value was seen",
            absent = "each row is one value",
            example = "count")
        @Nullable String counts,
    @Key(
            about = "whether values of 0 are kept",
            absent = "false: they are left out, counted and told",
            example = "true")
        @Nullable Boolean keepZero)
    implements LawSpec {
  /** The law of a column without the values of 0. */
  public EmpiricalSpec(DataFile file, String column, @Nullable String counts) {
    this(file, column, counts, null);
  }

  /**
   * Reads the file.
   *
   * @throws BadInputException if the file is missing, lacks a column or has no observation, or if a
   *     row is malformed; names file, line and reason
   */
  @Override
  public Empirical create() {
    return create(BadRows.none());
  }

  @Override
  public Empirical create(BadRows told) {
    TreeMap<Double, Long> observed = new TreeMap<>();
    List<String> columns = counts == null ? List.of(column) : List.of(column, counts);
    try (CsvReader reader = CsvReader.open(file, columns)) {
      while (reader.next()) {
        double value = reader.number(0);
        if (value < 0) {
          throw reader.refuse(
              column
                  + " is '"
                  + Excerpt.of(reader.text(0))
                  + "', a number of at least 0 was expected");
        }
        long count = counts == null ? 1 : count(reader, counts);
        observed.merge(value + 0.0, count, Long::sum);
      }
    }
    Long zeros = observed.get(0.0);
    if (zeros != null && zeros > 0 && !Boolean.TRUE.equals(keepZero)) {
      observed.remove(0.0);
      told.note(
          file
              + ": "
              + zeros
              + (zeros == 1 ? " value" : " values")
              + " of 0 in column '"
              + column
              + "' left out; keepZero: true, the last argument of empirical(...), keeps such");
    }
    if (observed.values().stream().noneMatch(count -> count > 0)) {
      throw new BadInputException(file + " has no observation in column '" + column + "'");
    }
    return Empirical.of(
        observed.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
        observed.values().stream().mapToLong(Long::longValue).toArray(),
        toString());
  }

  private static long count(CsvReader reader, String name) {
    String text = reader.text(1);
    // At most 15 digits, so that no sum over a file that fits on a disk overflows.
    return NumberText.whole(text).stream()
        .filter(count -> count >= 0 && count < 1_000_000_000_000_000L)
        .findFirst()
        .orElseThrow(
            () ->
                reader.refuse(
                    name
                        + " is '"
                        + Excerpt.of(text)
                        + "', a whole number from 0 to 999999999999999 was expected"));
  }

  @Override
  public String toString() {
    String zeros = Boolean.TRUE.equals(keepZero) ? "," : "";
    return "empirical("
        + file
        + ","
        + column
        + (counts == null ? zeros : "," + counts)
        + (zeros.isEmpty() ? "" : ",true")
        + ")";
  }
}

package io.github.batchq.file.data;

import io.github.batchq.model.BadRowException;
import io.github.batchq.model.Excerpt;
import io.github.batchq.service.Measurement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Measured batches in CSV files, one in each row. */
public final class MeasurementFile {
  /** The columns of a file without prompts. */
  static final List<String> COLUMNS = List.of("batchSize", "length", "seconds");

  private static final String PROMPTS = "promptTokens";

  private MeasurementFile() {}

  /**
   * Reads measurements.
   *
   * @param file a table with the columns
   * @param columns which column is what
   * @return the measurements by the values of the group columns, in the order of the file; all of
   *     them by an empty list where there are none
   * @throws io.github.batchq.model.BadInputException if it has no such columns or a number out of
   *     its range
   */
  public static Map<List<String>, List<Measurement>> read(
      DataFile file, MeasurementColumns columns) {
    String prompts = columns.promptTokens();
    if (prompts == null) {
      try (CsvReader header = CsvReader.open(file)) {
        prompts = header.columns().contains(PROMPTS) ? PROMPTS : null;
      }
    }
    List<String> names = new ArrayList<>();
    names.add(columns.batchSize());
    names.add(columns.length());
    names.add(columns.seconds());
    if (prompts != null) {
      names.add(prompts);
    }
    int first = names.size();
    names.addAll(columns.groups());
    Map<List<String>, List<Measurement>> found = new LinkedHashMap<>();
    try (CsvReader reader = CsvReader.open(file, names)) {
      while (reader.next()) {
        List<String> group = IntStream.range(first, names.size()).mapToObj(reader::text).toList();
        found
            .computeIfAbsent(group, key -> new ArrayList<>())
            .add(row(reader, first > COLUMNS.size(), columns));
      }
    }
    return found;
  }

  /**
   * The measurement in the reader's row.
   *
   * @param reader a file with {@link #COLUMNS}
   */
  static Measurement row(CsvReader reader) {
    return row(reader, false, MeasurementColumns.DEFAULT);
  }

  /**
   * The measurement in the reader's row.
   *
   * @param reader a file with three columns as {@link #COLUMNS}
   * @param prompts whether its fourth column counts prompt tokens
   * @param columns what they count, and the unit
   * @throws io.github.batchq.model.BadRowException if a number is out of its range
   */
  private static Measurement row(CsvReader reader, boolean prompts, MeasurementColumns columns) {
    double batchSize = reader.number(0);
    if (!(batchSize >= 1 && batchSize <= Integer.MAX_VALUE) || batchSize != Math.rint(batchSize)) {
      throw outOfRange(reader, 0, "a whole number of at least 1");
    }
    if (!(reader.number(1) >= 0)) {
      throw outOfRange(reader, 1, "at least 0");
    }
    if (!(reader.number(2) > 0)) {
      throw outOfRange(reader, 2, "positive");
    }
    double promptTokens = prompts ? reader.number(3) : 0;
    if (!(promptTokens >= 0 && promptTokens <= 1e15) || promptTokens != Math.rint(promptTokens)) {
      throw outOfRange(reader, 3, "a whole number of at least 0");
    }
    return new Measurement(
        (int) batchSize,
        reader.number(1),
        columns.unit().seconds(reader.number(2)),
        (long) (promptTokens * (columns.promptsOfOne() ? batchSize : 1)));
  }

  private static BadRowException outOfRange(CsvReader reader, int column, String allowed) {
    return reader.refuse(
        Excerpt.of(reader.column(column))
            + " must be "
            + allowed
            + ", found "
            + Excerpt.of(reader.text(column)));
  }
}

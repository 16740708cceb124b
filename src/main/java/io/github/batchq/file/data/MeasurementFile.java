package io.github.batchq.file.data;

import io.github.batchq.model.Excerpt;
import io.github.batchq.service.Measurement;
import java.util.ArrayList;
import java.util.List;

/** Measured batches in CSV files, one in each row. */
public final class MeasurementFile {
  /** The columns of a file without prompts. */
  static final List<String> COLUMNS = List.of("batchSize", "length", "seconds");

  private static final String PROMPTS = "promptTokens";

  private MeasurementFile() {}

  /**
   * Reads measurements.
   *
   * @param file CSV file with the columns batchSize, length and seconds, and perhaps promptTokens
   * @throws io.github.batchq.model.BadInputException if it has no such columns or a number out of
   *     its range
   */
  public static List<Measurement> read(DataFile file) {
    List<String> columns = new ArrayList<>(COLUMNS);
    try (CsvReader header = CsvReader.open(file)) {
      if (header.columns().contains(PROMPTS)) {
        columns.add(PROMPTS);
      }
    }
    List<Measurement> found = new ArrayList<>();
    try (CsvReader reader = CsvReader.open(file, columns)) {
      while (reader.next()) {
        found.add(row(reader, columns.size() > COLUMNS.size()));
      }
    }
    return found;
  }

  /**
   * The measurement in the reader's row.
   *
   * @param reader a file with {@link #COLUMNS}
   * @param prompts whether its fourth column counts prompt tokens
   * @throws io.github.batchq.model.BadRowException if a number is out of its range
   */
  static Measurement row(CsvReader reader, boolean prompts) {
    double batchSize = reader.number(0);
    if (!(batchSize >= 1 && batchSize <= Integer.MAX_VALUE) || batchSize != Math.rint(batchSize)) {
      throw reader.refuse(
          "batchSize must be a whole number of at least 1, found " + Excerpt.of(reader.text(0)));
    }
    if (!(reader.number(1) >= 0)) {
      throw reader.refuse("length must be at least 0, found " + Excerpt.of(reader.text(1)));
    }
    if (!(reader.number(2) > 0)) {
      throw reader.refuse("seconds must be positive, found " + Excerpt.of(reader.text(2)));
    }
    double promptTokens = prompts ? reader.number(3) : 0;
    if (!(promptTokens >= 0 && promptTokens <= 1e15) || promptTokens != Math.rint(promptTokens)) {
      throw reader.refuse(
          "promptTokens must be a whole number of at least 0, found " + Excerpt.of(reader.text(3)));
    }
    return new Measurement(
        (int) batchSize, reader.number(1), reader.number(2), (long) promptTokens);
  }
}

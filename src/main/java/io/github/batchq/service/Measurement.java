package io.github.batchq.service;

import io.github.batchq.model.CsvReader;
import io.github.batchq.model.Excerpt;
import java.util.List;

/**
 * A measured batch.
 *
 * @param batchSize number of requests, at least 1
 * @param length longest length in the batch, finite, at least 0
 * @param seconds how long the batch took, positive and finite
 * @param promptTokens prompt tokens of all its requests, at least 0
 */
public record Measurement(int batchSize, double length, double seconds, long promptTokens) {
  /** The columns of a file of measurements without prompts. */
  static final List<String> COLUMNS = List.of("batchSize", "length", "seconds");

  /**
   * The measurement in the reader's row.
   *
   * @param reader a file with {@link #COLUMNS}
   * @param prompts whether its fourth column counts prompt tokens
   * @throws io.github.batchq.model.BadInputException if a number is out of its range
   */
  static Measurement of(CsvReader reader, boolean prompts) {
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

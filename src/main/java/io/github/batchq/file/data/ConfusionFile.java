package io.github.batchq.file.data;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ConfusionMatrix;
import java.util.ArrayList;
import java.util.List;

/** Confusion matrices in CSV files. */
public final class ConfusionFile {
  private ConfusionFile() {}

  /**
   * Reads a matrix: below a header line, one line for each true bin with one column for each
   * predicted bin, counts or probabilities.
   *
   * @throws BadInputException if the file is missing or malformed, or holds no such matrix
   */
  public static ConfusionMatrix read(DataFile file) {
    List<double[]> rows = new ArrayList<>();
    try (CsvReader reader = CsvReader.open(file)) {
      while (reader.next()) {
        double[] row = new double[reader.width()];
        for (int j = 0; j < row.length; j++) {
          row[j] = reader.number(j);
        }
        rows.add(row);
        if (rows.size() > row.length) {
          // Now, since what was named by mistake may have any number of rows.
          throw reader.refuse(
              "a confusion matrix has as many columns as rows, found "
                  + row.length
                  + (row.length == 1 ? " column" : " columns")
                  + " and more rows below the header");
        }
      }
    }
    try {
      return ConfusionMatrix.of(rows.toArray(double[][]::new));
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          file + ": " + e.getMessage() + " (its first line is a header)", e);
    }
  }
}

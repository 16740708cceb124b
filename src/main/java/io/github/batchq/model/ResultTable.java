package io.github.batchq.model;

import java.util.List;
import org.apache.commons.csv.CSVFormat;

/**
 * A table of results as it stands on disk: named columns and rows of text. An empty cell means that
 * the value is not defined. Numbers are written with full double precision.
 *
 * @param columns names, all different
 * @param rows each as long as {@code columns}
 */
public record ResultTable(List<String> columns, List<List<String>> rows) {
  private static final String LINE_END = "\n";

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator(LINE_END).get();

  public ResultTable {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /**
   * Text of a number in a cell: the shortest decimal that reads back as the same double; empty for
   * NaN.
   */
  public static String cell(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  /** Whether there is a column of this name. */
  public boolean has(String column) {
    return columns.contains(column);
  }

  /**
   * Text of a cell.
   *
   * @throws BadInputException if there is no such column
   */
  public String text(int row, String column) {
    int index = columns.indexOf(column);
    if (index < 0) {
      throw new BadInputException(
          "there is no column '" + column + "'; the table has " + String.join(", ", columns));
    }
    return rows.get(row).get(index);
  }

  /**
   * Number in a cell; NaN where the cell is empty.
   *
   * @throws BadInputException if there is no such column or the text is not a number
   */
  public double number(int row, String column) {
    String text = text(row, column);
    if (text.isEmpty()) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new BadInputException(
          "row " + (row + 1) + ", column '" + column + "': '" + text + "' is not a number", e);
    }
  }

  /** The table as CSV with a header line. */
  public String toCsv() {
    StringBuilder out = new StringBuilder(line(columns));
    rows.forEach(row -> out.append(line(row)));
    return out.toString();
  }

  private static String line(List<String> cells) {
    return FORMAT.format(cells.toArray()) + LINE_END;
  }
}

package io.github.batchq.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;

/**
 * A table of results as it stands on disk: named columns and rows of text. An empty cell means that
 * the value is not defined. Numbers are written with full double precision. A table of many rows
 * keeps its numbers as numbers, and makes their texts when they are asked for.
 */
public final class ResultTable {
  private static final String LINE_END = "\n";

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator(LINE_END).get();

  private final List<String> columns;
  private final List<Cells> cells;
  private final List<List<String>> rows;

  /** The cells of a column. */
  @FunctionalInterface
  public interface Cells {
    /** The text of a cell. */
    String text(int row);

    /**
     * The number of a cell; NaN where it is empty.
     *
     * @throws NumberFormatException if the text is not a number
     */
    default double number(int row) {
      String text = text(row);
      return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }

    /** Cells with numbers, empty where they are NaN. They are not copied. */
    static Cells of(double[] numbers) {
      return new Cells() {
        @Override
        public String text(int row) {
          return cell(numbers[row]);
        }

        @Override
        public double number(int row) {
          return numbers[row];
        }
      };
    }
  }

  /**
   * A table of texts.
   *
   * @param columns names, all different
   * @param rows each as long as {@code columns}
   */
  public ResultTable(List<String> columns, List<List<String>> rows) {
    this.columns = List.copyOf(columns);
    this.rows = rows.stream().map(List::copyOf).toList();
    List<Cells> texts = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      int column = c;
      texts.add(row -> this.rows.get(row).get(column));
    }
    this.cells = List.copyOf(texts);
  }

  /**
   * A table of columns.
   *
   * @param rows number of rows, at least 0
   * @param columns the cells of each column by its name, in their order
   */
  public ResultTable(int rows, Map<String, Cells> columns) {
    this.columns = List.copyOf(columns.keySet());
    this.cells = List.copyOf(columns.values());
    this.rows =
        new LazyList<>(rows, row -> cells.stream().map(column -> column.text(row)).toList());
  }

  /** Names of the columns. */
  public List<String> columns() {
    return columns;
  }

  /** The texts of each row. */
  public List<List<String>> rows() {
    return rows;
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
    return cells(column).text(row);
  }

  /**
   * Number in a cell; NaN where the cell is empty.
   *
   * @throws BadInputException if there is no such column or the text is not a number
   */
  public double number(int row, String column) {
    try {
      return cells(column).number(row);
    } catch (NumberFormatException e) {
      throw new BadInputException(
          "row "
              + (row + 1)
              + ", column '"
              + column
              + "': '"
              + text(row, column)
              + "' is not a number",
          e);
    }
  }

  private Cells cells(String column) {
    int index = columns.indexOf(column);
    if (index < 0) {
      throw new BadInputException(
          "there is no column '" + column + "'; the table has " + String.join(", ", columns));
    }
    return cells.get(index);
  }

  /** The table as CSV with a header line. */
  public String toCsv() {
    return String.join("", csvLines());
  }

  /** The lines of the table as CSV, first the header; each is made when it is asked for. */
  public List<String> csvLines() {
    return new LazyList<>(
        rows.size() + 1,
        line -> FORMAT.format(line == 0 ? columns.toArray() : cells(line - 1)) + LINE_END);
  }

  private Object[] cells(int row) {
    Object[] texts = new Object[cells.size()];
    for (int c = 0; c < texts.length; c++) {
      texts[c] = cells.get(c).text(row);
    }
    return texts;
  }

  /** Whether another table has the same columns and texts. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ResultTable table
        && columns.equals(table.columns)
        && rows.equals(table.rows);
  }

  @Override
  public int hashCode() {
    return 31 * columns.hashCode() + rows.hashCode();
  }

  @Override
  public String toString() {
    return columns + " " + rows;
  }
}

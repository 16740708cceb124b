package io.github.batchq.file.data;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRowException;
import io.github.batchq.model.Excerpt;
import io.github.batchq.model.NearestName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads chosen columns of a CSV file with a header line of at most 10,000 names. A row is malformed
 * that has not as many cells as the header; a quote in a wrong place ends the file, since it may
 * have hidden any number of rows.
 */
public final class CsvReader implements TableReader {
  private static final int MOST_COLUMNS = 10_000;

  private final DataFile file;
  private final DataText text;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private List<String> columns = List.of();
  private int[] positions = {};
  private CSVRecord record;
  private int width;
  private long line;

  private CsvReader(DataFile file, DataText text, String wanted) {
    this.file = file;
    this.text = text;
    try {
      parser = CSVParser.parse(text, CSVFormat.DEFAULT);
    } catch (IOException e) {
      throw new BadInputException(file + " cannot be read: " + FileReason.of(e), e);
    }
    records = parser.iterator();
    if (!advance()) {
      throw new BadInputException(file + " is empty; a header line" + wanted + " was expected");
    }
    record = records.next();
    width = record.size();
    if (width > MOST_COLUMNS) {
      throw refuse(width + " columns, at most " + MOST_COLUMNS + " are read");
    }
  }

  /**
   * Opens a file and reads its header line.
   *
   * @param file the file
   * @param columns names of the wanted columns; the other methods count them from 0
   * @throws BadInputException if the file is missing or empty, or has not one such column each
   */
  public static CsvReader open(DataFile file, List<String> columns) {
    CsvReader reader = open(file, " with " + String.join(", ", columns));
    try {
      List<String> names = reader.names();
      reader.columns = List.copyOf(columns);
      reader.positions = columns.stream().mapToInt(name -> reader.position(name, names)).toArray();
      return reader;
    } catch (BadInputException e) {
      reader.close();
      throw jsonOr(file, e);
    }
  }

  /**
   * Opens a file for all its columns, in their order.
   *
   * @param file the file
   * @throws BadInputException if the file is missing or empty
   */
  public static CsvReader open(DataFile file) {
    CsvReader reader = open(file, "");
    reader.columns = reader.names();
    reader.positions = IntStream.range(0, reader.width).toArray();
    return reader;
  }

  private static CsvReader open(DataFile file, String wanted) {
    DataText text = file.text(false);
    try {
      return new CsvReader(file, text, wanted);
    } catch (BadInputException e) {
      text.close();
      throw jsonOr(file, e);
    }
  }

  /** What is wrong with a file that has no such header. */
  private static BadInputException jsonOr(DataFile file, BadInputException other) {
    String first = file.firstLine();
    return first.startsWith("{") || first.startsWith("[")
        ? new BadInputException(
            file + ", line 1: JSON, where a CSV file with a header line was expected", other)
        : other;
  }

  private List<String> names() {
    return record.stream().map(String::strip).toList();
  }

  private int position(String column, List<String> names) {
    int first = names.indexOf(column);
    int last = names.lastIndexOf(column);
    if (first < 0) {
      throw refuse(
          "there is no column '"
              + Excerpt.of(column)
              + "'"
              + NearestName.question(column, names)
              + "; the header has "
              + Excerpt.list(names));
    }
    if (first < last) {
      throw refuse(
          "the column '"
              + Excerpt.of(column)
              + "' is there twice, as number "
              + (first + 1)
              + " and number "
              + (last + 1)
              + "; give one of them another name");
    }
    return first;
  }

  /** Reads a row, over empty lines before it. */
  private boolean advance() {
    try {
      line = parser.getCurrentLineNumber() + 1;
      if (!records.hasNext()) {
        return false;
      }
      line = parser.getCurrentLineNumber();
      text.startRow(line + 1);
      return true;
    } catch (UncheckedIOException e) {
      if (String.valueOf(e.getMessage()).contains("EOF")) {
        throw new BadInputException(
            file + ", line " + line + ": a quote that nothing closes begins here or below", e);
      }
      throw new BadInputException(
          file
              + ", line "
              + parser.getCurrentLineNumber()
              + ": a quoted cell goes on after its closing quote; a quote within it is written"
              + " twice",
          e);
    }
  }

  @Override
  public boolean next() {
    if (!advance()) {
      return false;
    }
    record = records.next();
    if (record.size() != width) {
      throw refuse("found " + record.size() + " cells where the header has " + width);
    }
    return true;
  }

  /** Names of the wanted columns, in the order in which the other methods count them. */
  public List<String> columns() {
    return columns;
  }

  /** Number of columns of the file. */
  public int width() {
    return width;
  }

  @Override
  public String column(int column) {
    return columns.get(column);
  }

  @Override
  public String text(int column) {
    return record.get(positions[column]).strip();
  }

  @Override
  public BadRowException refuse(String reason) {
    return new BadRowException(file + ", line " + line + ": " + reason);
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new BadInputException(file + " cannot be closed: " + FileReason.of(e), e);
    }
  }
}

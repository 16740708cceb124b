package io.github.batchq.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads chosen columns of a CSV file with a header line. A row is malformed that has not as many
 * cells as the header.
 */
public final class CsvReader implements TableReader {
  private final DataFile file;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final List<String> columns;
  private final int[] positions;
  private final int width;
  private CSVRecord record;
  private long line;

  private CsvReader(
      DataFile file,
      CSVParser parser,
      Iterator<CSVRecord> records,
      List<String> columns,
      CSVRecord header) {
    this.file = file;
    this.parser = parser;
    this.records = records;
    this.columns = columns;
    this.width = header.size();
    this.record = header;
    this.line = 1;
    List<String> names = header.stream().map(CsvReader::headerName).toList();
    this.positions = new int[columns.size()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = names.indexOf(columns.get(i));
      if (positions[i] < 0) {
        throw new BadInputException(
            file
                + ", line 1: there is no column '"
                + columns.get(i)
                + "'; the header has "
                + String.join(", ", names));
      }
    }
  }

  /**
   * Opens a file and reads its header line.
   *
   * @param file the file
   * @param columns names of the wanted columns; the other methods count them from 0
   * @throws BadInputException if the file is missing or empty, or has no such column
   */
  public static CsvReader open(DataFile file, List<String> columns) {
    try {
      CSVParser parser = parser(file);
      Iterator<CSVRecord> records = parser.iterator();
      if (!records.hasNext()) {
        parser.close();
        throw new BadInputException(
            file + " is empty; a header line with " + String.join(", ", columns) + " was expected");
      }
      return new CsvReader(file, parser, records, List.copyOf(columns), records.next());
    } catch (IOException e) {
      throw new BadInputException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Opens a file for all its columns, in their order.
   *
   * @param file the file
   * @throws BadInputException if the file is missing or empty
   */
  public static CsvReader open(DataFile file) {
    try {
      CSVParser parser = parser(file);
      Iterator<CSVRecord> records = parser.iterator();
      if (!records.hasNext()) {
        parser.close();
        throw new BadInputException(file + " is empty; a header line was expected");
      }
      CSVRecord header = records.next();
      return new CsvReader(
          file, parser, records, header.stream().map(CsvReader::headerName).toList(), header);
    } catch (IOException e) {
      throw new BadInputException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static CSVParser parser(DataFile file) throws IOException {
    return CSVParser.parse(file.open(), CSVFormat.DEFAULT.builder().setTrim(true).get());
  }

  private static String headerName(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  @Override
  public boolean next() {
    try {
      line = parser.getCurrentLineNumber() + 1;
      if (!records.hasNext()) {
        return false;
      }
      // hasNext() has already read the row, and skipped empty lines before it
      line = parser.getCurrentLineNumber();
      record = records.next();
    } catch (UncheckedIOException e) {
      throw new BadInputException(
          file + ", line " + line + ": cannot be read: " + e.getMessage(), e);
    }
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
    return record.get(positions[column]);
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
      throw new BadInputException(file + " cannot be closed: " + e.getMessage(), e);
    }
  }
}

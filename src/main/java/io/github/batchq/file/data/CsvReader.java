package io.github.batchq.file.data;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Excerpt;
import io.github.batchq.model.NearestName;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads chosen columns of a CSV file with a header line of at most 10,000 names. Cells are
 * separated by what the header has most of outside quotes, commas, semicolons, tabs or bars, or by
 * what a line {@code sep=;} before it says. Lines that begin with # are comments. A row is
 * malformed that has not as many cells as the header; a quote in a wrong place ends the file, since
 * it may have hidden any number of rows.
 */
public final class CsvReader implements TableReader {
  private static final int MOST_COLUMNS = 10_000;

  private static final char COMMENT = '#';

  /** A line before the header by which spreadsheets tell what separates cells. */
  private static final Pattern SEPARATOR = Pattern.compile("\"?sep=([,;\t|])\"?");

  private static final Set<String> NOTHING = Set.of("null", "none", "nan", "false");

  private final DataFile file;
  private final DataText text;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final @Nullable CellNumbers numbers;
  private List<String> columns = List.of();
  private int[] positions = {};
  private CSVRecord record;
  private int width;
  private long line;

  private CsvReader(
      DataFile file,
      DataText text,
      char separator,
      boolean told,
      @Nullable DecimalMark decimal,
      String wanted) {
    this.file = file;
    this.text = text;
    this.numbers = separator == ',' && decimal == null ? null : new CellNumbers(decimal);
    try {
      parser =
          CSVParser.parse(
              text,
              CSVFormat.DEFAULT.builder().setDelimiter(separator).setCommentMarker(COMMENT).get());
    } catch (IOException e) {
      throw new BadInputException(file + " cannot be read: " + FileReason.of(e), e);
    }
    records = parser.iterator();
    if (!advance()) {
      throw new BadInputException(file + " is empty; a header line" + wanted + " was expected");
    }
    record = records.next();
    if (told && advance()) {
      record = records.next();
    }
    width = record.size();
    if (width > MOST_COLUMNS) {
      throw refuse(width + " columns, at most " + MOST_COLUMNS + " are read");
    }
  }

  /**
   * Opens a file and reads its header line.
   *
   * @param file the file
   * @param columns names of the wanted columns, in any case where no other column has the name
   *     then; the other methods count them from 0
   * @throws BadInputException if the file is missing or empty, or has not one such column each
   */
  public static CsvReader open(DataFile file, List<String> columns) {
    return open(file, columns, null);
  }

  /**
   * Opens a file and reads its header line.
   *
   * @param file the file
   * @param columns names of the wanted columns, in any case where no other column has the name
   *     then; the other methods count them from 0
   * @param decimal what separates the whole part of a number from the rest; as the file tells when
   *     null
   * @throws BadInputException if the file is missing or empty, or has not one such column each
   */
  public static CsvReader open(DataFile file, List<String> columns, @Nullable DecimalMark decimal) {
    CsvReader reader = open(file, decimal, " with " + String.join(", ", columns));
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
    CsvReader reader = open(file, null, "");
    reader.columns = reader.names();
    reader.positions = IntStream.range(0, reader.width).toArray();
    return reader;
  }

  private static CsvReader open(DataFile file, @Nullable DecimalMark decimal, String wanted) {
    String first = file.firstLine(COMMENT);
    Matcher said = SEPARATOR.matcher(first);
    boolean told = said.matches();
    char separator = told ? said.group(1).charAt(0) : separator(first);
    DataText text = file.text(false);
    try {
      return new CsvReader(file, text, separator, told, decimal, wanted);
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

  /** What a header line has most of outside quotes; a comma where it has none of them. */
  private static char separator(String header) {
    char most = ',';
    for (char candidate : new char[] {';', '\t', '|'}) {
      if (count(header, candidate) > count(header, most)) {
        most = candidate;
      }
    }
    return most;
  }

  private static int count(String header, char wanted) {
    boolean quoted = false;
    int count = 0;
    for (int i = 0; i < header.length(); i++) {
      char c = header.charAt(i);
      quoted ^= c == '"';
      count += !quoted && c == wanted ? 1 : 0;
    }
    return count;
  }

  private List<String> names() {
    return record.stream().map(String::strip).toList();
  }

  private int position(String wanted, List<String> names) {
    String column =
        names.contains(wanted)
            ? wanted
            : names.stream().filter(wanted::equalsIgnoreCase).findFirst().orElse(wanted);
    int first = names.indexOf(column);
    int last =
        column.equals(wanted)
            ? names.lastIndexOf(column)
            : IntStream.range(0, names.size())
                .filter(i -> names.get(i).equalsIgnoreCase(wanted))
                .max()
                .orElse(first);
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
  public boolean holds(int column) {
    String cell = text(column);
    return !cell.isEmpty() && !NOTHING.contains(cell.toLowerCase(Locale.ROOT));
  }

  @Override
  public double number(int column) {
    CellNumbers marks = numbers;
    return marks == null
        ? TableReader.super.number(column)
        : number(column, marks.pointed(this, column));
  }

  @Override
  public DataFile file() {
    return file;
  }

  @Override
  public long row() {
    return line;
  }

  @Override
  public Closeable source() {
    return parser;
  }
}

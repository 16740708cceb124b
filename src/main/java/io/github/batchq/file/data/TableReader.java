package io.github.batchq.file.data;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRowException;
import io.github.batchq.model.BadRows;
import io.github.batchq.model.Excerpt;
import java.io.Closeable;
import java.io.IOException;

/**
 * Reads chosen columns of a data file, one row after the other in bounded memory, and refuses a
 * malformed row with file, place and reason.
 *
 * <p>Usage: {@code while (reader.next()) reader.number(0);}
 */
public interface TableReader extends Closeable {
  /**
   * Moves to the next row.
   *
   * @return false after the last row
   * @throws BadRowException if the row is malformed; the next call goes on after it
   * @throws BadInputException if the file cannot be read
   */
  boolean next();

  /**
   * Text of a cell of this row, without surrounding blanks.
   *
   * @throws BadRowException if the row has no such cell
   */
  String text(int column);

  /**
   * Whether a cell of this row holds something: neither nothing nor an empty text, nor what stands
   * for nothing, such as {@code null}, {@code false} or an empty list.
   */
  boolean holds(int column);

  /** Name of a wanted column. */
  String column(int column);

  /** The file. */
  DataFile file();

  /** Where this row stands: the number of its line, or its number in a list, from 1. */
  long row();

  /** Where a row stands, in words. */
  default String place(long row) {
    return "line " + row;
  }

  /** The exception that refuses this row for a reason: it names file and place. */
  default BadRowException refuse(String reason) {
    return new BadRowException(file() + ", " + place(row()) + ": " + reason);
  }

  /** What it reads from. */
  Closeable source();

  @Override
  default void close() {
    try {
      source().close();
    } catch (IOException e) {
      throw new BadInputException(file() + " cannot be closed: " + FileReason.of(e), e);
    }
  }

  /**
   * Number in a cell of this row, as decimal digits with a point and an exponent: no other signs,
   * no bases, no infinities. It is the nearest double; a whole number is that double exactly.
   *
   * @throws BadRowException if the text is not such a number, is beyond the doubles, or is a whole
   *     number beyond 2^53 that no double is equal to
   */
  default double number(int column) {
    return number(column, text(column));
  }

  /**
   * The number that a text of a cell of this row is.
   *
   * @throws BadRowException as {@link #number(int)} does
   */
  default double number(int column, String text) {
    double value = DecimalNumber.parse(text);
    if (Double.isNaN(value)) {
      throw refuse(Excerpt.of(column(column)) + " is " + DecimalNumber.fault(text));
    }
    return value;
  }

  /**
   * Does something with each row that is left.
   *
   * @param row what to do; it may refuse the row, or say by an {@link IllegalArgumentException}
   *     what is wrong with it
   * @param bad what becomes of malformed rows
   */
  default void forEachRow(Runnable row, BadRows bad) {
    boolean more = true;
    while (more) {
      try {
        more = next();
        if (more) {
          row.run();
        }
      } catch (BadRowException e) {
        bad.skip(e);
      } catch (IllegalArgumentException e) {
        bad.skip(refuse(String.valueOf(e.getMessage())));
      }
    }
  }
}

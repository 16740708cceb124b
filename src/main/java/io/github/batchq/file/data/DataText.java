package io.github.batchq.file.data;

import io.github.batchq.model.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import org.jspecify.annotations.Nullable;

/**
 * The characters of a data file, read in bounded memory: refuses bytes that are no text, NUL
 * characters, and rows that are too long to be rows, each with file and line. Whatever stands
 * before is handed out first.
 */
final class DataText extends Reader {
  /** Most characters of a row: real ones, with whole prompts and answers, have up to millions. */
  static final int LONGEST_ROW = 1 << 23;

  /** Most characters of the first row of a file whose reader says where rows begin. */
  static final int LONGEST_HEADER = 1 << 18;

  /** Most commas of a row that is longer than a header: each may become a cell in memory. */
  private static final int MOST_COMMAS = 250_000;

  private static final String OPEN_QUOTE = ", or a quote that nothing closes";

  private static final int BUFFER = 1 << 15;

  private final DataFile file;
  private final InputStream stream;
  private final CharsetDecoder decoder;
  private final boolean linesAreRows;
  private final byte[] buffer = new byte[BUFFER];
  private ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, 0);
  private final char[] decoded = new char[BUFFER];
  private CharBuffer chars = CharBuffer.wrap(decoded, 0, 0);
  private boolean ended;
  private @Nullable String fault;

  /** Line of the next character, and whether the one before ended a line as old files do. */
  private long line = 1;

  private boolean afterReturn;

  private long rowLine = 1;
  private long rowLength;
  private long rowCommas;
  private int longestRow;

  DataText(DataFile file, InputStream stream, Charset charset, boolean linesAreRows) {
    this.file = file;
    this.stream = stream;
    this.decoder = charset.newDecoder();
    this.linesAreRows = linesAreRows;
    this.longestRow = linesAreRows ? LONGEST_ROW : LONGEST_HEADER;
  }

  /**
   * Says that the next row begins.
   *
   * @param from its first line
   */
  void startRow(long from) {
    rowLine = from;
    rowLength = 0;
    rowCommas = 0;
    longestRow = LONGEST_ROW;
  }

  /** Says that the next row begins hereabouts. */
  void startRow() {
    startRow(line);
  }

  @Override
  public int read(char[] into, int from, int length) {
    if (!chars.hasRemaining() && !fill()) {
      return -1;
    }
    int count = Math.min(length, chars.remaining());
    chars.get(into, from, count);
    return count;
  }

  private boolean fill() {
    CharBuffer next = CharBuffer.wrap(decoded);
    while (next.position() == 0 && fault == null) {
      var result = decoder.decode(bytes, next, ended);
      if (result.isError()) {
        fault =
            String.format(
                "no %s text (byte 0x%02X); save the file as UTF-8, as iconv -f latin1 -t utf-8 does",
                decoder.charset(), bytes.get(bytes.position()));
      } else if (next.position() == 0) {
        if (ended) {
          return false;
        }
        readBytes();
      }
    }
    int size = scan(next.position());
    if (size == 0) {
      throw refuse(line, String.valueOf(fault));
    }
    chars = CharBuffer.wrap(decoded, 0, size);
    return true;
  }

  private void readBytes() {
    int left = bytes.remaining();
    bytes.get(buffer, 0, left);
    try {
      int count = stream.read(buffer, left, BUFFER - left);
      ended = count < 0;
      bytes = ByteBuffer.wrap(buffer, 0, left + Math.max(0, count));
    } catch (IOException e) {
      throw new BadInputException(
          file + ", line " + line + ": cannot be read: " + FileReason.of(e), e);
    }
  }

  /** Counts lines and bounds rows; how many of the decoded characters may be handed out. */
  private int scan(int size) {
    int rowStart = -1;
    for (int i = 0; i < size; i++) {
      char c = decoded[i];
      if (c >= ' ') {
        continue;
      }
      if (c == '\n' || c == '\r') {
        boolean second = c == '\n' && (i > 0 ? decoded[i - 1] == '\r' : afterReturn);
        line += second ? 0 : 1;
        rowStart = i + 1;
      } else if (c == 0) {
        fault = "a NUL character; this is no text, or UTF-16 without a byte-order mark";
        return i;
      }
    }
    afterReturn = size > 0 && decoded[size - 1] == '\r';
    if (linesAreRows && rowStart >= 0) {
      rowLine = line;
      rowLength = (long) size - rowStart;
    } else {
      rowLength += size;
    }
    bound(size);
    return size;
  }

  /** What was read ahead may belong to the next row: so much is granted. */
  private void bound(int size) {
    if (rowLength > longestRow + BUFFER) {
      throw refuse(
          rowLine,
          (longestRow == LONGEST_HEADER ? "a header of more than " : "a row of more than ")
              + longestRow
              + " characters"
              + (linesAreRows ? "" : OPEN_QUOTE));
    }
    if (!linesAreRows && rowLength > LONGEST_HEADER) {
      for (int i = 0; i < size; i++) {
        rowCommas += decoded[i] == ',' ? 1 : 0;
      }
      if (rowCommas > MOST_COMMAS) {
        throw refuse(rowLine, "a row with more than " + MOST_COMMAS + " commas" + OPEN_QUOTE);
      }
    }
  }

  private BadInputException refuse(long where, String reason) {
    return new BadInputException(file + ", line " + where + ": " + reason);
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      throw new BadInputException(file + " cannot be closed: " + FileReason.of(e), e);
    }
  }
}

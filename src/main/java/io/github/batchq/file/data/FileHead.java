package io.github.batchq.file.data;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import io.github.batchq.model.BadInputException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the beginning of a data file tells: how its rows are laid out, and what they are called.
 *
 * @param layout how rows are laid out
 * @param names names of the columns of a table, in lower case; of JSON, pointers to all values of
 *     the first object, of lists to their first entries
 * @param list whether the file is one JSON list, whose first entry is then meant
 */
public record FileHead(Layout layout, Set<String> names, boolean list) {
  /** More pointers tell no more. */
  private static final int MOST_NAMES = 10_000;

  /** How the rows of a file are laid out. */
  public enum Layout {
    /** A header line and one line for each row. */
    TABLE,
    /** A JSON object in each line. */
    LINES,
    /** One JSON document, or several. */
    DOCUMENT
  }

  public FileHead {
    names = Set.copyOf(names);
  }

  /**
   * Reads the beginning of a file; all of a document, which is then read again.
   *
   * @throws BadInputException if the file is missing, empty or no text
   */
  public static FileHead of(DataFile file) {
    String first = file.firstLine('\0');
    if (!first.startsWith("{") && !first.startsWith("[")) {
      try (CsvReader reader = CsvReader.open(file)) {
        return new FileHead(Layout.TABLE, lowerCase(reader.columns()), false);
      }
    }
    Set<String> names = new HashSet<>();
    boolean list = first.startsWith("[");
    try (JsonTokens tokens = new JsonTokens(file)) {
      tokens.next();
      int line = tokens.line();
      collect(tokens, names, list);
      boolean oneLine = !list && tokens.line() == line;
      return new FileHead(oneLine ? Layout.LINES : Layout.DOCUMENT, names, list);
    } catch (BadInputException e) {
      // Whoever reads the rows says what is wrong, and where.
      return new FileHead(list ? Layout.DOCUMENT : Layout.LINES, names, list);
    } catch (IOException e) {
      throw new BadInputException(file + " cannot be closed: " + FileReason.of(e), e);
    }
  }

  private static Set<String> lowerCase(List<String> columns) {
    return columns.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  private static void collect(JsonTokens tokens, Set<String> names, boolean list) {
    if (list) {
      tokens.next();
    }
    collect(tokens, JsonPointer.empty(), names);
  }

  private static void collect(JsonTokens tokens, JsonPointer here, Set<String> names) {
    if (tokens.token() == JsonToken.START_OBJECT) {
      while (tokens.next() == JsonToken.FIELD_NAME) {
        JsonPointer inner = here.appendProperty(tokens.name());
        tokens.next();
        if (names.size() < MOST_NAMES) {
          names.add(inner.toString());
          collect(tokens, inner, names);
        } else {
          tokens.skip();
        }
      }
    } else if (tokens.token() == JsonToken.START_ARRAY) {
      for (int entry = 0; tokens.next() != JsonToken.END_ARRAY; entry++) {
        if (entry == 0) {
          names.add(here.appendIndex(0).toString());
          collect(tokens, here.appendIndex(0), names);
        } else {
          tokens.skip();
        }
      }
    }
  }

  /** Whether the rows have a column. */
  public boolean has(String column) {
    return layout == Layout.TABLE
        ? names.contains(column.toLowerCase(Locale.ROOT))
        : names.contains(JsonColumn.of(column).pointer().toString());
  }

  /**
   * Whether the rows at a path have a column.
   *
   * @param path as for {@link JsonDocumentReader#open}
   */
  public boolean has(String path, String column) {
    if (path.isEmpty() || layout == Layout.TABLE) {
      return has(column);
    }
    JsonColumn wanted = JsonColumn.of(column);
    String first = path.replaceFirst("^/\\*", "").replace("*", "0");
    return names.contains(first + (wanted.listed() ? "" : "/0") + wanted.pointer());
  }
}

package io.github.batchq.file.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import io.github.batchq.file.data.JsonColumn.Reduction;
import io.github.batchq.model.Excerpt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The wanted values of one JSON object after the other. Only these are kept. */
final class JsonCells {
  /** Most keys of a row. */
  static final int MOST_KEYS = 250_000;

  private final List<JsonColumn> columns;
  private final List<Wanted> wanted = new ArrayList<>();

  /** Kinds and texts of the wanted values of this row; null where there is none. */
  private final @Nullable JsonToken[] kinds;

  private final @Nullable String[] values;
  private int keys;

  /**
   * A column that is wanted of a value or of what is within it.
   *
   * @param column its number
   * @param rest the pointer from the value on
   */
  private record Wanted(int column, JsonPointer rest) {}

  JsonCells(List<JsonColumn> columns) {
    this.columns = List.copyOf(columns);
    this.kinds = new JsonToken[columns.size()];
    this.values = new String[columns.size()];
    for (int i = 0; i < columns.size(); i++) {
      wanted.add(new Wanted(i, columns.get(i).pointer()));
    }
  }

  /**
   * Reads the object that begins with the present token to its end.
   *
   * @return false if it has too many keys, and was not read further
   */
  boolean read(JsonParser parser) throws IOException {
    Arrays.fill(kinds, null);
    keys = 0;
    return read(parser, wanted);
  }

  private boolean read(JsonParser parser, List<Wanted> here) throws IOException {
    JsonToken kind = parser.currentToken();
    for (Wanted one : here) {
      if (one.rest.matches()) {
        kinds[one.column] = kind;
        values[one.column] = kind.isScalarValue() ? parser.getText() : null;
      }
    }
    if (!kind.isStructStart()) {
      return true;
    }
    if (here.isEmpty()) {
      return passOver(parser);
    }
    return kind == JsonToken.START_OBJECT ? readObject(parser, here) : readList(parser, here);
  }

  private boolean readObject(JsonParser parser, List<Wanted> here) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      if (++keys > MOST_KEYS) {
        return false;
      }
      List<Wanted> inner = within(here, parser.currentName(), -1);
      parser.nextToken();
      if (!read(parser, inner)) {
        return false;
      }
    }
    return true;
  }

  private boolean readList(JsonParser parser, List<Wanted> here) throws IOException {
    boolean summed = here.stream().anyMatch(this::isSummary);
    ListSummary summary =
        new ListSummary(summed && here.stream().anyMatch(one -> reduction(one) == Reduction.ALL));
    for (int place = 0; parser.nextToken() != JsonToken.END_ARRAY; place++) {
      if (!read(parser, within(here, null, place))) {
        return false;
      }
      if (summed) {
        summary.add(parser);
      }
    }
    for (Wanted one : here) {
      if (isSummary(one)) {
        kinds[one.column] = JsonToken.VALUE_STRING;
        values[one.column] = summary.text(columns.get(one.column).reduction());
      }
    }
    return true;
  }

  private boolean isSummary(Wanted one) {
    return one.rest.matches() && reduction(one) != Reduction.NONE;
  }

  private Reduction reduction(Wanted one) {
    return columns.get(one.column).reduction();
  }

  /** What of these is wanted of the value behind a key, or at a place of a list. */
  private static List<Wanted> within(List<Wanted> here, @Nullable String key, int place) {
    List<Wanted> found = List.of();
    for (Wanted one : here) {
      JsonPointer rest = key == null ? one.rest.matchElement(place) : one.rest.matchProperty(key);
      if (rest != null) {
        found = found.isEmpty() ? new ArrayList<>() : found;
        found.add(new Wanted(one.column, rest));
      }
    }
    return found;
  }

  private boolean passOver(JsonParser parser) throws IOException {
    int depth = 1;
    while (depth > 0) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.FIELD_NAME) {
        if (++keys > MOST_KEYS) {
          return false;
        }
      } else if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      }
    }
    return true;
  }

  /** Whether a cell holds something beside null, false, an empty text and what is empty. */
  boolean holds(int column) {
    JsonToken kind = kinds[column];
    return kind != null
        && kind != JsonToken.VALUE_NULL
        && kind != JsonToken.VALUE_FALSE
        && !"".equals(values[column]);
  }

  /**
   * The text of a cell.
   *
   * @param reader refuses the row
   * @param instead what there is where a key is missing, as the end of a sentence
   */
  String text(int column, TableReader reader, Function<JsonPointer, String> instead) {
    JsonToken kind = kinds[column];
    String value = values[column];
    if (kind == null || kind == JsonToken.VALUE_NULL) {
      throw reader.refuse(
          "there is no value of '"
              + name(column)
              + "'"
              + (kind == null ? instead.apply(columns.get(column).pointer()) : ", it is null"));
    }
    if (value == null) {
      throw reader.refuse(
          name(column)
              + (kind == JsonToken.START_ARRAY ? " is a list" : " is an object")
              + ", a number or a text was expected");
    }
    return value.strip();
  }

  private String name(int column) {
    return Excerpt.of(columns.get(column).name());
  }
}

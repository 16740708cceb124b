package io.github.batchq.file.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRowException;
import io.github.batchq.model.Excerpt;
import io.github.batchq.model.NearestName;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads chosen keys of a file with one JSON object in each line. A column is a key of the objects,
 * or a JSON pointer into them such as {@code /usage/completion_tokens}. Empty lines are passed
 * over. A line is malformed that holds anything beside one object, a key twice in an object, more
 * than 250,000 keys in all, or values nested more than 100 deep. Only the chosen values are kept.
 */
public final class JsonLinesReader implements TableReader {
  private static final int MOST_KEYS = 250_000;
  private static final int DEEPEST = 100;

  /** So many characters are shown on both sides of what is no JSON. */
  private static final int NEAR = 25;

  /** Of longer lines, messages do not tell the keys. */
  private static final int LONGEST_LISTED = 1 << 20;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(DataText.LONGEST_ROW)
                  .build())
          .build();

  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private final DataFile file;
  private final BufferedReader lines;
  private final List<String> columns;
  private final List<Wanted> wanted = new ArrayList<>();

  /** Kinds and texts of the wanted values of this line; null where there is none. */
  private final @Nullable JsonToken[] kinds;

  private final @Nullable String[] values;
  private String text = "";
  private long line;
  private int keys;

  /**
   * A column that is wanted of a value or of what is within it.
   *
   * @param column its number
   * @param rest the pointer from the value on
   */
  private record Wanted(int column, JsonPointer rest) {}

  private JsonLinesReader(DataFile file, List<String> columns) {
    this.file = file;
    this.columns = List.copyOf(columns);
    this.kinds = new JsonToken[columns.size()];
    this.values = new String[columns.size()];
    for (int i = 0; i < columns.size(); i++) {
      wanted.add(new Wanted(i, pointer(columns.get(i))));
    }
    this.lines = file.open();
  }

  private static JsonPointer pointer(String column) {
    return column.startsWith("/")
        ? JsonPointer.compile(column)
        : JsonPointer.empty().appendProperty(column);
  }

  /**
   * Opens a file.
   *
   * @param file the file
   * @param columns keys or JSON pointers; the other methods count them from 0
   * @throws BadInputException if the file is missing
   */
  public static JsonLinesReader open(DataFile file, List<String> columns) {
    return new JsonLinesReader(file, columns);
  }

  @Override
  public boolean next() {
    String found = nextLine();
    while (found != null && found.isBlank()) {
      found = nextLine();
    }
    if (found == null) {
      return false;
    }
    text = found.strip();
    if (!text.startsWith("{")) {
      throw refuse(
          "an object such as {\"tokens\": 5} was expected, found '" + Excerpt.of(text) + "'");
    }
    Arrays.fill(kinds, null);
    keys = 0;
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      read(parser, wanted);
      if (parser.nextToken() != null) {
        throw refuse("something stands behind the object; JSON lines have one object each");
      }
    } catch (JsonProcessingException e) {
      throw refuse(reason(e));
    } catch (IOException e) {
      throw refuse("cannot be read: " + e.getMessage());
    }
    return true;
  }

  private @Nullable String nextLine() {
    line++;
    try {
      return lines.readLine();
    } catch (IOException e) {
      throw new BadInputException(
          file + ", line " + line + ": cannot be read: " + FileReason.of(e), e);
    }
  }

  /** Reads the value that begins with the present token to its end. */
  private void read(JsonParser parser, List<Wanted> here) throws IOException {
    JsonToken kind = parser.currentToken();
    for (Wanted one : here) {
      if (one.rest.matches()) {
        kinds[one.column] = kind;
        values[one.column] = kind.isScalarValue() ? parser.getText() : null;
      }
    }
    if (!kind.isStructStart()) {
      return;
    }
    if (here.isEmpty()) {
      passOver(parser);
      return;
    }
    int place = 0;
    for (JsonToken token = parser.nextToken(); !token.isStructEnd(); token = parser.nextToken()) {
      List<Wanted> inner = List.of();
      if (token == JsonToken.FIELD_NAME) {
        inner = within(here, parser.currentName(), -1);
        countKey();
        parser.nextToken();
      } else {
        inner = within(here, null, place);
        place++;
      }
      read(parser, inner);
    }
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

  private void passOver(JsonParser parser) throws IOException {
    int depth = 1;
    while (depth > 0) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.FIELD_NAME) {
        countKey();
      } else if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      }
    }
  }

  private void countKey() {
    keys++;
    if (keys > MOST_KEYS) {
      throw refuse("more than " + MOST_KEYS + " keys");
    }
  }

  private String reason(JsonProcessingException e) {
    String message = String.valueOf(e.getOriginalMessage());
    if (message.startsWith("Unexpected end-of-input")) {
      return "no JSON: the object does not end in this line; JSON lines have one object each, as"
          + " jq -c '.[]' writes those of a list";
    }
    if (e instanceof StreamConstraintsException) {
      return "values nested more than "
          + DEEPEST
          + " deep, or a key of more than "
          + FACTORY.streamReadConstraints().getMaxNameLength()
          + " or a number of more than "
          + FACTORY.streamReadConstraints().getMaxNumberLength()
          + " characters";
    }
    String twice = "Duplicate field ";
    if (message.startsWith(twice)) {
      return "the key " + Excerpt.of(message.substring(twice.length())) + " is there twice";
    }
    int place = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getColumnNr());
    String near =
        text.substring(
            Math.min(text.length(), Math.max(0, place - NEAR)),
            Math.min(text.length(), place + NEAR));
    return "no JSON near character " + place + ", in '" + near + "'";
  }

  @Override
  public String column(int column) {
    return columns.get(column);
  }

  @Override
  public String text(int column) {
    JsonToken kind = kinds[column];
    String value = values[column];
    if (kind == null || kind == JsonToken.VALUE_NULL) {
      throw refuse(
          "there is no value of '"
              + Excerpt.of(columns.get(column))
              + "'"
              + (kind == null ? instead(wanted.get(column).rest) : ", it is null"));
    }
    if (value == null) {
      throw refuse(
          Excerpt.of(columns.get(column))
              + (kind == JsonToken.START_ARRAY ? " is a list" : " is an object")
              + ", a number or a text was expected");
    }
    return value.strip();
  }

  /** The keys that there are where one is missing. */
  private String instead(JsonPointer missing) {
    if (text.length() > LONGEST_LISTED) {
      return "";
    }
    try {
      JsonNode object = MAPPER.readTree(text);
      JsonPointer place = missing.head();
      if (!object.at(place).isObject()) {
        place = JsonPointer.empty();
      }
      List<String> names = new ArrayList<>();
      object.at(place).fieldNames().forEachRemaining(names::add);
      return NearestName.question(missing.last().getMatchingProperty(), names)
          + "; "
          + (place.matches() ? "the line" : place)
          + " has "
          + Excerpt.list(names);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a line that was read can be read again", e);
    }
  }

  @Override
  public BadRowException refuse(String reason) {
    return new BadRowException(file + ", line " + line + ": " + reason);
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new BadInputException(file + " cannot be closed: " + FileReason.of(e), e);
    }
  }
}

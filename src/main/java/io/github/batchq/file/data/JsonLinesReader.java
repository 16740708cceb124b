package io.github.batchq.file.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Excerpt;
import io.github.batchq.model.NearestName;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads chosen keys of a file with one JSON object in each line. A column is a key of the objects,
 * or a JSON pointer into them such as {@code /usage/completion_tokens}; of a list, {@code :sum},
 * {@code :count} or {@code :last} behind it. Empty lines are passed over. A line is malformed that
 * holds anything beside one object, a key twice in an object, more than 250,000 keys in all, or
 * values nested more than 100 deep. Only the chosen values are kept.
 */
public final class JsonLinesReader implements TableReader {
  private static final int DEEPEST = 100;

  /** So many characters are shown on both sides of what is no JSON. */
  private static final int NEAR = 25;

  /** Of longer lines, messages do not tell the keys. */
  private static final int LONGEST_LISTED = 1 << 20;

  static final JsonFactory FACTORY =
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
  private final JsonCells cells;
  private String text = "";
  private long line;

  private JsonLinesReader(DataFile file, List<String> columns) {
    this.file = file;
    this.columns = List.copyOf(columns);
    this.cells = new JsonCells(columns.stream().map(JsonColumn::of).toList());
    this.lines = file.open();
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
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      if (!cells.read(parser)) {
        throw refuse("more than " + JsonCells.MOST_KEYS + " keys");
      }
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
    return cells.text(column, this, this::instead);
  }

  @Override
  public boolean holds(int column) {
    return cells.holds(column);
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
  public DataFile file() {
    return file;
  }

  @Override
  public long row() {
    return line;
  }

  @Override
  public Closeable source() {
    return lines;
  }
}

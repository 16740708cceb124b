package io.github.batchq.model;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads chosen keys of a file with one JSON object in each line. A column is a key of the objects,
 * or a JSON pointer into them such as {@code /usage/completion_tokens}. Empty lines are passed
 * over.
 */
public final class JsonLinesReader implements TableReader {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final DataFile file;
  private final BufferedReader lines;
  private final List<String> columns;
  private final List<JsonPointer> pointers;
  private JsonNode object = MissingNode.getInstance();
  private long line;

  private JsonLinesReader(DataFile file, List<String> columns) {
    this.file = file;
    this.columns = List.copyOf(columns);
    this.pointers = columns.stream().map(JsonLinesReader::pointer).toList();
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
    String text = nextLine();
    while (text != null && text.isBlank()) {
      text = nextLine();
    }
    if (text == null) {
      return false;
    }
    try {
      object = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw refuse("no JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""));
    }
    if (!object.isObject()) {
      throw refuse("an object such as {\"tokens\": 5} was expected");
    }
    return true;
  }

  private @Nullable String nextLine() {
    line++;
    try {
      return lines.readLine();
    } catch (IOException e) {
      throw new BadInputException(file + ", line " + line + ": cannot be read: " + e, e);
    }
  }

  @Override
  public String column(int column) {
    return columns.get(column);
  }

  @Override
  public String text(int column) {
    JsonNode value = object.at(pointers.get(column));
    if (!value.isValueNode() || value.isNull()) {
      throw refuse("there is no value of '" + columns.get(column) + "'");
    }
    return value.asText().strip();
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
      throw new BadInputException(file + " cannot be closed: " + e.getMessage(), e);
    }
  }
}

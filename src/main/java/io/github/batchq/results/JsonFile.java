package io.github.batchq.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.file.data.FileReason;
import io.github.batchq.model.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Files of one JSON object. */
final class JsonFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Infinite numbers are numbers and no texts, which JSON does not foresee. */
  private static final JsonMapper EXACT =
      MAPPER
          .rebuild()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();

  private JsonFile() {}

  /** A tree as strict JSON, where an infinite number is a text. */
  static byte[] text(ObjectNode root) {
    return text(root, MAPPER);
  }

  /** A tree that {@link #readExact} gives back as it is, infinite numbers too. */
  static byte[] exact(ObjectNode root) {
    return text(root, EXACT);
  }

  private static byte[] text(ObjectNode root, JsonMapper mapper) {
    try {
      return (mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /** A tree as a text that {@link #readExact(String)} gives back as it is. */
  static String exactText(ObjectNode root) {
    return new String(exact(root), StandardCharsets.UTF_8);
  }

  /** The tree of a text that {@link #exactText} has made. */
  static ObjectNode readExact(String text) {
    try {
      return (ObjectNode) EXACT.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was written can be read", e);
    }
  }

  /**
   * Reads a file.
   *
   * @param what what the file should be, for messages
   * @throws BadInputException if it cannot be read or is no JSON object
   */
  static ObjectNode read(Path file, String what) {
    return read(file, what, MAPPER);
  }

  /**
   * Reads what {@link #exact} has written.
   *
   * @param what what the file should be, for messages
   * @throws BadInputException if it cannot be read or is no such object
   */
  static ObjectNode readExact(Path file, String what) {
    return read(file, what, EXACT);
  }

  private static ObjectNode read(Path file, String what, JsonMapper mapper) {
    try {
      if (mapper.readTree(file.toFile()) instanceof ObjectNode root) {
        return root;
      }
      throw new BadInputException(file + " cannot be read: it is no JSON object");
    } catch (JsonProcessingException e) {
      throw new BadInputException(
          file
              + (e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr())
              + ": not "
              + what
              + ": "
              + reason(e),
          e);
    } catch (IOException e) {
      throw new BadInputException(file + " cannot be read: " + FileReason.of(e), e);
    }
  }

  private static String reason(JsonProcessingException e) {
    String message = e.getOriginalMessage().lines().findFirst().orElse("it is empty");
    return message.startsWith("Trailing token") ? "more than one JSON value" : message;
  }
}

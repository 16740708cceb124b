package io.github.batchq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * Numbers that did not come from batchq, in data files that say of each what made it. Tables are
 * CSV files of the same folders, whose first lines say it.
 */
public final class ReferenceValues {
  private ReferenceValues() {}

  /**
   * A number of {@code values.json}.
   *
   * @param room the folder of the file, such as theory
   */
  public static double value(String room, String name) {
    return entry(room + "/values.json", name).required("value").doubleValue();
  }

  /**
   * A table of a file.
   *
   * @param file such as theory/laws.json
   */
  public static JsonNode values(String file, String name) {
    return entry(file, name).required("values");
  }

  private static JsonNode entry(String file, String name) {
    try (InputStream stream =
        Objects.requireNonNull(
            ReferenceValues.class.getResourceAsStream("/io/github/batchq/" + file), file)) {
      JsonNode entry = new ObjectMapper().readTree(stream).required(name);
      if (entry.path("source").asText().isBlank()) {
        throw new AssertionError(file + " does not say where '" + name + "' is from");
      }
      return entry;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

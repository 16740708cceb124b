package io.github.batchq.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.batchq.model.DataFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The values plotted in arXiv:2412.04504, read off the vector paths of its PDF. */
final class PaperFigures {
  private final JsonNode figures;

  PaperFigures() {
    try (BufferedReader reader = DataFile.of("resource:paper-figures.json", Path.of("")).open()) {
      figures = new ObjectMapper().readTree(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The plotted value of a series at one of its abscissas.
   *
   * @throws IllegalArgumentException if nothing is plotted there
   */
  double at(String figure, String series, double x) {
    for (JsonNode line : figures.path(figure).path("series")) {
      if (line.path("name").asText().equals(series)) {
        for (int i = 0; i < line.path("x").size(); i++) {
          if (Math.abs(line.path("x").get(i).asDouble() - x) < 1e-6) {
            return line.path("y").get(i).asDouble();
          }
        }
      }
    }
    throw new IllegalArgumentException(figure + " plots no " + series + " at " + x);
  }

  /** A number that is not part of a series, such as a threshold or a bar. */
  double value(String figure, String... path) {
    JsonNode node = figures.path(figure);
    for (String key : path) {
      node = node.path(key);
    }
    return node.asDouble(Double.NaN);
  }
}

package io.github.batchq.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** The values plotted in arXiv:2412.04504, read off the vector paths of its PDF. */
public final class PaperFigures {
  private static final String RESOURCE = "/io/github/batchq/data/paper-figures.json";

  private final JsonNode figures;

  public PaperFigures() {
    try (InputStream stream = PaperFigures.class.getResourceAsStream(RESOURCE)) {
      figures = new ObjectMapper().readTree(Objects.requireNonNull(stream));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The plotted value of a series at one of its abscissas.
   *
   * @throws IllegalArgumentException if nothing is plotted there
   */
  public double at(String figure, String series, double x) {
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

  /**
   * The plotted points of a series, in their order: of the figure of that name or of its parts, as
   * fig8 has the parts fig8a to fig8c. The series {@code bars} are the bars of a figure against
   * their number of bins. Empty if the paper plots no such series.
   */
  public List<PlottedPoint> series(String figure, String series) {
    List<PlottedPoint> points = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : figures.properties()) {
      if (entry.getKey().matches(Pattern.quote(figure) + "[a-z]?")) {
        if (series.equals("bars")) {
          for (Map.Entry<String, JsonNode> bar : entry.getValue().path("bars").properties()) {
            points.add(
                new PlottedPoint(
                    Double.parseDouble(bar.getKey().replace("k=", "")), bar.getValue().asDouble()));
          }
        }
        for (JsonNode line : entry.getValue().path("series")) {
          if (line.path("name").asText().equals(series)) {
            for (int i = 0; i < line.path("x").size(); i++) {
              points.add(
                  new PlottedPoint(
                      line.path("x").get(i).asDouble(), line.path("y").get(i).asDouble()));
            }
          }
        }
      }
    }
    return points;
  }

  /** A plotted point, in the units of its figure. */
  public record PlottedPoint(double x, double y) {}

  /** A number that is not part of a series, such as a threshold or a bar. */
  public double value(String figure, String... path) {
    JsonNode node = figures.path(figure);
    for (String key : path) {
      node = node.path(key);
    }
    return node.asDouble(Double.NaN);
  }
}

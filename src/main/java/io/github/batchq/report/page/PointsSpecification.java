package io.github.batchq.report.page;

import static io.github.batchq.report.page.Specification.encoding;
import static io.github.batchq.report.page.Specification.layer;
import static io.github.batchq.report.page.Specification.mark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.report.page.Specification.Equal;
import io.github.batchq.report.page.Specification.Hover;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The specification of a chart of series over a horizontal axis: simulated points with their
 * intervals, theory as lines by what it is, points of a paper as hollow marks, and arrows at the
 * top for what lies beyond it. The selection by the legend stands with the points: in a layer of
 * intervals it would not be found.
 */
final class PointsSpecification {
  /** Colours that can be told apart on white and on black; they repeat, shapes do so later. */
  private static final List<String> COLOURS =
      List.of(
          "#2f7ebc", "#d55e00", "#009e73", "#cc6fa3", "#b58900", "#7f6fd6", "#56a5d9", "#a0522d",
          "#5f9e3a", "#8a8f98");

  private static final List<String> SHAPES =
      List.of(
          "circle", "square", "triangle-up", "diamond", "triangle-down", "cross", "triangle-right");

  private static final String ARROW = "M0,-1L.55,0L.16,0L.16,1L-.16,1L-.16,0L-.55,0Z";

  /** A line of which nothing more is said. */
  private static final String UNNAMED = "line";

  /** Kinds of theory and their dashes: what is exact is solid, bounds dashed, the rest dotted. */
  private static final List<String> KINDS =
      List.of("exact", "lower-bound", "upper-bound", "approximation", UNNAMED);

  private static final List<List<Integer>> DASHES =
      List.of(List.of(1, 0), List.of(7, 3), List.of(7, 3), List.of(2, 3), List.of(1, 0));

  private static final int HEIGHT = 380;

  /** Height of a name in the legend, which must not be longer than the chart. */
  private static final int LEGEND_ROW = 19;

  private static final double DIMMED = 0.06;

  /** Arrows of series that share a place stand below each other, closer where they are many. */
  private static final double ARROW_STEP = 9;

  private static final double ARROWS_HEIGHT = 150;

  private final String title;
  private final String xLabel;
  private final String yLabel;
  private final boolean numericX;
  private final List<Equal> chosen;
  private final ArrayNode rows = JsonNodeFactory.instance.arrayNode();
  private final Set<String> series = new LinkedHashSet<>();
  private final Map<List<String>, Integer> arrows = new HashMap<>();
  private int mostArrows = 1;
  private double requirement = Double.NaN;

  /**
   * A chart without points.
   *
   * @param title what it shows
   * @param numericX whether the values of the horizontal axis are numbers
   * @param chosen the fields of which one value is shown at a time
   */
  PointsSpecification(
      String title, String xLabel, String yLabel, boolean numericX, List<Equal> chosen) {
    this.title = title;
    this.xLabel = xLabel;
    this.yLabel = yLabel;
    this.numericX = numericX;
    this.chosen = List.copyOf(chosen);
  }

  /**
   * A point.
   *
   * @param value infinite where it is beyond every axis, NaN where there is none
   * @param low lower end of its interval; NaN where there is none
   * @param high upper end
   * @param theory NaN where there is none
   * @param kind what theory's value is; empty where that is not said
   */
  record Point(
      String series, String x, double value, double low, double high, double theory, String kind) {}

  /**
   * Adds a point.
   *
   * @param more what the data have of it beside: the fields of which one value is chosen, and what
   *     is shown under the pointer
   */
  void add(Point point, ObjectNode more) {
    series.add(point.series());
    ObjectNode row = rows.addObject().put("series", point.series());
    if (numericX) {
      row.put("x", Double.parseDouble(point.x()));
    } else {
      row.put("x", point.x());
    }
    Specification.put(row, "value", point.value());
    if (point.high() > point.low()) {
      Specification.put(row, "low", point.low());
      Specification.put(row, "high", point.high());
    }
    if (Double.isFinite(point.theory())) {
      row.put("theory", point.theory());
      row.put("kind", point.kind().isEmpty() ? UNNAMED : point.kind());
    }
    row.setAll(more);
    if (point.value() == Double.POSITIVE_INFINITY) {
      List<String> place = new ArrayList<>(List.of(point.x()));
      chosen.forEach(one -> place.add(more.path(one.field()).asText()));
      mostArrows = Math.max(mostArrows, arrows.merge(place, 1, Integer::sum));
      row.put("beyond", true);
    }
  }

  /** Adds a point of a paper beside ours. */
  void addPlotted(String name, double x, double value) {
    series.add(name);
    rows.addObject().put("series", name).put("x", x).put("plotted", value);
  }

  /** Draws a line across the chart, at what is required; nothing for NaN. */
  void require(double value) {
    requirement = value;
  }

  /**
   * The chart.
   *
   * @param joined whether lines join the points, for the eye
   * @param hover what is shown under the pointer beside value, interval and theory
   * @param labelled the field of a text beside each point, or null
   */
  ObjectNode specification(boolean joined, List<Hover> hover, @Nullable String labelled) {
    ObjectNode chart = Specification.of(title, rows, chosen);
    chart.put("height", Math.max(HEIGHT, LEGEND_ROW * (series.size() + KINDS.size() + 1)));
    chart.putArray("params").addObject().put("name", "top").putNull("value");
    ObjectNode legends = chart.putObject("resolve").putObject("legend");
    legends.put("color", "independent").put("shape", "independent");
    link();
    if (has("low")) {
      intervals(chart);
    }
    ObjectNode line = mark("line").put("strokeWidth", joined ? 1 : 0).put("clip", true);
    ObjectNode path = layer(chart, "joined", "isValid(datum.value)", line);
    place(path, "value");
    encoding(path).putObject("detail").put("field", "series");
    encoding(path).withObjectProperty("opacity").withObjectProperty("condition").put("value", 0.5);
    if (has("theory")) {
      theory(chart);
    }
    if (Double.isFinite(requirement)) {
      requirement(chart);
    }
    points(chart, hover);
    if (has("plotted")) {
      ObjectNode hollow =
          layer(
              chart,
              "plotted",
              "isValid(datum.plotted)",
              mark("point").put("filled", false).put("size", 90).put("strokeWidth", 1.2));
      place(hollow, "plotted");
      shape(hollow);
      Specification.hover(
          hollow,
          List.of(
              new Hover("series", "series", false),
              new Hover("x", xLabel, true),
              new Hover("plotted", "plotted in the paper", true)));
    }
    if (labelled != null) {
      ObjectNode text =
          layer(
              chart,
              "labels",
              "isValid(datum.value)",
              mark("text").put("align", "left").put("dx", 8).put("dy", -6).put("fontSize", 11));
      place(text, "value");
      encoding(text).putObject("text").put("field", Specification.field(labelled));
      encoding(text).remove("color");
    }
    arrows(chart, hover);
    return chart;
  }

  private void requirement(ObjectNode chart) {
    ObjectNode line =
        layer(chart, "requirement", "", mark("rule").put("color", "#8a8f98").put("strokeWidth", 2));
    line.putObject("data").putArray("values").addObject().put("required", requirement);
    ObjectNode y = encoding(line).putObject("y").put("field", "required");
    y.put("type", "quantitative").put("title", yLabel);
    Specification.hover(line, List.of(new Hover("required", "required", true)));
  }

  private boolean has(String field) {
    for (int row = 0; row < rows.size(); row++) {
      if (rows.get(row).has(field)) {
        return true;
      }
    }
    return false;
  }

  private void intervals(ObjectNode chart) {
    ObjectNode rule =
        layer(
            chart,
            "intervals",
            "isValid(datum.low) && (top === null || datum.value <= top)",
            mark("rule").put("strokeWidth", 1.4).put("clip", true));
    place(rule, "low");
    encoding(rule).putObject("y2").put("field", "high");
  }

  /**
   * Where the kind of theory changes, its line goes on to the next point, or it would be broken.
   */
  private void link() {
    Map<List<String>, List<ObjectNode>> lines = new LinkedHashMap<>();
    for (JsonNode row : rows) {
      if (row.has("theory")) {
        List<String> line = new ArrayList<>(List.of(row.path("series").asText()));
        chosen.forEach(one -> line.add(row.path(one.field()).asText()));
        lines.computeIfAbsent(line, names -> new ArrayList<>()).add((ObjectNode) row);
      }
    }
    for (List<ObjectNode> line : lines.values()) {
      if (numericX) {
        line.sort(Comparator.comparingDouble(row -> row.path("x").asDouble()));
      }
      for (int next = 1; next < line.size(); next++) {
        String kind = line.get(next - 1).path("kind").asText();
        if (!kind.equals(line.get(next).path("kind").asText())) {
          ObjectNode link = line.get(next).deepCopy().put("kind", kind);
          link.remove(List.of("value", "low", "high", "beyond"));
          rows.add(link.put("link", true));
        }
      }
    }
  }

  private void theory(ObjectNode chart) {
    ObjectNode line =
        layer(
            chart,
            "theory",
            "isValid(datum.theory)",
            mark("line").put("strokeWidth", 1.4).put("clip", true));
    place(line, "theory");
    ObjectNode dash = encoding(line).putObject("strokeDash").put("field", "kind");
    dash.put("type", "nominal");
    ObjectNode scale = dash.putObject("scale");
    ArrayNode domain = scale.putArray("domain");
    ArrayNode range = scale.putArray("range");
    for (int kind = 0; kind < KINDS.size(); kind++) {
      domain.add(KINDS.get(kind));
      ArrayNode dashes = range.addArray();
      DASHES.get(kind).forEach(dashes::add);
    }
    List<String> told = KINDS.stream().filter(this::hasKind).toList();
    if (told.equals(List.of(UNNAMED))) {
      dash.putNull("legend");
    } else {
      ObjectNode legend = dash.putObject("legend").put("title", "theory");
      legend.put("symbolType", "stroke").put("symbolSize", 400);
      told.forEach(legend.putArray("values")::add);
    }
  }

  private boolean hasKind(String kind) {
    for (int row = 0; row < rows.size(); row++) {
      if (rows.get(row).path("kind").asText().equals(kind)) {
        return true;
      }
    }
    return false;
  }

  private void points(ObjectNode chart, List<Hover> hover) {
    ObjectNode points =
        layer(
            chart,
            "points",
            "isValid(datum.value) && (top === null || datum.value <= top)",
            mark("point").put("filled", true).put("size", 55).put("clip", true));
    ObjectNode picked = points.putArray("params").addObject().put("name", "picked");
    picked.putObject("select").put("type", "point").putArray("fields").add("series");
    picked.put("bind", "legend");
    place(points, "value");
    shape(points);
    legend(points);
    Specification.hover(points, hover(hover, false));
  }

  private void arrows(ObjectNode chart, List<Hover> hover) {
    ObjectNode arrows =
        layer(
            chart,
            "beyond",
            "datum.beyond || (top !== null && datum.value > top)",
            mark("point").put("filled", true).put("size", 90).put("shape", ARROW));
    ObjectNode below = ((ArrayNode) arrows.get("transform")).addObject();
    below.putArray("window").addObject().put("op", "row_number").put("as", "rank");
    below.putArray("groupby").add("x");
    place(arrows, "value");
    double step = Math.min(ARROW_STEP, ARROWS_HEIGHT / mostArrows);
    ObjectNode y = encoding(arrows).putObject("y");
    y.putObject("value").put("expr", "7 + " + step + " * (datum.rank - 1)");
    Specification.hover(arrows, hover(hover, true));
  }

  private List<Hover> hover(List<Hover> more, boolean beyond) {
    List<Hover> all = new ArrayList<>();
    all.add(new Hover("series", "series", false));
    all.add(new Hover("x", xLabel, numericX));
    if (has("value")) {
      all.add(new Hover("value", "simulated", true));
    }
    if (has("low") && !beyond) {
      all.add(new Hover("low", "95 % interval from", true));
      all.add(new Hover("high", "to", true));
    }
    if (has("theory")) {
      all.add(new Hover("theory", "theory", true));
      if (!hasKind(UNNAMED)) {
        all.add(new Hover("kind", "which is", false));
      }
    }
    all.addAll(more);
    return all;
  }

  /** Both axes, the colour of the series, and how faint it is while another is picked. */
  private void place(ObjectNode layer, String field) {
    ObjectNode encoding = encoding(layer);
    ObjectNode x = encoding.putObject("x").put("field", "x").put("title", xLabel);
    x.put("type", numericX ? "quantitative" : "nominal");
    if (numericX) {
      x.putObject("scale").put("zero", false).put("nice", false).put("padding", 14);
    } else {
      x.putNull("sort");
    }
    ObjectNode y = encoding.putObject("y").put("field", field).put("type", "quantitative");
    y.put("title", yLabel).putObject("scale").put("zero", false).put("nice", true);
    ObjectNode colour = encoding.putObject("color").put("field", "series").put("type", "nominal");
    scale(colour, COLOURS);
    colour.putNull("legend");
    ObjectNode opacity = encoding.putObject("opacity");
    opacity.putObject("condition").put("param", "picked").put("value", 1);
    opacity.put("value", DIMMED);
  }

  private void shape(ObjectNode layer) {
    ObjectNode shape = encoding(layer).putObject("shape").put("field", "series");
    shape.put("type", "nominal");
    scale(shape, SHAPES);
    shape.putNull("legend");
  }

  /** The one legend: that of the layer which has the selection, or clicks would not be heard. */
  private void legend(ObjectNode points) {
    if (series.size() > 1) {
      for (String channel : List.of("shape", "color")) {
        ObjectNode legend = encoding(points).withObjectProperty(channel).putObject("legend");
        legend.putNull("title").put("labelLimit", 260).put("symbolLimit", 0);
      }
    }
  }

  private void scale(ObjectNode channel, List<String> values) {
    ObjectNode scale = channel.putObject("scale");
    ArrayNode domain = scale.putArray("domain");
    ArrayNode range = scale.putArray("range");
    int at = 0;
    for (String one : series) {
      domain.add(one);
      range.add(values.get(at++ % values.size()));
    }
  }
}

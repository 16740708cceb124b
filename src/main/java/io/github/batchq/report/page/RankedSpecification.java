package io.github.batchq.report.page;

import static io.github.batchq.report.page.Specification.encoding;
import static io.github.batchq.report.page.Specification.layer;
import static io.github.batchq.report.page.Specification.mark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.report.page.Specification.Equal;
import io.github.batchq.report.page.Specification.Hover;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The specification of a chart of named values, one below the other: bars or points with their
 * intervals, and a line where a requirement or "no difference" is.
 */
final class RankedSpecification {
  /** Height of a row in pixels. */
  private static final int STEP = 24;

  /** At the right end of the plot, for what grows without bound. */
  private static final String ARROW = "M1,0L0,.55L0,.16L-1,.16L-1,-.16L0,-.16L0,-.55Z";

  private static final String COLOUR = "#2f7ebc";
  private static final String BAD = "#d55e00";

  private final String title;
  private final String axis;
  private final List<Equal> chosen;
  private final ArrayNode rows = JsonNodeFactory.instance.arrayNode();
  private final Set<String> labels = new LinkedHashSet<>();
  private final boolean bars;

  /**
   * A chart without values.
   *
   * @param axis label of the horizontal axis
   * @param bars whether values are bars from zero; else points
   * @param chosen the fields of which one value is shown at a time
   */
  RankedSpecification(String title, String axis, boolean bars, List<Equal> chosen) {
    this.title = title;
    this.axis = axis;
    this.bars = bars;
    this.chosen = List.copyOf(chosen);
  }

  /**
   * A named value.
   *
   * @param value NaN where there is only an interval
   * @param low lower end of its interval; NaN where there is none
   * @param high upper end
   * @param line where the line for it is; NaN where there is none
   * @param good whether it is as it should be
   */
  record Value(String label, double value, double low, double high, double line, boolean good) {}

  /**
   * Adds a value.
   *
   * @param more what the data have of it beside
   */
  void add(Value value, ObjectNode more) {
    labels.add(value.label());
    ObjectNode row = rows.addObject().put("label", value.label());
    Specification.put(row, "value", value.value());
    Specification.put(row, "low", value.low());
    Specification.put(row, "high", value.high());
    Specification.put(row, "line", value.line());
    row.put("good", value.good());
    if (value.value() == Double.POSITIVE_INFINITY) {
      row.put("beyond", true);
    }
    row.setAll(more);
  }

  /** The chart, with what is shown under the pointer beside value and interval. */
  ObjectNode specification(List<Hover> hover) {
    ObjectNode chart = Specification.of(title, rows, chosen);
    chart.put("height", STEP * labels.size() + 10);
    List<Hover> all = new ArrayList<>();
    all.add(new Hover("label", "", false));
    all.add(new Hover("value", axis, true));
    all.add(new Hover("low", "interval from", true));
    all.add(new Hover("high", "to", true));
    all.addAll(hover);
    ObjectNode line =
        layer(
            chart,
            "lines",
            "isValid(datum.line)",
            mark("tick").put("thickness", 1.6).put("size", STEP * 0.75).put("opacity", 0.8));
    place(line, "line");
    encoding(line).putObject("color").put("value", "#8a8f98");
    ObjectNode values =
        layer(
            chart,
            "values",
            "isValid(datum.value)",
            bars
                ? mark("bar").put("opacity", 0.55).put("size", STEP * 0.6)
                : mark("point").put("filled", true).put("size", 60));
    place(values, "value");
    colour(values);
    Specification.hover(values, all);
    ObjectNode interval =
        layer(chart, "intervals", "isValid(datum.low)", mark("rule").put("strokeWidth", 3));
    place(interval, "low");
    encoding(interval).putObject("x2").put("field", "high");
    colour(interval);
    Specification.hover(interval, all);
    ObjectNode beyond =
        layer(
            chart,
            "beyond",
            "datum.beyond",
            mark("point").put("filled", true).put("size", 110).put("shape", ARROW));
    place(beyond, "value");
    encoding(beyond).putObject("x").putObject("value").put("expr", "width - 8");
    colour(beyond);
    Specification.hover(beyond, all);
    return chart;
  }

  private void place(ObjectNode layer, String field) {
    ObjectNode x = encoding(layer).putObject("x").put("field", field).put("type", "quantitative");
    x.put("title", axis).putObject("scale").put("zero", bars).put("padding", bars ? 0 : 10);
    ObjectNode y = encoding(layer).putObject("y").put("field", "label").put("type", "nominal");
    y.putNull("sort").putNull("title");
    y.putObject("axis").put("labelLimit", 280).put("ticks", false).put("domain", false);
  }

  private static void colour(ObjectNode layer) {
    ObjectNode colour = encoding(layer).putObject("color");
    colour.putObject("condition").put("test", "datum.good").put("value", COLOUR);
    colour.put("value", BAD);
  }
}

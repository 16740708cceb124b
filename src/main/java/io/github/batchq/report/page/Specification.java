package io.github.batchq.report.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What all specifications of Vega-Lite in a page share. */
final class Specification {
  /** The version of the language, that of the library in the page. */
  static final String SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json";

  /** Width where the specification is used outside of the page, in pixels. */
  private static final int WIDTH = 640;

  private Specification() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /**
   * A chart without layers.
   *
   * @param title what it shows
   * @param rows its data
   * @param chosen the fields of which one value is shown at a time, with that value: the page's
   *     script changes the values
   */
  static ObjectNode of(String title, ArrayNode rows, List<Equal> chosen) {
    ObjectNode chart = object();
    chart.put("$schema", SCHEMA).put("description", title).put("width", WIDTH);
    chart.putObject("data").set("values", rows);
    ArrayNode transform = chart.putArray("transform");
    for (Equal one : chosen) {
      transform
          .addObject()
          .putObject("filter")
          .put("field", field(one.field()))
          .put("equal", one.value());
    }
    chart.putArray("layer");
    return chart;
  }

  /**
   * A field and the value that rows must have there to be shown.
   *
   * @param field name in the data
   */
  record Equal(String field, String value) {}

  /** A layer that takes some of the rows, all where {@code test} is empty. */
  static ObjectNode layer(ObjectNode chart, String name, String test, ObjectNode mark) {
    ObjectNode layer = ((ArrayNode) chart.get("layer")).addObject();
    layer.put("name", name);
    if (!test.isEmpty()) {
      layer.putArray("transform").addObject().put("filter", test);
    }
    layer.set("mark", mark);
    layer.putObject("encoding");
    return layer;
  }

  static ObjectNode mark(String type) {
    return object().put("type", type);
  }

  static ObjectNode encoding(ObjectNode layer) {
    return (ObjectNode) layer.get("encoding");
  }

  /** A field as Vega-Lite reads it: dots and brackets in a name are no steps into an object. */
  static String field(String name) {
    return name.replaceAll("([\\\\.\\[\\]'\"])", "\\\\$1");
  }

  /** Adds what is shown of a mark under the pointer. */
  static void hover(ObjectNode layer, List<Hover> shown) {
    ArrayNode tooltip = encoding(layer).putArray("tooltip");
    for (Hover one : shown) {
      ObjectNode item = tooltip.addObject().put("field", field(one.field()));
      item.put("title", one.title()).put("type", one.number() ? "quantitative" : "nominal");
      if (one.number()) {
        item.put("format", ".5~g");
      }
    }
  }

  /**
   * A line of what is shown under the pointer.
   *
   * @param field name in the data
   * @param title in words
   * @param number whether it is a number
   */
  record Hover(String field, String title, boolean number) {}

  static void put(ObjectNode row, String field, double value) {
    if (Double.isFinite(value)) {
      row.put(field, value);
    }
  }
}

package io.github.batchq.report.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * A chart of a page: a specification of Vega-Lite, and what a reader may change in it.
 *
 * @param id name within the page: letters, digits, '-' and '_'
 * @param title what it shows, in words
 * @param note what its marks are, in words
 * @param specification of Vega-Lite, of the first metric, whole by itself
 * @param metrics the choice of metrics; of one there is no choice
 * @param slices further swept paths, each shown at one of its values
 * @param figures ready choices, such as those that the experiment names
 * @param table name of the table that has its numbers, for readers who do not see it
 */
record PageChart(
    String id,
    String title,
    String note,
    ObjectNode specification,
    List<Choice> metrics,
    List<Slice> slices,
    List<Figure> figures,
    String table) {
  /**
   * A metric that can be shown.
   *
   * @param id its name in the data
   * @param label in words, with its unit
   */
  record Choice(String id, String label) {}

  /**
   * A path whose value is chosen.
   *
   * @param field its name in the data
   * @param label in words
   * @param values as the data have them
   */
  record Slice(String field, String label, List<String> values) {}

  /**
   * A ready choice.
   *
   * @param label what it is called
   * @param metric the metric that it shows
   * @param logarithmic whether its vertical axis is
   * @param top upper end of the vertical axis; NaN where it is fitted to the data
   * @param only the series that it shows; all where empty
   * @param slices values of slices by their fields
   */
  record Figure(
      String label,
      String metric,
      boolean logarithmic,
      double top,
      List<String> only,
      Map<String, String> slices) {}

  /** A chart of one metric in which nothing else is chosen. */
  static PageChart plain(
      String id, String title, String note, ObjectNode specification, String table) {
    return new PageChart(id, title, note, specification, List.of(), List.of(), List.of(), table);
  }

  /** The same under another id. */
  PageChart named(String other) {
    return new PageChart(other, title, note, specification, metrics, slices, figures, table);
  }

  /** The chart's place in the page, with real labels for what a reader may choose. */
  String html() {
    StringBuilder html = new StringBuilder("<figure class=\"chart\" id=\"" + id + "\">\n");
    html.append("<figcaption>").append(Html.text(title)).append("</figcaption>\n");
    html.append("<div class=\"controls\">\n");
    if (!figures.isEmpty()) {
      select(html, "figure", "show", figures.stream().map(Figure::label).toList());
    }
    if (metrics.size() > 1) {
      select(html, "metric", "metric", metrics.stream().map(Choice::label).toList());
    }
    for (int s = 0; s < slices.size(); s++) {
      select(html, "slice" + s, slices.get(s).label(), slices.get(s).values());
    }
    html.append("</div>\n<div class=\"plot\" role=\"group\" aria-label=\"");
    html.append(Html.text(title)).append("\"></div>\n<p class=\"note\">");
    html.append(Html.text(note)).append(" The numbers are in the table ");
    html.append("<a href=\"#").append(PageTable.id(table)).append("\">").append(Html.text(table));
    return html.append("</a>.</p>\n</figure>\n").toString();
  }

  /** What the script of the page needs to draw it. */
  ObjectNode data() {
    ObjectNode data = Specification.object().put("id", id);
    data.set("specification", specification);
    ArrayNode ofMetrics = data.putArray("metrics");
    for (Choice metric : metrics) {
      ofMetrics.addObject().put("id", metric.id()).put("label", metric.label());
    }
    ArrayNode ofSlices = data.putArray("slices");
    for (Slice slice : slices) {
      ArrayNode values = ofSlices.addObject().put("field", slice.field()).putArray("values");
      slice.values().forEach(values::add);
    }
    ArrayNode ofFigures = data.putArray("figures");
    for (Figure figure : figures) {
      ObjectNode one = ofFigures.addObject().put("metric", figure.metric());
      one.put("log", figure.logarithmic());
      Specification.put(one, "top", figure.top());
      ArrayNode only = one.putArray("only");
      figure.only().forEach(only::add);
      ObjectNode chosen = one.putObject("slices");
      figure.slices().forEach(chosen::put);
    }
    return data;
  }

  private void select(StringBuilder html, String key, String label, List<String> values) {
    String name = id + "-" + key;
    html.append("<label for=\"" + name + "\">" + Html.text(label) + "</label> ");
    html.append("<select id=\"" + name + "\" data-control=\"" + key + "\">");
    for (int value = 0; value < values.size(); value++) {
      html.append("<option value=\"" + value + "\">" + Html.text(values.get(value)) + "</option>");
    }
    html.append("</select>\n");
  }
}
